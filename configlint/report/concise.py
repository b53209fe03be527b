"""One line for each finding, for editors and for `grep`."""

from collections.abc import Iterator

from configlint.model.result import Result
from configlint.report import Options
from configlint.report.screen import inert, screen
from configlint.report.summary import sentences, shown, stated
from configlint.report.view import View


def render(result: Result, options: Options) -> str:
    """`path:line:column: severity rule message`, with `[*]` where a fix is known, and the summary."""
    return inert("".join(f"{line}\n" for line in _lines(result, options)))


def _lines(result: Result, options: Options) -> Iterator[str]:
    output, view = screen(options.encoding), View(result)
    for finding in shown(result, options):
        at = view.at(finding.place, options.nearby(finding.place.path))
        said = f"{finding.severity} {finding.rule} {stated(finding)}"
        yield output.show(f"{at}: {said}") + " [*]" * bool(finding.fix)
    if sums := sentences(result, options):
        yield " ".join(sums)
    for note in result.notes:
        yield output.show(f"note: {note}")
