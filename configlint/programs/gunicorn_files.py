"""gunicorn's configuration files that no compose service starts with: each speaks for a service of its own."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from configlint.model.cell import NULL, Cell, typed
from configlint.model.decision import Decision, Statement, decided
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason
from configlint.model.settings import Settings
from configlint.model.tables import Workers
from configlint.model.text import Literal, Place, Run, Text
from configlint.workspace.workspace import Workspace, basename

if TYPE_CHECKING:
    from configlint.formats.python.document import PythonDocument

NAMES = (
    "gunicorn.conf.py",
    "gunicorn_conf.py",
    "gunicorn_config.py",
    "gunicorn-conf.py",
    "gunicorn.py",
    "gunicorn.conf",
)


def is_configuration(path: str) -> bool:
    """Whether a file's name says that gunicorn reads it (by itself only `gunicorn.conf.py`, the others with `-c`)."""
    return basename(path) in NAMES or path.endswith(".gunicorn.conf.py")


def workers(workspace: Workspace, used: Collection[str]) -> Iterator[Workers]:
    """A row for each configuration file outside of `used`."""
    named = [path for path in workspace.settings.workers if path.endswith((".py", ".conf"))]
    for path in workspace.files:
        if path in used or not (is_configuration(path) or path in named):
            continue
        document = workspace.store.python(path)
        if document is None or not document.content.strip():
            continue
        # Imported here: what evaluates expressions is not needed where there is no such file.
        from configlint.code.python.gunicorn import settings

        try:
            count = settings(document, lambda _: None, names=["workers"]).get("workers")
        except UnreadableError as error:
            workspace.store.fail(path, error)
            continue
        decision = _decision(document, count)
        value = decision.value
        yield Workers(
            stack="default", at=value.text if value.text.place else missing(document), name=path, decision=decision,
            count=value, expected=expected(workspace.settings, path),
        )  # fmt: skip


def _decision(document: "PythonDocument", count: Text | None) -> Decision:
    """What the file says, over gunicorn's default of one."""
    absent = missing(document) if count is None else Text.assumed("1")
    default = Statement(value=typed(1, absent), means="default", by="gunicorn")
    own = Statement(value=number(count), means="setting", by=document.path, written="workers = ") if count else None
    statements = decided([own, default] if own is not None else [default])
    return Decision(subject="workers", name="gunicorn", statements=statements, file=document.path)


def number(text: Text) -> Cell:
    """A count as a number; the text of an unknown one says why."""
    value = text.value
    if value is None:
        return Cell(value=None, text=text)
    if value.isascii() and value.isdecimal():
        return typed(int(value), text)
    return Cell(value=None, text=Text.unknown(Reason("no-worker-count"), text.place))


def expected(configured: Settings, *names: str) -> Cell:
    """The expected count by the first of these names that the configuration has, else by `default`."""
    for name in (*names, "default"):
        if name in configured.workers:
            return configured.workers[name]
    return NULL


def missing(document: "PythonDocument") -> Text:
    """gunicorn's default of one worker, which an edit could replace by a line of its own at the end of the file."""
    end = len(document.content)
    place = Place(document.path, end, end)
    line_end = "\r\n" if "\r\n" in document.content else "\n"
    before = "" if document.content.endswith("\n") else line_end
    literal = Literal(place=place, inner=place, style="insert", before=f"{before}workers = ", after=line_end)
    return Text((Run(text="1", place=place, literal=literal, exact=True),))
