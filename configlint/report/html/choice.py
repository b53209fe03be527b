"""Which values of a picture are drawn: what disagrees, and what several places share."""

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
    wrong = [value for value in values if level(value, touches)]
    wrong.sort(key=lambda value: level(value, touches) != "error")
    shared = [value for value in values if not level(value, touches) and _is_shared(value)]
    shared.sort(key=lambda value: (TELLING.index(value.sort), -len(_paths(value)) - len(value.users)))
    return [*wrong[:MOST], *shared[: max(0, MANY - len(wrong))]]


def bare(
    values: Iterable[Value], findings: Sequence[Finding], touches: Touches, own: Container[int]
) -> Iterator[Value]:
    """What a finding of this stack holds against each other that no value is about: a rule of the user's, mostly."""
    told = {touch.number for value in values for one in value.statements for touch in touches.at(one.place)}
    for number in sorted({touch.number for touch in touches.all if touch.level} - told):
        finding = findings[number]
        if number in own and len({place.path for place in finding.places}) > 1:
            labels = (Label(place=finding.place, message=finding.label), *finding.related)
            stated = (Statement(place=at.place, said="", by=at.message, role="states") for at in labels)
            yield Value(sort="setting", name=finding.rule, said="", statements=tuple(stated), services=(), users=())


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
