"""Calls of apps, scripts and services, held against the routes of whom they reach."""

from collections.abc import Mapping

import pytest
from trees import built_in, found, run

RULES = built_in("endpoint-protocol", "endpoint-unknown")
DOCKERFILE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
FASTAPI = """\
from fastapi import FastAPI, WebSocket
app = FastAPI()

@app.get("/health")
async def health(): ...

@app.websocket("/live/{room}")
async def live(websocket: WebSocket, room: str): ...

@app.post("/rooms/{room}/start")
async def start(room: str): ...
"""


def stack(command: str = "uvicorn main:app --port 8006", more: str = "") -> str:
    return f'services:\n  asr:\n    build: ./asr\n    command: {command}\n    ports: ["8806:8006"]\n{more}'


def repository(
    files: Mapping[str, str], main: str = FASTAPI, command: str = "uvicorn main:app --port 8006"
) -> dict[str, str]:
    return {"docker-compose.yml": stack(command), "asr/Dockerfile": DOCKERFILE, "asr/main.py": main, **files}


def told(files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(rule.removeprefix("endpoint-"), verdict, place) for rule, verdict, place in found(run(files, *RULES))]


def probe(line: str) -> dict[str, str]:
    return {"tools/probe.py": f"import requests, websockets\nBASE = 'http://localhost:8806'\n{line}\n"}


