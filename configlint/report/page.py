"""The page that the outputs for people are written on, with source lines behind a margin."""

from collections.abc import Iterator, Sequence
from typing import Self

from configlint.model.record import record
from configlint.report import Options
from configlint.report.colours import Pen
from configlint.report.excerpt import Excerpts, Mark, Row, Underline
from configlint.report.screen import Screen, screen, width, wrapped
from configlint.report.view import Quotes

_ROOM = 120
_NARROW = 40


@record
class Page:
    """All that the parts of an output need to know of it."""

    options: Options
    screen: Screen
    pen: Pen
    view: Quotes

    @classmethod
    def of(cls, view: Quotes, options: Options) -> Self:
        return cls(options=options, screen=screen(options.encoding), pen=Pen(color=options.color), view=view)

    def prose(self, text: str) -> str:
        """A sentence without secrets, in characters that the stream can show."""
        return self.screen.show(text)


@record
class Gutter:
    """The left margin of one block: line numbers of at most `size` digits and a bar.

    `severity` colours what belongs to primary marks.
    """

    page: Page
    size: int
    severity: str

    def line(self, number: str = "", text: str = "") -> str:
        pen, bar = self.page.pen, self.page.screen.symbols.bar
        return f"{pen.dim(number.rjust(self.size) + ' ' + bar)} {text}".rstrip()

    def room(self) -> int:
        return max(_NARROW, (self.page.options.width or _ROOM) - self.size - 3)

    def file(self, group: Sequence[Mark], first: bool) -> Iterator[str]:
        """Where a file's first mark is, and its lines; its labels alone where there is nothing to see."""
        page, symbols = self.page, self.page.screen.symbols
        path, span = group[0].place.path, page.view.span(group[0].place)
        if not first:
            yield self.line()
        lead = page.pen.dim(" " * (self.size - 1) + (symbols.first if first else symbols.next).rjust(4))
        position = f":{span.line}:{span.column}" if path in page.view.sources.contents else ""
        yield f"{lead} {page.screen.show(page.options.nearby(path))}{position}"
        excerpts = Excerpts(sources=page.view.sources, veil=page.view.veil, screen=page.screen, room=self.room())
        for row in excerpts.rows(group):
            yield from self.row(row) if row.text else self.blank(row)

    def blank(self, row: Row) -> Iterator[str]:
        """What is said of an empty line, or of a file that is not there."""
        for underline in row.underlines:
            if underline.mark.label:
                yield self.line(text=self.paint(underline.mark.primary, self.page.prose(underline.mark.label)))

    def row(self, row: Row) -> Iterator[str]:
        if row.gap:
            yield self.page.pen.dim(self.page.screen.symbols.ellipsis)
        yield self.line(str(row.number), row.text)
        for underline in sorted(row.underlines, key=lambda each: not each.mark.primary):
            yield from self.underline(underline)

    def underline(self, underline: Underline) -> Iterator[str]:
        symbols, primary = self.page.screen.symbols, underline.mark.primary
        empty = underline.mark.place.start == underline.mark.place.end
        stroke = "^" if empty else (symbols.primary if primary else symbols.related) * underline.size
        stroke += symbols.ellipsis * underline.open
        label = self.page.prose(underline.mark.label)
        column = underline.column
        beside = self.room() - column - width(stroke) - 1
        if self.page.options.width is None or width(label) <= beside:
            yield self.line(text=" " * column + self.paint(primary, f"{stroke} {label}".rstrip()))
            return
        yield self.line(text=" " * column + self.paint(primary, stroke))
        indent = min(column, self.room() - min(_NARROW, width(label)))
        for line in wrapped(label, self.room() - indent):
            yield self.line(text=" " * indent + self.paint(primary, line))

    def paint(self, primary: bool, text: str) -> str:
        return self.page.pen.severity(self.severity, text) if primary else self.page.pen.related(text)

    def note(self, kind: str, note: str, last: bool) -> Iterator[str]:
        pen, symbols = self.page.pen, self.page.screen.symbols
        corner = symbols.last if last else symbols.note
        room = self.page.options.width and max(_NARROW, self.page.options.width - self.size - 6 - len(kind))
        lead, *rest = wrapped(self.page.prose(note), room)
        yield f"{' ' * self.size} {pen.dim(corner)} {pen.bold(kind + ':')} {lead}"
        for line in rest:
            yield f"{' ' * (self.size + len(corner) + len(kind) + 4)}{line}"
