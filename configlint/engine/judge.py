"""From the outcomes of one rule to its findings: the identity is stamped once, and outcomes merge by place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from configlint.engine import chains
from configlint.engine.edits import Bench, fix
from configlint.engine.identity import identity
from configlint.engine.reasons import said
from configlint.engine.wording import difference, holder_and_users, sentence, several, slip
from configlint.kinds.base import Outcome, Side
from configlint.model.finding import SEVERITIES, Finding, Label, Severity
from configlint.model.tables import EVERY_STACK, Reach
from configlint.model.text import Place
from configlint.rules.rule import Rule
from configlint.rules.sentence import UNVERIFIABLE


def findings(rule: Rule, severity: Severity, outcomes: Iterable[Outcome], bench: Bench) -> list[Finding]:
    """One finding for each deciding place and verdict."""
    groups: dict[tuple[Place, bool], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        place = deciding(outcome)
        if place is not None:
            groups[place, outcome.unverifiable].append(outcome)
    return [_finding(rule, severity, place, group, bench) for (place, _), group in groups.items()]


def deciding(outcome: Outcome) -> Place | None:
    """The place to which a finding belongs. What stands in a file that is absent is told at its counterpart."""
    sides = (outcome.wrong, *outcome.beside) if outcome.unverifiable else (outcome.wrong,)
    return next((place for side in sides if (place := place_of(side)) is not None), None)


def place_of(side: Side) -> Place | None:
    """Where a side is decided: its cell's place, else the row's."""
    return side.cell.text.place or side.row.at.place


def _finding(rule: Rule, severity: Severity, place: Place, group: Sequence[Outcome], bench: Bench) -> Finding:
    first = group[0]
    sides = {"from": [one.wrong.row for one in group], "to": [side.row for one in group for side in one.beside]}
    words = _words(group) | chains.words(first.wrong.row, bench.contents)
    if first.unverifiable:
        message = sentence(rule.says.get(UNVERIFIABLE, _UNVERIFIABLE), sides, words | {"title": rule.title})
    else:
        message = sentence(rule.says[first.word], sides, words)
    mend = fix(sentence(rule.fix, sides, words), group, bench)
    return Finding(
        rule=rule.id,
        severity="info" if first.unverifiable else _worst(_lowered(severity, one.wrong.row.reach) for one in group),
        verdict="unverifiable" if first.unverifiable else "fail",
        stack=_stack(first),
        message=message,
        place=place,
        label=sentence(rule.shows.get("from", ""), sides, words),
        related=_related(rule, place, group, words),
        fix=mend,
        help=sentence(rule.help, sides, words),
        fingerprint=min(identity(rule, place, one, bench.sites) for one in group),  # whichever is written first
        reason=first.reason if first.unverifiable else None,
        slip=_slip(first) if "{difference}" in rule.says.get(first.word, "") else "",
    )


_UNVERIFIABLE = "cannot be verified: {title} ({reason})"


def _words(group: Sequence[Outcome]) -> dict[str, str]:
    first = group[0]
    right = first.beside[0].cell if first.beside else first.wrong.cell
    holder, users = holder_and_users([one.wrong.row for one in group], first.wrong.column)
    services = dict.fromkeys(one.wrong.row.service for one in group if one.wrong.row.service)
    return {
        "difference": difference(first.wrong.cell, right),
        "reason": said(first.reason) or "its value is not known",
        "services": several(services),
        "nearest": f", did you mean {first.nearest.cell}?" if first.nearest is not None else "",
        "holder": holder,
        "users": users,
    }


def _slip(outcome: Outcome) -> str:
    return slip(outcome.wrong.cell, outcome.beside[0].cell) if outcome.beside else ""


def _stack(outcome: Outcome) -> str:
    """The stack of a finding; a row that meets every stack is told under that of its counterpart."""
    names = (outcome.wrong.row.stack, *(side.row.stack for side in outcome.beside))
    return next((name for name in names if name != EVERY_STACK), "default")


def _lowered(severity: Severity, reach: Reach) -> Severity:
    """One level for a value that takes effect only under a condition; a debug build is worth no more than a word."""
    if reach == "always":
        return severity
    return "info" if reach == "debug" else SEVERITIES[max(SEVERITIES.index(severity) - 1, 0)]


def _worst(severities: Iterable[Severity]) -> Severity:
    return max(severities, key=SEVERITIES.index)


def _related(rule: Rule, place: Place, group: Sequence[Outcome], words: dict[str, str]) -> tuple[Label, ...]:
    """The other places of every outcome: the counterparts first, then where the value is put together and passed on."""
    labels: dict[Place, str] = {}
    for one in group:
        for side in one.beside:
            counterpart = place_of(side)
            if counterpart is not None:
                shows = sentence(rule.shows.get("to", ""), {"from": [one.wrong.row], "to": [side.row]}, words)
                labels.setdefault(counterpart, shows)
                for passed in side.cell.text.via:
                    labels.setdefault(passed, "passed on here")
    for one in group:
        text = one.wrong.cell.text
        for passed in text.via:
            if not passed.holds(place):
                labels.setdefault(passed, "used here")
        for part in text.places:
            if not place.holds(part):
                labels.setdefault(part, "the rest of it")
    labels.pop(place, None)
    return tuple(Label(place=where, message=message) for where, message in labels.items())
