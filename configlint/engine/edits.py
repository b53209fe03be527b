"""From an outcome to the edit that mends it, and whether that edit is safe."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from configlint.engine.chains import Contents
from configlint.formats import render
from configlint.kinds.base import Outcome
from configlint.model.database import Tables
from configlint.model.finding import Edit, Fix
from configlint.model.record import record
from configlint.model.tables import EVERY_STACK, PathUse, Row
from configlint.model.text import Place, Run
from configlint.model.tree import Tree

_EFFECTIVE = ("credentials", "workers", "urls", "listeners", "ports")
_PORTABLE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,=^-")
"""Characters that mean themselves inside every literal that configlint writes into."""


class Sites:
    """Which rows of the effective tables rest on which characters."""

    def __init__(self, tables: Tables) -> None:
        self._by_path: dict[str, list[tuple[Place, Row]]] = defaultdict(list)
        for name in _EFFECTIVE:
            for row in tables[name]:
                if row.reach != "latent" and _serves(row):
                    for place in _written(row):
                        self._by_path[place.path].append((place, row))

        self._baked = {
            (row.service, str(row.value.value))
            for row in tables["paths"]
            if isinstance(row, PathUse) and row.what == "baked"
        }

        self._homes = {(row.stack, row.service, row.at.place.path) for row in tables["services"] if row.at.place}

    def home(self, row: Row, path: str) -> bool:
        """Whether a file is one that states the service of a row, and not one that the service shares with others."""
        return row.stack == EVERY_STACK or (row.stack, row.service, path) in self._homes

    def baked(self, service: str, path: str) -> bool:
        """Whether a file takes effect in a service only when its image is built again."""
        name = path.rpartition("/")[2].lower()
        return "dockerfile" in name or "containerfile" in name or (service, path) in self._baked

    def rows(self, place: Place) -> Iterable[Row]:
        """Rows that hold any of these characters."""
        for other, row in self._by_path[place.path]:
            if other.start < place.end and place.start < other.end:
                yield row


@record
class Bench:
    """What judging needs besides the outcomes. `configuration` are the files in which the user configured the run."""

    sites: Sites
    tree: Tree
    contents: Contents
    configuration: frozenset[str] = frozenset()

    def shared(self, path: str) -> int:
        """How widely a file is shared: 2 with everybody, 1 once it is added to git, 0 with nobody.

        What the configuration says is meant for everybody, even before it is added, unless git ignores it.
        """
        if self.tree.tracked(path):
            return 2
        return 0 if self.tree.ignores(path) else 1 + (path in self.configuration)


def _serves(row: Row) -> bool:
    """Whether something runs on the value: a secret without a role is only looked at for its form."""
    return bool(getattr(row, "role", True))


def _written(row: Row) -> Iterable[Place]:
    return {place for cell in row.cells() for place in cell.text.places}


def edit(outcome: Outcome) -> Edit | None:
    """The characters to write so that the wrong cell says what the true one does; None where that cannot be done."""
    if outcome.truth is None or outcome.unverifiable:
        return None
    stretch = getattr(outcome.truth.row, outcome.truth.column, None)
    if isinstance(stretch, Place):
        return Edit(stretch, "", False)
    truth = outcome.truth.cell
    site = outcome.wrong.cell.text.site
    if site is None or site.literal is None or site.place is None or truth.value is None:
        return None
    value = str(truth.value)
    secret = truth.text.secret or outcome.wrong.cell.text.secret
    if _whole(site):
        new = render(site.literal, value)
        return None if new is None else Edit(site.literal.place, new, secret)
    return Edit(site.place, value, secret) if value and _PORTABLE.issuperset(value) else None


def _whole(site: Run) -> bool:
    return site.literal is not None and site.place == site.literal.inner


def fix(title: str, group: Sequence[Outcome], bench: Bench) -> Fix | None:
    """One fix for all outcomes that blame one place; None where they ask for different edits of it."""
    wanted = {edit(outcome) for outcome in group}
    edits = tuple(sorted(one for one in wanted if one is not None))
    if len(edits) != len(wanted) or (len(edits) > 1 and not all(_inserts(one) for one in edits)):
        return None
    asking = [outcome.wrong.row for outcome in group]
    others = [
        row for one in edits for row in bench.sites.rows(one.place) if row not in asking and not _publishes(row, one)
    ]
    target = edits[0].place.path
    note = _private(group, edits, bench)
    if not note and others:
        note = f"the value also serves {_users(others)}"
    services = sorted({row.service for row in asking if row.service and row.stack != EVERY_STACK})
    return Fix(
        title=title,
        safety="unsafe" if note else "safe",
        edits=edits,
        note=note,
        recreate=tuple(services),
        rebuild=tuple(one for one in services if bench.sites.baked(one, target)),
    )


def _private(group: Sequence[Outcome], edits: Sequence[Edit], bench: Bench) -> str:
    """Why two machines might write different values here: the reason of a fix is in a file that is shared less.

    Each machine has its own `.env`: if that decided what is in a shared file, they would rewrite it back and forth.
    """
    target = edits[0].place.path
    shared = bench.shared(target)
    places = {place.path: place for outcome in group for place in _reasons(outcome)}
    source = next((path for path in places if path != target and bench.shared(path) < shared), None)
    if source is None:
        return ""
    because = "git ignores" if bench.tree.ignores(source) else "git does not track"
    if edits[0].secret:
        return f"it would write a secret of {source}, which {because}, into {target}"
    return f"it depends on {source}, which {because}"


def _reasons(outcome: Outcome) -> Iterable[Place]:
    """Where the truth is, and what makes the old value wrong."""
    sides = (*((outcome.truth,) if outcome.truth else ()), *outcome.beside, outcome.wrong)
    for side in sides:
        yield from side.cell.text.places
        yield from side.cell.text.via


def _publishes(row: Row, one: Edit) -> bool:
    """Whether a row is the very entry of `ports:` that is written anew, and not somebody who uses its value."""
    at = row.at.place
    return getattr(row, "source", "") == "publish" and at is not None and one.place.holds(at) and not row.at.via


def _inserts(one: Edit) -> bool:
    return one.place.start == one.place.end


def _users(rows: Iterable[Row]) -> str:
    return ", ".join(dict.fromkeys(row.service or str(getattr(row, "name", "")) or row.table for row in rows))
