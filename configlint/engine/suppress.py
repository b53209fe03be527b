"""Comments that silence a finding: `configlint: ignore[rule] reason` beside it, `ignore-file[rule]` at the top."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.model.cell import cell
from configlint.model.document import Document, Lines
from configlint.model.finding import Finding
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.tables import EVERY_STACK, Suppression
from configlint.model.text import Place, Text

_COMMENT = regex(r"configlint:\s*(ignore|ignore-file)\[([^\]]*)\]")
_HEAD = 10
"""The first lines of a file, in which `ignore-file` counts."""


@record
class Silence:
    """One rule that one comment switches off: on `lines` of `path`, or in all of the file where they are None."""

    rule: str
    text: Text
    path: str
    lines: tuple[int, ...] | None

    def covers(self, finding: Finding, positions: Mapping[str, Lines]) -> bool:
        if finding.rule != self.rule:
            return False
        places = (finding.place, *(label.place for label in finding.related))
        return any(self._at(place, positions) for place in places if place.path == self.path)

    def _at(self, place: Place, positions: Mapping[str, Lines]) -> bool:
        return self.lines is None or positions[place.path].position(place.start).line in self.lines


def silences(documents: Iterable[Document]) -> list[Silence]:
    """What the comments of all files switch off, in their order."""
    found: list[Silence] = []
    for document in documents:
        if document.comments:
            found.extend(_silences(document, Lines(document.content)))
    return found


def _silences(document: Document, lines: Lines) -> Iterator[Silence]:
    numbered = [(lines.position(comment.place.start).line, comment) for comment in document.comments]
    alone = {line for line, comment in numbered if comment.alone}
    for line, comment in numbered:
        match = _COMMENT.search(comment.text)
        if match is not None:
            start = document.content.find(comment.text, comment.place.start)
            text = Text.exactly(comment.text, Place(document.path, start, start + len(comment.text)))
            yield from _read(text, match, _covered(match[1], line, alone))


def _covered(word: str, line: int, alone: set[int]) -> tuple[int, ...] | None:
    """The lines that a comment speaks of: its own, and if it stands alone the first below that is no such comment."""
    if word == "ignore-file":
        return None if line <= _HEAD else ()
    if line not in alone:
        return (line,)
    below = line + 1
    while below in alone:
        below += 1
    return (line, below)


def _read(text: Text, match: re.Match[str], covered: tuple[int, ...] | None) -> Iterator[Silence]:
    """One for each rule in the brackets."""
    start = match.start(2)
    for name in match[2].split(","):
        skipped = len(name) - len(name.lstrip())
        word = text[start + skipped : start + skipped + len(name.strip())]
        start += len(name) + 1
        if word.value and word.place:
            yield Silence(rule=word.value, text=word, path=word.place.path, lines=covered)


def apply(
    findings: Sequence[Finding], found: Sequence[Silence], positions: Mapping[str, Lines]
) -> tuple[list[Finding], set[Silence]]:
    """The findings that nobody silenced, and the silences that were needed."""
    kept, used = [], set()
    for finding in findings:
        covering = [silence for silence in found if silence.covers(finding, positions)]
        used.update(covering)
        if not covering:
            kept.append(finding)
    return kept, used


def rows(found: Iterable[Silence], used: set[Silence], silent: set[str]) -> list[Suppression]:
    """The table `suppressions`. A rule that is `silent` (switched off, or unverifiable somewhere) accuses nobody."""
    return [
        Suppression(stack=EVERY_STACK, at=one.text, rule=cell(one.text), used=one in used or one.rule in silent)
        for one in found
    ]
