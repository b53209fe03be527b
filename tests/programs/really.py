"""Runs the real gunicorn or uvicorn far enough to see how many workers it would start.

Reads a JSON list of trials from the standard input, each `{"server", "files", "environment", "arguments"}`, and
writes a list of numbers; null where the server refuses to start. Run by a test as a program of its own, because the
servers read their environment while they are imported.
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


def gunicorn(arguments: list[str]) -> int | None:
    modules: list[Any] = []
    for name in ("gunicorn.config", "gunicorn.app.base", "gunicorn.app.wsgiapp"):
        known = sys.modules.get(name)
        modules.append(importlib.reload(known) if known else importlib.import_module(name))
    sys.argv = ["gunicorn", *arguments]
    return int(modules[-1].WSGIApplication().cfg.workers)


class StopError(Exception):
    pass


def uvicorn(arguments: list[str]) -> int | None:
    program = importlib.import_module("uvicorn.main")

    class Server:
        def __init__(self, config: Any) -> None:
            raise StopError(1 if config.should_reload else max(config.workers, 1))

    setattr(program, "Server", Server)  # noqa: B010 - mypy would refuse the assignment
    try:
        program.main.main(arguments, standalone_mode=False)
    except StopError as stop:
        return int(stop.args[0])
    return None


def tried(trial: Trial) -> int | None:
    """The count of one trial, in a directory and an environment of its own."""
    with tempfile.TemporaryDirectory() as directory:
        for path, content in trial["files"].items():
            file = Path(directory, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        os.chdir(directory)
        os.environ.clear()
        os.environ.update(trial["environment"])
        known, path = set(sys.modules), list(sys.path)
        try:
            return (gunicorn if trial["server"] == "gunicorn" else uvicorn)(trial["arguments"])
        except (Exception, SystemExit):
            return None
        finally:
            os.chdir("/")
            sys.path[:] = path
            for name in set(sys.modules) - known:
                if not name.startswith(("gunicorn", "uvicorn", "click", "dotenv")):
                    del sys.modules[name]


if __name__ == "__main__":
    trials = json.load(sys.stdin)
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        results = [tried(trial) for trial in trials]
    json.dump(results, sys.stdout)
