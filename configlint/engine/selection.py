"""Rows for a selector, over the tables of one run."""

from collections.abc import Callable, Sequence

from configlint.kinds.base import Selector
from configlint.model.database import Tables
from configlint.model.tables import FactRow, Row

Values = Callable[[str, tuple[str, ...], bool], Sequence[FactRow]]
"""(file path or glob, key, whether presence is asked for, see `Selector`) → the values that stand there."""


def rows(tables: Tables, values: Values, selector: Selector) -> list[Row]:
    """The rows of one selector, in the order in which `resolve` made them."""
    found: Sequence[Row] = tables[selector.table]
    if selector.file:
        found = values(selector.file, selector.key, selector.presence)
    return [row for row in found if all(condition.holds(row) for condition in selector.where)]
