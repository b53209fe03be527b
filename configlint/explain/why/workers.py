"""How many workers a service runs, and which settings have no effect."""

from collections.abc import Iterator

from configlint.engine.reasons import said
from configlint.explain.why.answer import Entry, Part
from configlint.explain.why.stated import stated
from configlint.model.decision import Decision, Statement
from configlint.model.tables import Workers
from configlint.model.text import Place, Text
from configlint.programs.services import unseen
from configlint.resolve import Resolution
from configlint.resolve.stack import Running

_ONE = Text.assumed("1")


def of_service(resolution: Resolution, one: Running) -> Iterator[Entry]:
    """An entry for each server that a service starts; one without a value where it starts none."""
    rows = _rows(resolution, one)
    for row in rows:
        parts = _parts(row, one.start.at.place or one.service.name.place)
        yield Entry(
            kind="workers", stack=one.stack, service=one.name, name="workers", uses=row.count, parts=parts,
            note=f"only with the profile {one.service.profiles[0]}" if one.service.profiles else "",
        )  # fmt: skip
    if not rows:
        at = one.start.at if one.start.at.place else one.service.name
        reason = unseen(one, resolution.programs.of(one))
        unknown = (Part(role="decides", text=at, place=at.place),)
        yield Entry(kind="workers", stack=one.stack, service=one.name, name="workers", parts=unknown, note=said(reason))


def serves(resolution: Resolution, one: Running) -> bool:
    """Whether a service starts a server whose workers are known."""
    return bool(_rows(resolution, one))


def _rows(resolution: Resolution, one: Running) -> list[Workers]:
    rows = resolution.tables.of_service("workers", one.stack, one.name)
    return [row for row in rows if isinstance(row, Workers) and row.decision is not None]


def of_file(resolution: Resolution, row: Workers) -> Entry:
    """The count of a file that starts a server, or configures one, without any service."""
    note = "no service here starts with it" if resolution.stacks else ""
    parts = _parts(row, row.at.place)
    return Entry(kind="workers", stack=row.stack, name=row.name, uses=row.count, parts=parts, note=note)


def _parts(row: Workers, at: Place | None) -> tuple[Part, ...]:
    """What decides, what is overridden, the default, and the number that is expected."""
    expected = () if row.expected.null else stated("expected", row.expected.text, by="expected")
    return (*(_chain(row.decision, at) if row.decision is not None else ()), *expected)


def _chain(decision: Decision, at: Place | None) -> Iterator[Part]:
    winner = decision.statements[0]
    yield from stated("decides", winner.value.text, at, by=_means(winner))
    for one in decision.in_vain:
        yield from stated("overridden", one.value.text, by=_means(one))
    for one in decision.statements:
        if one.effect == "unfollowed":
            yield from stated("overridden", one.value.text, by=_means(one), note="this command is not run")
    if winner.means != "default":
        yield Part(role="default", text=_ONE, by=decision.name)


def _means(statement: Statement) -> str:
    return f"{statement.by}'s default" if statement.means == "default" else statement.by
