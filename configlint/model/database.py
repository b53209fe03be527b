"""All tables of a run."""

from collections.abc import Iterable, Iterator

from configlint.model.tables import (
    Credential,
    Definition,
    FactRow,
    HostName,
    Listener,
    Override,
    PathUse,
    Port,
    Problem,
    Route,
    Row,
    Service,
    Setting,
    Suppression,
    TemplatePair,
    Url,
    Use,
    Workers,
)

ROW_TYPES: dict[str, type[Row]] = {
    cls.table: cls
    for cls in (
        Credential, Workers, Override, Url, Service, HostName, Listener, Port, Route, Use, Definition, TemplatePair,
        PathUse, Setting,
        FactRow, Problem, Suppression,
    )
}  # fmt: skip


def columns(table: str) -> tuple[str, ...]:
    """The names of a table's columns, its own first."""
    return tuple(name for cls in ROW_TYPES[table].__mro__ for name in getattr(cls, "__slots__", ()))


def vocabulary(table: str, column: str) -> "tuple[str | bool, ...] | type[str] | None":
    """The values that a column can have, where they are a closed set; `str` where it holds any text, None for cells."""
    from typing import get_args, get_type_hints  # for rule files that are new

    hint = get_type_hints(ROW_TYPES[table], include_extras=True)[column]
    if hint is str:
        return str
    if hint is bool:
        return True, False
    words = getattr(hint, "__metadata__", (hint,))[0]
    return tuple(one for one in get_args(words) if isinstance(one, str)) or None


class Tables:
    """All rows of a run, by table."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows: dict[str, list[Row]] = {name: [] for name in ROW_TYPES}
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        self._rows[row.table].append(row)

    def __getitem__(self, table: str) -> list[Row]:
        return self._rows[table]

    def __iter__(self) -> Iterator[Row]:
        for rows in self._rows.values():
            yield from rows
