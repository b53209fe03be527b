"""gunicorn.

Source: gunicorn 27, `app/base.py`, `config.py`, `util.py`. The command line wins over GUNICORN_CMD_ARGS, that over one
configuration file; WEB_CONCURRENCY and PORT only change the defaults, of one worker and 127.0.0.1:8000. A `bind` is
`host:port`, where either may be left out, or a socket; with PORT alone it is `0.0.0.0:PORT`.
"""

from collections.abc import Iterator, Mapping, Sequence

from configlint.formats.shell.shell import words
from configlint.model.cell import Cell, unknown
from configlint.model.decision import Decision, Means, Statement
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason
from configlint.model.record import record, replace
from configlint.model.tables.words import PortSource
from configlint.model.text import Text
from configlint.programs.addresses import LOOPBACK, assumed, bound, by_default, pair
from configlint.programs.applications import named_application
from configlint.programs.options import options, values
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program
from configlint.programs.workers import (
    absent,
    by_option,
    by_variable,
    concurrency,
    decision,
    doubt,
    doubts,
    stated,
    unstated,
)

_READ = ("workers", "bind", "wsgi_app")
_SOCKETS = ("unix:", "fd:")
_ARGUMENTS = "GUNICORN_CMD_ARGS"


@record
class _Configuration:
    """The configuration file that is read. `reason` tells why its settings are not known, at `at`.

    `path` is from the root, empty where none is read, or none of ours; `by` is what the file is called, or the option
    that names it.
    """

    path: str = ""
    by: str = ""
    settings: Mapping[str, Text] = {}
    reason: Reason | None = None
    at: Text | None = None


def _workers(here: Process) -> Decision:
    given, more = _more(here)
    file = _configuration(here, more)
    count = file.settings.get("workers")
    found = [
        *by_option(options(here.args, "--workers", "-w"), "--workers"),
        *doubts(here.args),
        *(_of_arguments(_ARGUMENTS, given) if given is not None else []),
        *_unread(file),
        *([stated(count, "setting", file.by, "workers = ")] if count is not None else []),
        *concurrency(here),
    ]  # fmt: skip
    # It looks at all of them: at the variable while it is imported, at the others before it compares them.
    fatal = [one for one in found if one.fatal]
    return decision("gunicorn", fatal or found, absent(here.invocation), file.path, none_is_one=False)


def _of_arguments(name: str, text: Text) -> list[Statement]:
    """The options in a variable."""
    doubts_ = [] if text.known else [doubt(text, "variable", name)]
    return [*by_option(options([word.text for word in words(text)], "--workers", "-w"), name), *doubts_]


def _unread(file: _Configuration) -> list[Statement]:
    means: Means = "option" if file.by == "--config" else "setting"
    return [unstated(file.reason, file.at, means, file.by)] if file.reason else []


def _listens(here: Process) -> Iterator[Listening]:
    given, more = _more(here)
    found = values(here.args, "--bind", "-b") or values(more, "--bind", "-b")
    source: PortSource = "command"
    if not found:
        file = _configuration(here, more)
        written = file.settings.get("bind")
        source = "config"
        if file.reason or (given is not None and not given.known):
            reason = file.reason or (given.reason if given is not None else None)
            yield Listening(port=unknown(reason, file.at), address=unknown(reason, file.at))
            return
        found = written.split("\n") if written is not None and written.known else [written] if written else []
    port = here.lookup("PORT")
    if not found and port is not None and port.raw:
        yield bound(assumed(here, ""), port)
    elif not found:
        yield from by_default(here, 8000, address=LOOPBACK, source="command")
    for text in found:
        if not text.raw.startswith(_SOCKETS):
            yield _bind(here, text, source)


def _bind(here: Process, text: Text, source: PortSource) -> Listening:
    plain = text[len("tcp://") :] if text.raw.startswith("tcp://") else text
    if not plain.known and ":" not in plain.raw:
        return Listening(port=Cell(value=None, text=plain), address=Cell(value=None, text=plain))
    return pair(here, plain, "8000", source=source)


def _application(here: Process) -> Application:
    found = named_application(here, "gunicorn", "application")
    named = _configuration(here, _more(here)[1]).settings.get("wsgi_app") if found.reason and not found.entry else None
    if named is None:
        return found
    asked = replace(here, invocation=replace(here.invocation, args=(*here.args, named)))
    return named_application(asked, "gunicorn", "application")


def _more(here: Process) -> tuple[Text | None, Sequence[Text]]:
    """GUNICORN_CMD_ARGS, and its words."""
    given = here.lookup(_ARGUMENTS)
    return given, [word.text for word in words(given)] if given is not None else []


def _configuration(here: Process, more: Sequence[Text]) -> _Configuration:
    """The one file that is read: of `--config`, else `gunicorn.conf.py`, if it is there."""
    named = [*values(more, "--config", "-c", "--co"), *values(here.args, "--config", "-c", "--co")]
    text = named[-1] if named else Text.assumed("gunicorn.conf.py")
    if text.value is None:
        return _Configuration(by="--config", reason=text.reason, at=text)
    name = _file_name(text.value)
    path = here.file(name)
    if path:
        return _read(here, path)
    return _Configuration(by=name, reason=Reason("foreign-file", name), at=text) if named else _Configuration()


def _file_name(value: str) -> str:
    if value.startswith("python:"):
        return value.removeprefix("python:").replace(".", "/") + ".py"
    return value.removeprefix("file:")


def _read(here: Process, path: str) -> _Configuration:
    # Imported here: a stack without gunicorn does not need the evaluator of Python.
    from configlint.code.python.gunicorn import settings

    document = here.store.python(path)
    try:
        found = settings(document, here.lookup, names=_READ) if document is not None else None
    except UnreadableError as error:
        here.store.fail(path, error)
        found = None
    if found is None:
        return _Configuration(path=path, by=path, reason=Reason("unreadable-file", path))
    return _Configuration(path=path, by=path, settings=found)


PROGRAMS = (
    Program(
        name="gunicorn", commands=("gunicorn",), workers=_workers, listens=_listens, application=_application,
        counting={_ARGUMENTS: _of_arguments, "WEB_CONCURRENCY": by_variable},
    ),
)  # fmt: skip
