"""One line of a patch: as it is, but for what is secret or looks so."""

from collections.abc import Sequence
from typing import NamedTuple

from configlint.model.letters import letter
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Place
from configlint.report.excerpt import window
from configlint.report.ranges import Range, merged, within, without
from configlint.report.screen import Screen
from configlint.report.source import Sources
from configlint.report.suspects import suspects

_BESIDE = 2
"""So many lines from a secret, a comment may still be about it."""
_REMARK = regex(r"(?:#|//|/\*)(?P<remark>.++)")
_COMMENTED = regex(r"\s*(?:#|//|/\*)")


class Line(NamedTuple):
    """`exact` is a line that stands in the file like this; `unended` is one without a line end."""

    text: str
    exact: bool
    unended: bool = False


class Letters:
    """A letter for each secret of a diff: equal letters are equal secrets."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, value: str) -> str:
        return self._known.setdefault(value, letter(len(self._known)))


@record
class Side:
    """A file before or after a change. `exchanged` are the secrets that an edit takes away or writes."""

    content: Sources
    path: str
    secrets: Sequence[Place]
    harmless: Sequence[Place]
    exchanged: Sequence[Place]

    @property
    def text(self) -> str:
        return self.content.contents[self.path]

    @property
    def count(self) -> int:
        """Lines of the content; nothing after its last line feed is no line."""
        lines = self.content.lines(self.path)
        return len(lines) - (not lines.content or lines.content.endswith("\n"))

    def bounds(self, number: int) -> Range:
        return Range(*self.content.line_bounds(self.path, number))

    def source(self, number: int) -> str:
        """A line with its end."""
        starts = self.content.lines(self.path).starts
        return self.text[starts[number - 1] : starts[number] if number < len(starts) else len(self.text)]

    def rows(self, place: Place) -> Range:
        span = self.content.span(place)
        return Range(span.line, min(span.end_line, self.count) + 1)

    def hidden(self, bounds: Range) -> list[Range]:
        """What is secret between two offsets, or looks so and was not recognised as anything else."""
        known = merged(within(_spans(self.secrets), bounds))
        content = self.text[bounds.start : bounds.end]
        found = [Range(one.start + bounds.start, one.end + bounds.start) for one in suspects(content)]
        if known:
            found += self._remarks(Range(known[-1].end, bounds.end))
        elif _COMMENTED.match(content) and self._near(bounds):
            found += self._remarks(bounds)
        harmless = merged(within(_spans(self.harmless), bounds))
        return merged([*known, *without(merged(found), harmless)])

    def _remarks(self, bounds: Range) -> list[Range]:
        """The comments beside a secret: what was there before is often kept in them, without any name."""
        return [Range(*match.span("remark")) for match in _REMARK.finditer(self.text, *bounds)]

    def _near(self, bounds: Range) -> bool:
        """Whether a known secret stands a few lines above or below."""
        start, end = bounds
        for _ in range(_BESIDE):
            start = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
            below = self.text.find("\n", end + 1)
            end = below if below >= 0 else len(self.text)
        return any(place.start < end and start < place.end for place in self.secrets)


def _spans(places: Sequence[Place]) -> list[tuple[int, int]]:
    return sorted((place.start, place.end) for place in places)


def line(side: Side, number: int, screen: Screen, letters: Letters) -> Line:
    """A line of one side; a very long one is cut around its first exchanged secret."""
    bounds, source = side.bounds(number), side.source(number)
    inside = [place for place in side.exchanged if place.start < bounds.end and bounds.start < place.end]
    others = [place for place in side.harmless if place.start < bounds.end and bounds.start < place.end]
    focus = next(iter(inside or others), Place(side.path, bounds.start, bounds.start))
    part = window(side.text, bounds, focus)
    pieces, at = ["…" * (part.start > bounds.start)], part.start
    hidden = side.hidden(part)
    for span in hidden:
        pieces += [side.text[at : span.start], _masked(side.text, span, inside, letters)]
        at = span.end
    text = "".join([*pieces, side.text[at : part.end], "…" * (part.end < bounds.end)])
    seen = "\t".join(screen.show(piece) for piece in text.split("\t"))
    exact = not hidden and part == bounds and seen == text
    ended = source.endswith("\n")
    mark = "\ufeff" * (number == 1 and source.startswith("\ufeff"))
    return Line(text=mark + seen + "\r" * source.endswith("\r\n"), exact=exact, unended=not ended)


def _masked(content: str, span: Range, exchanged: Sequence[Place], letters: Letters) -> str:
    met = [place for place in exchanged if span.start < place.end and place.start < span.end]
    if not met:
        return "…"
    first, last = max(span.start, met[0].start), min(span.end, met[-1].end)
    return f"<secret {letters.of(content[first:last].strip(_QUOTES))}>"


_QUOTES = "\"'"
