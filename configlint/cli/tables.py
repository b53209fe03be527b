"""The tables that rules select from, as data for people and editors. The sentences are the docstrings of the rows."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import NamedTuple, get_type_hints

from configlint.model.database import ROW_TYPES, vocabulary
from configlint.model.record import fields
from configlint.model.tables import Row

Words = tuple[str | bool, ...]

VALUES = "values"
"""The table that is selected by file and key."""


class Column(NamedTuple):
    """`words` are the values of a column with a closed set; empty if it can have any. `type` is that of the field."""

    name: str
    sentence: str
    words: Words
    type: object


class Table(NamedTuple):
    """A table with its own columns."""

    name: str
    sentence: str
    columns: tuple[Column, ...]


def tables() -> tuple[Table, ...]:
    """Every table, by name."""
    return tuple(_table(name, row) for name, row in sorted(ROW_TYPES.items()))


def common() -> tuple[Column, ...]:
    """The columns of every table."""
    return tuple(_columns("values", Row))


def _table(name: str, row: type[Row]) -> Table:
    return Table(name, _joined(inspect.getdoc(row) or ""), tuple(_columns(name, row)))


def _columns(table: str, row: type[Row]) -> Iterator[Column]:
    sentences = _sentences(row)
    hints = get_type_hints(row)
    for name in fields(row):
        if name in sentences:
            words = vocabulary(table, name)
            yield Column(name, sentences[name], words if isinstance(words, tuple) else (), hints[name])


def _sentences(row: type[Row]) -> dict[str, str]:
    """The text below each field of a class, by the name of the field."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(row))).body
    assert isinstance(body, ast.ClassDef)
    found, name = {}, ""
    for part in body.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            name = part.target.id
        elif name and isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            found[name] = _joined(str(part.value.value))
    return found


def _joined(text: str) -> str:
    return " ".join(text.split())
