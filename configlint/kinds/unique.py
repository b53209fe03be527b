"""unique: no two rows of a stack are alike (UNIQUE)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from configlint.kinds.base import Checked, Outcome, Select, Selector, Side, side
from configlint.model.cell import Address, Interval, PathPattern, Profiles, same
from configlint.model.record import record
from configlint.model.tables import Row

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm


@record
class Unique:
    """No two selected rows of a stack agree in every column of `match`; with `differ`, only rows that disagree in
    that column count. The later row is wrong, and points at the first.
    """

    outcomes: ClassVar[tuple[str, ...]] = ("repeated",)
    sides: ClassVar[tuple[str, ...]] = ("from", "to")

    from_: Selector
    match: tuple[str, ...]
    differ: str = ""

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        return cls(from_=Selector.load(data["from"]), match=tuple(data["match"]), differ=data.get("differ") or "")

    @staticmethod
    def form() -> "type[KindForm]":
        # pydantic is imported only where a rule text is new.
        from pydantic import Field

        from configlint.kinds.forms import KindForm, Names, SelectorForm, names

        class UniqueForm(KindForm):
            from_: SelectorForm = Field(alias="from")
            match: Names
            differ: str | None = None

            def normal(self) -> dict[str, Any]:
                return {"from": self.from_.normal(), "match": names(self.match), "differ": self.differ}

        return UniqueForm

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        yield "from", self.from_, (*self.match, *((self.differ,) if self.differ else ()))

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
            first = next((earlier for earlier in rows[:number] if self._alike(earlier, row)), None)
            if first is not None:
                column = self.differ or self.match[0]
                yield Outcome(word="repeated", wrong=Side(row, column), beside=(Side(first, column),))

    def _alike(self, one: Row, two: Row) -> bool:
        if self.differ and same(side(one, self.differ), side(two, self.differ)) is not False:
            return False
        return all(same(side(one, name), side(two, name)) is True for name in self.match)


def _ranged(row: Row, column: str) -> bool:
    return isinstance(side(row, column).value, Interval | Address | Profiles | PathPattern | None)
