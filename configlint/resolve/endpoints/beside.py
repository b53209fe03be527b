"""The servers of a repository that run without compose: started by code, a Makefile, a script or a bare Dockerfile."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from configlint.compose.container import Found
from configlint.formats.shell.mentioned import claims, mentioned
from configlint.formats.shell.script import Invocation
from configlint.model.cell import NULL, Cell, Interval, typed
from configlint.model.net.url import port_cell
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Text
from configlint.programs.options import values
from configlint.programs.served_apps import Program
from configlint.programs.workers import Process
from configlint.resolve.endpoints.host_programs import is_test, on_host
from configlint.resolve.stack import Stack
from configlint.resolve.stack.code import inside
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import Scene, directory

if TYPE_CHECKING:
    from configlint.code.python.servers import ServerRun

_IN_CODE = ("uvicorn", "hypercorn", "waitress", "flask", "quart", "aiohttp", "wsgiref", "gevent", "tornado")
"""One of these stands in every module that starts a server by itself."""
_READ = frozenset({"uvicorn", "hypercorn", "flask", "quart", "aiohttp", "waitress", "wsgiref", "gevent"})
"""Servers in code whose applications are of a framework that is read."""


@record
class _Command:
    """Options that take the port, alone or behind a host; the port without one."""

    options: tuple[str, str]
    port: int = 8000


_COMMANDS: Mapping[str, _Command] = {
    "uvicorn": _Command(options=("--port", "")),
    "hypercorn": _Command(options=("--bind", "-b")),
    "gunicorn": _Command(options=("--bind", "-b")),
    "daphne": _Command(options=("--port", "-p")),
    "granian": _Command(options=("--port", "")),
    "fastapi": _Command(options=("--port", "")),
    "flask": _Command(options=("--port", "-p"), port=5000),
}
_APPLICATION = regex(r"(?P<module>[A-Za-z_][\w.]*):(?P<app>[A-Za-z_]\w*)(?:\(\))?")
_PORT = regex(r"(?:.*:)?(?:\$\{\w+:?-)?(?P<port>\d{1,5})\}?")


@record
class Server:
    """`name` is the path of the module that it serves; it stands for the server like the name of a service."""

    name: str
    program: Program

    @property
    def port(self) -> Cell:
        return self.program.port


def servers(scene: Scene, stacks: Sequence[Stack], served: frozenset[str], files: PythonFiles) -> tuple[Server, ...]:
    """Every server that somebody may start by hand. `served` are the modules that run in services.

    What an image of a stack holds, such as its Dockerfile and its start script, starts there.
    """
    running = [one for stack in stacks for one in stack.running.values()]
    held = {path for one in running for path in inside(scene, one)} if running else set[str]()
    held |= {one.container.build.path for one in running if one.container.build and one.container.build.path}
    found: dict[tuple[str, str], Server] = {}
    for path in scene.files:
        if is_test(path):
            continue
        if path in files and path not in served:
            every = _of_code(scene, path, files)
        elif claims(path) and path not in held:
            every = _of_commands(scene, path, files)
        else:
            continue
        for server in every:
            found.setdefault((server.name, str(server.port)), server)
    return tuple(found.values())


def _of_code(scene: Scene, path: str, files: PythonFiles) -> Iterator[Server]:
    content = scene.shelf.text(path) or ""
    document = files[path] if any(word in content for word in _IN_CODE) else None
    if document is None or document.problem is not None:
        return
    # Imported here: most repositories with an app have no Python.
    from configlint.code.python.servers import server_runs

    lookup = on_host(scene, document)
    for run in server_runs(document, lookup, files):
        if run.server in _READ and run.port is not None:
            yield from _run(scene, path, run, files)


def _run(scene: Scene, path: str, run: "ServerRun", files: PythonFiles) -> Iterator[Server]:
    named = _APPLICATION.fullmatch(run.app.value or "") if run.app is not None else None
    entry = _module(named["module"], (directory(path),), files) if named else path
    port = port_cell(run.port) if run.port is not None else NULL
    if entry and isinstance(port.value, Interval):
        yield _server(scene, entry, named["app"] if named else "", port, Text.written(run.server, run.place), files)


def _of_commands(scene: Scene, path: str, files: PythonFiles) -> Iterator[Server]:
    content = scene.shelf.text(path) or ""
    for name, command in _COMMANDS.items():
        for words in mentioned(path, content, name):
            found = next((match for word in words[1:] if (match := _APPLICATION.fullmatch(word.raw))), None)
            given = values(words[1:], *command.options)
            stated = _PORT.fullmatch(given[-1].raw) if given else None
            if found is None or (given and stated is None):
                continue
            where = [word.raw for word in values(words[1:], "--app-dir")]
            entry = _module(found["module"], (*where, directory(path), ""), files)
            number = int(stated["port"]) if stated else command.port
            if entry:
                port = typed(Interval(number, number), given[-1] if given else words[0])
                yield _server(scene, entry, found["app"], port, words[0], files)


def _module(name: str, bases: Sequence[str], files: PythonFiles) -> str:
    """The file of a module, looked for in some directories; else the only one in the repository whose path ends so."""
    endings = [f"{name.replace('.', '/')}.py", f"{name.replace('.', '/')}/__init__.py"]
    for base in bases:
        for ending in endings:
            path = f"{base}/{ending}" if base else ending
            if path in files:
                return path
    every = [path for path in files if f"/{path}".endswith(f"/{endings[0]}")]
    return every[0] if len(every) == 1 else ""


def _server(scene: Scene, entry: str, app: str, port: Cell, at: Text, files: PythonFiles) -> Server:
    process = Process(
        invocation=Invocation(program=at, args=()),
        lookup=on_host(scene, files[entry]),
        locate=lambda path: Found(None, "unknown"),
        shelf=scene.shelf,
    )
    return Server(name=entry, program=Program(process=process, entry=entry, app=app, root=directory(entry), port=port))