PROBE = "tools/probe.py:3"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("requests.get(f'{BASE}/health')", []),
        ("requests.get(BASE + '/health/')", []),
        ("requests.get(BASE + '/health?deep=1')", []),
        ("requests.get(BASE)", []),
        ("requests.get(f'{BASE}/docs')", []),
        ("requests.post(f'{BASE}/rooms/{name()}/start')", []),
        ("requests.get(f'{BASE}/{name()}')", []),
        ("requests.get(f'{BASE}/status')", [("unknown", "warning", PROBE)]),
        ("requests.get(f'{BASE}/rooms/{name()}/stop')", [("unknown", "warning", PROBE)]),
        ("requests.post(f'{BASE}/live/one')", [("protocol", "error", PROBE)]),
        ("requests.post(f'{BASE}/live/{name()}')", [("protocol", "error", PROBE)]),
        ("websockets.connect('ws://localhost:8806/live/one')", []),
        ("websockets.connect('ws://localhost:8806/health')", [("protocol", "error", PROBE)]),
        ("websockets.connect(BASE + '/live/one')", [("protocol", "error", PROBE)]),
        ("requests.get('http://localhost:8807/status')", []),
        ("requests.get('http://asr.acme.dev/status')", []),
        ("# requests.get(f'{BASE}/status')", []),
        ("print(f'{BASE}/status')", []),
        ("assert url != f'{BASE}/status'", []),
    ],
)
def test_a_script_on_the_host(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(repository(probe(line))) == expected


PUBSPEC = "name: app\ndependencies: {flutter: {sdk: flutter}, http: any, web_socket_channel: any}\n"


def app(*lines: str) -> dict[str, str]:
    body = "".join(f"    {line}\n" for line in lines)
    return {
        "app/pubspec.yaml": PUBSPEC,
        "app/lib/config.dart": "class Config {\n  static const asr = 'http://192.168.1.20:8806';\n}\n",
        "app/lib/asr.dart": (
            "import 'package:http/http.dart' as http;\nimport 'config.dart';\nclass Asr {\n"
            f"  Future<void> call(String room) async {{\n{body}  }}\n}}\n"
        ),
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("await http.get(Uri.parse('${Config.asr}/health'));", []),
        ("await http.post(Uri.parse('${Config.asr}/rooms/$room/start'));", []),
        ("await http.get(Uri.parse('${Config.asr}/status'));", [("unknown", "warning", "app/lib/asr.dart:5")]),
        ("await http.post(Uri.parse('${Config.asr}/live/$room'));", [("protocol", "error", "app/lib/asr.dart:5")]),
        ("WebSocketChannel.connect(Uri.parse('ws://192.168.1.20:8806/live/$room'));", []),
        (
            "WebSocketChannel.connect(Uri.parse('${Config.asr}/live/$room'));",
            [("protocol", "error", "app/lib/asr.dart:5")],
        ),
        ("WebSocketChannel.connect(Uri.parse('${Config.asr}/live/$room'.replaceFirst('http', 'ws')));", []),
        ("final url = '${Config.asr}/nothing';", []),
        ("debugPrint('${Config.asr}/nothing');", []),
    ],
)
def test_an_app(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(repository(app(line))) == expected


@pytest.mark.parametrize(
    ("main", "command"),
    [
        pytest.param(
            "from flask import Flask\napp = Flask(__name__)\n@app.get('/health')\ndef health(): ...\n",
            "gunicorn --bind :8006 main:app",
            id="flask, gunicorn",
        ),
        pytest.param(
            "from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
            "    @app.get('/health')\n    def health(): ...\n    return app\n",
            "gunicorn --bind :8006 'main:create_app()'",
            id="a factory",
        ),
        pytest.param(
            "from flask import Flask\napp = Flask(__name__)\n@app.get('/health')\ndef health(): ...\n",
            "flask --app main run --port 8006",
            id="flask run",
        ),
        pytest.param(
            "from fastapi import FastAPI\nimport uvicorn\napi = FastAPI()\n@api.get('/health')\ndef health(): ...\n"
            "if __name__ == '__main__':\n    uvicorn.run(api, host='0.0.0.0', port=8006)\n",
            "python main.py",
            id="a script that serves itself",
        ),
        pytest.param(
            "from fastapi import FastAPI\nimport uvicorn\napi = FastAPI()\n@api.get('/health')\ndef health(): ...\n"
            "if __name__ == '__main__':\n    uvicorn.run('main:api', host='0.0.0.0', port=8006)\n",
            "python -m main",
            id="a module that names itself",
        ),
        pytest.param(
            "from aiohttp import web\nroutes = web.RouteTableDef()\n@routes.get('/health')\nasync def health(r): ...\n"
            "app = web.Application()\napp.add_routes(routes)\nweb.run_app(app, port=8006)\n",
            "python main.py",
            id="aiohttp",
        ),
        pytest.param(
            "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/health')\ndef health(): ...\n",
            "fastapi run main.py --port 8006",
            id="fastapi run",
        ),
        pytest.param(
            "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/health')\ndef health(): ...\n",
            "sh -c 'exec uvicorn --app-dir /app main:app --port 8006'",
            id="a shell",
        ),
    ],
)
def test_which_application_a_service_runs(main: str, command: str) -> None:
    lines = "requests.get(f'{BASE}/health')\nrequests.get(f'{BASE}/status')"
    assert told(repository(probe(lines), main, command)) == [("unknown", "warning", "tools/probe.py:4")]


def test_django_by_its_settings() -> None:
    files = {
        "docker-compose.yml": stack("python manage.py runserver 0.0.0.0:8006"),
        "asr/Dockerfile": DOCKERFILE,
        "asr/manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n",
        "asr/site1/__init__.py": "",
        "asr/site1/settings.py": "ROOT_URLCONF = 'site1.urls'\n",
        "asr/site1/urls.py": "from django.urls import path\nurlpatterns = [path('health/', lambda r: None)]\n",
        **probe("requests.get(f'{BASE}/health/')\nrequests.get(f'{BASE}/status/')"),
    }
    assert told(files) == [("unknown", "warning", "tools/probe.py:4")]


def test_routers_with_prefixes_in_other_modules() -> None:
    files = repository(
        {
            "asr/api/__init__.py": "",
            "asr/api/users.py": (
                "from fastapi import APIRouter\nrouter = APIRouter(prefix='/users')\n"
                "@router.get('/{name}')\ndef user(name): ...\n"
            ),
            **probe("requests.get(f'{BASE}/v1/users/{me()}')\nrequests.get(f'{BASE}/users/{me()}')"),
        },
        "from fastapi import FastAPI\nfrom api import users\napp = FastAPI()\n"
        "app.include_router(users.router, prefix='/v1')\n",
    )
    assert told(files) == [("unknown", "warning", "tools/probe.py:4")]


@pytest.mark.parametrize(
    "main",
    [
        pytest.param("from theirs import app\n", id="an application of somebody else"),
        pytest.param("app = make()\n", id="made who knows how"),
        pytest.param("def broken(:\n", id="no Python"),
        pytest.param(
            "from fastapi import FastAPI\nfrom theirs import router\napp = FastAPI()\napp.include_router(router)\n",
            id="a router of somebody else",
        ),
    ],
)
def test_what_cannot_be_read_is_not_judged(main: str) -> None:
    assert told(repository(probe("requests.get(f'{BASE}/status')"), main)) == [("unknown", "unverifiable", PROBE)]


def test_an_image_of_somebody_else_is_not_judged() -> None:
    compose = 'services:\n  asr:\n    image: registry.example/asr:1\n    ports: ["8806:8006"]\n'
    assert told({"docker-compose.yml": compose, **probe("requests.get(f'{BASE}/x')")}) == [
        ("unknown", "unverifiable", PROBE)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("requests.post('http://localhost:8780/twirp/livekit.RoomService/ListRooms')", []),
        ("websockets.connect('ws://localhost:8780/rtc')", []),
        ("requests.get('http://localhost:8780/rtc')", [("protocol", "error", PROBE)]),
        ("requests.get('http://localhost:8780/metrics')", [("unknown", "unverifiable", PROBE)]),
    ],
)
def test_paths_of_livekit(line: str, expected: list[tuple[str, str, str]]) -> None:
    compose = 'services:\n  livekit:\n    image: livekit/livekit-server:v1.9\n    ports: ["8780:7880"]\n'
    assert told({"docker-compose.yml": compose, **probe(line)}) == expected


