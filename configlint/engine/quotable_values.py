"""The values of a run that a reader has recognised, and that may stand beside what a finding is about."""

from collections.abc import Iterator

from configlint.formats.words import legible
from configlint.model.cell import Cell
from configlint.model.tables import Credential, Override, PathUse, Row
from configlint.model.text import Place, Text

_COLUMNS = {
    "urls": ("scheme", "host", "port", "inside", "reachable", "instead", "target"),
    "workers": ("count", "expected"),
    "services": ("name", "image"),
    "hosts": ("name",),
    "listeners": ("port",),
    "ports": ("published", "target", "address"),
    "routes": ("path", "port"),
    "suppressions": ("rule",),
}
"""Ports, hosts, services, images, routes, numbers of workers."""
_NAMES = {"uses": ("name",), "definitions": ("name",), "settings": ("name",)}
"""Names that code or a file gives to variables and settings; one that looks generated may be a value."""


def places(row: Row) -> Iterator[Place]:
    """Where the harmless values of a row stand, letter by letter."""
    for name in (*_COLUMNS.get(row.table, ()), *_more(row)):
        yield from written(_text(row, name))
    for name in _NAMES.get(row.table, ()):
        text = _text(row, name)
        if legible(text.raw):
            yield from written(text)


def _more(row: Row) -> tuple[str, ...]:
    if isinstance(row, PathUse):
        return ("value",) if row.exists == "yes" else ()
    if isinstance(row, Override):
        return ("loser", "winner") if row.subject == "workers" else ()
    return ("key",) if isinstance(row, Credential) and row.system == "livekit" else ()


def _text(row: Row, name: str) -> Text:
    cell = getattr(row, name)
    return cell.text if isinstance(cell, Cell) else Text()


def written(text: Text) -> Iterator[Place]:
    """Where a text stands as it is, and is not secret."""
    return (run.place for run in text.runs if run.exact and not run.secret and run.place is not None)
