"""How many workers each service runs, and which settings have no effect."""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, same, unknown
from configlint.model.decision import Decision, Statement, decided
from configlint.model.record import replace
from configlint.model.tables import Override, Row, Workers
from configlint.programs.gunicorn_files import expected
from configlint.programs.services import Programs, unseen
from configlint.programs.table import counting
from configlint.resolve.stack.paths import baked_file
from configlint.workspace.workspace import Workspace


def rows(workspace: Workspace, one: Running, programs: Programs) -> Iterator[Row]:
    """A row for each server that a service starts; one with an unknown count where the configuration expects one."""
    found = list(_decisions(workspace, one, programs))
    for decision in found:
        yield _workers(workspace, one, decision)
        yield from overrides(one.stack, one.name, decision)
        if decision.file and not _is_mounted(one, decision.file):
            yield baked_file(one, decision.file)
    named = expected_by_name(workspace, one)
    if not found and not named.null:
        missing = unknown(unseen(one, programs.of(one)), one.start.at if one.start.at.place else one.service.name)
        yield Workers(
            stack=one.stack, at=missing.text, service=one.name, reach=one.reach, name=one.name, count=missing,
            expected=named,
        )  # fmt: skip


def _decisions(workspace: Workspace, one: Running, programs: Programs) -> Iterator[Decision]:
    """The servers of a service. Of those that a script starts on a condition, one that is as expected is enough."""
    unfollowed = tuple(_unfollowed(one, programs))
    pairs = [
        (each.process.invocation.conditional, _with(_layered(one, each.workers), unfollowed))
        for each in programs.of(one)
        if each.workers is not None
    ]
    agrees = any(same(decision.value, _expected(workspace, one, decision)) for _, decision in pairs)
    for conditional, decision in pairs:
        if not (conditional and agrees and same(decision.value, _expected(workspace, one, decision)) is False):
            yield decision


def _layered(one: Running, decision: Decision) -> Decision:
    """A decision with what lower layers of the environment say, each behind the layer that overrides it."""
    statements = list(decision.statements)
    for name, reader in counting(decision.name).items():
        value = one.environment.values.get(name)
        layers = (layer.value for layer in (value.overridden if value is not None else ()))
        lower = [statement for text in layers if text is not None and text.raw for statement in reader(name, text)]
        above = [number for number, statement in enumerate(statements) if statement.by == name]
        # What decides stays the first, be it the default: an upper layer may set the variable to nothing.
        at = above[-1] + 1 if above else max(len(statements) - 1, 1)
        statements[at:at] = lower
    return replace(decision, statements=decided(statements))


def _unfollowed(one: Running, programs: Programs) -> Iterator[Statement]:
    """The numbers in commands that are not run, because compose names another command."""
    for invocation in one.start.replaced:
        lower = programs.workers(one, invocation)
        winner = lower.winner if lower is not None else None
        if winner is not None and winner.means in ("option", "switch"):
            yield replace(winner, effect="unfollowed")


def _with(decision: Decision, unfollowed: tuple[Statement, ...]) -> Decision:
    """A decision with the statements that nothing follows, of which it has none itself."""
    places = {place for one in decision.statements for place in one.value.text.places}
    others = (one for one in unfollowed if places.isdisjoint(one.value.text.places))
    return replace(decision, statements=(*decision.statements, *others))


def _expected(workspace: Workspace, one: Running, decision: Decision) -> Cell:
    return expected(workspace.settings, decision.file, f"{one.stack}/{one.name}", one.name)


def expected_by_name(workspace: Workspace, one: Running) -> Cell:
    """What the configuration expects of this very service."""
    configured = workspace.settings.workers
    return configured.get(f"{one.stack}/{one.name}", configured.get(one.name, NULL))


def _workers(workspace: Workspace, one: Running, decision: Decision) -> Workers:
    count = decision.value
    at = count.text if count.text.place else one.start.at
    return Workers(
        stack=one.stack, at=at if at.place else one.service.name, service=one.name, reach=one.reach, name=one.name,
        decision=decision, count=count, expected=_expected(workspace, one, decision),
    )  # fmt: skip


def overrides(stack: str, name: str, decision: Decision) -> Iterator[Override]:
    """The settings that have no effect on a server."""
    winner = decision.value
    for one in decision.in_vain:
        if one.value.value is not None:
            yield Override(
                stack=stack, at=one.value.text, service=name, name=name, decision=decision, subject="workers",
                loser=one.value, winner=winner, differs=same(one.value, winner) is False,
            )  # fmt: skip


def _is_mounted(one: Running, path: str) -> bool:
    """Whether a file of the repository is seen in the container as it is now."""
    sources = [mount.path for mount in one.service.volumes if mount.kind == "bind" and mount.path is not None]
    return any(not source or path == source or path.startswith(source + "/") for source in sources)