class TestServices:
    """Calls from one service to another."""

    def files(self, api: str, environment: str = "{}") -> dict[str, str]:
        more = (
            f"  api:\n    build: ./api\n    command: uvicorn app.main:app --port 8000\n    environment: {environment}\n"
        )
        return {
            "docker-compose.yml": stack(more=more), "asr/Dockerfile": DOCKERFILE, "asr/main.py": FASTAPI,
            "api/Dockerfile": DOCKERFILE, "api/app/__init__.py": "",
            "api/app/main.py": "from fastapi import FastAPI\nfrom app import asr\napp = FastAPI()\n",
            "api/app/asr.py": api,
        }  # fmt: skip

    def test_by_an_address_of_the_environment(self) -> None:
        code = (
            "import os, httpx\nURL = os.environ['ASR_URL']\n"
            "def f():\n    httpx.get(URL + '/health')\n    httpx.get(URL + '/x')\n"
        )
        expected = [("unknown", "warning", "api/app/asr.py:5")]
        assert told(self.files(code, "{ASR_URL: 'http://asr:8006'}")) == expected

    def test_by_a_default_that_nothing_overrides(self) -> None:
        code = "import os, httpx\nURL = os.getenv('ASR_URL', 'http://asr:8006')\nhttpx.post(URL + '/live/one')\n"
        assert told(self.files(code)) == [("protocol", "error", "api/app/asr.py:3")]

    def test_a_default_that_the_environment_overrides_is_not_called(self) -> None:
        code = "import os, httpx\nURL = os.getenv('ASR_URL', 'http://asr:8006')\nhttpx.post(URL + '/live/one')\n"
        assert told(self.files(code, "{ASR_URL: 'https://asr.acme.dev'}")) == []

    def test_modules_that_the_service_does_not_import_are_not_run(self) -> None:
        files = self.files("") | {"api/app/other.py": "import httpx\nhttpx.get('http://asr:8006/x')\n"}
        assert told(files) == []


def test_a_health_check_asks_for_a_path() -> None:
    check = '    healthcheck: {{test: "curl -f http://localhost:8006/{path}"}}\n'
    for path, expected in (("health", []), ("ready", [("unknown", "warning", "docker-compose.yml:6")])):
        files = repository({}) | {"docker-compose.yml": stack(more=check.format(path=path))}
        assert told(files) == expected


def test_a_webhook_of_livekit_is_posted() -> None:
    more = (
        "  livekit:\n    image: livekit/livekit-server:v1.9\n"
        "    command: --config /l.yaml\n    volumes: ['./l.yaml:/l.yaml']\n"
    )
    for path, expected in (("rooms/a/start", []), ("hook", [("unknown", "warning", "l.yaml:3")])):
        config = f"webhook:\n  api_key: devkey\n  urls: ['http://asr:8006/{path}']\n"
        assert told(repository({"l.yaml": config}) | {"docker-compose.yml": stack(more=more)}) == expected


def test_two_servers_of_one_service_are_told_apart_by_their_ports() -> None:
    start = "#!/bin/sh\nuvicorn one:app --port 8006 &\nexec uvicorn two:app --port 8007\n"
    app_ = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/{path}')\ndef f(): ...\n"
    files = {
        "docker-compose.yml": stack("./start.sh").replace('"8806:8006"', '"8806:8006", "8807:8007"'),
        "asr/Dockerfile": DOCKERFILE, "asr/start.sh": start,
        "asr/one.py": app_.format(path="one"), "asr/two.py": app_.format(path="two"),
        **probe("requests.get(f'{BASE}/one')\nrequests.get(f'{BASE}/two')\nrequests.get('http://localhost:8807/two')"),
    }  # fmt: skip
    assert told(files) == [("unknown", "warning", "tools/probe.py:4")]


def test_it_fails_only_where_every_stack_that_serves_it_disagrees() -> None:
    other = FASTAPI.replace('@app.websocket("/live/{room}")', '@app.post("/live/{room}")')
    files = repository(probe("requests.post(f'{BASE}/live/one')")) | {
        "docker-compose.all.yml": stack().replace("./asr", "./all"), "all/Dockerfile": DOCKERFILE, "all/main.py": other
    }  # fmt: skip
    assert told(files) == []
    assert told(files | {"all/main.py": FASTAPI}) == [("protocol", "error", PROBE)]


class TestFix:
    """The scheme of the route, where the scheme alone is wrong and stands in one literal."""

    def edits(self, lines: str) -> list[tuple[str, str]]:
        findings = run(repository(probe(lines)), *RULES).findings
        return [(fix.safety, edit.new) for one in findings if (fix := one.fix) for edit in fix.edits]

    def test_ws_for_http(self) -> None:
        assert self.edits("websockets.connect('http://localhost:8806/live/one')") == [("safe", "ws")]

    def test_not_for_an_http_call(self) -> None:
        assert self.edits("requests.post('http://localhost:8806/live/one')") == []

    def test_not_of_a_base_that_others_use(self) -> None:
        assert self.edits("websockets.connect(BASE + '/live/one')") == []

    def test_unsafe_where_others_use_the_address(self) -> None:
        lines = (
            "LIVE = 'http://localhost:8806/live'\nwebsockets.connect(LIVE + '/one')\nrequests.get(LIVE + '/../health')"
        )
        assert self.edits(lines) == [("unsafe", "ws")]
