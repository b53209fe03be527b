"""Workflow commands, which GitHub Actions shows beside the lines of a pull request.

The syntax and its escapes are those of the `actions/toolkit` command module and of the runner that reads them.
"""

from collections.abc import Iterator

from configlint.model.finding import Finding
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.screen import inert, visible
from configlint.report.source import Span
from configlint.report.summary import sentences, stated
from configlint.report.view import View

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(result: Result, options: Options) -> str:
    view = View(result)
    commands = [_command(finding, view) for finding in result.findings]
    notes = [f"note: {visible(view.say(note))}" for note in result.notes]
    plain = inert("".join(f"{line}\n" for line in [" ".join(sentences(result, options)), *notes]))
    return "".join(f"{command}\n" for command in commands) + plain


def _command(finding: Finding, view: View) -> str:
    properties = ",".join(
        f"{name}={visible(value).translate(_PROPERTY)}"
        for name, value in (
            ("file", finding.place.path),
            *_position(view.span(finding.place)),
            ("title", f"configlint: {finding.rule}"),
        )
    )
    message = "\n".join(visible(view.say(line)) for line in _message(finding, view))
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
    for label in finding.related:
        yield f"{label.place.path}:{view.span(label.place).line}: {label.message}"
    if finding.help:
        yield f"help: {finding.help}"
    if finding.fix:
        yield f"fix: {finding.fix.title}"
