"""One run: tables and rules in, findings out."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from configlint.engine import quotes, suppress
from configlint.engine.edits import Bench, Sites
from configlint.engine.judge import deciding, findings
from configlint.engine.selection import Selection
from configlint.model.database import Tables
from configlint.model.document import Lines
from configlint.model.finding import SEVERITIES, Edit, Finding
from configlint.model.glob import matches_any
from configlint.model.record import record, replace
from configlint.model.result import Result, Summary
from configlint.model.selector import Selector
from configlint.model.settings import Settings
from configlint.model.tables import PathUse
from configlint.model.text import Place
from configlint.model.tree import Tree
from configlint.resolve import Resolution, resolve
from configlint.rules.rule import Rule

if TYPE_CHECKING:
    from configlint.model.picture import Picture
    from configlint.model.stats import Stats

LAST = "suppressions"
"""The table that the engine fills itself: rules on it run after all others."""


Draw = Callable[[Resolution], "tuple[Picture, ...]"]


def nothing_drawn(_: Resolution) -> "tuple[Picture, ...]":
    return ()


@record
class Judged:
    """What one rule came to; `unmatched` are its selectors of files that found nothing, in words."""

    rule: Rule
    compared: int
    findings: tuple[Finding, ...]
    unmatched: tuple[str, ...]


def check(
    tree: Tree, settings: Settings, rules: Sequence[Rule], *, measure: bool = False, draw: Draw = nothing_drawn
) -> Result:
    """Read the tree, resolve it and compare it with the rules that are in force.

    With `measure` the result has the stats; `draw` makes the pictures for an output that shows them.
    """
    resolution = resolve(tree, settings, selectors(rules))
    active = [rule for rule in rules if not _off(rule, settings)]
    bench = Bench(
        sites=Sites(resolution.tables),
        tree=tree,
        contents=resolution.store.text,
        configuration=_configuration(settings),
    )
    first = [_judge(rule, settings, resolution, bench) for rule in active if not last(rule)]
    said = _without_conflicts([finding for judged in first for finding in judged.findings])
    positions = _Positions(resolution)
    found = suppress.silences(resolution.documents[path] for path in sorted(resolution.documents))
    kept, used = suppress.apply(said, found, positions)
    known = {rule.id for rule in rules}
    silent = known - {rule.id for rule in active}
    silent |= {finding.rule for finding in said if finding.verdict == "unverifiable"}
    for row in suppress.rows(found, used, silent, known):
        resolution.tables.add(row)
    second = [_judge(rule, settings, resolution, bench) for rule in active if last(rule)]
    late, _ = suppress.apply([finding for judged in second for finding in judged.findings], found, positions)
    kept.extend(late)
    kept.sort(key=lambda finding: _order(finding, positions))
    drawings = draw(resolution)
    quoted = _labelled(kept).union(*(one.paths for one in drawings))
    return Result(
        findings=tuple(kept),
        summary=_summary(resolution, active, [*first, *second], kept, len(said) - len(kept) + len(late)),
        contents=quotes.contents(resolution, quoted),
        secrets=quotes.secrets(resolution, quoted),
        quotable=quotes.quotable(resolution, quoted),
        services=services(resolution.tables),
        notes=resolution.notes,
        absent=_absent(resolution, kept),
        unmatched={one.rule.id: one.unmatched for one in (*first, *second) if one.unmatched},
        stats=_stats(resolution, [*first, *second]) if measure else None,
        pictures=drawings,
    )


def _stats(resolution: Resolution, judged: Iterable[Judged]) -> "Stats":
    from configlint.engine.stats import stats  # for those who ask

    return stats(resolution, [one.rule for one in judged if one.compared])


class _Positions(dict[str, Lines]):
    """The line numbers of the files in which something is found, by path."""

    def __init__(self, resolution: Resolution) -> None:
        super().__init__()
        self._resolution = resolution

    def __missing__(self, path: str) -> Lines:
        self[path] = found = Lines(self._resolution.documents[path].content)
        return found


def selectors(rules: Iterable[Rule]) -> tuple[Selector, ...]:
    """The values of files that rules address, whether they are in force or not."""
    return tuple(one for rule in rules for one in _selectors(rule) if one.file)


def _selectors(rule: Rule) -> list[Selector]:
    return [selector for _, selector, _ in rule.constraint.selectors()]


def last(rule: Rule) -> bool:
    """Whether a rule is on the table that only the engine can fill."""
    return any(selector.table == LAST for selector in _selectors(rule))


def _configuration(settings: Settings) -> frozenset[str]:
    cells = (settings.mobile_host, *settings.workers.values())
    return frozenset(place.path for cell in cells for place in cell.text.places)


def _off(rule: Rule, settings: Settings) -> bool:
    setting = settings.rules.get(rule.id)
    return setting is not None and setting.off


def _judge(rule: Rule, settings: Settings, resolution: Resolution, bench: Bench) -> Judged:
    selection = Selection(resolution.tables, resolution.values)
    checked = rule.constraint.check(selection)
    setting = settings.rules.get(rule.id)
    severity = (setting.severity if setting else None) or rule.severity
    excluded = setting.exclude if setting else ()
    found = [
        finding
        for finding in findings(rule, severity, checked.outcomes, bench)
        if not matches_any(excluded, finding.place.path)
    ]
    nowhere = sum(1 for outcome in checked.outcomes if deciding(outcome) is None)
    return Judged(
        rule=rule, compared=checked.compared - nowhere, findings=tuple(found), unmatched=selection.empty,
    )  # fmt: skip


def _without_conflicts(said: Sequence[Finding]) -> list[Finding]:
    """Two different edits of the same characters cancel each other: nobody can say which is meant.

    Insertions at one place do not: they stand beside each other.
    """
    at = disputed([edit for finding in said if finding.fix for edit in finding.fix.edits])
    return [replace(finding, fix=None) if at and _edits(finding, at) else finding for finding in said]


def _edits(finding: Finding, places: set[Place]) -> bool:
    return finding.fix is not None and any(edit.place in places for edit in finding.fix.edits)


def disputed(edits: Iterable[Edit]) -> set[Place]:
    """The places of edits that differ from each other and share characters."""
    wanted: dict[Place, set[str]] = {}
    for edit in edits:
        wanted.setdefault(edit.place, set()).add(edit.new)
    twice = {place for place, news in wanted.items() if len(news) > 1 and place.start < place.end}
    return twice | _overlapping(wanted)


def _overlapping(places: Iterable[Place]) -> set[Place]:
    """Those that share characters with another one: in the order of the file, with one that reaches the furthest."""
    found: set[Place] = set()
    furthest: Place | None = None
    for place in sorted(places):
        if furthest is not None and place.path == furthest.path and place.start < furthest.end:
            found |= {place, furthest}
        if furthest is None or place.path != furthest.path or place.end > furthest.end:
            furthest = place
    return found


def _order(finding: Finding, positions: dict[str, Lines]) -> tuple[str, int, str, str]:
    return finding.place.path, finding.place.start, finding.rule, finding.message


def _absent(resolution: Resolution, said: Iterable[Finding]) -> tuple[str, ...]:
    """What git ignores, is missing here, and makes a finding unverifiable."""
    unsure = [finding for finding in said if finding.verdict == "unverifiable"]
    subjects = {
        name for finding in unsure if finding.reason for name in (finding.reason.subject, finding.reason.source)
    }
    places = {finding.place for finding in unsure}
    paths = {row.path for row in resolution.tables["paths"] if isinstance(row, PathUse) and row.at.place in places}
    return tuple(sorted(resolution.store.absent & (subjects | paths)))


def services(tables: Tables) -> tuple[str, ...]:
    """The names under which the configuration may speak of a service: its own, and `stack/service`."""
    names = {row.service for row in tables["services"]}
    return tuple(sorted(names | {f"{row.stack}/{row.service}" for row in tables["services"]}))


def _labelled(said: Iterable[Finding]) -> set[str]:
    return {place.path for finding in said for place in finding.places}


def _summary(
    resolution: Resolution, active: Sequence[Rule], judged: Sequence[Judged], kept: Sequence[Finding], silenced: int
) -> Summary:
    counts = Counter(finding.severity for finding in kept if finding.verdict == "fail")
    return Summary(
        files=len(resolution.documents),
        values=_count(resolution.tables),
        stacks=len({row.stack for row in resolution.tables} - {"*"}),
        rules=len(active),
        vacuous=tuple(sorted(one.rule.id for one in judged if not one.compared)),
        **{severity: counts[severity] for severity in SEVERITIES},
        unverifiable=sum(1 for finding in kept if finding.verdict == "unverifiable"),
        suppressed=silenced,
    )


def _count(tables: Tables) -> int:
    """A service's variables are told of with the rows of what holds them."""
    return sum(1 for row in tables if row.table not in ("variables", "needs"))
