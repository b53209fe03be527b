"""Where the nodes of a drawing stand: an order with few crossings, and heights that keep links level."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from configlint.model.record import record
from configlint.report.html.drawing import Drawing, Link, Node

HEIGHT, GAP, HEAD = 42, 12, 34
"""Of a node, between two of them, and of the headings."""
WIDTHS = (168, 188, 138, 138)
BETWEEN = 58
"""Between two columns."""
_SWEEPS = 4
_STEP = HEIGHT + GAP


class Box(NamedTuple):
    """The upper left corner of a node, and its width."""

    x: float
    y: float
    width: float


class Ends(NamedTuple):
    """The heights at which a link leaves one node and reaches another."""

    start: float
    end: float


@record
class Layout:
    """`ends` are those of the drawing's links, in their order."""

    boxes: Mapping[str, Box]
    ends: tuple[Ends, ...]
    width: float
    height: float


def layout(drawn: Drawing) -> Layout:
    """Coordinates of every node. The same drawing gives the same layout."""
    near = _neighbours(drawn.links)
    columns = _ordered([[node for node in drawn.nodes if node.column == column] for column in range(4)], near)
    room = max(len(column) for column in columns) * _STEP - GAP
    heights = _heights(columns, near, room)
    boxes = {
        node.id: Box(left(number), HEAD + heights[node.id], WIDTHS[number])
        for number, column in enumerate(columns)
        for node in column
    }
    ends = tuple(_ends(drawn.links, boxes))
    return Layout(boxes=boxes, ends=ends, width=sum(WIDTHS) + 3 * BETWEEN, height=HEAD + max(room, HEIGHT) + 2)


def _ends(links: Sequence[Link], boxes: Mapping[str, Box]) -> Iterator[Ends]:
    """The links of one side of a node are spread along it, in the order in which they arrive."""
    starts: dict[str, list[int]] = defaultdict(list)
    ends: dict[str, list[int]] = defaultdict(list)
    for number, link in enumerate(links):
        starts[link.start].append(number)
        ends[link.end].append(number)
    at: dict[tuple[str, int], float] = {}
    for side, others in ((starts, "end"), (ends, "start")):
        for name, numbers in side.items():
            numbers.sort(key=lambda number: boxes[getattr(links[number], others)].y)
            room = min(_SPREAD, (HEIGHT - 12) / len(numbers))
            for place, number in enumerate(numbers):
                at[name, number] = boxes[name].y + HEIGHT / 2 + (place - (len(numbers) - 1) / 2) * room
    for number, link in enumerate(links):
        yield Ends(at[link.start, number], at[link.end, number])


_SPREAD = 9
"""Between two links that meet at a node, at most."""


def left(column: int) -> float:
    return sum(WIDTHS[:column]) + column * BETWEEN


def _neighbours(links: Sequence[Link]) -> Mapping[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for link in links:
        near[link.start].append(link.end)
        near[link.end].append(link.start)
    return near


def _ordered(columns: list[list[Node]], near: Mapping[str, list[str]]) -> list[list[Node]]:
    """Each column by the mean position of its neighbours, again and again (the barycentre method)."""
    for sweep in range(_SWEEPS):
        for number in (0, 1, 2, 3) if sweep % 2 else (1, 0, 2, 3, 2, 1):
            at = {node.id: (place + 0.5) / len(column) for column in columns for place, node in enumerate(column)}
            columns[number] = sorted(columns[number], key=lambda node: _mean(near[node.id], at, at[node.id]))
    return columns


def _mean(names: Sequence[str], at: Mapping[str, float], otherwise: float) -> float:
    known = [at[name] for name in names if name in at]
    return sum(known) / len(known) if known else otherwise


def _heights(columns: Sequence[Sequence[Node]], near: Mapping[str, list[str]], room: float) -> Mapping[str, float]:
    """Each node as high as its neighbours are on the mean, as far as the order and the gaps allow."""
    at = {
        node.id: (room - (len(column) * _STEP - GAP)) / 2 + place * _STEP
        for column in columns
        for place, node in enumerate(column)
    }
    for _ in range(_SWEEPS):
        for column in columns:
            wanted = [_mean(near[node.id], at, at[node.id]) for node in column]
            at |= zip((node.id for node in column), _apart(wanted, room - HEIGHT), strict=True)
    return at


def _apart(wanted: Sequence[float], last: float) -> list[float]:
    """The wanted heights, moved apart: the mean of pushing downwards and of pushing upwards."""
    down: list[float] = []
    for number, height in enumerate(wanted):
        lowest = last - (len(wanted) - 1 - number) * _STEP
        down.append(min(max(height, down[-1] + _STEP if down else 0), lowest))
    up: list[float] = []
    for number, height in reversed(list(enumerate(wanted))):
        up.append(max(min(height, up[-1] - _STEP if up else last), number * _STEP))
    return [round((one + other) / 2, 1) for one, other in zip(down, reversed(up), strict=True)]
