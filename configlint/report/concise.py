"""One line for each finding, for editors and for `grep`."""

from collections.abc import Iterator

from configlint.model.result import Result
from configlint.report import Options
from configlint.report.masking import Veil
from configlint.report.screen import inert, screen
from configlint.report.source import Sources
from configlint.report.summary import sentences, shown, stated


def render(result: Result, options: Options) -> str:
    """`path:line:column: severity rule message`, with `[*]` where a fix is known, and the summary."""
    return inert("".join(f"{line}\n" for line in _lines(result, options)))


def _lines(result: Result, options: Options) -> Iterator[str]:
    output, veil, sources = screen(options.encoding), Veil(result.contents, result.secrets), Sources(result.contents)
    for finding in shown(result, options):
        span = sources.span(finding.place)
        place = f"{output.show(finding.place.path)}:{span.line}:{span.column}"
        message = output.show(veil.scrub(stated(finding)))
        yield f"{place}: {finding.severity} {finding.rule} {message}{' [*]' if finding.fix else ''}"
    yield " ".join(sentences(result, options))
    for note in result.notes:
        yield f"note: {output.show(veil.scrub(note))}"
