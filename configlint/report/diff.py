"""What a fix would change, as a patch: `git apply` takes it, except where a secret is masked in it, which it says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from configlint.model.finding import Edit
from configlint.model.quotable import Quotable
from configlint.model.record import record
from configlint.model.text import Place
from configlint.report import Options
from configlint.report.colours import Pen
from configlint.report.moved_places import Moves
from configlint.report.patchline import Letters, Line, Side, line
from configlint.report.ranges import Range
from configlint.report.screen import Screen, inert, screen
from configlint.report.source import Sources

CONTEXT = 2
"""Unchanged lines around a change, as far as nothing in them is masked. One behind it is needed by git."""
MASKED = "secrets are masked: git apply rejects this patch; configlint fix writes it"


@record
class Change:
    """What a plan does to one file. `edits` are those that lead from `old` to `new`; `titles` say what they are for."""

    path: str
    old: str
    new: str
    edits: tuple[Edit, ...]
    titles: tuple[str, ...] = ()


def render_diff(
    changes: Sequence[Change],
    secrets: Mapping[str, Sequence[Place]],
    quotable: Mapping[str, Quotable],
    options: Options,
) -> str:
    """The changes as a unified diff. `secrets` and `quotable` are of the old contents, by path."""
    page = _Page(screen=screen(options.encoding), pen=Pen(color=options.color), letters=Letters())
    files = (
        page.file(_File.of(change, secrets.get(change.path, ()), quotable.get(change.path, Quotable())))
        for change in changes
    )
    return inert("".join(f"{one}\n" for lines in files for one in lines))


class _Block(NamedTuple):
    """Lines `before` of the old content become lines `after` of the new one. Numbers from 1, the end exclusive."""

    before: Range
    after: Range


@record
class _File:
    """One change with both sides of it, and where each edit leads."""

    change: Change
    old: Side
    new: Side
    spans: Mapping[Edit, Place]

    @classmethod
    def of(cls, change: Change, secrets: Sequence[Place], quotable: Quotable) -> "_File":
        moves = Moves(change.edits)
        known = [place for place in secrets if place.start < place.end]
        harmless = [Place(change.path, *span) for span in quotable.harmless]
        edited = [edit for edit in change.edits if edit.secret]
        old = Side(
            content=Sources({change.path: change.old}),
            path=change.path,
            secrets=(*known, *(edit.place for edit in edited)),
            harmless=(*harmless, *(edit.place for edit in change.edits if not edit.secret)),
            exchanged=tuple(edit.place for edit in edited),
        )
        written = [moves.written(edit, change.old) for edit in edited]
        new = Side(
            content=Sources({change.path: change.new}),
            path=change.path,
            secrets=(*map(moves.moved, known), *written),
            harmless=(*map(moves.moved, harmless), *(moves.spans[edit] for edit in change.edits if not edit.secret)),
            exchanged=tuple(written),
        )
        return cls(change=change, old=old, new=new, spans=moves.spans)

    def blocks(self) -> list[_Block]:
        """The changed lines, those of edits side by side together."""
        merged: list[_Block] = []
        for edit, span in self.spans.items():
            before, after = self.old.rows(edit.place), self.new.rows(span)
            if merged and before.start <= merged[-1].before.end:
                last = merged.pop()
                before = Range(last.before.start, max(before.end, last.before.end))
                after = Range(last.after.start, max(after.end, last.after.end))
            merged.append(_Block(before, after))
        return [one for one in map(self._trimmed, merged) if one.before.start < one.before.end or _size(one.after)]

    def _trimmed(self, block: _Block) -> _Block:
        """The block without the lines at its ends that stay as they are."""
        old = [self.old.source(number) for number in range(*block.before)]
        new = [self.new.source(number) for number in range(*block.after)]
        shorter = min(len(old), len(new))
        first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
        last = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
        return _Block(
            Range(block.before.start + first, block.before.end - last),
            Range(block.after.start + first, block.after.end - last),
        )


def _size(rows: Range) -> int:
    return rows.end - rows.start


@record
class _Page:
    """What the diff of every file needs."""

    screen: Screen
    pen: Pen
    letters: Letters

    def file(self, file: _File) -> Iterator[str]:
        hunks = [list(self.hunk(file, blocks)) for blocks in self.hunks(file)]
        for title in file.change.titles:
            yield self.screen.show(f"# {title}")
        if not all(one.exact for hunk in hunks for _, one in hunk):
            yield f"# {MASKED}"
        yield self.pen.bold(self.name("---", "a", file.change.path))
        yield self.pen.bold(self.name("+++", "b", file.change.path))
        shift = 0
        for hunk, blocks in zip(hunks, self.hunks(file), strict=True):
            yield from self.shown(hunk, blocks, shift)
            shift += sum(_size(block.after) - _size(block.before) for block in blocks)

    def name(self, sign: str, side: str, path: str) -> str:
        """The name of a file; as git writes it, a tab ends one with blanks."""
        return f"{sign} {side}/{self.screen.show(path)}" + "\t" * (" " in path)

    def shown(self, hunk: Sequence[tuple[str, Line]], blocks: Sequence[_Block], shift: int) -> Iterator[str]:
        before = sum(sign in " -" for sign, _ in hunk)
        after = sum(sign in " +" for sign, _ in hunk)
        lead = next((at for at, (sign, _) in enumerate(hunk) if sign != " "), 0)
        first = blocks[0].before.start - lead
        old, new = first - (before == 0), first + shift - (after == 0)
        yield self.pen.related(f"@@ -{old},{before} +{new},{after} @@")
        for sign, one in hunk:
            shown = f"{sign}{one.text}"
            yield self.pen.removed(shown) if sign == "-" else self.pen.added(shown) if sign == "+" else shown
            if one.unended:
                yield "\\ No newline at end of file"

    def hunks(self, file: _File) -> Iterator[list[_Block]]:
        """Blocks whose contexts meet are shown together, unless something between them is masked."""
        hunk: list[_Block] = []
        for block in file.blocks():
            if hunk and not self.meet(file, hunk[-1], block):
                yield hunk
                hunk = []
            hunk.append(block)
        if hunk:
            yield hunk

    def meet(self, file: _File, one: _Block, two: _Block) -> bool:
        between = range(one.before.end, two.before.start)
        return len(between) <= 2 * CONTEXT and all(self.line(file.old, number).exact for number in between)

    def hunk(self, file: _File, blocks: Sequence[_Block]) -> Iterator[tuple[str, Line]]:
        """The lines of a hunk, each with its sign."""
        lead, tail = self.around(file, blocks)
        at = lead
        for block in blocks:
            yield from ((" ", self.line(file.old, number)) for number in range(at, block.before.start))
            yield from (("-", self.line(file.old, number)) for number in range(*block.before))
            yield from (("+", self.line(file.new, number)) for number in range(*block.after))
            at = block.before.end
        yield from ((" ", self.line(file.old, number)) for number in range(at, tail))

    def around(self, file: _File, blocks: Sequence[_Block]) -> tuple[int, int]:
        """The first line of the context and the one after its last."""
        first, last, count = blocks[0].before.start, blocks[-1].before.end, file.old.count
        others = [block.before for block in file.blocks() if block not in blocks]
        taken = max((other.end for other in others if other.end <= first), default=1)
        limit = min((other.start for other in others if other.start >= last), default=count + 1)
        lead = first
        while lead > max(taken, first - CONTEXT) and self.line(file.old, lead - 1).exact:
            lead -= 1
        tail = min(last + 1, limit)
        while tail < min(last + CONTEXT, limit) and self.line(file.old, tail).exact:
            tail += 1
        if tail == last and lead == first and first > 1:
            lead -= 1
        return lead, tail

    def line(self, side: Side, number: int) -> Line:
        return line(side, number, self.screen, self.letters)
