"""requires: a column holds a value at all (NOT NULL)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from configlint.kinds.base import Checked, Outcome, Select, Selector, Side
from configlint.model.record import record

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm


@record
class Requires:
    """In every selected row, `column` is not null."""

    outcomes: ClassVar[tuple[str, ...]] = ("absent",)
    sides: ClassVar[tuple[str, ...]] = ("from",)

    from_: Selector
    column: str

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        return cls(from_=Selector.load(data["from"]), column=data["column"])

    @staticmethod
    def form() -> "type[KindForm]":
        # pydantic is imported only where a rule text is new.
        from pydantic import Field

        from configlint.kinds.forms import KindForm, SelectorForm

        class RequiresForm(KindForm):
            """Every row has a value here."""

            from_: SelectorForm = Field(alias="from", description="the rows that are looked at")
            column: str = Field(description="the column that none of them may lack")

            def normal(self) -> dict[str, Any]:
                return {"from": self.from_.normal(), "column": self.column}

        return RequiresForm

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        yield "from", self.from_, (self.column,)

    def check(self, select: Select) -> Checked:
        rows = select(self.from_)
        absent = (Side(row, self.column) for row in rows if Side(row, self.column).cell.null)
        return Checked(len(rows), tuple(Outcome(word="absent", wrong=wrong) for wrong in absent))
