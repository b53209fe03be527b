"""Source lines as an output shows them: cut to the room there is, with columns for the marks below."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from configlint.model.finding import Finding
from configlint.model.record import record
from configlint.model.text import Place
from configlint.report.masking import MASK_WIDTH, Hidden, Veil
from configlint.report.ranges import Range
from configlint.report.screen import Screen, width
from configlint.report.source import Sources

REACH = 2000
"""Characters that are looked at on either side of a mark: a minified line may have millions."""


@record
class Mark:
    """A place in a file that a finding labels."""

    place: Place
    label: str
    primary: bool


@record
class Underline:
    """`size` columns from `column`, counted from 0 in the row's text. `open` where the place goes on below the line."""

    column: int
    size: int
    open: bool
    mark: Mark


@record
class Row:
    """A shown line. Without underlines it is context; `gap` tells that lines before it were left out."""

    number: int
    text: str
    underlines: tuple[Underline, ...] = ()
    gap: bool = False


def marks(finding: Finding) -> list[Mark]:
    """The places of a finding, its own first; a place that is named twice has one mark."""
    found = {finding.place: Mark(place=finding.place, label=finding.label, primary=True)}
    for related in finding.related:
        first = found.get(related.place)
        if first is None:
            found[related.place] = Mark(place=related.place, label=related.message, primary=False)
        elif related.message not in first.label:
            label = f"{first.label}; {related.message}" if first.label else related.message
            found[related.place] = Mark(place=first.place, label=label, primary=first.primary)
    return list(found.values())


def by_file(found: Sequence[Mark]) -> list[list[Mark]]:
    """The marks of each file, in the order in which the files are first named."""
    files: dict[str, list[Mark]] = {}
    for mark in found:
        files.setdefault(mark.place.path, []).append(mark)
    return list(files.values())


@record
class Excerpts:
    """Makes rows of at most `room` columns."""

    sources: Sources
    veil: Veil
    screen: Screen
    room: int

    def rows(self, of_file: Sequence[Mark]) -> list[Row]:
        """The rows of one file, by line. A single line between two of them is shown too."""
        rows: list[Row] = []
        ordered = sorted(of_file, key=lambda mark: (mark.place.start, mark.place.end))
        for number, group in groupby(ordered, key=lambda mark: self.sources.span(mark.place).line):
            gap = False
            if rows and number == rows[-1].number + 2:
                rows.append(self._context(of_file[0].place.path, number - 1))
            elif rows:
                gap = number > rows[-1].number + 1
            views = list(self._views(number, list(group)))
            rows.append(Row(number=number, text=views[0].text, underlines=views[0].underlines, gap=gap))
            rows += views[1:]
        return rows

    def _context(self, path: str, number: int) -> Row:
        start, end = self.sources.line_bounds(path, number)
        part = window(self.sources.contents[path], Range(start, end), Place(path, start, start))
        line = _Line(self, path, part, (), Range(start, end))
        return Row(number=number, text=line.cut(0, 0).text)

    def _views(self, number: int, group: list[Mark]) -> Iterator[Row]:
        """One row for all marks of a line if they fit into it together, else one for each group that does."""
        path = group[0].place.path
        bounds = Range(*self.sources.line_bounds(path, number))
        while group:
            part = window(self.sources.contents.get(path, ""), bounds, group[0].place)
            line = _Line(self, path, part, tuple(mark.place for mark in group), bounds)
            shown = line.cut(*line.columns(group[0].place))
            inside = [mark for mark in group if mark is group[0] or shown.holds(*line.columns(mark.place))]
            underlines = tuple(shown.underline(line, mark, self._goes_on(mark.place, bounds.end)) for mark in inside)
            yield Row(number=number, text=shown.text, underlines=underlines)
            group = [mark for mark in group if mark not in inside]

    def _goes_on(self, place: Place, line_end: int) -> bool:
        return not self.sources.contents.get(place.path, "")[line_end : place.end].isspace() and place.end > line_end


