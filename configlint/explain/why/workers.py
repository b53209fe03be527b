"""How many workers a service runs, and which settings lost."""

from collections.abc import Iterator

from configlint.explain.why.answer import Entry, Part
from configlint.explain.why.stated import stated
from configlint.model.cell import Cell
from configlint.model.decision import Decision, Statement
from configlint.model.tables import Workers
from configlint.model.text import Place, Text
from configlint.programs.gunicorn_files import expected
from configlint.programs.services import unseen
from configlint.resolve import Resolution
from configlint.resolve.stack import Running
from configlint.resolve.standalone.servers import Alone, alone

_ONE = Text.assumed("1")
_IN_A_COMMAND = ("option", "switch")


def of_service(resolution: Resolution, one: Running) -> Iterator[Entry]:
    """An entry for each server that a service starts; one without a value where it starts none."""
    decisions = _decisions(resolution, one)
    for decision in decisions:
        wanted = expected(resolution.scene.settings, decision.file, f"{one.stack}/{one.name}", one.name)
        start = one.start.at.place or one.service.name.place
        parts = (
            *_chain(decision, start),
            *_replaced(resolution, one, decision),
            *_default(decision),
            *_expected(wanted),
        )
        yield Entry(
            kind="workers", stack=one.stack, service=one.name, name="workers", uses=decision.value, parts=parts,
            note=_note(one),
        )  # fmt: skip
    if not decisions:
        at = one.start.at if one.start.at.place else one.service.name
        reason = unseen(one, resolution.programs.of(one))
        parts = (Part(role="decides", text=at, place=at.place),)
        yield Entry(kind="workers", stack=one.stack, service=one.name, name="workers", parts=parts, note=reason)


def _decisions(resolution: Resolution, one: Running) -> list[Decision]:
    return [each.workers for each in resolution.programs.of(one) if each.workers is not None]


def serves(resolution: Resolution, one: Running) -> bool:
    """Whether a service starts a server whose workers are known."""
    return bool(_decisions(resolution, one))


def _chain(decision: Decision, at: Place | None) -> Iterator[Part]:
    winner = decision.statements[0]
    yield from stated("decides", winner.value.text, at, by=_means(winner))
    for one in decision.overridden:
        if one.value.text.places:
            yield from stated("overridden", one.value.text, by=_means(one))


def _means(statement: Statement) -> str:
    return f"{statement.by}'s default" if statement.means == "default" else statement.by


def _replaced(resolution: Resolution, one: Running, decision: Decision) -> Iterator[Part]:
    """The numbers in commands that are not run, because compose names another command."""
    known = _places(decision)
    for invocation in one.start.replaced:
        lower = resolution.programs.workers(one, invocation)
        winner = lower.winner if lower is not None else None
        if winner is not None and winner.means in _IN_A_COMMAND and known.isdisjoint(winner.value.text.places):
            yield from stated("overridden", winner.value.text, by=winner.by, note="this command is not run")


def _places(decision: Decision) -> set[Place]:
    return {place for statement in decision.statements for place in statement.value.text.places}


def _default(decision: Decision) -> Iterator[Part]:
    if decision.statements[0].means != "default":
        yield Part(role="default", text=_ONE, by=decision.name)


def _expected(wanted: Cell) -> Iterator[Part]:
    if not wanted.null:
        yield from stated("expected", wanted.text, by="expected")


def _note(one: Running) -> str:
    return f"only with the profile {one.service.profiles[0]}" if one.service.profiles else ""


def of_file(resolution: Resolution, row: Workers) -> Entry:
    """The count of a file that starts a server, or configures one, without any service."""
    decision = next(
        (one.decision for one in alone(resolution.scene, resolution.programs.files) if _is_of(row, one)), None
    )
    stated_ = stated("decides", row.count.text, row.at.place)
    chain = (*_chain(decision, row.at.place), *_default(decision)) if decision is not None else stated_
    note = "no service here starts with it" if resolution.stacks else ""
    parts = (*chain, *_expected(row.expected))
    return Entry(kind="workers", stack=row.stack, name=row.name, uses=row.count, parts=parts, note=note)


def _is_of(row: Workers, one: Alone) -> bool:
    return one.path == row.name and one.decision.value.text.place == row.count.text.place
