"""Which Python programs a service runs, and which application each of them serves.

Sources: the command lines of gunicorn, uvicorn, hypercorn, daphne, granian, waitress, Flask (`--app`, FLASK_APP),
FastAPI and Django.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from configlint.compose.running import Running
from configlint.formats.shell.launchers import program_name
from configlint.formats.shell.script import Invocation
from configlint.model.cell import NULL, Cell
from configlint.model.net.url import port_cell
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.programs.options import values
from configlint.programs.ports import MODULE, binds, commands, script, started
from configlint.programs.workers import Process, process
from configlint.workspace.python_files import PythonFiles

if TYPE_CHECKING:
    from configlint.code.python.servers import ServerRun

_APPLICATION = regex(r"(?P<module>[A-Za-z_][\w.]*):(?P<app>[A-Za-z_][^\s]*)")
_SERVERS = frozenset({"gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "waitress-serve"})
_READ = frozenset({"uvicorn", "hypercorn", "flask", "quart", "aiohttp", "waitress", "wsgiref", "gevent", "gunicorn"})
"""Servers that a program starts by itself whose applications are of a known framework."""
_FLASK_FILES = ("wsgi.py", "app.py")
_DEEPEST = 3
_FASTAPI_FILES = ("main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py")


@record
class Program:
    """A program, which starts at the module `entry` (its path from the root; empty where it is not here).

    `app` is the expression that it serves, empty for every application of the program. `root` is the directory from
    which its modules are imported. What does not serve, a worker or a script, calls others all the same. `reason` tells
    why its routes cannot be read; with `socket` it takes WebSockets at any path.
    """

    process: Process
    entry: str = ""
    app: str = ""
    root: str = ""
    serves: bool = True
    port: Cell = NULL
    reason: Reason | None = None
    socket: bool = False


def programs(one: Running, files: PythonFiles) -> list[Program]:
    """The Python programs of a service, and the servers of which nothing can be read."""
    finder = _Finder(one, files)
    return [program for invocation in one.start.invocations for program in finder.of(invocation, 0)]


class _Finder:
    def __init__(self, one: Running, files: PythonFiles) -> None:
        self._one = one
        self._files = files

    def of(self, invocation: Invocation, depth: int) -> Iterator[Program]:
        here = process(self._one.container, invocation, self._files.shelf)
        name = program_name(invocation.program.raw)
        own = script(here)
        ports = [] if own and not _is_manager(own) else list(binds(self._one, invocation, self._files.shelf))
        port = ports[0] if len(ports) == 1 else NULL
        if name in _SERVERS:
            yield self._served(here, name, port)
        elif name == "flask":
            yield from self._flask(here, port)
        elif name == "fastapi":
            yield from self._fastapi(here, port)
        elif name == "celery":
            yield from self._celery(here)
        elif name == "streamlit":
            yield from self._streamlit(here, port)
        elif _is_manager(own):
            serves = any(word.raw == "runserver" for word in invocation.args)
            yield Program(process=here, entry=own, root=own.rpartition("/")[0], serves=serves, port=port)
        elif own in self._files:
            yield from self._started(here, own, depth)

    def _served(self, here: Process, name: str, port: Cell) -> Program:
        """`gunicorn package.module:app`, where gunicorn may do without the name of the application."""
        arguments = here.invocation.args
        found = next((match for word in arguments if (match := _APPLICATION.fullmatch(word.raw))), None)
        last = arguments[-1].raw if arguments else ""
        if found is not None:
            module, app = found["module"], found["app"]
        elif name == "gunicorn" and MODULE.fullmatch(last):
            module, app = last, "application"
        else:
            return Program(process=here, port=port, reason=Reason("unknown-application", name))
        where = [word.raw for word in (*values(arguments, "--app-dir"), *values(arguments, "--chdir"))]
        return self._module(here, module, app, port, where[-1] if where else "")

    def _module(self, here: Process, module: str, app: str, port: Cell, where: str = "") -> Program:
        """The program that serves an application of a module, which is looked for in a directory of the container."""
        parts = module.split(".")
        for base in (where, *_python_path(here)):
            for name in (f"{'/'.join(parts)}.py", f"{'/'.join(parts)}/__init__.py"):
                path = self._located(here, f"{base}/{name}" if base else name)
                if path:
                    root = path.removesuffix(name).rstrip("/")
                    return Program(process=here, entry=path, app=app, root=root, port=port)
        return Program(process=here, port=port, reason=Reason("foreign-file", module))

    def _located(self, here: Process, path: str) -> str:
        found = here.locate(path).path
        return found if found is not None and found in self._files else ""

    def _flask(self, here: Process, port: Cell) -> Iterator[Program]:
        if not any(word.raw == "run" for word in here.invocation.args):
            return
        given = values(here.invocation.args, "--app", "-A")
        variable = here.lookup("FLASK_APP")
        named = given[-1] if given else variable
        if named is None or not named.raw:
            yield self._first(here, _FLASK_FILES, port)
            return
        module, _, app = named.raw.partition(":")
        module = module.removesuffix(".py").strip("/").replace("/", ".")
        yield self._module(here, module, app, port)

    def _first(self, here: Process, names: Sequence[str], port: Cell) -> Program:
        """The first of some files that is there; all of its applications are served."""
        path = next((path for name in names if (path := self._located(here, name))), "")
        reason = None if path else Reason("no-entry-point", ", ".join(names))
        return Program(process=here, entry=path, root=path.rpartition("/")[0], port=port, reason=reason)

    def _fastapi(self, here: Process, port: Cell) -> Iterator[Program]:
        arguments = here.invocation.args
        if not arguments or arguments[0].raw not in ("run", "dev"):
            return
        named = [word.raw for word in arguments[1:] if word.raw.endswith(".py")]
        app = values(arguments, "--app")
        found = self._first(here, named or _FASTAPI_FILES, port)
        yield Program(
            process=here, entry=found.entry, app=app[-1].raw if app else "", root=found.root, port=port,
            reason=found.reason,
        )  # fmt: skip

    def _celery(self, here: Process) -> Iterator[Program]:
        """`celery -A package.module.app worker`, which serves nobody."""
        for word in values(here.invocation.args, "--app", "-A"):
            parts = word.raw.replace(":", ".").split(".")
            for length in range(len(parts), 0, -1):
                found = self._module(here, ".".join(parts[:length]), "", NULL)
                if found.entry:
                    yield Program(process=here, entry=found.entry, root=found.root, serves=False)
                    return

    def _streamlit(self, here: Process, port: Cell) -> Iterator[Program]:
        for word in here.invocation.args:
            path = self._located(here, word.raw) if word.raw.endswith(".py") else ""
            if path:
                reason = Reason("unread-routes", "Streamlit")
                yield Program(process=here, entry=path, root=path.rpartition("/")[0], port=port, reason=reason)
                return

    def _started(self, here: Process, path: str, depth: int) -> Iterator[Program]:
        """What a script serves by itself. Where it serves nothing, it is a program nonetheless."""
        runs = started(here)
        root = path.rpartition("/")[0]
        for run in runs:
            yield from self._run(here, path, run, depth)
        if not runs:
            yield Program(process=here, entry=path, root=root, serves=False)

    def _run(self, here: Process, path: str, run: "ServerRun", depth: int) -> Iterator[Program]:
        root = path.rpartition("/")[0]
        if run.words or run.line is not None:
            for invocation in commands(here, run) if depth < _DEEPEST else ():
                yield from self.of(invocation, depth + 1)
            yield Program(process=here, entry=path, root=root, serves=False)
            return
        port = port_cell(run.port) if run.port is not None else NULL
        named = _APPLICATION.fullmatch(run.app.value or "") if run.app is not None else None
        if named is not None:
            yield self._module(here, named["module"], named["app"], port)
        elif run.server in _READ:
            yield Program(process=here, entry=path, root=root, port=port)
        else:
            reason = None if run.server == "websockets" else Reason("unread-routes", run.server)
            yield Program(
                process=here, entry=path, root=root, port=port, reason=reason, socket=run.server == "websockets"
            )


def _is_manager(path: str) -> bool:
    return path.rpartition("/")[2] == "manage.py"


def _python_path(here: Process) -> list[str]:
    given = here.lookup("PYTHONPATH")
    return [part for part in (given.value or "").split(":") if part] if given is not None else []
