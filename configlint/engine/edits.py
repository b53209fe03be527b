"""From an outcome to the edit that mends it, and whether that edit is safe."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from configlint.formats import render
from configlint.kinds.base import Outcome
from configlint.model.database import Tables
from configlint.model.finding import Edit, Fix
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


def fix(title: str, group: Sequence[Outcome], sites: Sites, tree: Tree) -> Fix | None:
    """One fix for all outcomes that blame one place; None where they ask for different edits of it."""
    wanted = {edit(outcome) for outcome in group}
    edits = tuple(sorted(one for one in wanted if one is not None))
    if len(edits) != len(wanted) or (len(edits) > 1 and not all(_inserts(one) for one in edits)):
        return None
    asking = [outcome.wrong.row for outcome in group]
    others = [row for one in edits for row in sites.rows(one.place) if all(row is not asks for asks in asking)]
    source = next((outcome.truth.cell.text.place for outcome in group if outcome.truth), None)
    target = edits[0].place.path
    note = ""
    if edits[0].secret and source and tree.tracked(target) and not tree.tracked(source.path):
        note = f"it would put a secret of the untracked {source.path} into the tracked {target}"
    elif others:
        note = f"the value also serves {_users(others)}"
    services = sorted({row.service for row in asking if row.service and row.stack != EVERY_STACK})
    return Fix(
        title=title,
        safety="unsafe" if note else "safe",
        edits=edits,
        note=note,
        recreate=tuple(services),
        rebuild=tuple(one for one in services if sites.baked(one, target)),
    )


def _inserts(one: Edit) -> bool:
    return one.place.start == one.place.end


def _users(rows: Iterable[Row]) -> str:
    return ", ".join(dict.fromkeys(row.service or str(getattr(row, "name", "")) or row.table for row in rows))
