"""Where the programs of a service listen: ports, and the addresses to which they are bound."""

import json

import pytest
from one_service import MAIN, found, pulled, service, started

from configlint.programs.services import unseen
from configlint.programs.started import lasting


def bound(files: dict[str, str], ignored: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(address, port) of each listener, `?` for what is not known."""
    return [
        (str(one.address.value) if one.address.value is not None else "?", str(one.port.value or "?"))
        for each in started(files, ignored)
        for one in each.listens
    ]


@pytest.mark.parametrize(
    ("command", "listens"),
    [
        ("uvicorn main:app", [("127.0.0.1", "8000")]),
        ("uvicorn main:app --host 0.0.0.0 --port 9000", [("0.0.0.0", "9000")]),
        ("uvicorn main:app --host=:: --port=80", [("::", "80")]),
        ("env UVICORN_HOST=0.0.0.0 UVICORN_PORT=81 uvicorn main:app", [("0.0.0.0", "81")]),
        ("env HOST=0.0.0.0 uvicorn main:app", [("127.0.0.1", "8000")]),
        ("uvicorn main:app --uds /run/a.sock", []),
        ("fastapi run", [("0.0.0.0", "8000")]),
        ("fastapi dev --port 8001", [("127.0.0.1", "8001")]),
        ("fastapi --version", []),
        ("gunicorn a", [("127.0.0.1", "8000")]),
        ("env PORT=8080 gunicorn a", [("0.0.0.0", "8080")]),
        ("gunicorn -b :8125 a", [("0.0.0.0", "8125")]),
        ("gunicorn -b 0.0.0.0 a", [("0.0.0.0", "8000")]),
        ("gunicorn -b [::1]:8125 -b 10.0.0.1:81 a", [("::1", "8125"), ("10.0.0.1", "81")]),
        ("gunicorn -b unix:/run/a.sock a", []),
        ("env GUNICORN_CMD_ARGS='-b 0.0.0.0:82' gunicorn a", [("0.0.0.0", "82")]),
        ("hypercorn a:app", [("127.0.0.1", "8000")]),
        ("hypercorn -b 0.0.0.0:83 a:app", [("0.0.0.0", "83")]),
        ("daphne a:app", [("127.0.0.1", "8000")]),
        ("daphne -p 84 a:app", [("127.0.0.1", "84")]),
        ("daphne -b 0.0.0.0 a:app", [("0.0.0.0", "8000")]),
        ("daphne -u /run/a.sock a:app", []),
        ("daphne -e tcp:port=85:interface=127.0.0.1 -e tcp:86 a:app", [("127.0.0.1", "85"), ("0.0.0.0", "86")]),
        ("granian --interface asgi a:app", [("127.0.0.1", "8000")]),
        ("granian --port 9000 a:app", [("127.0.0.1", "9000")]),
        ("env GRANIAN_HOST=0.0.0.0 granian a:app", [("0.0.0.0", "8000")]),
        ("waitress-serve a:app", [("0.0.0.0", "8080")]),
        ("waitress-serve --port=9000 a:app", [("0.0.0.0", "9000")]),
        ("waitress-serve --listen=127.0.0.1:9001 --listen=*:9002 a:app", [("127.0.0.1", "9001"), ("*", "9002")]),
        ("flask run", [("127.0.0.1", "5000")]),
        ("flask --app a run -h 0.0.0.0 -p 87", [("0.0.0.0", "87")]),
        ("env FLASK_RUN_HOST=0.0.0.0 flask run", [("0.0.0.0", "5000")]),
        ("flask db upgrade", []),
        ("python manage.py runserver", [("127.0.0.1", "8000")]),
        ("python manage.py runserver 0.0.0.0:88", [("0.0.0.0", "88")]),
        ("python manage.py runserver 89 --noreload", [("127.0.0.1", "89")]),
        ("python manage.py runserver 0:90", [("0.0.0.0", "90")]),
        ("python manage.py migrate", []),
        ("streamlit run a.py --server.port=91", [("0.0.0.0", "91")]),
        ("python -m http.server", [("0.0.0.0", "8000")]),
        ("python -m http.server 92 -b 127.0.0.1", [("127.0.0.1", "92")]),
        ("celery -A a worker", []),
        ("next start -p 93", [("0.0.0.0", "93")]),
        ("env PORT=94 next start", [("0.0.0.0", "94")]),
        ("next build", []),
        ("vite", [("localhost", "5173")]),
        ("vite preview --host", [("0.0.0.0", "4173")]),
        ("vite --host 0.0.0.0 --port 95", [("0.0.0.0", "95")]),
        ("vite --host --port 95", [("0.0.0.0", "95")]),
        ("vite build", []),
        ("redis-server --port 96 --bind 127.0.0.1", [("127.0.0.1", "96")]),
        ("redis-server --port 0", []),
        ("postgres -p 97", [("0.0.0.0", "97")]),
        ("postgres -c port=98", [("0.0.0.0", "98")]),
        ("mongod --port 99 --bind_ip 127.0.0.1", [("127.0.0.1", "99")]),
        # launchers, scripts and what follows in line
        ("poetry run uvicorn main:app --port 9000", [("127.0.0.1", "9000")]),
        ("dumb-init -- uv run granian --port 9000 a:app", [("127.0.0.1", "9000")]),
        ("sh -c 'python manage.py migrate && exec gunicorn -b :9000 a'", [("0.0.0.0", "9000")]),
        ("node server.js", []),
    ],
)
def test_where_a_command_listens(command: str, listens: list[tuple[str, str]]) -> None:
    assert bound(service(json.dumps(command), **{"manage.py": "", "vite.config.js": "export default {}"})) == listens


@pytest.mark.parametrize(
    ("command", "files", "listens"),
    [
        ("gunicorn a", {"gunicorn.conf.py": 'bind = "127.0.0.1:9000"'}, [("127.0.0.1", "9000")]),
        ("gunicorn -b :80 a", {"gunicorn.conf.py": 'bind = "127.0.0.1:9000"'}, [("0.0.0.0", "80")]),
        ("gunicorn -c /elsewhere.py a", {}, [("?", "?")]),
        ("gunicorn -b 0.0.0.0:${P} a", {}, [("0.0.0.0", "?")]),
        ("uvicorn main:app --host ${H} --port 80", {}, [("?", "80")]),
        ("hypercorn -c h.toml a:app", {"h.toml": 'bind = ["0.0.0.0:81", "127.0.0.1:82"]\nworkers = 3\n'},
         [("0.0.0.0", "81"), ("127.0.0.1", "82")]),
        ("hypercorn -c file:h.py a:app", {"h.py": 'bind = "0.0.0.0:83"\n'}, [("0.0.0.0", "83")]),
        ("hypercorn -c none.toml a:app", {}, [("?", "?")]),
        ("streamlit run a.py", {".streamlit/config.toml": "[server]\nport = 84\naddress = 'localhost'\n"},
         [("localhost", "84")]),
        ("redis-server redis.conf", {"redis.conf": "# port 1\nport 85\nbind 127.0.0.1 -::1\n"}, [("127.0.0.1", "85")]),
        ("redis-server redis.conf", {"redis.conf": "bind * -::*\n"}, [("0.0.0.0", "6379")]),
        ("redis-server redis.conf", {"redis.conf": "bind 127.0.0.1 10.1.2.3\n"}, [("10.1.2.3", "6379")]),
        ("redis-server none.conf", {}, [("?", "?")]),
        ("vite", {"vite.config.ts": "export default { server: { host: true, port: 86 } }"}, [("?", "86")]),
        ("vite", {"vite.config.ts": "export default { server: { port: 86 } } // host: true"}, [("localhost", "86")]),
        ("vite", {"vite.config.ts": "export default { ...base }"}, [("?", "5173")]),
        ("vite", {"vite.config.ts": "export default { server: { port: 1, hmr: { port: 2 } } }"}, [("localhost", "?")]),
        ("npm run dev", {"package.json": '{"scripts": {"dev": "vite"}}'}, [("localhost", "5173")]),
        ("npm run dev -- --host", {"package.json": '{"scripts": {"dev": "vite"}}'}, [("0.0.0.0", "5173")]),
        ("pnpm dev --port 87", {"package.json": '{"scripts": {"dev": "vite"}}'}, [("localhost", "87")]),
        ("yarn start", {"package.json": '{"scripts": {"start": "PORT=88 next start"}}'}, [("0.0.0.0", "88")]),
        ("npm --prefix web start", {"web/package.json": '{"scripts": {"start": "vite"}}'}, [("localhost", "5173")]),
        ("npm run a", {"package.json": '{"scripts": {"a": "npm run b", "b": "npm run a"}}'}, []),
        ("npm run none", {"package.json": '{"scripts": {}}'}, []),
        ("npm ci", {"package.json": '{"scripts": {"ci": "vite"}}'}, []),
        ("python main.py", {"main.py": "import uvicorn\nuvicorn.run('main:app')"}, [("127.0.0.1", "8000")]),
        ("python main.py", {"main.py": "import uvicorn\nuvicorn.run('main:app', host='0.0.0.0', port=89)"},
         [("0.0.0.0", "89")]),
        ("python main.py", {"main.py": "import subprocess\nsubprocess.run(['granian', '--port', '90', 'a:app'])"},
         [("127.0.0.1", "90")]),
        ("python main.py", {"main.py": "import subprocess\nsubprocess.run(['./run.sh', 'uvicorn'])",
                            "run.sh": "#!/bin/sh\nexec \"$@\" a:app --port 91\n"}, [("127.0.0.1", "91")]),
    ],
)  # fmt: skip
def test_where_files_say_so(command: str, files: dict[str, str], listens: list[tuple[str, str]]) -> None:
    plain = {"vite.config.js": "export default {}"} if "vite.config.ts" not in files else {}
    assert bound(service(json.dumps(command), **plain, **files)) == listens


@pytest.mark.parametrize(
    ("image", "command", "listens"),
    [
        ("redis:7", "", [("0.0.0.0", "6379")]),
        ("redis:7", "--port 80", [("0.0.0.0", "80")]),
        ("redis:7", "redis-server --port 81", [("0.0.0.0", "81")]),
        ("valkey/valkey:8", "", [("0.0.0.0", "6379")]),
        ("postgres:16", "", [("0.0.0.0", "5432")]),
        ("mariadb:11", "--port=3307", [("0.0.0.0", "3307")]),
        ("mongo:7", "mongod --port 27018", [("0.0.0.0", "27018")]),
        ("caddy:2", "", [("0.0.0.0", "80"), ("0.0.0.0", "443")]),
        ("minio/minio", "server /data", [("0.0.0.0", "9000"), ("0.0.0.0", "9001")]),
        ("registry.example/own:1", "", []),
        ("registry.example/egress:1", "", []),
    ],
)
def test_where_an_image_listens(image: str, command: str, listens: list[tuple[str, str]]) -> None:
    assert bound(pulled(image, command)) == listens


def test_what_a_server_opens_beside_its_application_is_seen() -> None:
    files = service("uvicorn main:app --host 0.0.0.0", **{
        "main.py": "import metrics\nimport uvicorn\nif __name__ == '__main__':\n    uvicorn.run(None, port=1)\n",
        "metrics.py": "from prometheus_client import start_http_server\nstart_http_server(9100)\n",
    })  # fmt: skip
    assert bound(files) == [("0.0.0.0", "8000"), ("0.0.0.0", "9100")]


def test_a_configuration_of_nginx_is_read() -> None:
    files = pulled("nginx:1.27")
    files[MAIN] += "    volumes: ['./site.conf:/etc/nginx/conf.d/default.conf:ro']\n"
    files["site.conf"] = "server {\n  # listen 1;\n  listen 8080 default_server;\n  listen [::1]:8081;\n}\n"
    assert bound(files) == [("0.0.0.0", "8080"), ("::1", "8081")]


@pytest.mark.parametrize(
    ("command", "complete"),
    [
        ("uvicorn main:app", True),
        ("sh -c 'alembic upgrade head && uvicorn main:app'", True),
        ("sh -c 'worker & uvicorn main:app'", False),
        ("sh -c 'uvicorn main:app & worker'", False),
        ("nginx", False),
    ],
)
def test_a_program_that_has_ended_listens_no_more(command: str, complete: bool) -> None:
    found = started(service(json.dumps(command)))
    assert all(one.complete for one in lasting(found)) == complete


@pytest.mark.parametrize(
    ("image", "command", "named"),
    [
        ("livekit/livekit-server:v1.8", "--dev", "livekit-server"),
        ("livekit/egress:v1", "", "livekit-egress"),
        ("own:1", "livekit-server --config /etc/l.yaml", "livekit-server"),
    ],
)
def test_livekit_is_recognised(image: str, command: str, named: str) -> None:
    assert [one.name for one in started(pulled(image, command))] == [named]


@pytest.mark.parametrize(
    ("command", "address"),
    [("--dev", "127.0.0.1"), ("--dev --bind 0.0.0.0", "0.0.0.0"), ("--dev --keys 'a: b'", "0.0.0.0"), ("", "0.0.0.0")],
)
def test_livekit_in_development_mode_keeps_to_loopback(command: str, address: str) -> None:
    assert bound(pulled("livekit/livekit-server:v1.8", json.dumps(command)))[0] == (address, "7880")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (pulled("registry.example/own:1"), "foreign-image"),
        (pulled("registry.example/own:1", "serve --all"), "foreign-image"),
        (service("nginx"), "uncounted-workers"),
        (service("serve --all"), "no-known-server"),
    ],
)
def test_why_the_workers_are_not_known(files: dict[str, str], code: str) -> None:
    programs, running = found(files)
    assert unseen(running, programs.of(running)).code == code
