"""Which values of a picture are drawn: what disagrees, and what several places share."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from configlint.model.finding import Finding, Label
from configlint.model.picture import Statement, Value
from configlint.report.html.touches import Level, Touches, worst

MANY = 16
"""As many values are drawn, or all that disagree."""
MOST = 40
"""No picture of more is read."""
TELLING = ("keys", "address", "workers", "secret", "variable")
"""The sorts of values in the order in which they are worth showing where they agree."""


def chosen(values: Sequence[Value], touches: Touches) -> list[Value]:
    """What disagrees, the worst first, then what is shared by most."""
    wrong = [value for value in values if disagrees(value, touches)]
    wrong.sort(key=lambda value: level(value, touches) != "error")
    shared = [value for value in values if _is_shared(value) and not level(value, touches)]
    shared.sort(key=lambda value: (TELLING.index(value.sort), -len(_paths(value)) - len(value.users)))
    return [*wrong[:MOST], *shared[: max(0, MANY - len(wrong))]]


def bare(
    values: Iterable[Value], findings: Sequence[Finding], touches: Touches, own: Container[int]
) -> Iterator[Value]:
    """What findings of this stack hold against each other that is no value of a service: a rule of the user's, mostly.

    All that one rule says of the same files is one.
    """
    places = [one.place for value in values if value.services for one in value.statements]
    told = {touch.number for place in places for touch in touches.at(place) if touch.level}
    groups: dict[object, list[Finding]] = defaultdict(list)
    for number in sorted({touch.number for touch in touches.all if touch.level and touch.apart} - told):
        if number in own:
            files = frozenset(place.path for place in findings[number].places)
            groups[findings[number].rule, files].append(findings[number])
    for group in groups.values():
        stated = tuple(one for finding in group for one in _stated(finding))
        yield Value(sort="rule", name=group[0].rule, said="", statements=stated, services=(), users=())


def _stated(finding: Finding) -> Iterator[Statement]:
    for at in (Label(place=finding.place, message=finding.label), *finding.related):
        yield Statement(place=at.place, said="", by=at.message, role="states")


def disagrees(value: Value, touches: Touches) -> bool:
    """Whether something is wrong with it that is not told by a value of its own (see `bare`)."""
    found = [touch for one in value.statements for touch in touches.at(one.place) if touch.level]
    return any(value.services or not touch.apart for touch in found)


def level(value: Value, touches: Touches) -> Level:
    return worst(touch.level for one in value.statements for touch in touches.at(one.place))


def _is_shared(value: Value) -> bool:
    if value.sort not in TELLING or not value.services:
        return False
    return len(_paths(value)) > 1 or len(value.users) > 1 or len(value.services) > 1


def _paths(value: Value) -> set[str]:
    return {one.place.path for one in value.statements if one.role not in ("template", "serves")}


def statements(value: Value, touches: Touches) -> Iterator[Statement]:
    """What is shown of a value: of its many routes only those that a finding is about."""
    return (one for one in value.statements if one.role != "serves" or any(touches.at(one.place)))
