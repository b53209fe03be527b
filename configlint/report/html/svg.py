"""A drawing as inline SVG. Everything in it is an element of its own, so that the page's style and script reach it."""

from collections.abc import Iterator

from configlint.report.html.drawing import Drawing, Link, Node
from configlint.report.html.layout import HEIGHT, Box, Ends, Layout, layout, left
from configlint.report.html.markup import clipped, numbers, text
from configlint.report.view import View

HEADINGS = ("files", "values", "services", "who uses them")
_PER_CHARACTER = 7.3
"""Width of a character of a title, in a font in which all are alike."""
_SMALL = 6.5
"""The same of a note."""
_PADDING = 10


def svg(drawn: Drawing, view: View) -> Iterator[str]:
    """The picture, its links beneath its nodes, the worst links on top of the others."""
    where = layout(drawn)
    label = text(f"The stack {drawn.stack}: files, the values they state, services, and who uses them")
    yield f'<svg viewBox="-2 0 {where.width + 4:g} {where.height:g}" role="group" aria-label="{label}">'
    for column, heading in enumerate(HEADINGS):
        yield f'<text class="heading" x="{left(column):g}" y="14">{heading}</text>'
    placed = zip(drawn.links, where.ends, strict=True)
    for link, ends in sorted(placed, key=lambda pair: (_RANK[pair[0].level], not pair[0].faded)):
        yield _link(link, ends, where)
    for node in drawn.nodes:
        yield from _node(node, where, view)
    yield "</svg>"


_PART = 0.68
"""Where on its way a link has its cross."""

_RANK = {"": 0, "warning": 1, "error": 2}


def _link(link: Link, ends: Ends, where: Layout) -> str:
    start, end = where.boxes[link.start], where.boxes[link.end]
    x, to_x = start.x + start.width, end.x
    bend = (to_x - x) / 2
    curve = f"M{x:g} {ends.start:g}C{x + bend:g} {ends.start:g} {to_x - bend:g} {ends.end:g} {to_x:g} {ends.end:g}"
    kind = " ".join(filter(None, ("link", link.level, "faded" if link.faded else "")))
    data = (
        f'data-from="{link.start}" data-to="{link.end}" data-step="{link.step}" '
        f'data-values="{" ".join(link.values)}" data-findings="{numbers(link.findings)}"'
    )
    return f'<g class="{kind}" {data}><path d="{curve}"/>{_mark(link, Box(x, ends.start, to_x - x), ends.end)}</g>'


def _mark(link: Link, start: Box, end: float) -> str:
    """A cross on a link that disagrees, towards the end of its curve."""
    if not link.level:
        return ""
    x, y = round(start.x + start.width * _PART, 1), round(start.y + (end - start.y) * _PART**2 * (3 - 2 * _PART), 1)
    return cross(x, y)


def cross(x: float, y: float) -> str:
    """What tells a link that disagrees to those who do not see its colour."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="5.5"/><path d="M{x - 2.4:g} {y - 2.4:g}l4.8 4.8m0 -4.8l-4.8 4.8"/>'


def _node(node: Node, where: Layout, view: View) -> Iterator[str]:
    box = where.boxes[node.id]
    kind = " ".join(filter(None, ("node", f"of-{node.kind}", node.level)))
    yield (
        f'<g class="{kind}" id="{node.id}" data-column="{node.column}" data-findings="{numbers(node.findings)}" '
        f'transform="translate({box.x:g} {box.y:g})">'
    )
    yield f"<title>{text(_told(node))}</title>"
    yield f'<rect width="{box.width:g}" height="{HEIGHT}" rx="7"/>'
    room = box.width - 2 * _PADDING
    y = 18 if node.note else 26
    yield f'<text x="{_PADDING}" y="{y}">{text(clipped(node.title, int(room / _PER_CHARACTER)))}</text>'
    if node.note:
        note = text(clipped(node.note, int(room / _SMALL), ends=1))
        yield f'<text class="note" x="{_PADDING}" y="33">{note}</text>'
    yield "</g>"


def _told(node: Node) -> str:
    """All of it in words, as it is read out and shown on hovering."""
    whole = f"{node.note}{node.title}" if node.kind == "file" else f"{node.title}: {node.note}".removesuffix(": ")
    worst = f", {node.level}" if node.level else ""
    return f"{HEADINGS[node.column].removesuffix('s')} {whole}{worst}" if node.column < 3 else f"{whole}{worst}"
