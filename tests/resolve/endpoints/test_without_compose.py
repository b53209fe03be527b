"""Back ends that run without compose: who is found, on which port, and which calls of an app reach them."""

from collections.abc import Mapping

import pytest
from trees import built_in, found, run

RULES = built_in("endpoint-unknown", "endpoint-protocol", "port-parity")
PUBSPEC = "name: app\ndependencies: {flutter: {sdk: flutter}, http: any}\n"
API = (
    "from fastapi import FastAPI, WebSocket\napp = FastAPI()\n\n@app.get('/me')\ndef me(): ...\n\n"
    "@app.websocket('/live')\nasync def live(ws: WebSocket): ...\n"
)
FLASK = "from flask import Flask\napp = Flask(__name__)\n\n@app.get('/me')\ndef me(): ...\n"
MAIN = "\nif __name__ == '__main__':\n    import os, uvicorn\n    uvicorn.run({}, host='0.0.0.0', port={})\n"
AT = "app/lib/api.dart"


def told(lines: str, files: Mapping[str, str], configuration: str = "") -> list[tuple[str, str, str]]:
    head = "import 'package:http/http.dart' as http;\n"
    every = {"app/pubspec.yaml": PUBSPEC, AT: head + lines, **files}
    return found(run(every, *RULES, configuration=configuration))


def called(*paths: str, host: str = "http://192.168.1.20:8000", verb: str = "get") -> str:
    return "".join(f"final a{n} = http.{verb}(Uri.parse('{host}{path}'));\n" for n, path in enumerate(paths))


STARTED = [
    pytest.param({"main.py": API + MAIN.format("app", 8000)}, id="uvicorn.run"),
    pytest.param({"api/main.py": API + MAIN.format("'main:app'", 8000)}, id="uvicorn.run by name"),
    pytest.param({"api/main.py": API + MAIN.format("app", "int(os.getenv('PORT', '8000'))")}, id="a default"),
    pytest.param({"api/app.py": FLASK + "app.run(host='0.0.0.0', port=8000)\n"}, id="Flask"),
    pytest.param({"src/main.py": API, "Makefile": "api:\n\tuvicorn src.main:app --port 8000\n"}, id="a Makefile"),
    pytest.param({"api/main.py": API, "Makefile": "api:\n\tcd api && uvicorn main:app\n"}, id="behind cd"),
    pytest.param({"api/main.py": API, "run.sh": "exec gunicorn -b 0.0.0.0:8000 api.main:app\n"}, id="gunicorn"),
    pytest.param({"main.py": API, "Procfile": "web: uvicorn main:app --host 0.0.0.0\n"}, id="a Procfile"),
    pytest.param(
        {"api/main.py": API, "api/Dockerfile": 'FROM python\nCMD ["uvicorn", "main:app", "--port", "8000"]\n'},
        id="a bare Dockerfile",
    ),
]


@pytest.mark.parametrize("files", STARTED)
def test_a_server_is_found_by_how_it_is_started(files: dict[str, str]) -> None:
    assert told(called("/me", "/you"), files) == [("endpoint-unknown", "warning", f"{AT}:3")]


OTHERS = [
    pytest.param(called("/you", host="http://192.168.1.20:9000"), id="another port"),
    pytest.param(called("/you", host="https://lyrics.example.org"), id="somebody else's host"),
    pytest.param(called("/me", "/me/"), id="a redirect that is followed"),
    pytest.param(called("/me", verb="head"), id="HEAD"),
]


@pytest.mark.parametrize("lines", OTHERS)
def test_what_is_not_the_server_s_or_is_right(lines: str) -> None:
    assert told(lines, {"main.py": API + MAIN.format("app", 8000)}) == []


def test_a_public_host_whose_paths_are_mostly_served_is_the_only_back_end() -> None:
    files = {"main.py": API + MAIN.format("app", 8000)}
    assert told(called("/me", "/you", host="https://api.acme.dev"), files) == [
        ("endpoint-unknown", "warning", f"{AT}:3")
    ]
    assert told(called("/me", "/you", "/they", host="https://api.acme.dev"), files) == []


def test_of_two_back_ends_only_a_port_tells_which_is_meant() -> None:
    files = {"a/main.py": API + MAIN.format("app", 8000), "b/main.py": API + MAIN.format("app", 8001)}
    assert told(called("/me", "/you", host="https://api.acme.dev"), files) == []
    assert told(called("/you"), files) == [("endpoint-unknown", "warning", f"{AT}:2")]
    files["b/main.py"] = API + MAIN.format("app", 8000)
    assert told(called("/you"), files) == []


def test_another_method_and_another_protocol() -> None:
    files = {"main.py": API + MAIN.format("app", 8000)}
    assert told(called("/me", verb="post"), files) == [("endpoint-unknown", "warning", f"{AT}:2")]
    assert told(called("/live"), files) == [("endpoint-protocol", "error", f"{AT}:2")]


