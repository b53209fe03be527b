"""On which ports the servers that people start listen, by their options.

Sources: gunicorn's settings (`bind`, `PORT`), uvicorn's, hypercorn's and daphne's command lines, Django's runserver,
Flask's `flask run`, Streamlit's and http.server's defaults.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from configlint.compose.running import Running
from configlint.formats.shell.launchers import program_name
from configlint.formats.shell.script import Invocation, from_line, from_words
from configlint.formats.shell.shell import words
from configlint.model.cell import Cell, Interval, typed
from configlint.model.document import UnreadableError
from configlint.model.net.url import port_cell
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Text
from configlint.programs.options import doubtful, values
from configlint.programs.workers import Process, decide, process
from configlint.workspace.documents import Shelf
from configlint.workspace.python_files import PythonFiles

if TYPE_CHECKING:
    from configlint.code.python.servers import ServerRun

PYTHON = regex(r"(?:python|pypy)[0-9.]*")
MODULE = regex(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


@record
class Server:
    """`option` in its long and short form takes the port, or an address that ends with it."""

    option: tuple[str, str]
    variable: str = ""
    default: int = 0


_SERVERS = {
    "uvicorn": Server(option=("--port", ""), variable="UVICORN_PORT", default=8000),
    "hypercorn": Server(option=("--bind", "-b"), default=8000),
    "daphne": Server(option=("--port", "-p"), default=8000),
    "flask": Server(option=("--port", "-p"), variable="FLASK_RUN_PORT", default=5000),
    "fastapi": Server(option=("--port", ""), default=8000),
    "streamlit": Server(option=("--server.port", ""), variable="STREAMLIT_SERVER_PORT", default=8501),
}


_MANAGERS = ("manage.py", "django-admin")
_DEEPEST = 3
"""How many scripts may start each other before the server."""


def binds(one: Running, invocation: Invocation, shelf: Shelf, depth: int = 0) -> Iterator[Cell]:
    """The ports of one server; nothing of a program that is none of those known here."""
    here = process(one.container, invocation, shelf)
    name = program_name(invocation.program.raw)
    if name == "gunicorn":
        yield from _gunicorn(here)
    elif name in _MANAGERS or any(program_name(word.raw) in _MANAGERS for word in invocation.args[:2]):
        yield from _runserver(invocation)
    elif name in _SERVERS:
        if name != "flask" or _runs(invocation.args):
            yield _port(_SERVERS[name], here)
    elif depth < _DEEPEST:
        for run in started(here):
            yield from _of_run(one, here, run, depth)


def script(here: Process) -> str:
    """The Python file that a program is, from the root: `python main.py`, or `package.module` of `python -m`."""
    name = here.invocation.program.raw
    if PYTHON.fullmatch(program_name(name)):
        first = next((word.raw for word in here.invocation.args if not word.raw.startswith("-")), "")
        candidates = [first] if first.endswith(".py") else []
    elif name.endswith(".py"):
        candidates = [name]
    elif MODULE.fullmatch(name):
        path = name.replace(".", "/")
        candidates = [f"{path}/__main__.py", f"{path}.py"]
    else:
        candidates = []
    found = (here.locate(path).path for path in candidates)
    return next((path for path in found if path is not None and here.shelf.state(path) == "file"), "")


def started(here: Process) -> "tuple[ServerRun, ...]":
    """The servers that a Python file starts by itself."""
    path = script(here)
    document = here.shelf.python(path) if path else None
    if document is None or document.problem is not None:
        return ()
    # Imported here: most services name their server in a command.
    from configlint.code.python.servers import server_runs

    return server_runs(document, here.lookup, PythonFiles(here.shelf))


def _of_run(one: Running, here: Process, run: "ServerRun", depth: int) -> Iterator[Cell]:
    for inner in commands(here, run):
        yield from binds(one, inner, here.shelf, depth + 1)
    port = after_colon(run.bind) if run.bind is not None else run.port
    if port is not None:
        yield port_cell(port if port.place or not port.known else Text.written(port.raw, run.place))


def commands(here: Process, run: "ServerRun") -> list[Invocation]:
    """What a program starts as processes of their own."""
    if run.line is not None:
        return from_line(run.line, here.lookup)
    return from_words(run.words, here.lookup) if run.words else []


def _runs(arguments: Sequence[Text]) -> bool:
    return any(word.raw == "run" for word in arguments)


def _port(server: Server, here: Process) -> Cell:
    """The last option, else the variable, else the default."""
    arguments = here.invocation.args
    texts = values(arguments, *server.option)
    if texts:
        return port_cell(after_colon(texts[-1]))
    given = here.lookup(server.variable) if server.variable else None
    if given is not None and given.raw:
        return port_cell(given)
    doubt = next(iter(doubtful(arguments)), None)
    if doubt is not None:
        return Cell(value=None, text=Text.unknown(doubt.reason, doubt.place))
    return _standard(server.default, here.invocation.program)


def _standard(number: int, program: Text) -> Cell:
    at = Text.written(str(number), program.place) if program.place is not None else Text.assumed(str(number))
    return typed(Interval(number, number), at)


def after_colon(text: Text) -> Text:
    """The port of `host:port`, `:port` or a port alone."""
    return text[text.raw.rfind(":") + 1 :]


def _gunicorn(here: Process) -> Iterator[Cell]:
    """`bind` of the command line, of GUNICORN_CMD_ARGS, of the configuration file; else PORT; else 127.0.0.1:8000."""
    arguments = here.invocation.args
    given = here.lookup("GUNICORN_CMD_ARGS")
    more = [word.text for word in words(given)] if given is not None else []
    found = values(arguments, "--bind", "-b") or values(more, "--bind", "-b")
    if not found:
        stated = _configured(here)
        found = stated.split("\n") if stated is not None and stated.known else [stated] if stated is not None else []
    port = here.lookup("PORT")
    if not found and port is not None and port.raw:
        found = [port]
    if not found:
        yield _standard(8000, here.invocation.program)
    for text in found:
        if not text.raw.startswith(("unix:", "fd:")):
            yield port_cell(after_colon(text)) if text.known or ":" in text.raw else Cell(value=None, text=text)


def _configured(here: Process) -> Text | None:
    """`bind` of the configuration file that gunicorn reads."""
    decision = decide(here)
    document = here.shelf.python(decision.config) if decision is not None and decision.config else None
    if document is None:
        return None
    # Imported here: a stack without gunicorn does not need the evaluator of Python.
    from configlint.code.python.gunicorn import settings

    try:
        return settings(document, here.lookup, names=["bind"]).get("bind")
    except UnreadableError:
        return None


def _runserver(invocation: Invocation) -> Iterator[Cell]:
    """Django's `runserver [address:port]`, by default on 8000."""
    verbs = [word.raw for word in invocation.args]
    if "runserver" not in verbs:
        return
    rest = [word for word in invocation.args[verbs.index("runserver") + 1 :] if not word.raw.startswith("-")]
    yield port_cell(after_colon(rest[0])) if rest else _standard(8000, invocation.program)
