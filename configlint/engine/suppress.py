"""Comments that silence a finding: `configlint: ignore[rule] reason` beside it, `ignore-file[rule]` at the top."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from configlint.model.cell import cell
from configlint.model.document import Comment, Document, Lines
from configlint.model.finding import Finding
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.tables import EVERY_STACK, Suppression
from configlint.model.text import Place, Text
from configlint.rules.errors import near

_COMMENT = regex(r"configlint:\s*(ignore(?:-\w+)*)(?![\w-])(?:([ \t]*)\[([^\]]*)(\]?))?", re.IGNORECASE)
"""What is meant as a suppression: (word, blanks before the bracket, names, the closing bracket)."""
_NAME = regex(r"[\w-]{1,60}")
_HEAD = 10
"""The first lines of a file, in which `ignore-file` counts."""


@record
class Silence:
    """One rule that one comment switches off: on `lines` of `path`, or in all of the file where they are None.

    `spoken` is where the comment begins to speak of it, and `document` the file. With a `fault` its form is wrong, and
    it switches nothing off.
    """

    rule: str
    text: Text
    path: str
    lines: tuple[int, ...] | None
    comment: Comment
    spoken: int
    document: Document
    fault: str = ""


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
        found = [(match, _fault(match)) for match in _COMMENT.finditer(comment.text)]
        if not found:
            continue
        match, fault = next((one for one in found if not one[1]), found[0])
        start = document.content.find(comment.text, comment.place.start)
        text = Text.exactly(comment.text, Place(document.path, start, start + len(comment.text)))
        covered = _covered(match[1], line, alone)
        # What is in the brackets of a faulty one may be a reason: only the names of others are shown.
        for word in [text[match.start(1) : match.end(1)]] if fault else _words(text, match):
            yield Silence(
                rule="" if fault else word.raw, text=word, path=document.path, lines=covered, comment=comment,
                spoken=start + match.start(), document=document, fault=fault,
            )  # fmt: skip


def _fault(match: re.Match[str]) -> str:
    """Why a comment suppresses nothing, whatever there is to suppress; empty where its form is right."""
    word, blank, names, closing = match.groups()
    if word not in ("ignore", "ignore-file"):
        return "only `ignore[rule-id]` and `ignore-file[rule-id]` suppress"
    if names is not None and blank:
        return f"there is a blank before the bracket: write `{word}[rule-id]`"
    if names is not None and not closing:
        return f"the bracket is not closed: write `{word}[rule-id]`"
    named = [name.strip() for name in (names or "").split(",") if name.strip()]
    right = named and all(map(_NAME.fullmatch, named))
    return "" if right else f"the rule is missing: write `{word}[rule-id]`"


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


def _words(text: Text, match: re.Match[str]) -> Iterator[Text]:
    """The rules in the brackets."""
    start = match.start(3)
    for name in match[3].split(","):
        skipped = len(name) - len(name.lstrip())
        word = text[start + skipped : start + skipped + len(name.strip())]
        start += len(name) + 1
        if word.raw:
            yield word


def apply(
    findings: Sequence[Finding], found: Sequence[Silence], positions: Mapping[str, Lines]
) -> tuple[list[Finding], set[Silence]]:
    """The findings that nobody silenced, and the silences that were needed."""
    by_line: dict[tuple[str, str, int | None], list[Silence]] = {}
    for silence in found:
        for line in (None,) if silence.lines is None else silence.lines:
            by_line.setdefault((silence.rule, silence.path, line), []).append(silence)
    silent = {(silence.rule, silence.path) for silence in found}
    kept, used = [], set()
    for finding in findings:
        spoken_of = {place for place in finding.places if (finding.rule, place.path) in silent}
        lines = {(place.path, positions[place.path].position(place.start).line) for place in spoken_of}
        keys = {(finding.rule, path, at) for path, line in lines for at in (line, None)}
        covering = [silence for key in keys for silence in by_line.get(key, ())]
        used.update(covering)
        if not covering:
            kept.append(finding)
    return kept, used


def rows(found: Iterable[Silence], used: set[Silence], silent: set[str], known: set[str]) -> list[Suppression]:
    """The table `suppressions`. A rule that is `silent` (switched off, or unverifiable somewhere) accuses nobody.

    A stale one can be removed, unless its rule is not `known`: then the name may be a slip.
    """
    made: list[Suppression] = []
    for _, group in groupby(found, key=lambda one: one.comment):
        several = list(group)
        needed = [one in used or one.rule in silent for one in several]
        stays = [needs or one.rule not in known for one, needs in zip(several, needed, strict=True)]
        for one, needs, gone in zip(several, needed, _removable(several, stays), strict=True):
            made.append(
                Suppression(
                    stack=EVERY_STACK,
                    at=one.text,
                    rule=cell(one.text),
                    used=needs,
                    fault=_reason(one, known),
                    gone=gone,
                )
            )
    return made


def _reason(one: Silence, known: set[str]) -> str:
    """Why a silence has no effect, if it has none."""
    if one.fault:
        return one.fault
    if one.rule not in known:
        return f"no rule is called '{one.rule}'{near(one.rule, known)}"
    if one.lines == ():
        return f"`ignore-file` counts only in the first {_HEAD} lines"
    return f"{one.rule} reports nothing here"


def _removable(several: Sequence[Silence], stays: Sequence[bool]) -> list[Place | None]:
    """What goes when each silence of one comment goes: its rule's name where others stay, else the comment."""
    if not any(stays):
        return [_remark(several[0])] * len(several)
    places = [place for one in several if (place := one.text.place)]
    first = list(stays).index(True)
    found: list[Place | None] = []
    for index, place in enumerate(places):
        if stays[index]:
            found.append(None)
        elif index < first:  # with the comma that follows
            found.append(place._replace(end=places[index + 1].start))
        else:  # with the one before
            found.append(place._replace(start=places[index - 1].end))
    return found


def _remark(one: Silence) -> Place | None:
    """The comment with the white space before it, or with its line where it stands alone.

    What it says before it speaks to configlint stays. None where that cannot be parted: in a comment that has an end.
    """
    content, place = one.document.content, one.comment.place
    sign = content[place.start : one.spoken]
    start = place.start
    if sign.strip("#/*! \t"):
        if sign.startswith("/*"):
            return None
        start = one.spoken
    elif one.comment.alone:
        return _line(content, place)
    while content[start - 1 : start] in (" ", "\t"):
        start -= 1
    return place._replace(start=start)


def _line(content: str, place: Place) -> Place:
    """All lines of a comment that stands alone, with the last one's end; a byte order mark stays."""
    start = content.rfind("\n", 0, place.start) + 1
    end = content.find("\n", place.end) + 1 or len(content)
    return place._replace(start=start + content.startswith("\ufeff", start), end=end)
