"""Rows for a selector, over the tables of one run."""

from collections.abc import Callable, Sequence

from configlint.kinds.base import Selector
from configlint.model.database import Tables
from configlint.model.tables import FactRow, Row

Values = Callable[[str, tuple[str, ...]], Sequence[FactRow]]
"""(file path or glob, key) → the values that stand there."""


def rows(tables: Tables, values: Values, selector: Selector) -> list[Row]:
    """The rows of one selector, in the order in which `resolve` made them."""
    found: Sequence[Row] = values(selector.file, selector.key) if selector.file else tables[selector.table]
    return [row for row in found if all(condition.holds(row) for condition in selector.where)]
