"""The values of a picture in words: which files set them, which services use them, and who calls these."""

from collections.abc import Iterator, Sequence

from configlint.model.picture import Statement, Value
from configlint.model.record import record
from configlint.report.html.choice import statements
from configlint.report.html.drawing import Drawing, Node
from configlint.report.html.markup import numbers, text
from configlint.report.html.touches import Level, Touches, worst
from configlint.report.view import View

_MOST = 12
"""The most lines shown for one value."""
_WORDS = {"overridden": "overridden", "expected": "expected", "template": "template", "refers": "passed on"}


@record
class Line:
    """What one line of a file says of a value."""

    path: str
    number: int
    by: str
    said: str
    role: str
    level: Level
    findings: tuple[int, ...]


def cards(drawn: Drawing, touches: Touches, view: View) -> Iterator[str]:
    """One that opens for each value."""
    nodes = {node.id: node for node in drawn.nodes}
    yield '<div class="cards">'
    for name, value in drawn.values:
        yield from _card(nodes[name], value, touches, view)
    yield "</div>"


def _card(node: Node, value: Value, touches: Touches, view: View) -> Iterator[str]:
    lines = _lines(value, touches, view)
    yield f'<details class="card {node.level}" data-node="{node.id}" data-findings="{numbers(node.findings)}">'
    said = f' <span class="said">{_told(value.said, view)}</span>' if value.said else ""
    yield f"<summary><code>{_told(value.name, view)}</code>{said}{_badge(node.level)}</summary>"
    yield "<ol>"
    for line in lines[:_MOST]:
        yield _item(line, view)
    yield "</ol>"
    if len(lines) > _MOST:
        yield f"<p>and {len(lines) - _MOST} more lines</p>"
    if value.services:
        users = f"; used by {_listed(value.users, view)}" if value.users else ""
        yield f"<p>for {_listed(value.services, view)}{users}</p>"
    yield "</details>"


def _badge(level: Level) -> str:
    return f' <span class="tag {level}">{level}</span>' if level else ""


def _item(line: Line, view: View) -> str:
    faded = " faded" if line.role in ("overridden", "template") else ""
    role = f" <em>{_WORDS[line.role]}</em>" if line.role in _WORDS else ""
    wrong = " <em>disagrees</em>" if line.level and not faded else ""
    where = f'<span class="path">{text(line.path)}:{line.number}</span>'
    said = f" <code>{_told(line.said, view)}</code>" if line.said else ""
    return f'<li class="{line.level}{faded}">{where} {_told(line.by, view)}{said}{role}{wrong}</li>'


def _lines(value: Value, touches: Touches, view: View) -> list[Line]:
    """Each line of a file once, by what is stated there first; the wrong ones first."""
    found: dict[tuple[str, int], list[Statement]] = {}
    for one in sorted(statements(value, touches), key=lambda one: one.role == "refers"):
        found.setdefault((one.place.path, view.span(one.place).line), []).append(one)
    lines = [_line(path, number, group, touches) for (path, number), group in found.items()]
    return sorted(lines, key=lambda line: (not line.level, line.path, line.number))


def _line(path: str, number: int, group: Sequence[Statement], touches: Touches) -> Line:
    met = [touch for one in group for touch in touches.at(one.place)]
    first = group[0]
    names = list(dict.fromkeys(one.by for one in group if one.role == first.role))
    said = list(dict.fromkeys(one.said for one in group if one.role == first.role and one.said))
    return Line(
        path=path, number=number, by=", ".join(names[:3]), said=said[-1] if said else "", role=first.role,
        level=worst(touch.level for touch in met), findings=tuple(sorted({touch.number for touch in met})),
    )  # fmt: skip


def _listed(names: Sequence[str], view: View) -> str:
    return ", ".join(f"<code>{_told(name, view)}</code>" for name in names)


def _told(said: str, view: View) -> str:
    return text(said)
