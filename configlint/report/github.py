"""Workflow commands, which GitHub Actions shows beside the lines of a pull request.

The syntax and its escapes are those of the `actions/toolkit` command module and of the runner that reads them.
"""

from collections.abc import Iterator

from configlint.model.finding import Finding
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.masking import Veil
from configlint.report.screen import inert, visible
from configlint.report.source import Sources, Span
from configlint.report.summary import sentences, stated

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(result: Result, options: Options) -> str:
    veil, sources = Veil(result.contents, result.secrets), Sources(result.contents)
    commands = [_command(finding, veil, sources) for finding in result.findings]
    notes = [f"note: {visible(veil.scrub(note))}" for note in result.notes]
    plain = inert("".join(f"{line}\n" for line in [" ".join(sentences(result, options)), *notes]))
    return "".join(f"{command}\n" for command in commands) + plain


def _command(finding: Finding, veil: Veil, sources: Sources) -> str:
    properties = ",".join(
        f"{name}={visible(value).translate(_PROPERTY)}"
        for name, value in (
            ("file", finding.place.path),
            *_position(sources.span(finding.place)),
            ("title", f"configlint: {finding.rule}"),
        )
    )
    message = "\n".join(visible(veil.scrub(line)) for line in _message(finding, sources))
    return f"::{_COMMANDS[finding.severity]} {properties}::{message.translate(_DATA)}"


def _position(span: Span) -> Iterator[tuple[str, str]]:
    """Line and columns; GitHub takes columns only within one line."""
    yield "line", str(span.line)
    yield "endLine", str(span.end_line)
    if span.line == span.end_line:
        yield "col", str(span.column)
        yield "endColumn", str(span.end_column)


def _message(finding: Finding, sources: Sources) -> Iterator[str]:
    """The lines of an annotation: the message, the other places, what helps."""
    yield stated(finding)
    for label in finding.related:
        yield f"{label.place.path}:{sources.span(label.place).line}: {label.message}"
    if finding.help:
        yield f"help: {finding.help}"
    if finding.fix:
        yield f"fix: {finding.fix.title}"
