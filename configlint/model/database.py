"""All tables of a run."""

from collections.abc import Iterable, Iterator, Sequence

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
    Url,
    Use,
    Variable,
    Workers,
)

ROW_TYPES: dict[str, type[Row]] = {
    cls.table: cls
    for cls in (
        Credential, Workers, Override, Url, Service, HostName, Listener, Port, Route, Use, Definition, PathUse, Setting,
        FactRow, Problem, Suppression, Variable,
    )
}  # fmt: skip


def columns(table: str) -> tuple[str, ...]:
    """The names of a table's columns, its own first."""
    return tuple(name for cls in ROW_TYPES[table].__mro__ for name in getattr(cls, "__slots__", ()))


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
