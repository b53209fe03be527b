"""What a rule selects: rows of a table, or values of the user's files."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from configlint.model.cell import Cell
from configlint.model.record import record
from configlint.model.tables import Row

Part = Literal["scheme", "user", "password", "host", "port", "path", "name", "tag"]
"""A part of a URL, of `host:port` or of an image reference."""


@record
class Condition:
    """A column is one of `values`; with `negated`, none of them."""

    column: str
    values: tuple[str | bool, ...]
    negated: bool = False

    def holds(self, row: Row) -> bool:
        found = getattr(row, self.column)
        if isinstance(found, Cell):
            found = found.value if isinstance(found.value, bool) or found.value is None else str(found.value)
        return (found in self.values) is not self.negated


@record
class Selector:
    """Rows of a table that meet all conditions, or the values that a file holds under a key or in a line.

    `file` is a path or glob from the root; `*` in `key` matches one name. `line` is a line of any text file with one
    hole, which holds the value. `part` takes a part of the value. With `presence` it is asked whether the key is there
    at all: a file without it gives a row without a value, and a collection under it a row for its first one.
    """

    table: str = "values"
    where: tuple[Condition, ...] = ()
    file: str = ""
    key: tuple[str, ...] = ()
    line: str = ""
    part: Part | None = None
    secret: bool = False
    presence: bool = False

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        """From what `SelectorForm` makes of the written selector."""
        where = tuple(
            Condition(column=one["column"], values=tuple(one["values"]), negated=one["negated"])
            for one in data.get("where", ())
        )
        return cls(
            table=data.get("table", "values"),
            where=where,
            file=data.get("file", ""),
            key=tuple(data.get("key", ())),
            line=data.get("line", ""),
            part=data.get("part"),
            secret=data.get("secret", False),
        )

    @property
    def what(self) -> str:
        """What of a file is meant, in words: `PORT`, ``the port in `listen {value};` ``."""
        return described(".".join(self.key) if self.key else self.line, self)


def described(key: str, selector: Selector) -> str:
    """A key that a selector found, in words, with the part that is meant."""
    named = f"`{key}`" if selector.line else key
    return f"the {selector.part} in {named}" if selector.part else named
