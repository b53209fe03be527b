"""Comments that silence a finding: `configlint: ignore[rule] reason` beside it, `ignore-file[rule]` at the top."""

import re
from collections.abc import Iterable, Mapping, Sequence

from configlint.model.cell import cell
from configlint.model.document import Comment, Document, Lines
from configlint.model.finding import Finding
from configlint.model.record import record
from configlint.model.tables import EVERY_STACK, Suppression
from configlint.model.text import Place, Text

_COMMENT = re.compile(r"configlint:\s*(ignore|ignore-file)\[([^\]]*)\]")
_HEAD = 10
"""The first lines of a file, in which `ignore-file` counts."""


@record
class Silence:
    """One rule that one comment switches off: on `lines` of `path`, or in all of the file where they are empty."""

    rule: str
    text: Text
    path: str
    lines: tuple[int, ...]

    def covers(self, finding: Finding, positions: Mapping[str, Lines]) -> bool:
        if finding.rule != self.rule:
            return False
        places = (finding.place, *(label.place for label in finding.related))
        return any(self._at(place, positions) for place in places if place.path == self.path)

    def _at(self, place: Place, positions: Mapping[str, Lines]) -> bool:
        return not self.lines or positions[place.path].position(place.start).line in self.lines


def silences(documents: Iterable[Document]) -> list[Silence]:
    """What the comments of all files switch off, in their order."""
    found: list[Silence] = []
    for document in documents:
        lines = Lines(document.content) if document.comments else None
        for comment in document.comments:
            if lines is not None:
                found.extend(_read(document.path, comment, lines))
    return found


def _read(path: str, comment: Comment, lines: Lines) -> Iterable[Silence]:
    match = _COMMENT.search(comment.text)
    if match is None:
        return
    line = lines.position(comment.place.start).line
    whole = match[1] == "ignore-file"
    if whole and line > _HEAD:
        return
    covered: tuple[int, ...] = () if whole else (line, line + 1) if comment.alone else (line,)
    text = Text.exactly(comment.text, comment.place)
    start = match.start(2)
    for name in match[2].split(","):
        skipped = len(name) - len(name.lstrip())
        word = text[start + skipped : start + skipped + len(name.strip())]
        start += len(name) + 1
        if word.value:
            yield Silence(rule=word.value, text=word, path=path, lines=covered)


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
