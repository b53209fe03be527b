"""One self-contained page: pictures of the stacks, and the findings, which can be filtered."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from configlint.model.finding import Finding
from configlint.model.picture import Picture
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.model.tables import EVERY_STACK
from configlint.report import Options
from configlint.report.html.cards import cards
from configlint.report.html.drawing import Drawing, drawing
from configlint.report.html.findings import articles, files
from configlint.report.html.markup import prose, text
from configlint.report.html.script import SCRIPT
from configlint.report.html.style import STYLE
from configlint.report.html.svg import cross, svg
from configlint.report.html.touches import Touches
from configlint.report.summary import plural, sentences, unchecked, vacuous, verdict, word
from configlint.report.view import View

_LEVELS = ("error", "warning", "info", "unverifiable")
_OPEN = 3
"""This many pictures are open at first; the others are folded."""


def render(result: Result, options: Options) -> str:
    """Findings, ordered by severity."""
    found = sorted(result.findings, key=lambda finding: _LEVELS.index(word(finding)))
    view = View(replace(result, findings=tuple(found)))
    lines = [*_head(view.result), *_overview(view, options), *_filters(found), "<main>"]
    lines += _pictures(view)
    lines += _findings(view) if found else ()
    lines += ["</main>", f"<script>{SCRIPT}</script>", "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def _findings(view: View) -> Iterator[str]:
    yield '<section class="findings" aria-label="Findings">'
    yield '<h2 class="away">Findings</h2>'
    yield from articles(view.result.findings, view)
    yield '<p class="none" hidden>No finding passes these filters.</p>'
    yield "</section>"


def _head(result: Result) -> Iterator[str]:
    """The policy lets the browser run this page's own style and script and load nothing at all."""
    policy = f"default-src 'none'; style-src {_digest(STYLE)}; script-src {_digest(SCRIPT)}"
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}; base-uri 'none'; form-action 'none'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{text(verdict(result))} configlint</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"


def _digest(part: str) -> str:
    return f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"


def _overview(view: View, options: Options) -> Iterator[str]:
    """The outcome of the run, with what could not be checked folded below."""
    result = view.result
    told = Options(version=options.version, verbose=True, command=options.command)
    first, *rest = sentences(result, told)
    apart = [sentence for sentence in (unchecked(result), vacuous(result)) if sentence in rest]
    said = [sentence for sentence in rest if sentence not in apart]
    said += [f"note: {note}" for note in result.notes]
    yield f'<header><p class="name">configlint {text(options.version)}</p>'
    yield f'<p class="keys" hidden>{_KEYS}</p>'
    yield f"<h1>{prose(first)}</h1>"
    yield from (f"<p>{prose(sentence)}</p>" for sentence in said)
    if apart:
        yield "<details><summary>What was not checked</summary>"
        yield from (f"<p>{prose(sentence)}</p>" for sentence in apart)
        yield "</details>"
    yield "</header>"


_KEYS = "<kbd>j</kbd> <kbd>k</kbd> next and previous finding · <kbd>/</kbd> filter · <kbd>Esc</kbd> clear"


def _filters(found: Sequence[Finding]) -> Iterator[str]:
    """The filters. They are hidden until the script, which they need, shows them."""
    counts = Counter(map(word, found))
    rules = sorted({finding.rule for finding in found})
    paths = sorted({path for finding in found for path in files(finding)})
    yield '<form hidden role="search" aria-label="Filter the findings">'
    yield '<input type="search" name="text" placeholder="Filter: key, file or word" aria-label="Filter by text">'
    yield from _choice("rule", "all rules", rules)
    yield from _choice("file", "all files", paths)
    yield '<fieldset><legend class="away">levels</legend>'
    for level in _LEVELS:
        if counts[level]:
            box = f'<input type="checkbox" name="level" value="{level}" checked>'
            yield f'<label class="{level}">{box} <span class="tag">{_counted(counts[level], level)}</span></label>'
    yield "</fieldset>"
    yield '<output id="count" aria-live="polite"></output>'
    yield '<button type="reset">clear</button>'
    yield "</form>"


def _counted(count: int, level: str) -> str:
    return plural(count, level) if level in ("error", "warning") else f"{count} {level}"


def _choice(field: str, everything: str, choices: Sequence[str]) -> Iterator[str]:
    options = "".join(f'<option value="{text(one)}">{text(one)}</option>' for one in choices)
    yield f'<select name="{field}" aria-label="Filter by {field}">'
    yield f'<option value="">{everything}</option>{options}</select>'


def _pictures(view: View) -> Iterator[str]:
    """The stacks, those with findings first."""
    findings = view.result.findings
    pictures = view.result.pictures or (Picture(stack="default", values=(), services=(), users=()),)
    own = _dealt(findings, [one.stack for one in pictures])
    drawn = [drawing(one, findings, f"s{number}n", own[one.stack]) for number, one in enumerate(pictures)]
    drawn = sorted((one for one in drawn if one.nodes), key=lambda one: ("error", "warning", "").index(one.level))
    if not drawn:
        return
    touches = Touches(findings)
    yield '<section class="pictures" aria-label="The stacks as pictures">'
    for number, one in enumerate(drawn):
        opened = " open" if number < _OPEN else ""
        name = text(_named(one, len(drawn)))
        yield f'<details class="picture"{opened}><summary><h2>{name}</h2></summary>'
        yield f'<div class="canvas" tabindex="0" role="region" aria-label="{name}">'
        yield from svg(one, view)
        yield "</div>"
        if one.rest:
            yield f'<p class="rest">Not drawn: {"; ".join(one.rest)}.</p>'
        if number == 0:
            yield from _legend()
        yield from cards(one, touches, view)
        yield "</details>"
    yield "</section>"


def _dealt(findings: Sequence[Finding], stacks: Sequence[str]) -> Mapping[str, set[int]]:
    """The numbers of the findings on each stack; the first one has those on none that is drawn."""
    dealt: dict[str, set[int]] = {stack: set() for stack in stacks}
    for number, finding in enumerate(findings):
        dealt[finding.stack if finding.stack in dealt else stacks[0]].add(number)
    return dealt


def _named(one: Drawing, count: int) -> str:
    if count == 1:
        return "The stack"
    return "Outside the stacks" if one.stack == EVERY_STACK else f"Stack {one.stack}"


def _legend() -> Iterator[str]:
    yield '<ul class="legend" aria-hidden="true">'
    for kind, meaning in (("", "agrees"), ("error", "disagrees"), ("warning", "a warning"), ("faded", "overridden")):
        mark = cross(18, 7) if kind in ("error", "warning") else ""
        yield f'<li><svg viewBox="0 0 36 14"><g class="link {kind}"><path d="M2 7H34"/>{mark}</g></svg>{meaning}</li>'
    yield "</ul>"
