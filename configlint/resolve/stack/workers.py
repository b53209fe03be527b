"""How many workers each service runs, and which settings have no effect."""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, same, unknown
from configlint.model.document import Lines
from configlint.model.reason import Reason
from configlint.model.tables import Override, Row, Workers
from configlint.programs.embedded import decisions
from configlint.programs.gunicorn_files import expected, workers_in_words
from configlint.programs.workers import Decision, Statement, process
from configlint.resolve.stack.paths import baked_file
from configlint.workspace.documents import Shelf
from configlint.workspace.workspace import Scene


def rows(scene: Scene, one: Running) -> Iterator[Row]:
    """A row for each server that a service starts; one with an unknown count where the configuration expects one."""
    found = list(_decisions(scene, one))
    for decision in found:
        yield _workers(scene, one, decision)
        yield from overrides(scene.shelf, one.stack, one.name, decision)
        if decision.config and not _is_mounted(one, decision.config):
            yield baked_file(one, decision.config)
    named = expected_by_name(scene, one)
    if not found and not named.null:
        reason = one.start.unknown or Reason("no-known-server")
        missing = unknown(reason, one.start.at if one.start.at.place else one.service.name)
        yield Workers(
            stack=one.stack, at=missing.text, service=one.name, reach=one.reach, name=one.name, count=missing,
            expected=named,
        )  # fmt: skip


def _decisions(scene: Scene, one: Running) -> Iterator[Decision]:
    """The servers of a service. Of those that a script starts on a condition, one that is as expected is enough."""
    pairs = [
        (invocation.conditional, decision)
        for invocation in one.start.invocations
        for decision in decisions(process(one.container, invocation, scene.shelf))
    ]
    agrees = any(same(decision.count, _expected(scene, one, decision)) for _, decision in pairs)
    for conditional, decision in pairs:
        if not (conditional and agrees and same(decision.count, _expected(scene, one, decision)) is False):
            yield decision


def _expected(scene: Scene, one: Running, decision: Decision) -> Cell:
    return expected(scene.settings, decision.config, f"{one.stack}/{one.name}", one.name)


def expected_by_name(scene: Scene, one: Running) -> Cell:
    """What the configuration expects of this very service."""
    configured = scene.settings.workers
    return configured.get(f"{one.stack}/{one.name}", configured.get(one.name, NULL))


def _workers(scene: Scene, one: Running, decision: Decision) -> Workers:
    at = decision.count.text if decision.count.text.place else one.start.at
    return Workers(
        stack=one.stack, at=at if at.place else one.service.name, service=one.name, reach=one.reach, name=one.name,
        count=decision.count, expected=_expected(scene, one, decision), runs=workers_in_words(decision.count),
        chain=chain(scene.shelf, decision),
    )  # fmt: skip


def chain(shelf: Shelf, decision: Decision) -> str:
    """`docker-compose.yml:14 --workers 1 wins over gunicorn.conf.py:3 workers = 3`."""
    told = [_told(shelf, statement) for statement in decision.chain]
    return " wins over ".join(told[:3]) if len(told) > 1 else f"{told[0]} decides"


def _told(shelf: Shelf, statement: Statement) -> str:
    """Where a statement stands, and what it says there."""
    place = statement.count.text.place
    content = shelf.text(place.path) if place is not None else None
    if place is None or content is None:
        return _written(statement)
    where = f"{place.path}:{Lines(content).position(place.start).line}"
    return f"{where} ({_written(statement)})" if _is_default(statement) else f"{where} `{_written(statement)}`"


def _is_default(statement: Statement) -> bool:
    return statement.by.endswith("default")


def _written(statement: Statement) -> str:
    """`--workers 1`, `workers = 3`, `WEB_CONCURRENCY=2`, `gunicorn's default, 1`."""
    value = str(statement.count) if statement.count.value is not None else "…"
    if statement.by.endswith((".py", ".conf")):
        return f"workers = {value}"
    sign = ", " if _is_default(statement) else "=" if statement.by.isupper() else " "
    return f"{statement.by}{sign}{value}"


def overrides(shelf: Shelf, stack: str, name: str, decision: Decision) -> Iterator[Override]:
    """The settings that have no effect on a server."""
    for loser in decision.losers:
        at = loser.count.text
        if at.place is not None and loser.count.value is not None:
            yield Override(
                stack=stack, at=at, service=name, name=name, subject="workers", loser=loser.count,
                winner=decision.count, lost=_written(loser), won=_told(shelf, decision.chain[0]),
                differs=same(loser.count, decision.count) is False,
            )  # fmt: skip


def _is_mounted(one: Running, path: str) -> bool:
    """Whether a file of the repository is seen in the container as it is now."""
    sources = [mount.path for mount in one.service.volumes if mount.kind == "bind" and mount.path is not None]
    return any(not source or path == source or path.startswith(source + "/") for source in sources)
