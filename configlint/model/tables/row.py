"""What every row has."""

from typing import ClassVar, Literal

from configlint.model.cell import Cell
from configlint.model.decision import Decision
from configlint.model.record import fields, record
from configlint.model.text import Text

EVERY_STACK = "*"
"""The stack of rows that belong to no compose project (an app, a probe script): they meet every stack."""

Reach = Literal["always", "latent", "substituted", "optional", "possible", "ignored", "debug"]


@record
class Row:
    """What every table has: these columns come after those of the table itself."""

    table: ClassVar[str]

    stack: str
    """The name of the stack to which the row belongs; `*` for what belongs to every one (an app, a script)."""
    at: Text
    """Where the row is stated."""
    service: str = ""
    """The compose service; of what an app does, the directory of the app; empty where there is neither."""
    reach: Reach = "always"
    """When it takes effect: `always`; `latent`: another place wins, or a build has to ask for it; `substituted`: only
    where no other value is put in its place at run time; `optional`: where a profile is asked for; `possible`: where a
    function is called, or a file that is not here does not say otherwise; `ignored`: never, and the program starts all
    the same; `debug`: in debug builds only. Whatever is not `always` lowers the severity by one level, and `debug` to
    info."""
    decision: Decision | None = None
    # What decides the row's value, where several places could. It is told by words of a rule, and is not a column.

    def cells(self) -> list[Cell]:
        """Every column that is a cell."""
        found = (getattr(self, name) for name in fields(type(self)))
        return [value for value in found if isinstance(value, Cell)]
