"""A page for a job's summary or a comment, in GitHub's Markdown: what to do first, the rest folded."""

from collections.abc import Iterable, Iterator, Sequence

from configlint.model.finding import Finding
from configlint.model.regex import regex
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import Options
from configlint.report.screen import inert, visible
from configlint.report.summary import absent, advice, fixable, plural, reasons, silenced, unchecked, verdict, word
from configlint.report.view import View

LARGEST = 900_000
"""Bytes of the tables. GitHub refuses a step's summary of more than a mebibyte."""
_PLACES, _REASONS = 10, 5
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "\\": "&#92;"}
"""Characters of tables, HTML and escapes. Unlike a backslash, an entity means the same in every reader."""
_ACTIVE = regex(r"[\\*_\[\]<>|~&$]|:(?=//)")
"""What means something within a line of GitHub's Markdown, besides the backtick. No text of a file begins a line."""
_NO_SPAN = regex(r"[`|\\]")
"""What a code span in a table cannot hold."""


def render(result: Result, options: Options) -> str:
    view, room = View(result), _Room(LARGEST)
    errors, warnings, quiet = (
        [finding for finding in result.findings if finding.severity == severity]
        for severity in ("error", "warning", "info")
    )
    loud = errors + warnings
    more = [_sentence(one) for one in (fixable(loud, options.command), advice(result, len(loud))) if one]
    blocks = [["## configlint"], [" ".join([f"**{_sentence(verdict(result))}**", *more])]]
    blocks.append(list(_findings(view, loud, room)))
    blocks.append(list(_unchecked(view)))
    blocks.append(_folded(_quietly(result), _findings(view, quiet, room)))
    blocks.append(_folded(_vacuously(result), [", ".join(code(rule) for rule in result.summary.vacuous)]))
    blocks.append([_sentence(silenced(result))] if silenced(result) else [])
    blocks.append([f"- note: {plain(note)}" for note in result.notes])
    return inert("\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n")


class _Room:
    """The bytes that are left for rows."""

    def __init__(self, size: int) -> None:
        self._left = size

    def takes(self, line: str) -> bool:
        self._left -= len(line.encode(errors="replace")) + 1
        return self._left >= 0


def _findings(view: View, findings: Sequence[Finding], room: _Room) -> Iterator[str]:
    if not findings:
        return
    yield "| | Rule | Where | What |"
    yield "|---|---|---|---|"
    for number, finding in enumerate(findings):
        row = _row(view, finding)
        if not room.takes(row):
            yield f"| | | | … and {len(findings) - number} more |"
            return
        yield row


def _row(view: View, finding: Finding) -> str:
    places = "<br>".join(code(view.at(place)) for place in _places(finding))
    return f"| {word(finding)} | {code(finding.rule)} | {places} | {_what(view, finding)} |"


def _places(finding: Finding) -> list[Place]:
    return list(dict.fromkeys((finding.place, *(label.place for label in finding.related))))[:_PLACES]


def _what(view: View, finding: Finding) -> str:
    lines = [finding.message]
    if finding.advice:
        lines.append(f"help: {finding.advice}")
    if finding.fix:
        unsafe = " --unsafe" if finding.fix.safety == "unsafe" else ""
        lines.append(f"fix: {finding.fix.title} (configlint fix{unsafe})")
    return "<br>".join(plain(line) for line in lines)


def _unchecked(view: View) -> Iterator[str]:
    """Which rules could not be checked and why, and how to provide the missing files."""
    found = reasons(view.result)
    if not found:
        return
    said = (unchecked(view.result, everything=False), absent(view.result))
    yield from ("### Not checked", "", " ".join(_sentence(one) for one in said if one), "")
    yield from ("| Rule | Reason |", "|---|---|")
    for rule, why in found.items():
        more = [f"and {len(why) - _REASONS} more"] if len(why) > _REASONS else []
        listed = "<br>".join([*(plain(one) for one in why[:_REASONS]), *more])
        yield f"| {code(rule)} | {listed} |"


def _folded(title: str, lines: Iterable[str]) -> list[str]:
    return ["<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>"] if title else []


def _quietly(result: Result) -> str:
    info, unverifiable = result.summary.info, result.summary.unverifiable
    parts = [f"{plural(info, 'finding')} at info level"] * bool(info)
    parts += [f"{plural(unverifiable, 'unverifiable place')}"] * bool(unverifiable)
    return ", ".join(parts)


def _vacuously(result: Result) -> str:
    rules = result.summary.vacuous
    return f"{plural(len(rules), 'rule')} found nothing to check here" if rules else ""


def _sentence(text: str) -> str:
    """A sentence of ours, whose backticks mean code."""
    return _ACTIVE.sub(lambda match: _inactive(match[0]), visible(text))


def _inactive(sign: str) -> str:
    return "&#58;" if sign == ":" else _ENTITIES.get(sign, "\\" + sign)


def plain(text: str) -> str:
    """Text that Markdown shows as it is, in one line."""
    return _sentence(text).replace("`", "&#96;")


def code(text: str) -> str:
    """Text as code, in one line. What would end a code span or a cell of a table stands in HTML instead."""
    text = visible(text)
    return f"<code>{plain(text)}</code>" if _NO_SPAN.search(text) or text != text.strip() else f"`{text}`"