COMPOSE = "services:\n  db:\n    image: postgres:16\n    ports: ['127.0.0.1:5432:5432']\n"
THUMBS = "  thumbs:\n    image: registry.example/thumbs:1\n    ports: ['{}8083:8083']\n"


def test_a_port_of_a_server_beside_the_stack_is_nobody_s_to_publish() -> None:
    beside = {"main.py": API, "Makefile": "api:\n\tuvicorn main:app --port 8010\n"}
    lines = called("/me", host="http://192.168.1.20:8010")
    open_stack = {"docker-compose.yml": COMPOSE + THUMBS.format("")}
    assert told(lines, open_stack) == [("port-parity", "error", f"{AT}:2")]
    assert told(lines, open_stack | beside) == []


@pytest.mark.parametrize("stack", [COMPOSE, COMPOSE + THUMBS.format("127.0.0.1:")], ids=["a database", "on loopback"])
def test_a_stack_without_an_api_that_phones_reach_is_not_meant(stack: str) -> None:
    assert told(called("/me", host="http://192.168.1.20:8010"), {"docker-compose.yml": stack}) == []


def test_an_app_belongs_to_the_stack_beside_which_it_lies() -> None:
    files = {
        "shop/docker-compose.yml": "services:\n  orders:\n    image: example/orders:1\n    ports: ['8804:8000']\n",
        "main/docker-compose.yml": COMPOSE,
        "shop/app/pubspec.yaml": PUBSPEC,
        "shop/app/lib/a.dart": "const orders = 'http://192.168.1.20:8000/orders';\n",
        "main/app/pubspec.yaml": PUBSPEC,
        "main/app/lib/a.dart": "const orders = 'http://192.168.1.20:8010/orders';\n",
    }
    assert found(run(files, *RULES)) == [("port-parity", "error", "shop/app/lib/a.dart:1")]


SLASHES = [
    pytest.param("post", "/jobs", "/jobs/", True, id="a POST is not redirected in Dart"),
    pytest.param("post", "/jobs/", "/jobs", True, id="nor the other way"),
    pytest.param("post", "/jobs/", "/jobs/", False, id="as it is written"),
    pytest.param("get", "/jobs", "/jobs/", False, id="a GET is"),
    pytest.param("post", "/jobs/{id}", "/jobs/7/", True, id="behind a parameter"),
    pytest.param("post", "/files/{path:path}", "/files/a/", False, id="a path that ends as it likes"),
]


@pytest.mark.parametrize(("verb", "route", "path", "wrong"), SLASHES)
def test_a_slash_at_the_end(verb: str, route: str, path: str, wrong: bool) -> None:
    code = f"from fastapi import FastAPI\napp = FastAPI()\n\n@app.{verb}('{route}')\ndef f(): ...\n"
    files = {"main.py": code + MAIN.format("app", 8000)}
    assert bool(told(called(path, verb=verb), files)) is wrong


def test_a_flask_route_without_a_slash_is_not_found_with_one() -> None:
    start = "app.run(port=8000)\n"
    assert told(called("/me/"), {"app.py": FLASK + start}) == [("endpoint-unknown", "warning", f"{AT}:2")]
    assert told(called("/me/"), {"app.py": FLASK.replace("@", "app.url_map.strict_slashes = False\n@") + start}) == []


def test_a_missing_route_names_the_nearest_and_the_literal_is_the_place() -> None:
    dart = {"app/lib/paths.dart": "const mine = '/em';\n"}
    lines = "import 'paths.dart';\nfinal a = http.get(Uri.parse('http://192.168.1.20:8000$mine'));\n"
    result = run({"app/pubspec.yaml": PUBSPEC, AT: lines, "main.py": API + MAIN.format("app", 8000), **dart}, *RULES)
    assert found(result) == [("endpoint-unknown", "warning", "app/lib/paths.dart:1")]
    near = run({"app/pubspec.yaml": PUBSPEC, AT: called("/mee"), "main.py": API + MAIN.format("app", 8000)}, *RULES)
    assert [one.message for one in near.findings] == ["main.py has no route GET /mee, did you mean /me?"]


def test_many_users_of_one_address_are_counted() -> None:
    uses = "".join(f"final a{n} = http.get(Uri.parse('${{C.api}}/p{n}'));\n" for n in range(8))
    files = {"pubspec.yaml": PUBSPEC, "lib/c.dart": "class C { static const api = 'http://localhost:8000'; }\n"}
    many = run(
        {**files, "lib/u.dart": f"import 'c.dart';\n{uses}final x1 = C.api;\nfinal x2 = C.api;\n"},
        *built_in("mobile-localhost"),
    )
    (message,) = [one.message for one in many.findings]
    assert message.startswith("C.api is localhost, which on a phone is the phone itself")
    assert message.count(",") <= 3
