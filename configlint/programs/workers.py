"""How many worker processes a server would start, and which setting decides.

gunicorn (27, `app/base.py`, `config.py`): the command line over GUNICORN_CMD_ARGS over one configuration file over
WEB_CONCURRENCY, which only changes the default of 1. uvicorn (0.54, `main.py`, `config.py`): `--workers` over
UVICORN_WORKERS over WEB_CONCURRENCY; while it reloads, it runs one process.
"""

from collections.abc import Callable, Sequence

from configlint.compose.container import Container, Found, repository_path
from configlint.compose.model import EnvFile
from configlint.formats.compose_template import Lookup
from configlint.formats.shell.launchers import program_name
from configlint.formats.shell.script import Invocation
from configlint.formats.shell.shell import words
from configlint.model.cell import Cell, typed, unknown
from configlint.model.decision import Decision, Means, Statement, decided
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason
from configlint.model.record import record, replace
from configlint.model.regex import regex
from configlint.model.text import Run, Text
from configlint.programs.options import Option, doubtful, flag, options, values
from configlint.workspace.documents import Shelf

_ARGUMENTS, _CONCURRENCY = "GUNICORN_CMD_ARGS", "WEB_CONCURRENCY"
VARIABLES = {"gunicorn": (_ARGUMENTS, _CONCURRENCY), "uvicorn": ("UVICORN_WORKERS", _CONCURRENCY)}
"""The variables that state a server's count."""


@record
class Process:
    """A program about to start: what it finds set, where it works, and which file stands at a path there.

    `missing` tells why its environment may not be complete, or is empty. `directory` is None where it is not known.
    """

    invocation: Invocation
    lookup: Lookup
    locate: Callable[[str], Found]
    shelf: Shelf
    missing: str = ""


def process(here: Container, one: Invocation, shelf: Shelf) -> Process:
    """A program that a container starts."""
    made = dict(one.environment)

    def lookup(name: str) -> Text | None:
        found = made.get(name)
        return here.environment.lookup(name) if found is None else found

    def locate(path: str) -> Found:
        if one.directory is None and not path.startswith("/"):
            return Found(None, "unknown")
        inside = one.directory and not path.startswith("/")
        return repository_path(here, f"{one.directory}/{path}" if inside else path, shelf)

    unread = (file for file in here.environment.missing if _elsewhere(file, shelf))
    missing = next((f"{file.path}, which is not here" for file in unread), "")
    return Process(invocation=one, lookup=lookup, locate=locate, shelf=shelf, missing=missing)


def _elsewhere(file: EnvFile, shelf: Shelf) -> bool:
    """Whether an environment file is absent here, but not for everybody."""
    return file.target is None or shelf.state(file.target) != "missing"


def decide(process: Process) -> Decision | None:
    """The count of a server; None where the program is none of those whose workers are known here."""
    name = program_name(process.invocation.program.raw)
    server = _SERVERS.get(name)
    return None if server is None else server(process)


def _gunicorn(process: Process) -> Decision:
    arguments = process.invocation.args
    given = process.lookup(_ARGUMENTS)
    more = [word.text for word in words(given)] if given is not None else []
    config, path = _configured(process, arguments, more)
    found = [
        *_by_option(options(arguments, "--workers", "-w"), "--workers"),
        *_doubts(arguments),
        *(of_variable(_ARGUMENTS, given) if given is not None else []),
        *config,
        *concurrency(process),
    ]
    # It looks at all of them: at the variable while it is imported, at the others before it compares them.
    return decision("gunicorn", [one for one in found if one.fatal] or found, _absent(process.invocation), path)


def _uvicorn(process: Process) -> Decision:
    return _served("uvicorn", process, process.invocation.args)


def _fastapi(process: Process) -> Decision | None:
    """`fastapi run` starts uvicorn; `fastapi dev` does so and reloads."""
    arguments = process.invocation.args
    verb = arguments[0].raw if arguments else ""
    if verb == "dev":
        dev = Statement(value=typed(1, _as_one(arguments[0])), means="switch", by="fastapi dev", written="fastapi dev")
        return decision("uvicorn", [dev], _absent(process.invocation))
    return _served("uvicorn", process, arguments[1:]) if verb == "run" else None


def _served(server: str, process: Process, arguments: Sequence[Text]) -> Decision:
    reloads = flag(arguments, "--reload")
    own = process.lookup("UVICORN_WORKERS")
    found = [
        *_by_option(options(arguments, "--workers"), "--workers"),
        *_doubts(arguments),
        *(of_variable("UVICORN_WORKERS", own) if own is not None and own.raw else []),
        *(concurrency(process) or _from_env_file(process, arguments)),
    ]
    if reloads is not None and not (found and found[0].fatal):
        found.insert(0, Statement(value=typed(1, _as_one(reloads)), means="switch", by="--reload", written="--reload"))
    return decision(server, found, _absent(process.invocation))


