"""What a fix would change, as a masked diff: file, line and key are seen, no secret is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from configlint.model.finding import Edit
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Place, mask
from configlint.report import Options
from configlint.report.excerpt import window
from configlint.report.masking import Range, Veil
from configlint.report.pen import Pen
from configlint.report.screen import Screen, inert, screen
from configlint.report.source import Sources

CONTEXT = 2
"""Unchanged lines around a change."""


@record
class Change:
    """What a plan does to one file. `edits` are those that lead from `old` to `new`; `titles` say what they are for."""

    path: str
    old: str
    new: str
    edits: tuple[Edit, ...]
    titles: tuple[str, ...] = ()


def render_diff(changes: Sequence[Change], secrets: Mapping[str, Sequence[Place]], options: Options) -> str:
    """The changes as a unified diff would show them. `secrets` are the known places in the old contents by path."""
    known: dict[str, list[Place]] = {}
    contents: dict[str, str] = {}
    for change in changes:
        moves = _Moves(change)
        before = [place for place in secrets.get(change.path, ()) if place.start < place.end]
        replaced = [edit.place for edit in change.edits if edit.secret]
        written = [_written(edit, moves.spans[edit], change.old) for edit in change.edits if edit.secret]
        known[_OLD + change.path] = [*before, *replaced]
        known[_NEW + change.path] = [*map(moves.moved, before), *written]
        contents |= {_OLD + change.path: change.old, _NEW + change.path: change.new}
    page = _Page(
        veil=Veil(contents, known),
        sources=Sources(contents),
        screen=screen(options.encoding),
        pen=Pen(color=options.color),
    )
    return inert("".join(f"{line}\n" for change in changes for line in page.file(change)))


def _written(edit: Edit, span: Place, old: str) -> Place:
    """The secret that an edit writes: all of its text, but for the key of a line that it adds."""
    adds_line = edit.new.startswith(("\n", "\r\n")) or edit.place.start == 0 or old[edit.place.start - 1] == "\n"
    key = _KEY.match(edit.new) if adds_line and edit.place.start == edit.place.end else None
    return Place(span.path, span.start + (key.end() if key else 0), span.end)


_KEY = regex(r"\s*(?:- )?[\"']?[A-Za-z_]\w{0,99}[\"']?(?:=|: ?)[\"']?")

_OLD, _NEW = "old/", "new/"
"""Before the path, for the two sides of a change."""


class _Moves:
    """Where the places of an old content are in the new one."""

    def __init__(self, change: Change) -> None:
        self.spans: dict[Edit, Place] = {}
        shift = 0
        for edit in sorted(change.edits, key=lambda edit: edit.place):
            start = edit.place.start + shift
            self.spans[edit] = Place(edit.place.path, start, start + len(edit.new))
            shift += len(edit.new) - (edit.place.end - edit.place.start)

    def moved(self, place: Place) -> Place:
        """The place, widened over every edit that it touches."""
        touched = [span for edit, span in self.spans.items() if _touch(edit.place, place)]
        start = min([self._offset(place.start), *(span.start for span in touched)])
        end = max([self._offset(place.end), *(span.end for span in touched)])
        return Place(place.path, start, end)

    def _offset(self, offset: int) -> int:
        shifts = [span.end - edit.place.end for edit, span in self.spans.items() if edit.place.end <= offset]
        return offset + (shifts[-1] if shifts else 0)


def _touch(edited: Place, place: Place) -> bool:
    """Whether an edit changes characters of a place, or inserts some in it or at its edge."""
    if edited.start == edited.end:
        return place.start <= edited.start <= place.end
    return edited.start < place.end and place.start < edited.end


class _Block(NamedTuple):
    """Lines `before` of the old content become lines `after` of the new one. Numbers from 1, the end exclusive."""

    before: Range
    after: Range


@record
class _Page:
    """What the diff of every file needs."""

    veil: Veil
    sources: Sources
    screen: Screen
    pen: Pen

    def file(self, change: Change) -> Iterator[str]:
        yield self.pen.bold(self.screen.show(f"--- {change.path}"))
        yield self.pen.bold(self.screen.show(f"+++ {change.path}"))
        for title in change.titles:
            yield f"    {self.screen.show(self.veil.scrub(title))}"
        spans = _Moves(change).spans
        for hunk in _hunks(self.blocks(change, spans)):
            yield from self.hunk(change, hunk, spans)

    def blocks(self, change: Change, spans: Mapping[Edit, Place]) -> list[_Block]:
        """The changed lines, those of edits side by side together."""
        merged: list[_Block] = []
        for edit, span in spans.items():
            before, after = self.rows(_OLD, edit.place), self.rows(_NEW, span)
            if merged and before.start <= merged[-1].before.end:
                last = merged.pop()
                before = Range(last.before.start, max(before.end, last.before.end))
                after = Range(last.after.start, max(after.end, last.after.end))
            merged.append(_Block(before, after))
        return [self.trimmed(change, block) for block in merged]

    def rows(self, side: str, place: Place) -> Range:
        path = side + place.path
        span = self.sources.span(place._replace(path=path))
        return Range(span.line, min(span.end_line, _line_count(self.sources, path)) + 1)

    def trimmed(self, change: Change, block: _Block) -> _Block:
        """The block without the lines at its ends that stay as they are."""
        old = [self.source(_OLD + change.path, number) for number in range(*block.before)]
        new = [self.source(_NEW + change.path, number) for number in range(*block.after)]
        shorter = min(len(old), len(new))
        first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
        last = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
        return _Block(
            Range(block.before.start + first, block.before.end - last),
            Range(block.after.start + first, block.after.end - last),
        )

    def source(self, path: str, number: int) -> str:
        start, end = self.sources.line_bounds(path, number)
        return self.sources.contents[path][start:end]

    def hunk(self, change: Change, blocks: Sequence[_Block], spans: Mapping[Edit, Place]) -> Iterator[str]:
        old, new = _OLD + change.path, _NEW + change.path
        first, last = blocks[0].before.start, blocks[-1].before.end
        until = min(last + CONTEXT, _line_count(self.sources, old) + 1)
        removed = [edit.place._replace(path=old) for edit in spans]
        added = [span._replace(path=new) for span in spans.values()]
        yield self.pen.related(f"@@ line {first} @@")
        at = max(1, first - CONTEXT)
        for block in blocks:
            yield from (f"  {self.line(old, number, removed)}" for number in range(at, block.before.start))
            yield from (self.pen.removed(f"- {self.line(old, row, removed)}") for row in range(*block.before))
            yield from (self.pen.added(f"+ {self.line(new, row, added)}") for row in range(*block.after))
            at = block.before.end
        yield from (f"  {self.line(old, number, removed)}" for number in range(at, until))

    def line(self, path: str, number: int, edited: Sequence[Place]) -> str:
        """A line with its secrets masked, a very long one cut around its first edit."""
        bounds = Range(*self.sources.line_bounds(path, number))
        inside = [place for place in edited if place.start <= bounds.end and bounds.start <= place.end]
        content = self.sources.contents[path]
        part = window(content, bounds, inside[0] if inside else Place(path, bounds.start, bounds.start))
        pieces, at = ["…" * (part.start > bounds.start)], part.start
        for span in self.veil.hidden(path, part.start, part.end):
            pieces += [content[at : span.start], _masked(content, span, [one for one in inside if _meet(span, one)])]
            at = span.end
        line = "".join([*pieces, content[at : part.end], "…" * (part.end < bounds.end)])
        return "".join(map(self.screen.glyph, line)) if "\t" in line else self.screen.show(line)


def _masked(content: str, span: Range, edits: Sequence[Place]) -> str:
    """The mask of hidden characters. Its length is that of the value that is exchanged, which tells the two apart."""
    if not edits:
        return "<secret>"
    first, last = max(span.start, edits[0].start), min(span.end, edits[-1].end)
    return mask(content[first:last].strip("\"'"))


def _meet(span: Range, place: Place) -> bool:
    return span.start < place.end and place.start < span.end


def _line_count(sources: Sources, path: str) -> int:
    """Lines of a content; nothing after its last line feed is no line."""
    lines = sources.lines(path)
    return len(lines) - (not lines.content or lines.content.endswith("\n"))


def _hunks(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Blocks whose contexts meet are shown together."""
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block.before.start - hunk[-1].before.end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk
