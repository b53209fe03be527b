"""The servers of a repository that run without compose: started by code, a Makefile, a script or a bare Dockerfile."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from configlint.compose.container import Found
from configlint.compose.surroundings import Surroundings
from configlint.formats.shell.mentioned import claims, mentioned
from configlint.formats.shell.script import Invocation
from configlint.formats.shell.server_commands import SERVER_COMMANDS
from configlint.model.cell import Cell, Interval
from configlint.model.record import record
from configlint.model.text import Place, Text
from configlint.model.tree import normal
from configlint.programs.process import Process
from configlint.programs.program import Application
from configlint.programs.started import Started, Walk
from configlint.resolve.endpoints.host_programs import is_test, on_host
from configlint.resolve.stack import Stack
from configlint.resolve.stack.code import inside
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import Workspace, basename, directory

_IN_CODE = ("uvicorn", "hypercorn", "waitress", "flask", "quart", "aiohttp", "wsgiref", "gevent", "tornado")
"""One of these stands in every module that starts a server by itself."""
_COMMANDS = (*SERVER_COMMANDS, "python", "python3")
"""Programs that start a server of ours."""


@record
class Server:
    """`name` is the path of the module that it serves; it stands for the server like the name of a service."""

    name: str
    port: Cell
    process: Process
    application: Application


def servers(
    workspace: Workspace, stacks: Sequence[Stack], served: frozenset[str], files: PythonFiles
) -> tuple[Server, ...]:
    """Every server that somebody may start by hand. `served` are the modules that run in services.

    What an image of a stack holds, such as its start script, starts there, and so does its Dockerfile.
    """
    running = [one for stack in stacks for one in stack.running.values()]
    held = {path for one in running for path in inside(workspace, one) if not path.endswith(".py")}
    held |= {one.container.build.path for one in running if one.container.build and one.container.build.path}
    named: dict[str, list[str]] = {}
    for path in workspace.files:
        if path.endswith(".py"):
            named.setdefault(basename(path), []).append(path)
    found: dict[tuple[str, str], Server] = {}
    for path in workspace.files:
        if is_test(path) or path in served or path in held:
            continue
        for invocation in _invocations(workspace, path):
            for server in _servers(workspace, path, invocation, files, named):
                found.setdefault((server.name, str(server.port)), server)
    return tuple(found.values())


def _invocations(workspace: Workspace, path: str) -> Iterator[Invocation]:
    """What a file starts: a Python file itself, another one what is written in it."""
    is_python = path.endswith(".py")
    content = workspace.store.text(path) or "" if is_python or claims(path) else ""
    if is_python and any(word in content for word in _IN_CODE):
        yield Invocation(program=Text.exactly(path.rpartition("/")[2], Place(path, 0, 0)), args=())
    elif not is_python and content:
        for name in _COMMANDS:
            for words in mentioned(path, content, name):
                module = len(words) > 2 and name.startswith("python") and words[1].raw == "-m"
                yield Invocation(program=words[2 * module], args=words[2 * module + 1 :])


def _servers(
    workspace: Workspace, path: str, invocation: Invocation, files: PythonFiles, named: Mapping[str, Sequence[str]]
) -> Iterator[Server]:
    document = files.get(path)
    around = Surroundings(
        lookup=on_host(workspace, document) if document is not None else lambda name: None,
        locate=_locating(workspace, path, named),
        store=workspace.store,
    )
    for started in Walk(around, files).started([invocation]):
        code = started.application
        if code is not None and code.serves and code.entry and isinstance(started.port.value, Interval):
            yield _server(started, code)


def _server(started: Started, code: Application) -> Server:
    return Server(name=code.entry, port=started.port, process=started.process, application=code)


def _locating(workspace: Workspace, path: str, by_name: Mapping[str, Sequence[str]]) -> Callable[[str], Found]:
    """Where a command finds a file: in its own directory, or at the root, or there where alone one is called so."""

    def locate(named: str) -> Found:
        for base in (directory(path), ""):
            found = normal(f"{base}/{named}" if base else named)
            if found and workspace.store.state(found) == "file":
                return Found(found, "mount")
        every = [one for one in by_name.get(basename(named), ()) if f"/{one}".endswith(f"/{named}")]
        return Found(every[0], "mount") if len(every) == 1 else Found(None, "none")

    return locate
