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
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Run, Text
from configlint.programs.options import doubtful, flag, values
from configlint.workspace.documents import Shelf


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


@record
class Statement:
    """One place that states a count, and by what: `--workers`, `WEB_CONCURRENCY`, the path of a file.

    With a `fatal` one the server does not start, whatever others say.
    """

    count: Cell
    by: str
    fatal: bool = False


@record
class Decision:
    """The effective count of one server. `losers` would decide in turn if what stands above them were not there.

    `config` is the configuration file that is read, from the root; empty where there is none, or none of ours.
    """

    server: str
    count: Cell
    by: str
    losers: tuple[Statement, ...] = ()
    config: str = ""

    @property
    def chain(self) -> tuple[Statement, ...]:
        """What decides, and after it what it overrides."""
        return (Statement(count=self.count, by=self.by), *self.losers)


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
    given = process.lookup("GUNICORN_CMD_ARGS")
    more = [word.text for word in words(given)] if given is not None else []
    config, path = _configured(process, arguments, more)
    found = [
        *_by(values(arguments, "--workers", "-w"), "--workers"),
        *_doubts(arguments),
        *_by(values(more, "--workers", "-w"), "GUNICORN_CMD_ARGS"),
        *([Statement(count=unknown(given.reason, given), by="GUNICORN_CMD_ARGS")] if given and not given.known else []),
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
        return Decision(server="uvicorn", count=typed(1, _as_one(arguments[0])), by="fastapi dev")
    return _served("uvicorn", process, arguments[1:]) if verb == "run" else None


def _served(server: str, process: Process, arguments: Sequence[Text]) -> Decision:
    reloads = flag(arguments, "--reload")
    own = process.lookup("UVICORN_WORKERS")
    found = [
        *_by(values(arguments, "--workers"), "--workers"),
        *_doubts(arguments),
        *(_by([own], "UVICORN_WORKERS") if own is not None and own.raw else []),
        *(concurrency(process) or _from_env_file(process, arguments)),
    ]
    if reloads is not None and not (found and found[0].fatal):
        found.insert(0, Statement(count=typed(1, _as_one(reloads)), by="--reload"))
    return decision(server, found, _absent(process.invocation))


def _from_env_file(process: Process, arguments: Sequence[Text]) -> list[Statement]:
    """WEB_CONCURRENCY in the file of `--env-file`, which sets what is not set before."""
    named = values(arguments, "--env-file")
    if not named:
        return []
    path = process.locate(named[-1].raw).path if named[-1].known else None
    document = process.shelf.dotenv(path) if path is not None else None
    if document is None:
        return [Statement(count=unknown(Reason("foreign-file", str(named[-1])), named[-1]), by="--env-file")]
    found = [one.value for one in document.bindings if one.name.raw == "WEB_CONCURRENCY" and one.value is not None]
    return _by(found[-1:], "WEB_CONCURRENCY")


_SERVERS: dict[str, Callable[[Process], Decision | None]] = {
    "gunicorn": _gunicorn,
    "uvicorn": _uvicorn,
    "fastapi": _fastapi,
}


def decision(server: str, statements: Sequence[Statement], absent: Text, config: str = "") -> Decision:
    """The first statement decides; what it is made of itself is not among those that it overrides.

    `absent` is the text of the one worker that runs where there is no statement.
    """
    if not statements:
        return Decision(server=server, count=typed(1, absent), by=f"{server}'s default", config=config)
    first, *others = statements
    if server != "gunicorn" and first.count.value == 0:
        first = Statement(count=typed(1, first.count.text), by=first.by)
    made_of = {*first.count.text.places, *first.count.text.via}
    # What is not written anywhere has lost nothing.
    losers = tuple(one for one in others if one.count.text.places and made_of.isdisjoint(one.count.text.places))
    return Decision(server=server, count=first.count, by=first.by, losers=losers, config=config)


def _by(texts: Sequence[Text], by: str) -> list[Statement]:
    """Statements of one kind, of which the last one counts."""
    return [stated(text, by) for text in reversed(texts)]


def stated(text: Text, by: str) -> Statement:
    """What a text states. One that is no number keeps the server from starting."""
    count = number(text)
    return Statement(count=count, by=by, fatal=count.value is None and text.known)


def _doubts(arguments: Sequence[Text]) -> list[Statement]:
    return [Statement(count=unknown(word.reason, word), by="the command line") for word in doubtful(arguments)]


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
    found = process.lookup("WEB_CONCURRENCY")
    if found is not None:
        return [stated(found, "WEB_CONCURRENCY")]
    if process.missing:
        return [
            Statement(count=unknown(Reason("may-be-set", "WEB_CONCURRENCY", process.missing)), by="WEB_CONCURRENCY")
        ]
    return []


def _configured(process: Process, arguments: Sequence[Text], more: Sequence[Text]) -> tuple[list[Statement], str]:
    """What gunicorn's one configuration file says, and its path."""
    named = [*values(more, "--config", "-c", "--co"), *values(arguments, "--config", "-c", "--co")]
    text = named[-1] if named else Text.assumed("gunicorn.conf.py")
    if text.value is None:
        return [Statement(count=unknown(text.reason, text), by="--config")], ""
    path = _file_name(text.value)
    found = process.locate(path)
    if found.path is None or process.shelf.state(found.path) != "file":
        if not named:
            return [], ""
        return [Statement(count=unknown(Reason("foreign-file", path), text), by=path)], ""
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
        return [Statement(count=unknown(Reason("unreadable-file", path)), by=path)]
    try:
        count = settings(document, process.lookup, names=["workers"]).get("workers")
    except UnreadableError as error:
        process.shelf.fail(path, error)
        return [Statement(count=unknown(Reason("unreadable-file", path)), by=path)]
    return [] if count is None else [stated(count, path)]


def _as_one(text: Text) -> Text:
    """The count of one that follows from a word."""
    return Text.assumed("1") if text.place is None else Text.written("1", text.place)


def _absent(invocation: Invocation) -> Text:
    """The default of one worker, where another number could be written."""
    slot = invocation.slot
    if slot is None:
        return _as_one(invocation.program)
    return Text((Run(text="1", place=slot.place, literal=slot.literal("--workers"), exact=True),))