def _from_env_file(process: Process, arguments: Sequence[Text]) -> list[Statement]:
    """WEB_CONCURRENCY in the file of `--env-file`, which sets what is not set before."""
    named = values(arguments, "--env-file")
    if not named:
        return []
    path = process.locate(named[-1].raw).path if named[-1].known else None
    document = process.shelf.dotenv(path) if path is not None else None
    if document is None:
        return [_unknown(Reason("foreign-file", str(named[-1])), named[-1], "option", "--env-file")]
    found = [one.value for one in document.bindings if one.name.raw == _CONCURRENCY and one.value is not None]
    return of_variable(_CONCURRENCY, found[-1]) if found else []


_SERVERS: dict[str, Callable[[Process], Decision | None]] = {
    "gunicorn": _gunicorn,
    "uvicorn": _uvicorn,
    "fastapi": _fastapi,
}


def decision(server: str, statements: Sequence[Statement], absent: Text, file: str = "") -> Decision:
    """What a server makes of the statements of its count, below which it has a default of one.

    `absent` is the text of the one worker that runs where there is no statement.
    """
    default = Statement(value=typed(1, Text.assumed("1")), means="default", by=server)
    if not statements:
        default = replace(default, value=typed(1, absent))
    elif server != "gunicorn" and statements[0].value.value == 0:
        first = statements[0]
        statements = [replace(first, value=typed(1, first.value.text)), *statements[1:]]
    return Decision(subject="workers", name=server, statements=decided([*statements, default]), file=file)


def _by_option(given: Sequence[Option], by: str) -> list[Statement]:
    """Statements of one option, of which the last one counts."""
    return [stated(one.value, "option", by, one.written) for one in reversed(given)]


def of_variable(name: str, text: Text) -> list[Statement]:
    """What a variable of that value states: a count, or options of which one may be a count."""
    if name != _ARGUMENTS:
        return [stated(text, "variable", name, f"{name}=")]
    doubts = [] if text.known else [_doubt(text, "variable", name)]
    return [*_by_option(options([word.text for word in words(text)], "--workers", "-w"), name), *doubts]


def stated(text: Text, means: Means, by: str, written: str) -> Statement:
    """What a text states. One that is not a number keeps the server from starting."""
    count = number(text)
    return Statement(value=count, means=means, by=by, written=written, fatal=count.value is None and text.known)


def _doubts(arguments: Sequence[Text]) -> list[Statement]:
    return [_doubt(word, "command", "the command line") for word in doubtful(arguments)]


def _doubt(text: Text, means: Means, by: str) -> Statement:
    return _unknown(text.reason, text, means, by)


def _unknown(reason: Reason | None, at: Text | None, means: Means, by: str) -> Statement:
    return Statement(value=unknown(reason, at), means=means, by=by)


_NUMBER = regex(r"\s*\+?[0-9]+(?:_[0-9]+)*\s*")


def number(text: Text) -> Cell:
    """A count as Python reads a number; unknown where it is none, or the text is not known."""
    value = text.value
    if value is None:
        return Cell(value=None, text=text)
    if not _NUMBER.fullmatch(value) or len(value) > 100:
        return unknown(Reason("no-worker-count"), text)
    return typed(int(value), text)


def concurrency(process: Process) -> list[Statement]:
    """WEB_CONCURRENCY, or the doubt about it."""
    found = process.lookup(_CONCURRENCY)
    if found is not None:
        return of_variable(_CONCURRENCY, found)
    if process.missing:
        return [_unknown(Reason("may-be-set", _CONCURRENCY, process.missing), None, "variable", _CONCURRENCY)]
    return []


def _configured(process: Process, arguments: Sequence[Text], more: Sequence[Text]) -> tuple[list[Statement], str]:
    """What gunicorn's one configuration file says, and its path."""
    named = [*values(more, "--config", "-c", "--co"), *values(arguments, "--config", "-c", "--co")]
    text = named[-1] if named else Text.assumed("gunicorn.conf.py")
    if text.value is None:
        return [_doubt(text, "option", "--config")], ""
    path = _file_name(text.value)
    found = process.locate(path)
    if found.path is None or process.shelf.state(found.path) != "file":
        if not named:
            return [], ""
        return [_unknown(Reason("foreign-file", path), text, "setting", path)], ""
    return _set_by(process, found.path), found.path


def _file_name(value: str) -> str:
    if value.startswith("python:"):
        return value.removeprefix("python:").replace(".", "/") + ".py"
    return value.removeprefix("file:")


def _set_by(process: Process, path: str) -> list[Statement]:
    # Imported here: a stack without gunicorn does not need the evaluator of Python.
    from configlint.code.python.gunicorn import settings

    document = process.shelf.python(path)
    if document is None:
        return [_unknown(Reason("unreadable-file", path), None, "setting", path)]
    try:
        count = settings(document, process.lookup, names=["workers"]).get("workers")
    except UnreadableError as error:
        process.shelf.fail(path, error)
        return [_unknown(Reason("unreadable-file", path), None, "setting", path)]
    return [] if count is None else [stated(count, "setting", path, "workers = ")]


def _as_one(text: Text) -> Text:
    """The count of one that follows from a word."""
    return Text.assumed("1") if text.place is None else Text.written("1", text.place)


def _absent(invocation: Invocation) -> Text:
    """The default of one worker, where another number could be written."""
    slot = invocation.slot
    if slot is None:
        return _as_one(invocation.program)
    return Text((Run(text="1", place=slot.place, literal=slot.literal("--workers"), exact=True),))
