"""Rows for a selector, over the tables of one run."""

from collections.abc import Callable, Sequence

from configlint.model.database import Tables
from configlint.model.selector import Selector
from configlint.model.tables import FactRow, Row

Values = Callable[[Selector], Sequence[FactRow]]
"""A selector of files → the values that it addresses."""


def rows(tables: Tables, values: Values, selector: Selector) -> list[Row]:
    """The rows of one selector, in the order in which `resolve` made them."""
    found: Sequence[Row] = values(selector) if selector.file else tables[selector.table]
    return [row for row in found if all(condition.holds(row) for condition in selector.where)]


class Selection:
    """What one rule selects. It remembers which selectors of files found nothing.

    A kind may ask for one selector in several ways (with and without its conditions): if any finds a row, it does.
    """

    def __init__(self, tables: Tables, values: Values) -> None:
        self._tables = tables
        self._values = values
        self._found: dict[str, bool] = {}

    def __call__(self, selector: Selector) -> list[Row]:
        found = rows(self._tables, self._values, selector)
        if selector.file:
            words = f"{selector.what} in {selector.file}"
            self._found[words] = self._found.get(words, False) or bool(found)
        return found

    @property
    def empty(self) -> tuple[str, ...]:
        """The selectors of files that found nothing, in words."""
        return tuple(words for words, found in self._found.items() if not found)
