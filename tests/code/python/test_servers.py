"""The servers that a program starts by itself."""

import pytest

from configlint.code.language import ServerRun
from configlint.code.python.servers import server_runs
from configlint.formats.python.document import read
from configlint.model.text import Text

VARIABLES = {"PORT": "9000"}


def runs(content: str) -> tuple[ServerRun, ...]:
    given = {name: Text.assumed(value) for name, value in VARIABLES.items()}
    return server_runs(read("main.py", content), given.get)


def run(content: str) -> ServerRun:
    (found,) = runs(content)
    return found


def shown(text: Text | None) -> str | None:
    return None if text is None else text.raw


@pytest.mark.parametrize(
    ("content", "server", "host", "port"),
    [
        ("import uvicorn\nuvicorn.run('main:app', host='0.0.0.0', port=8002)", "uvicorn", "0.0.0.0", "8002"),
        ("import uvicorn\nuvicorn.run(app)", "uvicorn", "127.0.0.1", "8000"),
        ("import os, uvicorn\nuvicorn.run(app, port=int(os.getenv('PORT', 8000)))", "uvicorn", "127.0.0.1", "9000"),
        ("import os, uvicorn\nuvicorn.run(app, port=int(os.getenv('P', 8000)))", "uvicorn", "127.0.0.1", "8000"),
        ("from uvicorn import Config, Server\nServer(Config(app, 'h', 1)).run()", "uvicorn", "h", "1"),
        ("import uvicorn\nuvicorn.run(app, uds='/tmp/s')", "uvicorn", "127.0.0.1", None),
        ("import uvicorn\nC = {'host': 'h', 'port': 1}\nuvicorn.run(app, **C)", "uvicorn", "h", "1"),
        ("import uvicorn\nuvicorn.run(app, **dict(port=1))", "uvicorn", "127.0.0.1", "1"),
        ("import uvicorn\nuvicorn.run(app, **options())", "uvicorn", "\uffff", "\uffff"),
        (
            "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0', port=5001)",
            "flask",
            "0.0.0.0",
            "5001",
        ),
        (
            "from flask import Flask\napp = Flask(__name__)\nif __name__ == '__main__':\n    app.run()",
            "flask",
            "127.0.0.1",
            "5000",
        ),
        (
            "import flask\ndef make():\n    a = flask.Flask('a')\n    return a\napp = make()\napp.run(port=1)",
            "flask",
            "127.0.0.1",
            "1",
        ),
        ("from flask_socketio import SocketIO\ns = SocketIO(app)\ns.run(app, port=1)", "flask", "127.0.0.1", "1"),
        ("from aiohttp import web\nweb.run_app(app, port=8004)", "aiohttp", "0.0.0.0", "8004"),
        ("from aiohttp import web\nweb.run_app(app, path='/tmp/s')", "aiohttp", "0.0.0.0", None),
        ("from aiohttp import web\nsite = web.TCPSite(runner, 'h', 1)", "aiohttp", "h", "1"),
        ("from http.server import HTTPServer as S\nS(('', 8080), H).serve_forever()", "http.server", "", "8080"),
        (
            "import websockets\nasync def m():\n    async with websockets.serve(h, 'h', 8765): pass",
            "websockets",
            "h",
            "8765",
        ),
        ("import asyncio\nasyncio.start_server(h, '0.0.0.0', port())", "asyncio", "0.0.0.0", "\uffff"),
        ("from prometheus_client import start_http_server\nstart_http_server(8001)", "prometheus", "0.0.0.0", "8001"),
    ],
)
def test_servers_that_a_library_starts(content: str, server: str, host: str, port: str | None) -> None:
    found = run(content)
    assert (found.server, shown(found.host), shown(found.port)) == (server, host, port)
    assert content[found.place.start : found.place.end].endswith(")")


def test_a_port_is_known_with_its_place() -> None:
    content = "import uvicorn\nPORT = 8002\nuvicorn.run('main:app', port=PORT, workers=3, reload=False)"
    found = run(content)
    assert found.port is not None
    assert found.port.site is not None
    assert found.workers is not None
    assert found.workers.site is not None
    assert (shown(found.app), shown(found.reload)) == ("main:app", "False")


def test_workers_that_nobody_states_are_none() -> None:
    assert run("import uvicorn\nuvicorn.run(app, workers=None)").workers is None
    assert run("import uvicorn\nuvicorn.run(app)").workers is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "import subprocess\nsubprocess.run(['gunicorn', 'a:b', '--workers', '1'])",
            ["gunicorn", "a:b", "--workers", "1"],
        ),
        ("import subprocess as s\nN = 2\nC = ['gunicorn', '-w', str(N)]\ns.Popen(C)", ["gunicorn", "-w", "2"]),
        (
            "import subprocess, sys\nsubprocess.call([sys.executable, '-m', 'uvicorn', 'a:b'])",
            ["python", "-m", "uvicorn", "a:b"],
        ),
        ("import os\nos.execvp('gunicorn', ['gunicorn', 'a:b'])", ["gunicorn", "a:b"]),
        ("import os\nos.execlp('uvicorn', 'uvicorn', 'a:b')", ["uvicorn", "a:b"]),
        ("import subprocess\nsubprocess.run('gunicorn -w 1 a:b'.split())", ["gunicorn", "-w", "1", "a:b"]),
        ("import asyncio\nC = ['uvicorn', 'a:b']\nasyncio.create_subprocess_exec(*C)", ["uvicorn", "a:b"]),
        (
            "import subprocess\nc = ['gunicorn', 'a:b']\nif d:\n  c.append('-R')\nsubprocess.run(c)",
            ["gunicorn", "a:b", "\uffff"],
        ),
        ("import subprocess\nsubprocess.run(args=['/usr/bin/gunicorn', x()])", ["/usr/bin/gunicorn", "\uffff"]),
    ],
)
def test_servers_that_run_as_another_process(content: str, words: list[str]) -> None:
    assert [word.raw for word in run(content).words] == words


def test_a_command_for_a_shell_is_one_line() -> None:
    assert shown(run("import os\nos.system('exec gunicorn -w 1 a:b')").line) == "exec gunicorn -w 1 a:b"


def test_the_application_of_gunicorn_inside_a_program() -> None:
    content = (
        "from gunicorn.app.base import BaseApplication\n"
        "class Own(BaseApplication):\n    pass\n"
        "options = {'bind': '0.0.0.0:%d' % 8000, 'workers': 4}\n"
        "Own(app, options).run()\n"
    )
    found = run(content)
    assert (found.server, shown(found.bind), shown(found.workers)) == ("gunicorn", "0.0.0.0:8000", "4")


@pytest.mark.parametrize(
    "content",
    [
        "import subprocess\nsubprocess.run(['ls', '-w', '1'])",
        "import subprocess\nsubprocess.run(command())",
        "app.run(port=1)",
        "import asyncio\nasyncio.run(main())",
        "def uvicorn(): ...\nuvicorn.run(1)",
        "runner.run(['gunicorn'])",
    ],
)
def test_what_starts_no_known_server(content: str) -> None:
    assert runs(content) == ()
