"""All tables of a run."""

from collections.abc import Iterable, Iterator, Sequence

from configlint.model.tables import (
    Credential,
    Definition,
    Dependency,
    EnvironmentFile,
    FactRow,
    HostName,
    Listener,
    Need,
    Override,
    PathUse,
    Permission,
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
    Variable,
    Workers,
)

ROW_TYPES: dict[str, type[Row]] = {
    cls.table: cls
    for cls in (
        Credential, Workers, Override, Url, Service, Dependency, HostName, Listener, Port, Route, Use, Definition,
        TemplatePair, EnvironmentFile, PathUse, Permission, Setting, FactRow, Problem, Suppression, Need, Variable,
    )
}  # fmt: skip


_NO_COLUMNS = ("decision", "reads")
"""Fields of rows that no rule can select by or tell."""


def columns(table: str) -> tuple[str, ...]:
    """The names of a table's columns, its own first."""
    every = (name for cls in ROW_TYPES[table].__mro__ for name in getattr(cls, "__slots__", ()))
    return tuple(name for name in every if name not in _NO_COLUMNS)


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

    __slots__ = ("_by_service", "_rows")

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows: dict[str, list[Row]] = {name: [] for name in ROW_TYPES}
        self._by_service: dict[str, dict[tuple[str, str], list[Row]]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        self._rows[row.table].append(row)
        self._by_service.pop(row.table, None)

    def of_service(self, table: str, stack: str, service: str) -> Sequence[Row]:
        """The rows of one service; with an empty name, those of a stack that belong to none."""
        index = self._by_service.get(table)
        if index is None:
            self._by_service[table] = index = {}
            for row in self._rows[table]:
                index.setdefault((row.stack, row.service), []).append(row)
        return index.get((stack, service), ())

    def __getitem__(self, table: str) -> list[Row]:
        return self._rows[table]

    def __iter__(self) -> Iterator[Row]:
        for rows in self._rows.values():
            yield from rows
