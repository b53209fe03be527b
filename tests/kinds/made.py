"""Small rows, and what a kind says of them in a form that is easy to read."""

from collections.abc import Sequence
from typing import NamedTuple

from configlint.engine.selection import rows
from configlint.kinds.base import Checked, Kind, Outcome
from configlint.model.cell import NULL, Address, Cell, Value, typed
from configlint.model.database import Tables
from configlint.model.reason import Reason
from configlint.model.selector import Condition, Selector
from configlint.model.tables import Credential, FactRow, Listener, Port, Row, Url, Workers
from configlint.model.tables.words import CalledHostClass, Role, Transport
from configlint.model.text import Place, Text

UNKNOWN = "?"
"""Stands for a cell of which nobody knows the value."""


def made(value: Value | None, at: int = 0) -> Cell:
    """A cell at an offset: null for None, unknown for `UNKNOWN`."""
    if value is None:
        return NULL
    if value == UNKNOWN:
        return Cell(value=None, text=Text.unknown(Reason("unset"), Place("f", at, at)))
    return typed(value, Text.written(str(value), Place("f", at, at + len(str(value)))))


AT = Text.exactly("", Place("f", 0, 0))


def server(key: str | None, value: str | None, stack: str = "s") -> Credential:
    return credential(key, value, stack, role="server")


def credential(key: str | None, value: str | None, stack: str = "s", role: Role = "client") -> Credential:
    return Credential(
        stack=stack, at=AT, name=f"{role} {key}", system="livekit", role=role, key=made(key, 1), value=made(value, 2)
    )


def workers(name: str, count: Value | None, expected: Value | None) -> Workers:
    return Workers(stack="s", at=AT, name=name, count=made(count, 1), expected=made(expected, 2))


def fact(file: str, key: str, value: str, at: int = 0) -> FactRow:
    text = made(value, at).text
    return FactRow(stack="*", at=text, file=file, key=key, what=key, value=made(value, at))


def port(
    published: Value | None, *, service: str, stack: str = "s", protocol: Transport = "tcp", address: str = ""
) -> Port:
    return Port(
        stack=stack, at=AT, service=service, published=made(published, 1), target=made(published, 2),
        protocol=protocol, address=made(Address(address), 3),
    )  # fmt: skip


def url(name: str, port: Value | None, *, service: str = "", host_class: CalledHostClass = "unknown") -> Url:
    return Url(
        stack="s", at=AT, service=service, name=name, url=made(name), audience="network", port=made(port, 1),
        host_class=host_class,
    )  # fmt: skip


def listener(port: Value | None, *, service: str) -> Listener:
    return Listener(stack="s", at=AT, service=service, port=made(port, 1))


class Said(NamedTuple):
    """One outcome: its word (or `unverifiable`), the row that is wrong, the truth if there is one."""

    word: str
    wrong: str
    truth: str | None = None


def name_of(row: Row) -> str:
    for column in ("name", "file", "service"):
        if found := str(getattr(row, column, "")):
            return found
    return row.table


def said(outcome: Outcome) -> Said:
    truth = None if outcome.truth is None else str(outcome.truth.cell)
    return Said("unverifiable" if outcome.unverifiable else outcome.word, name_of(outcome.wrong.row), truth)


def checked(kind: Kind, *found: Row) -> Checked:
    """The kind held against rows, selected as the engine does it."""
    tables = Tables(found)

    def values(selector: Selector) -> Sequence[FactRow]:
        facts = [row for row in tables["values"] if isinstance(row, FactRow)]
        return [row for row in facts if row.file == selector.file and row.key == ".".join(selector.key)]

    return kind.check(lambda selector: rows(tables, values, selector))


def outcomes(kind: Kind, *found: Row) -> list[Said]:
    return [said(outcome) for outcome in checked(kind, *found).outcomes]


def table(name: str, **where: str) -> Selector:
    return Selector(table=name, where=tuple(Condition(column=one, values=(two,)) for one, two in where.items()))
