"""Workflow commands, which GitHub Actions shows beside the lines of a pull request.

The syntax and its escapes are those of the `actions/toolkit` command module and of the runner that reads them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from configlint.model.finding import Finding
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.screen import inert, visible
from configlint.report.source import Span
from configlint.report.summary import plural, sentences, stated
from configlint.report.view import View, and_more, listed

LIMIT = 10
"""Annotations of each level that GitHub shows of one step (`docs/problem-matchers.md` of actions/toolkit)."""
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(result: Result, options: Options) -> str:
    """Annotations while GitHub shows them, the other findings as lines of the log, and the summary."""
    view = View(result)
    annotated, others = _parted(result.findings)
    lines = [_command(finding, view) for finding in annotated]
    lines += [_more(_COMMANDS[level], count) for level, count in Counter(one.severity for one in others).items()]
    if others:
        lines.append("::group::Findings without an annotation")
        lines += [_line(finding, view) for finding in others]
        lines.append("::endgroup::")
    lines.append(inert(" ".join(sentences(result, replace(options, verbose=True)))))
    lines += [inert(f"note: {visible(note)}") for note in result.notes]
    return "".join(f"{line}\n" for line in lines)


def _parted(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Those that are annotated, and the others. Where a level has too many, its last annotation counts what is left."""
    counts = Counter(finding.severity for finding in findings)
    said: Counter[str] = Counter()
    annotated: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        said[finding.severity] += 1
        room = LIMIT - (counts[finding.severity] > LIMIT)
        (annotated if said[finding.severity] <= room else others).append(finding)
    return annotated, others


def _more(command: str, count: int) -> str:
    return f"::{command} title=configlint::{plural(count, f'more {command}')}: the log of this step lists them"


def _line(finding: Finding, view: View) -> str:
    return inert(visible(f"{view.at(finding.place)}: {finding.severity} {finding.rule} {stated(finding)}"))


def _command(finding: Finding, view: View) -> str:
    properties = ",".join(
        f"{name}={visible(value).translate(_PROPERTY)}"
        for name, value in (
            ("file", finding.place.path),
            *_position(view.span(finding.place)),
            ("title", f"configlint: {finding.rule}"),
        )
    )
    message = "\n".join(visible(line) for line in _message(finding, view))
    return f"::{_COMMANDS[finding.severity]} {properties}::{message.translate(_DATA)}"


def _position(span: Span) -> Iterator[tuple[str, str]]:
    """Line and columns; GitHub takes columns only within one line."""
    yield "line", str(span.line)
    yield "endLine", str(span.end_line)
    if span.line == span.end_line:
        yield "col", str(span.column)
        yield "endColumn", str(span.end_column)


def _message(finding: Finding, view: View) -> Iterator[str]:
    """The lines of an annotation: the message, the other places, what helps."""
    yield stated(finding)
    for label in listed(finding):
        yield f"{label.place.path}:{view.span(label.place).line}: {label.message}".rstrip(": ")
    yield from and_more(finding)
    if finding.advice:
        yield f"help: {finding.advice}"
    if finding.fix:
        yield f"fix: {finding.fix.title}"
