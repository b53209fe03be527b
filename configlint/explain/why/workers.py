"""How many workers a service runs, and which settings lost."""

from collections.abc import Iterator

from configlint.engine.reasons import said
from configlint.explain.why.answer import Entry, Part
from configlint.explain.why.stated import stated
from configlint.model.cell import Cell
from configlint.model.reason import Reason
from configlint.model.tables import Workers
from configlint.model.text import Place, Text
from configlint.programs.gunicorn_files import expected
from configlint.programs.workers import Decision, decide, process
from configlint.resolve import Resolution
from configlint.resolve.stack import Running
from configlint.resolve.standalone.servers import Alone, alone

_ONE = Text.assumed("1")
_OPTIONS = ("--workers", "--reload", "fastapi dev")
"""What a command line says itself, beside what lies around it."""


def of_service(resolution: Resolution, one: Running) -> Iterator[Entry]:
    """An entry for each server that a service starts; one without a value where it starts none."""
    decisions = _decisions(resolution, one)
    for decision in decisions:
        wanted = expected(resolution.scene.settings, decision.config, f"{one.stack}/{one.name}", one.name)
        start = one.start.at.place or one.service.name.place
        parts = (
            *_chain(decision, start),
            *_replaced(resolution, one, decision),
            *_default(decision),
            *_expected(wanted),
        )
        yield Entry(
            kind="workers", stack=one.stack, service=one.name, name="workers", uses=decision.count, parts=parts,
            note=_note(one),
        )  # fmt: skip
    if not decisions:
        at = one.start.at if one.start.at.place else one.service.name
        reason = one.start.unknown or Reason("no-known-server")
        parts = (Part(role="decides", text=at, place=at.place),)
        yield Entry(kind="workers", stack=one.stack, service=one.name, name="workers", parts=parts, note=said(reason))


def _decisions(resolution: Resolution, one: Running) -> list[Decision]:
    found = (decide(process(one.container, invocation, resolution.shelf)) for invocation in one.start.invocations)
    return [decision for decision in found if decision is not None]


def serves(resolution: Resolution, one: Running) -> bool:
    """Whether a service starts a server whose workers are known."""
    return bool(_decisions(resolution, one))


def _chain(decision: Decision, at: Place | None) -> Iterator[Part]:
    yield from stated("decides", decision.count.text, at, by=decision.by)
    for loser in decision.losers:
        yield from stated("overridden", loser.count.text, by=loser.by)


def _replaced(resolution: Resolution, one: Running, decision: Decision) -> Iterator[Part]:
    """The numbers in commands that are not run, because compose names another command."""
    known = _places(decision)
    for invocation in one.start.replaced:
        lower = decide(process(one.container, invocation, resolution.shelf))
        if lower is not None and lower.by in _OPTIONS and known.isdisjoint(lower.count.text.places):
            yield from stated("overridden", lower.count.text, by=lower.by, note="this command is not run")


def _places(decision: Decision) -> set[Place]:
    return {place for statement in decision.chain for place in statement.count.text.places}


def _default(decision: Decision) -> Iterator[Part]:
    if not decision.by.endswith("default"):
        yield Part(role="default", text=_ONE, by=decision.server)


def _expected(wanted: Cell) -> Iterator[Part]:
    if not wanted.null:
        yield from stated("expected", wanted.text, by="expected")


def _note(one: Running) -> str:
    return f"only with the profile {one.service.profiles[0]}" if one.service.profiles else ""


def of_file(resolution: Resolution, row: Workers) -> Entry:
    """The count of a file that starts a server, or configures one, without any service."""
    decision = next((one.decision for one in alone(resolution.scene) if _is_of(row, one)), None)
    stated_ = stated("decides", row.count.text, row.at.place)
    chain = (*_chain(decision, row.at.place), *_default(decision)) if decision is not None else stated_
    note = "no service here starts with it" if resolution.stacks else ""
    parts = (*chain, *_expected(row.expected))
    return Entry(kind="workers", stack=row.stack, name=row.name, uses=row.count, parts=parts, note=note)


def _is_of(row: Workers, one: Alone) -> bool:
    return one.path == row.name and one.decision.count.text.place == row.count.text.place
