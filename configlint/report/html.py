"""One page that needs nothing else: findings with their excerpts, to be filtered by rule, level and text."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from configlint.model.finding import Finding
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.excerpt import Excerpts, Mark, Row, by_file, marks
from configlint.report.htmlparts import SCRIPT, STYLE
from configlint.report.screen import char_width, screen, visible
from configlint.report.summary import sentences, word
from configlint.report.view import View

_ROOM = 200
"""Columns of an excerpt; more than a screen has, for the page can scroll."""
_LEVELS = ("error", "warning", "info", "unverifiable")


def render(result: Result, options: Options) -> str:
    view = View(result)
    excerpts = Excerpts(sources=view.sources, veil=view.veil, screen=screen("utf-8"), room=_ROOM)
    lines = [*_head(), *_overview(view, options), *_form(result)]
    for finding in result.findings:
        lines += _article(finding, view, excerpts)
    lines += ["</main>", f"<script>{SCRIPT}</script>", "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def _head() -> Iterator[str]:
    """The policy lets the browser run this page's own style and script and load nothing at all."""
    own = f"style-src {_digest(STYLE)}; script-src {_digest(SCRIPT)}"
    policy = f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield "<title>configlint</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _overview(view: View, options: Options) -> Iterator[str]:
    told = Options(version=options.version, verbose=True, command=options.command)
    verdict, *rest = sentences(view.result, told)
    yield f"<header><h1>configlint {_text(options.version)}</h1>"
    yield f'<p class="verdict">{_text(verdict)}</p>'
    said = [*rest, *(f"note: {view.say(note)}" for note in view.result.notes)]
    if said:
        yield f'<ul class="said">{"".join(f"<li>{_text(sentence)}</li>" for sentence in said)}</ul>'
    yield "</header>"


def _form(result: Result) -> Iterator[str]:
    present = {word(finding) for finding in result.findings}
    rules = sorted({finding.rule for finding in result.findings})
    yield "<main>"
    yield "<form hidden>"
    yield '<input type="search" name="text" placeholder="file, key or word" aria-label="Filter by text">'
    options = "".join(f"<option>{_text(rule)}</option>" for rule in rules)
    yield f'<select name="rule" aria-label="Filter by rule"><option value="">all rules</option>{options}</select>'
    for level in _LEVELS:
        if level in present:
            box = f'<input type="checkbox" name="level" value="{level}" checked>'
            yield f'<label class="{level}">{box} <span class="tag">{level}</span></label>'
    yield '<output id="count" aria-live="polite"></output>'
    yield "<span><kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>/</kbd> filter</span>"
    yield "</form>"


def _article(finding: Finding, view: View, excerpts: Excerpts) -> Iterator[str]:
    level = word(finding)
    yield f'<article class="{level}" tabindex="-1" data-level="{level}" data-rule="{_text(finding.rule)}">'
    yield f'<h2><span class="tag">{level}[{_text(finding.rule)}]</span> {_text(view.say(finding.message))}</h2>'
    for group in by_file(marks(finding)):
        yield f'<div class="path">{_text(view.at(group[0].place))}</div>'
        rows = "\n".join(line for row in excerpts.rows(group) for line in _row(row, view))
        yield f"<pre>{rows}</pre>" if rows else ""
    for kind, note in _notes(finding):
        yield f'<p class="note"><strong>{kind}:</strong> {_text(view.say(note))}</p>'
    yield "</article>"


def _row(row: Row, view: View) -> Iterator[str]:
    """A line with its places marked, and below it what is said of each."""
    if row.gap:
        yield '<span class="number">…</span>'
    pieces, at = [], 0
    for underline in sorted(row.underlines, key=lambda each: each.column):
        start, end = (_index(row.text, column) for column in (underline.column, underline.column + underline.size))
        if start >= at and start < end:
            pieces += [_text(row.text[at:start]), f"<mark{_class(underline.mark)}>{_text(row.text[start:end])}</mark>"]
            at = end
    pieces.append(_text(row.text[at:]))
    if row.text:
        yield f'<span class="number">{row.number:>4}</span>  {"".join(pieces)}'
    for underline in row.underlines:
        if underline.mark.label:
            kind = "label primary" if underline.mark.primary else "label"
            yield f'      <span class="{kind}">{_text(view.say(underline.mark.label))}</span>'


def _class(mark: Mark) -> str:
    return ' class="primary"' if mark.primary else ""


def _index(text: str, column: int) -> int:
    """The index of the character at a column."""
    at = 0
    for index, char in enumerate(text):
        if at >= column:
            return index
        at += char_width(char)
    return len(text)


def _notes(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.help:
        yield "help", finding.help
    if finding.fix:
        yield "fix", finding.fix.title
        if finding.fix.note:
            yield ("then" if finding.fix.safety == "safe" else "unsafe"), finding.fix.note


def _text(text: str) -> str:
    return escape(visible(text))
