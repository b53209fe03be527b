"""The findings of the page, each with the lines that it is about."""

from collections.abc import Iterator

from configlint.model.finding import Finding
from configlint.report.excerpt import Excerpts, Mark, Row, by_file, marks
from configlint.report.html.markup import name, prose, text
from configlint.report.screen import char_width, screen
from configlint.report.summary import word
from configlint.report.view import View

_ROOM = 200
"""Columns of an excerpt; more than a screen has, for the page can scroll."""


def articles(findings: tuple[Finding, ...], view: View) -> Iterator[str]:
    excerpts = Excerpts(sources=view.sources, veil=view.veil, screen=screen("utf-8"), room=_ROOM)
    for number, finding in enumerate(findings):
        yield from _article(number, finding, view, excerpts)


def files(finding: Finding) -> tuple[str, ...]:
    """The files of a finding, that of its own place first."""
    return tuple(dict.fromkeys(place.path for place in finding.places))


def _article(number: int, finding: Finding, view: View, excerpts: Excerpts) -> Iterator[str]:
    level, rule = word(finding), text(finding.rule)
    # A line end separates them: in a name it is spelled out.
    named = "\n".join(map(text, files(finding)))
    yield (
        f'<article class="{level}" id="{name(number)}" tabindex="-1" data-level="{level}" data-rule="{rule}" '
        f'data-files="{named}">'
    )
    yield f'<h3><span class="tag">{level}</span> <span class="rule">{rule}</span></h3>'
    yield f'<p class="message">{prose(finding.message)}</p>'
    for group in by_file(marks(finding)):
        yield f'<div class="path">{text(view.at(group[0].place))}</div>'
        rows = "\n".join(line for row in excerpts.rows(group) for line in _row(row, view))
        yield f"<pre>{rows}</pre>" if rows else ""
    for kind, note in _notes(finding):
        yield f'<p class="note"><strong>{kind}:</strong> {prose(note)}</p>'
    yield "</article>"


def _row(row: Row, view: View) -> Iterator[str]:
    """A line with its places marked, and below it what is said of each."""
    if row.gap:
        yield '<span class="number">…</span>'
    pieces, at = [], 0
    for underline in sorted(row.underlines, key=lambda each: each.column):
        start, end = (_index(row.text, column) for column in (underline.column, underline.column + underline.size))
        if start >= at and start < end:
            pieces += [text(row.text[at:start]), f"<mark{_class(underline.mark)}>{text(row.text[start:end])}</mark>"]
            at = end
    pieces.append(text(row.text[at:]))
    if row.text:
        yield f'<span class="number">{row.number:>4}</span>  {"".join(pieces)}'
    for underline in row.underlines:
        if underline.mark.label:
            kind = "label primary" if underline.mark.primary else "label"
            yield f'      <span class="{kind}">{text(underline.mark.label)}</span>'


def _class(mark: Mark) -> str:
    return ' class="primary"' if mark.primary else ""


def _index(line: str, column: int) -> int:
    """The index of the character at a column."""
    at = 0
    for index, char in enumerate(line):
        if at >= column:
            return index
        at += char_width(char)
    return len(line)


def _notes(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.advice:
        yield "help", finding.advice
    if finding.fix:
        yield "fix", finding.fix.title
        if finding.fix.note:
            yield ("then" if finding.fix.safety == "safe" else "unsafe"), finding.fix.note
