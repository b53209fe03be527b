"""requires: a column holds a value at all, or a key of a file is there (NOT NULL)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from configlint.kinds.base import Checked, Outcome, Select, Side, unverifiable
from configlint.model.record import record, replace
from configlint.model.selector import Selector

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm


@record
class Requires:
    """In every selected row, `column` is not null; in every selected file the key is there."""

    name: ClassVar[str] = "requires"
    says: ClassVar[Mapping[str, str]] = {"absent": "{title}"}
    says_of_files: ClassVar[Mapping[str, str]] = {"absent": "{from.what} is missing in {from.file}: {title}"}
    sides: ClassVar[tuple[str, ...]] = ("from",)

    from_: Selector
    column: str

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        return cls(from_=replace(Selector.load(data["from"]), presence=True), column=data["column"])

    @staticmethod
    def form() -> "type[KindForm]":
        # pydantic is imported only where a rule text is new.
        from pydantic import Field

        from configlint.kinds.forms import KindForm, SelectorForm

        class RequiresForm(KindForm):
            """Something must be there.

            Of a table: `column` is not null in any row. Of a file: the key, line or part is there; with a pattern, in
            every file that it fits. Files that are missing or empty are not looked at.
            """

            from_: SelectorForm = Field(alias="from", description="what must exist")
            column: str | None = Field(default=None, description="for a table: the column that must not be null")

            def normal(self) -> dict[str, Any]:
                return {"from": self.from_.normal(), "column": self.from_.column(self.column)}

        return RequiresForm

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        yield "from", self.from_, (self.column,)

    def check(self, select: Select) -> Checked:
        # What stands in a file that is absent has no place, and nothing can be said of it alone.
        stated = [Side(row, self.column) for row in select(self.from_) if row.at.place is not None]
        absent = [Outcome(word="absent", wrong=one) for one in stated if one.cell.null]
        unseen = [unverifiable("absent", one) for one in stated if self.from_.file and one.cell.unknown]
        return Checked(len(stated), (*absent, *unseen))
