"""Where servers listen and with how many workers, compared with what their own code makes of the same command line."""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from one_service import DOCKERFILE, MAIN, started

APP = "async def app(scope, receive, send): ...\n"
FLASK = "from flask import Flask\napp = Flask(__name__)\n"
TRIALS: dict[str, tuple[list[list[str]], list[dict[str, str]], dict[str, str]]] = {
    "gunicorn": (
        [[], ["-b", ":81"], ["-b", "1.2.3.4"], ["--bind=[::1]:82"], ["-b", "a:83", "-b", "unix:/a.sock"], ["-w", "3"],
         ["-b", "tcp://1.2.3.4:84"], ["-c", "conf.py"], ["-c", "conf.py", "-b", ":85"], ["-b", "x:y"]],
        [{}, {"PORT": "86"}, {"GUNICORN_CMD_ARGS": "-b :87 -w 2"}, {"HOST": "0.0.0.0", "WEB_CONCURRENCY": "4"}],
        {"app.py": APP, "conf.py": "bind = ['0.0.0.0:88', ':89']\nworkers = 5\n"},
    ),
    "uvicorn": (
        [[], ["--port", "81"], ["--host=0.0.0.0"], ["--port", "81", "--port=82"], ["--uds", "/a.sock"], ["--fd", "3"],
         ["--workers", "3"], ["--reload"]],
        [{}, {"UVICORN_PORT": "83"}, {"UVICORN_HOST": "::", "UVICORN_WORKERS": "2"}, {"HOST": "::", "PORT": "84"}],
        {"app.py": APP},
    ),
    "hypercorn": (
        [[], ["-b", ":81"], ["-b", "1.2.3.4"], ["--bind=[::1]:82", "-b", "a:83"], ["-b", "unix:/a.sock"], ["-w", "3"],
         ["--workers=0"], ["-c", "conf.toml"], ["-c", "conf.toml", "-b", ":84", "-w", "2"], ["-c", "file:conf.py"],
         ["-c", "none.toml"], ["--workers", "x"]],
        [{}, {"PORT": "85", "WEB_CONCURRENCY": "4"}],
        {"app.py": APP, "conf.toml": 'bind = ["0.0.0.0:86", "1.2.3.4:87"]\nworkers = 5\n',
         "conf.py": "bind = '0.0.0.0:88'\nworkers = 6\n"},
    ),
    "daphne": (
        [[], ["-p", "81"], ["--port=82"], ["-b", "0.0.0.0"], ["--bind", "1.2.3.4", "-p83"], ["-u", "/a.sock"],
         ["-u", "/a.sock", "-p", "84"], ["-e", "tcp:port=85:interface=127.0.0.1"], ["-e", "tcp:86", "-p", "87"],
         ["--fd", "3"], ["-p", "x"]],
        [{}, {"PORT": "88"}],
        {"app.py": APP},
    ),
    "granian": (
        [[], ["--port", "81"], ["--host", "0.0.0.0"], ["--workers", "3"], ["--workers=0"], ["--uds", "/a.sock"],
         ["--port", "82", "--port=83"], ["--port", "x"], ["--workers", "2", "--reload"]],
        [{}, {"GRANIAN_PORT": "84"}, {"GRANIAN_HOST": "0.0.0.0", "GRANIAN_WORKERS": "4"}, {"PORT": "85"}],
        {"app.py": APP},
    ),
    "waitress-serve": (
        [[], ["--port=81"], ["--host=127.0.0.1"], ["--listen=127.0.0.1:82"], ["--listen=127.0.0.1:83 127.0.0.1:84"],
         ["--listen", "127.0.0.1:85", "--listen=127.0.0.1:86"], ["--unix-socket=/a.sock"], ["--port", "x"]],
        [{}, {"PORT": "87"}],
        {"app.py": FLASK},
    ),
    "flask": (
        [["run"], ["run", "-p", "81"], ["run", "--host=0.0.0.0"], ["run", "-h", "0.0.0.0", "--port", "82"],
         ["--app", "app", "run", "-p83"], ["run", "-p", "x"]],
        [{}, {"FLASK_RUN_PORT": "84"}, {"FLASK_RUN_HOST": "0.0.0.0"}, {"HOST": "0.0.0.0", "PORT": "85"}],
        {"app.py": FLASK},
    ),
}  # fmt: skip


def trials() -> Iterator[dict[str, Any]]:
    for server, (arguments, environments, files) in TRIALS.items():
        application = [] if server == "flask" else ["app:app"]
        more = ["--interface", "asgi"] if server == "granian" else []
        for given, environment in itertools.product(arguments, environments):
            yield {"server": server, "files": files, "environment": environment,
                   "arguments": [*more, *given, *application]}  # fmt: skip


@pytest.fixture(scope="module")
def answers() -> list[tuple[dict[str, Any], Any]]:
    every = list(trials())
    program = Path(__file__).with_name("really_bound.py")
    done = subprocess.run(
        [sys.executable, program], input=json.dumps(every), capture_output=True, text=True, check=True, timeout=300
    )
    return list(zip(every, json.loads(done.stdout), strict=True))


def ours(trial: dict[str, Any]) -> tuple[list[tuple[str, object]], object]:
    service = {"build": ".", "command": [trial["server"], *trial["arguments"]], "environment": trial["environment"]}
    files = {MAIN: json.dumps({"services": {"a": service}}), "Dockerfile": DOCKERFILE, **trial["files"]}
    (one,) = started(files)
    listens = [(str(each.address.value), getattr(each.port.value, "start", None)) for each in one.listens]
    return listens, one.workers.value.value if one.workers is not None else 1


@pytest.mark.parametrize("server", TRIALS)
def test_the_real_server_says_the_same(server: str, answers: list[tuple[dict[str, Any], Any]]) -> None:
    compared = 0
    for trial, answer in answers:
        if trial["server"] == server and answer is not None:
            listens, workers = answer
            compared += 1
            assert ours(trial) == ([tuple(one) for one in listens], workers), trial
    assert compared > sum(trial["server"] == server for trial, _ in answers) / 2, "the trials are of use"


def test_a_command_line_that_a_server_refuses_is_not_taken_for_known(
    answers: list[tuple[dict[str, Any], Any]],
) -> None:
    for trial, answer in answers:
        if answer is None and "x" in trial["arguments"]:
            listens, workers = ours(trial)
            assert workers is None or None in [port for _, port in listens], trial
