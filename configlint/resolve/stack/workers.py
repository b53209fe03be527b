"""How many workers each service runs, and which settings have no effect."""

from collections.abc import Iterator, Sequence

from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, same, unknown
from configlint.model.decision import Decision, Statement
from configlint.model.document import Lines
from configlint.model.tables import Override, Row, Workers
from configlint.programs.gunicorn_files import expected, workers_in_words
from configlint.programs.services import unseen
from configlint.programs.started import Started
from configlint.resolve.stack.paths import baked_file
from configlint.workspace.documents import Shelf
from configlint.workspace.workspace import Scene


def rows(scene: Scene, one: Running, programs: Sequence[Started]) -> Iterator[Row]:
    """A row for each server that a service starts; one with an unknown count where the configuration expects one."""
    found = list(_decisions(scene, one, programs))
    for decision in found:
        yield _workers(scene, one, decision)
        yield from overrides(scene.shelf, one.stack, one.name, decision)
        if decision.file and not _is_mounted(one, decision.file):
            yield baked_file(one, decision.file)
    named = expected_by_name(scene, one)
    if not found and not named.null:
        missing = unknown(unseen(one, programs), one.start.at if one.start.at.place else one.service.name)
        yield Workers(
            stack=one.stack, at=missing.text, service=one.name, reach=one.reach, name=one.name, count=missing,
            expected=named,
        )  # fmt: skip


def _decisions(scene: Scene, one: Running, programs: Sequence[Started]) -> Iterator[Decision]:
    """The servers of a service. Of those that a script starts on a condition, one that is as expected is enough."""
    pairs = [(each.process.invocation.conditional, each.workers) for each in programs if each.workers is not None]
    agrees = any(same(decision.value, _expected(scene, one, decision)) for _, decision in pairs)
    for conditional, decision in pairs:
        if not (conditional and agrees and same(decision.value, _expected(scene, one, decision)) is False):
            yield decision


def _expected(scene: Scene, one: Running, decision: Decision) -> Cell:
    return expected(scene.settings, decision.file, f"{one.stack}/{one.name}", one.name)


def expected_by_name(scene: Scene, one: Running) -> Cell:
    """What the configuration expects of this very service."""
    configured = scene.settings.workers
    return configured.get(f"{one.stack}/{one.name}", configured.get(one.name, NULL))


def _workers(scene: Scene, one: Running, decision: Decision) -> Workers:
    at = decision.value.text if decision.value.text.place else one.start.at
    return Workers(
        stack=one.stack, at=at if at.place else one.service.name, service=one.name, reach=one.reach, name=one.name,
        count=decision.value, expected=_expected(scene, one, decision), runs=workers_in_words(decision.value),
        chain=chain(scene.shelf, decision),
    )  # fmt: skip


def chain(shelf: Shelf, decision: Decision) -> str:
    """`docker-compose.yml:14 --workers 1 wins over gunicorn.conf.py:3 workers = 3`."""
    told = [_told(shelf, one) for one in decision.statements if one.effect == "wins" or _is_lost(one)]
    return " wins over ".join(told[:3]) if len(told) > 1 else f"{told[0]} decides"


def _is_lost(statement: Statement) -> bool:
    """Whether somebody wrote it, in vain."""
    return statement.effect == "overridden" and statement.value.text.place is not None


def _told(shelf: Shelf, statement: Statement) -> str:
    """Where a statement stands, and what it says there."""
    place = statement.value.text.place
    content = shelf.text(place.path) if place is not None else None
    if place is None or content is None:
        return _quoted(statement)
    where = f"{place.path}:{Lines(content).position(place.start).line}"
    return f"{where} ({_quoted(statement)})" if statement.means == "default" else f"{where} `{_quoted(statement)}`"


def _quoted(statement: Statement) -> str:
    """`--workers 1`, `-w2`, `--reload`, `workers = 3`, `WEB_CONCURRENCY=2`; `gunicorn's default, 1`."""
    if statement.means == "switch":
        return statement.written
    value = str(statement.value) if statement.value.value is not None else "…"
    return f"{statement.by}'s default, {value}" if statement.means == "default" else f"{statement.written}{value}"


def overrides(shelf: Shelf, stack: str, name: str, decision: Decision) -> Iterator[Override]:
    """The settings that have no effect on a server."""
    winner = decision.statements[0]
    for one in filter(_is_lost, decision.statements):
        if one.value.value is not None:
            yield Override(
                stack=stack, at=one.value.text, service=name, name=name, subject="workers", loser=one.value,
                winner=winner.value, lost=_quoted(one), won=_told(shelf, winner),
                differs=same(one.value, winner.value) is False,
            )  # fmt: skip


def _is_mounted(one: Running, path: str) -> bool:
    """Whether a file of the repository is seen in the container as it is now."""
    sources = [mount.path for mount in one.service.volumes if mount.kind == "bind" and mount.path is not None]
    return any(not source or path == source or path.startswith(source + "/") for source in sources)
