"""Ports, found by their number without a look at each of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from heapq import merge

from configlint.model.cell import Cell, Interval, same
from configlint.model.tables import EVERY_STACK, Port

Numbered = tuple[int, Port]


class Ports:
    """Rows by the number in one of their columns, in their order. Ranges and unknown ports are looked at each time."""

    def __init__(self, rows: Sequence[Port], column: Callable[[Port], Cell]) -> None:
        self._column = column
        self._all: dict[str, list[Numbered]] = defaultdict(list)
        self._by_number: dict[tuple[str, int | None], list[Numbered]] = defaultdict(list)
        for numbered in enumerate(rows):
            row = numbered[1]
            for stack in {row.stack, EVERY_STACK}:
                self._all[stack].append(numbered)
                self._by_number[stack, _number(column(row))].append(numbered)

    def equal(self, port: Cell, stack: str) -> Iterator[Port]:
        """The rows of a stack (`*`: of every one) that surely have a port, or one of a range."""
        number = _number(port)
        groups = [self._all[stack]] if number is None else [self._by_number[stack, at] for at in (number, None)]
        found = merge(*groups, key=lambda numbered: numbered[0])
        return (row for _, row in found if same(self._column(row), port) is True)


def _number(port: Cell) -> int | None:
    value = port.value
    return value.start if isinstance(value, Interval) and value.start == value.end else None
