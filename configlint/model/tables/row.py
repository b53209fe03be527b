"""What every row has."""

from typing import ClassVar, Literal

from configlint.model.cell import Cell
from configlint.model.decision import Decision
from configlint.model.record import fields, record
from configlint.model.text import Text

EVERY_STACK = "*"
"""The stack of rows without a compose project (an app, a probe script): they are compared with every stack."""

Reach = Literal["always", "latent", "substituted", "optional", "possible", "ignored", "debug"]


@record
class Row:
    """The columns that every table has, after its own."""

    table: ClassVar[str]

    stack: str
    """The name of the stack to which the row belongs; `*` for all stacks (an app, a script)."""
    at: Text
    """The place of the row."""
    service: str = ""
    """The compose service; for an app, its directory; empty if there is neither."""
    reach: Reach = "always"
    """When the row takes effect: `always`; `latent`: another place overrides it, or only some builds use it;
    `substituted`: only if nothing replaces the value at run time; `optional`: only with a profile; `possible`: only if
    a function is called, or if a missing file does not override it; `ignored`: never, and the program starts anyway;
    `debug`: only in debug builds. All but `always` lower the severity by one level, and `debug` lowers it to info."""
    decision: Decision | None = None
    # What decides the row's value, if several places set it. Words of a rule describe it; it is not a column.

    def cells(self) -> list[Cell]:
        """Every column that is a cell."""
        found = (getattr(self, name) for name in fields(type(self)))
        return [value for value in found if isinstance(value, Cell)]
