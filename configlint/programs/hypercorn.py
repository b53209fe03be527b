"""Hypercorn.

Source: hypercorn 0.18, `__main__.py`, `config.py`, `run.py`. An option wins over the one file of `--config` (TOML, or
Python as `file:PATH` or `python:MODULE`). It listens on 127.0.0.1:8000, with one worker; with none, the main process
serves. `--bind` may be given several times, and replaces what the file says.
"""

from collections.abc import Iterator, Mapping, Sequence

from configlint.formats.yaml.nodes import Mapping as Table
from configlint.formats.yaml.nodes import Scalar
from configlint.formats.yaml.nodes import Sequence as Items
from configlint.model.cell import unknown
from configlint.model.decision import Decision
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Text
from configlint.programs.addresses import LOOPBACK, by_default, pair
from configlint.programs.applications import named_application
from configlint.programs.options import doubtful, options, values
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program
from configlint.programs.workers import absent, by_option, decision, doubts, stated, unstated

_SOCKETS = ("unix:", "fd://")


@record
class _Configuration:
    """The file of `--config`, `reason` tells why its settings are not known."""

    path: str = ""
    workers: Text | None = None
    binds: Sequence[Text] = ()
    reason: Reason | None = None
    at: Text | None = None


def _workers(here: Process) -> Decision:
    file = _configuration(here)
    found = [
        *by_option(options(here.args, "--workers", "-w"), "--workers"),
        *doubts(here.args),
        *([unstated(file.reason, file.at, "option", "--config")] if file.reason else []),
        *([stated(file.workers, "setting", file.path, "workers = ")] if file.workers is not None else []),
    ]
    return decision("hypercorn", found, absent(here.invocation), file.path)


def _listens(here: Process) -> Iterator[Listening]:
    given = values(here.args, "--bind", "-b")
    doubt = next(iter(doubtful(here.args)), None)
    file = _configuration(here)
    reason, at = (doubt.reason, doubt) if doubt is not None else (file.reason, file.at)
    if not given and reason:
        yield Listening(port=unknown(reason, at), address=unknown(reason, at))
        return
    binds = given or file.binds
    if not binds:
        yield from by_default(here, 8000, address=LOOPBACK, source="command")
    for text in binds:
        if not text.raw.startswith(_SOCKETS):
            yield pair(here, text, "8000", source="command" if given else "config")


def _application(here: Process) -> Application:
    return named_application(here, "hypercorn")


def _configuration(here: Process) -> _Configuration:
    named = values(here.args, "--config", "-c")
    if not named:
        return _Configuration()
    text = named[-1]
    name = text.raw
    if name.startswith("python:"):
        name = name.removeprefix("python:").replace(".", "/") + ".py"
    path = here.file(name.removeprefix("file:")) if text.known else ""
    if not path:
        return _Configuration(reason=text.reason or Reason("foreign-file", name), at=text)
    found = _of_python(here, path) if path.endswith(".py") else _of_toml(here, path)
    return found or _Configuration(reason=Reason("unreadable-file", path), at=text)


def _of_toml(here: Process, path: str) -> _Configuration | None:
    document = here.store.toml(path)
    if document is None:
        return None
    root = document.root if isinstance(document.root, Table) else None
    count, binds = (root.get("workers"), root.get("bind")) if root is not None else (None, None)
    items = binds.items if isinstance(binds, Items) else [binds]
    return _Configuration(
        path=path,
        workers=count.text if isinstance(count, Scalar) else None,
        binds=[item.text for item in items if isinstance(item, Scalar)],
    )


def _of_python(here: Process, path: str) -> _Configuration | None:
    # Imported here: only who configures the server by Python needs its evaluator.
    from configlint.code.python.gunicorn import settings

    document = here.store.python(path)
    try:
        found: Mapping[str, Text] = settings(document, here.lookup, names=("workers", "bind")) if document else {}
    except UnreadableError:
        return None
    bind = found.get("bind")
    return _Configuration(path=path, workers=found.get("workers"), binds=bind.split("\n") if bind is not None else ())


PROGRAMS = (
    Program(name="hypercorn", commands=("hypercorn",), workers=_workers, listens=_listens, application=_application),
)