def window(content: str, bounds: Range, place: Place) -> Range:
    """The part of a line around a place that is looked at, never beginning or ending inside another word."""
    start, end = bounds
    first, last = min(max(place.start, start), end), min(max(place.end, start), end, place.start + REACH)
    if first - start > REACH:
        start = next((at + 1 for at in range(first - REACH, first) if content[at] in _SEPARATORS), first)
    if end - last > REACH:
        end = next((at for at in range(last + REACH, last, -1) if content[at] in _SEPARATORS), last)
    return Range(start, end)


_SEPARATORS = " \t\"'`,;(){}[]<>"


class _Line:
    """A part of a line in glyphs: `at[i]` is the column of its i-th character. A hidden range is one glyph.

    `lead` and `tail` stand for what `bounds`, the line, holds before and after the part.
    """

    def __init__(self, excerpts: Excerpts, path: str, part: Range, marked: Sequence[Place], bounds: Range) -> None:
        self.screen, self.room, self.part = excerpts.screen, excerpts.room, part
        content = excerpts.sources.contents.get(path, "")
        hidden = excerpts.veil.hidden(path, part.start, part.end, marked)
        self.lead = self.screen.symbols.ellipsis if bounds.start < part.start else ""
        self.tail = self.screen.symbols.ellipsis if part.end < bounds.end else ""
        self.glyphs: list[str] = []
        self.at: list[int] = []
        column, offset = len(self.lead), part.start
        for span in [*hidden, Hidden(part.end, part.end, False)]:
            for char in content[offset : span.start]:
                column = self._add(self._glyph(char), column, 1)
            if span.start < span.end:
                mask = self.screen.symbols.bullet * MASK_WIDTH if span.secret else self.screen.symbols.ellipsis
                column = self._add(mask, column, span.end - span.start)
            offset = span.end
        self.at.append(column)

    def _glyph(self, char: str) -> str:
        after_hash = char == "#" and self.glyphs and self.glyphs[-1] == "#"
        return "\\x23" if after_hash else self.screen.glyph(char)

    def _add(self, glyph: str, column: int, characters: int) -> int:
        self.glyphs += [glyph] + [""] * (characters - 1)
        self.at += [column] * characters
        return column + width(glyph)

    def columns(self, place: Place) -> Range:
        """The columns of a place, as far as it lies in this part."""
        last = len(self.at) - 1
        start = self.at[min(max(place.start - self.part.start, 0), last)]
        end_index = min(max(place.end - self.part.start, 0), last)
        end = self.at[end_index]
        if place.end > place.start and end_index > 0 and end <= start:
            # The place ends inside a mask: it covers all of that.
            end = next((column for column in self.at[end_index:] if column > start), start)
        return Range(start, max(start, end))

    def cut(self, start: int, end: int) -> "_View":
        """As much as there is room for, around the columns from `start` to `end`."""
        total = self.at[-1] + len(self.tail)
        if total <= self.room:
            return _View("".join([self.lead, *self.glyphs, self.tail]), 0, total, 0)
        focus = min(end - start, self.room // 2)
        left = max(0, min(start - (self.room - focus) // 2, total - self.room))
        right = min(total, left + self.room)
        mark = self.screen.symbols.ellipsis
        lead, tail = mark if left else self.lead, mark if right < total else self.tail
        first, last = left + len(lead), right - len(tail)
        text, column = [], first
        for index, glyph in enumerate(self.glyphs):
            if glyph and self.at[index] >= first and self.at[index] + width(glyph) <= last:
                text.append(" " * (self.at[index] - column) + glyph)
                column = self.at[index] + width(glyph)
        return _View("".join([lead, *text, tail]), first, column, left)


class _View:
    """The shown part of a line: the columns `first` to `last` of it, moved to the left by `shift`."""

    def __init__(self, text: str, first: int, last: int, shift: int) -> None:
        self.text, self.first, self.last, self.shift = text, first, last, shift

    def holds(self, start: int, end: int) -> bool:
        return self.first <= start and end <= self.last

    def underline(self, line: _Line, mark: Mark, goes_on: bool) -> Underline:
        start, end = line.columns(mark.place)
        start = max(start, self.first)
        size = max(1, min(end, self.last) - start)
        return Underline(column=start - self.shift, size=size, open=goes_on, mark=mark)
