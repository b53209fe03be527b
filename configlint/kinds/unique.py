"""unique: no two rows of a stack are alike (UNIQUE)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from configlint.kinds.base import Checked, Outcome, Select, Side, side
from configlint.model.cell import Address, Interval, PathPattern, Profiles, same
from configlint.model.record import record
from configlint.model.selector import Selector
from configlint.model.tables import Row

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm


@record
class Unique:
    """No two selected rows of a stack agree in every column of `match`; with `differ`, only rows that disagree in
    one of those columns count. The later row is wrong there, and points at the first.
    """

    name: ClassVar[str] = "unique"
    says: ClassVar[Mapping[str, str]] = {"repeated": "{title}"}
    says_of_files: ClassVar[Mapping[str, str]] = {}
    sides: ClassVar[tuple[str, ...]] = ("from", "to")

    from_: Selector
    match: tuple[str, ...]
    differ: tuple[str, ...] = ()

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        return cls(from_=Selector.load(data["from"]), match=tuple(data["match"]), differ=tuple(data["differ"]))

    @staticmethod
    def form() -> "type[KindForm]":
        # pydantic is imported only where a rule text is new.
        from pydantic import Field

        from configlint.kinds.forms import KindForm, Names, SelectorForm, names

        class UniqueForm(KindForm):
            """No two rows of a stack are the same in all columns of `match`. The later one is reported."""

            from_: SelectorForm = Field(alias="from", description="the rows to compare")
            match: Names = Field(description="the columns whose combination must be unique")
            differ: Names | None = Field(
                default=None, description="compare only rows that differ in at least one of these columns"
            )

            def normal(self) -> dict[str, Any]:
                return {"from": self.from_.normal(), "match": names(self.match), "differ": names(self.differ)}

        return UniqueForm

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        yield "from", self.from_, (*self.match, *self.differ)

    def check(self, select: Select) -> Checked:
        rows = select(self.from_)
        outcomes = [outcome for group in self._groups(rows) for outcome in self._repeats(group)]
        return Checked(len(rows), tuple(outcomes))

    def _groups(self, rows: Sequence[Row]) -> Iterable[list[Row]]:
        """Rows that may be alike: those equal in every column that compares exactly."""
        groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            exact = (str(side(row, name).value) for name in self.match if not _ranged(row, name))
            groups[row.stack, *exact].append(row)
        return groups.values()

    def _repeats(self, rows: Sequence[Row]) -> Iterator[Outcome]:
        for number, row in enumerate(rows):
            for earlier in rows[:number]:
                column = self._repeated(earlier, row)
                if column:
                    yield Outcome(word="repeated", wrong=Side(row, column), beside=(Side(earlier, column),))
                    break

    def _repeated(self, one: Row, two: Row) -> str:
        """The column in which one row repeats another; empty where it does not."""
        differing = (name for name in self.differ if same(side(one, name), side(two, name)) is False)
        column = next(differing, "") if self.differ else self.match[0]
        alike = column and all(same(side(one, name), side(two, name)) is True for name in self.match)
        return column if alike else ""


def _ranged(row: Row, column: str) -> bool:
    return isinstance(side(row, column).value, Interval | Address | Profiles | PathPattern | None)
