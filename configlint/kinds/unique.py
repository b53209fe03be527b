"""unique: no two rows of a stack are alike (UNIQUE)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import TYPE_CHECKING, Any, ClassVar, Self

from configlint.kinds.base import Checked, Outcome, Select, Side, side
from configlint.model.cell import Address, Cell, Interval, PathPattern, Profiles, same
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
        earlier = _Earlier(rows, self.match)
        for number, row in enumerate(rows):
            for first in earlier.that_may_equal(row):
                column = self._repeated(first, row)
                if column:
                    yield Outcome(word="repeated", wrong=Side(row, column), beside=(Side(first, column),))
                    break
            earlier.add(number, row)

    def _repeated(self, one: Row, two: Row) -> str:
        """The column in which one row repeats another; empty where it does not."""
        differing = (name for name in self.differ if same(side(one, name), side(two, name)) is False)
        column = next(differing, "") if self.differ else self.match[0]
        alike = column and all(same(side(one, name), side(two, name)) is True for name in self.match)
        return column if alike else ""


class _Earlier:
    """Rows that were seen, by the column in which they differ the most: two words that differ there cannot be equal."""

    def __init__(self, rows: Sequence[Row], match: Sequence[str]) -> None:
        words = {name: {_word(side(row, name)) for row in rows} for name in match}
        self._column = max(match, key=lambda name: len(words[name]))
        self._seen: dict[str | None, list[tuple[int, Row]]] = defaultdict(list)
        self._all: list[tuple[int, Row]] = []

    def add(self, number: int, row: Row) -> None:
        self._seen[_word(side(row, self._column))].append((number, row))
        self._all.append((number, row))

    def that_may_equal(self, row: Row) -> Iterator[Row]:
        """In their order."""
        word = _word(side(row, self._column))
        groups = [self._all] if word is None else [self._seen[word], self._seen[None]]
        return (earlier for _, earlier in merge(*groups, key=lambda numbered: numbered[0]))


def _word(cell: Cell) -> str | None:
    """What a cell compares as, if it equals that alone; ranges and wildcards equal several."""
    value = cell.value
    if isinstance(value, Interval):
        return str(value) if value.start == value.end else None
    if isinstance(value, Address):
        return None if value.wildcard else value.host
    return str(value) if isinstance(value, str | int) else None


def _ranged(row: Row, column: str) -> bool:
    return isinstance(side(row, column).value, Interval | Address | Profiles | PathPattern | None)
