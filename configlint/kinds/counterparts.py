"""The rows of another table that may be the counterpart of a row, found without a look at each of them."""

from collections import defaultdict
from collections.abc import Sequence

from configlint.kinds.base import side
from configlint.model.cell import Cell
from configlint.model.tables import EVERY_STACK, Row

Numbered = tuple[int, Row]


class Counterparts:
    """The rows of `to`. A row meets those of its own stack and of every stack; a row of every stack meets all.

    Of the pairs of columns that have to match, one is looked up: that in which most rows of `to` hold plain words. Two
    words that differ cannot match; whatever else stands there (null, unknown, an interval, a pattern) may match.
    """

    def __init__(self, rows: Sequence[Row], match: Sequence[tuple[str, str]]) -> None:
        own, column = min(match, key=lambda pair: sum(_word(side(row, pair[1])) is None for row in rows))
        self._column = own
        self._stacks: dict[str, list[Numbered]] = defaultdict(list)
        self._by_word: dict[str | None, dict[str, list[Numbered]]] = defaultdict(lambda: defaultdict(list))
        for numbered in enumerate(rows):
            row = numbered[1]
            self._stacks[row.stack].append(numbered)
            self._by_word[_word(side(row, column))][row.stack].append(numbered)
        self._everywhere = self._stacks.pop(EVERY_STACK, [])
        self._whole: dict[str, list[Row]] = {}
        self._candidates: dict[tuple[str, tuple[str, ...]], dict[str, list[Row]]] = {}
        self._names = tuple(sorted(self._stacks))

    def stacks(self, row: Row) -> Sequence[str]:
        """The stacks whose rows a row is held against, sorted; where there are none but rows of every stack, `*`."""
        named = self._names if row.stack == EVERY_STACK else (row.stack,) * (row.stack in self._stacks)
        return named or (EVERY_STACK,) * bool(self._everywhere)

    def rows(self, stack: str) -> list[Row]:
        """All rows that belong to a stack, in the order of their table."""
        if stack not in self._whole:
            self._whole[stack] = _ordered([*self._stacks.get(stack, ()), *self._everywhere])
        return self._whole[stack]

    def candidates(self, row: Row, stacks: Sequence[str]) -> dict[str, list[Row]]:
        """The rows that may match, for each of the stacks that has any; a superset of those that do."""
        word = _word(side(row, self._column))
        if word is None:
            return {stack: self.rows(stack) for stack in stacks}
        key = word, tuple(stacks)
        if key not in self._candidates:  # many rows may ask for one word, and many may answer
            self._candidates[key] = self._of_word(word, stacks)
        return self._candidates[key]

    def _of_word(self, word: str, stacks: Sequence[str]) -> dict[str, list[Row]]:
        found = [self._by_word[key] for key in (word, None) if key in self._by_word]
        common = [numbered for one in found for numbered in one.get(EVERY_STACK, ())]
        if not common and len(stacks) > 1:
            stacks = sorted({stack for one in found for stack in one})
        own = {stack: [numbered for one in found for numbered in one.get(stack, ())] for stack in stacks}
        return {
            stack: _ordered(rows + common * (stack != EVERY_STACK)) for stack, rows in own.items() if rows or common
        }


def _word(cell: Cell) -> str | None:
    """What a cell compares as, if that is a word."""
    return str(cell.value) if isinstance(cell.value, str | int) else None


def _ordered(rows: list[Numbered]) -> list[Row]:
    return [row for _, row in sorted(rows, key=lambda numbered: numbered[0])]
