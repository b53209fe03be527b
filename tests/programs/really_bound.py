"""Asks the real servers where they would listen, and with how many workers.

Reads a JSON list of trials from the standard input, each `{"server", "files", "environment", "arguments"}`, and writes
for each a pair of the listeners, `[address, port]`, and the number of workers; null where the server refuses to start.
Each server's own code reads the command line; what would open a socket is replaced. Run by a test as a program.
"""

import contextlib
import importlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

Trial = dict[str, Any]
Answer = tuple[list[tuple[str, int]], int]


class StopError(Exception):
    pass


def hypercorn(arguments: list[str]) -> Answer:
    import hypercorn.__main__ as program

    caught: list[Any] = []
    setattr(program, "run", caught.append)  # noqa: B010 - mypy would refuse it
    program.main(arguments)
    (config,) = caught
    binds = [bind for bind in config.bind if not bind.startswith(("unix:", "fd://"))]
    return [_pair(bind, 8000) for bind in binds], max(config.workers, 1)


def daphne(arguments: list[str]) -> Answer:
    program: Any = importlib.import_module("daphne.cli")
    from_string: Any = importlib.import_module("twisted.internet.endpoints").serverFromString

    class Server:
        def __init__(self, endpoints: list[str], **_: Any) -> None:
            made = [from_string(None, one) for one in endpoints if not one.startswith(("unix:", "fd:"))]
            raise StopError([(str(one._interface) or "0.0.0.0", int(one._port)) for one in made])

    interface = program.CommandLineInterface()
    interface.server_class = Server
    interface.load_asgi_app = lambda _: print
    try:
        interface.run(arguments)
    except StopError as stop:
        return list(stop.args[0]), 1
    raise AssertionError("it starts a server")


def granian(arguments: list[str]) -> Answer:
    import granian.cli as program

    class Server:
        def __init__(self, *_: Any, address: str, port: int, uds: Any, workers: int, **__: Any) -> None:
            raise StopError([] if uds else [(address, port)], workers)

    setattr(program, "Server", Server)  # noqa: B010 - mypy would refuse it
    try:
        program.cli(arguments, standalone_mode=False, auto_envvar_prefix="GRANIAN")
    except StopError as stop:
        return stop.args[0], stop.args[1]
    raise AssertionError("it starts a server")


def waitress(arguments: list[str]) -> Answer:
    Adjustments: Any = importlib.import_module("waitress.adjustments").Adjustments  # noqa: N806 - it is a class

    given, _ = Adjustments.parse_args(arguments)
    for name in ("call", "help", "app"):
        given.pop(name, None)
    found = Adjustments(**given)
    if found.unix_socket:
        return [], 1
    return [(sockaddr[0], sockaddr[1]) for *_, sockaddr in found.listen if ":" not in sockaddr[0]], 1


def flask(arguments: list[str]) -> Answer:
    from flask.cli import run_command

    own = arguments[arguments.index("run") + 1 :]
    given = run_command.make_context("run", own, auto_envvar_prefix="FLASK_RUN").params
    return [(given["host"], given["port"])], 1


def gunicorn(arguments: list[str]) -> Answer:
    modules = [importlib.reload(importlib.import_module(f"gunicorn.{name}")) for name in ("config", "app.base")]
    program = importlib.reload(importlib.import_module("gunicorn.app.wsgiapp"))
    assert modules
    sys.argv = ["gunicorn", *arguments]
    config = program.WSGIApplication().cfg
    found = [one for one in config.address if isinstance(one, tuple)]
    return [(host or "0.0.0.0", port) for host, port in found], int(config.workers)


def uvicorn(arguments: list[str]) -> Answer:
    program = importlib.import_module("uvicorn.main")  # the package's `main` is the command

    class Server:
        def __init__(self, config: Any) -> None:
            listens = [] if config.uds or config.fd is not None else [(config.host, config.port)]
            raise StopError(listens, 1 if config.should_reload else max(config.workers, 1))

    setattr(program, "Server", Server)  # noqa: B010 - mypy would refuse it
    try:
        program.main.main(arguments, standalone_mode=False)
    except StopError as stop:
        return stop.args[0], stop.args[1]
    raise AssertionError("it starts a server")


def _pair(bind: str, port: int) -> tuple[str, int]:
    """As hypercorn takes a bind apart (`Config._create_sockets`)."""
    bare = bind.replace("[", "").replace("]", "")
    host, sign, number = bare.rpartition(":")
    return (host or "0.0.0.0", int(number)) if sign and number.isdecimal() else (bare, port)


SERVERS = {
    "hypercorn": hypercorn, "daphne": daphne, "granian": granian, "waitress-serve": waitress, "flask": flask,
    "gunicorn": gunicorn, "uvicorn": uvicorn,
}  # fmt: skip


def tried(trial: Trial) -> Answer | None:
    """One trial, in a directory and an environment of its own."""
    with tempfile.TemporaryDirectory() as directory:
        for path, content in trial["files"].items():
            Path(directory, path).write_text(content)
        os.chdir(directory)
        os.environ.clear()
        os.environ.update(trial["environment"])
        path = list(sys.path)
        try:
            return SERVERS[trial["server"]](trial["arguments"])
        except (Exception, SystemExit):
            return None
        finally:
            os.chdir("/")
            sys.path[:] = path
            for name in ("app", "conf"):
                sys.modules.pop(name, None)


if __name__ == "__main__":
    trials = json.load(sys.stdin)
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        results = [tried(trial) for trial in trials]
    json.dump(results, sys.stdout)
