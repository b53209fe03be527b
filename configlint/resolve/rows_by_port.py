"""Rows with a port, found by its number without a look at each of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from typing import Generic, TypeVar

from configlint.model.cell import Cell, Interval, same
from configlint.model.tables import EVERY_STACK, Listener, Port

R = TypeVar("R", Port, Listener)


class Numbered(Generic[R]):
    """Rows by the number in one of their columns, in their order. Ranges and unknown ports are looked at each time."""

    def __init__(self, rows: Iterable[R], column: Callable[[R], Cell]) -> None:
        self._column: Callable[[R], Cell] = column
        self._all: dict[str, list[tuple[int, R]]] = defaultdict(list)
        self._by_number: dict[tuple[str, int | None], list[tuple[int, R]]] = defaultdict(list)
        for place, row in enumerate(rows):
            for stack in {row.stack, EVERY_STACK}:
                self._all[stack].append((place, row))
                self._by_number[stack, _number(column(row))].append((place, row))

    def equal(self, port: Cell, stack: str = EVERY_STACK) -> Iterator[R]:
        """The rows of a stack (`*`: of all stacks) that surely have a port, or one of a range."""
        number = _number(port)
        groups = [self._all[stack]] if number is None else [self._by_number[stack, at] for at in (number, None)]
        found = merge(*groups, key=lambda numbered: numbered[0])
        return (row for _, row in found if same(self._column(row), port) is True)


def _number(port: Cell) -> int | None:
    value = port.value
    return value.start if isinstance(value, Interval) and value.start == value.end else None
