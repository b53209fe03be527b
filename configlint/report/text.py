"""The output for people: each finding with the source line of every place that takes part in it."""

from collections.abc import Iterator, Sequence

from configlint.model.finding import SEVERITIES, Finding, Fix, Severity
from configlint.model.record import record
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.excerpt import by_file, marks
from configlint.report.page import Gutter, Page
from configlint.report.screen import fitted, inert, wrapped
from configlint.report.summary import MANY, plural, sentences, shown, word
from configlint.report.view import View

PLACES = 10
"""At most this many places of one finding are shown, without --verbose."""


def render(result: Result, options: Options) -> str:
    page = _Findings.of(View(result), options)
    return inert("".join(f"{line}\n" for line in page.body(result) + page.summary(result)))


def findings(result: Result, options: Options) -> str:
    """The findings, without the summary."""
    return inert("\n".join(_Findings.of(View(result), options).body(result)))


@record
class _Findings(Page):
    """The page with its findings."""

    def body(self, result: Result) -> list[str]:
        """All findings that are shown, with an empty line after each."""
        found = shown(result, self.options)
        many = len(found) > MANY and not self.options.verbose
        blocks = self.digest(found) if many else [self.block(finding) for finding in found]
        return [line for block in blocks for line in (*block, "")]

    def block(self, finding: Finding) -> list[str]:
        """One finding: its message, its places by file, and what helps."""
        found = marks(finding)
        left_out = 0 if self.options.verbose else max(0, len(found) - PLACES)
        files = by_file(found[: len(found) - left_out])
        numbers = [self.view.span(mark.place).line for group in files for mark in group]
        gutter = Gutter(page=self, size=len(str(max(numbers))), severity=word(finding))
        lines = self.header(finding)
        for group in files:
            lines += gutter.file(group, first=group is files[0])
        notes = self._notes(finding, left_out)
        for kind, note in notes:
            lines += gutter.note(kind, note, last=note is notes[-1][1])
        return lines

    def header(self, finding: Finding) -> list[str]:
        level = word(finding)
        title = f"{level}[{finding.rule}]: "
        first, *rest = wrapped(title + self.prose(finding.message), self.options.width, hang=2)
        paint = self.pen
        colored = paint.severity(level, first[: len(title) - 2]) + paint.bold(first[len(title) - 2 :])
        return [colored, *(paint.bold("  " + line) for line in rest)]

    def _notes(self, finding: Finding, left_out: int) -> list[tuple[str, str]]:
        notes = [("note", f"{plural(left_out, 'more place')}: --verbose shows all")] * bool(left_out)
        if finding.slip and self.options.width is not None:
            notes.append(("note", finding.slip))
        if finding.advice:
            notes.append(("help", finding.advice))
        if finding.fix:
            notes += _fix_notes(finding.fix)
        return notes

    def digest(self, findings: Sequence[Finding]) -> Iterator[list[str]]:
        """Many findings, by rule: how many, the first one in full, and one line for each of the others."""
        groups: dict[tuple[Severity, str], list[Finding]] = {}
        for finding in findings:
            groups.setdefault((finding.severity, finding.rule), []).append(finding)
        ordered = sorted(groups.items(), key=lambda item: (-SEVERITIES.index(item[0][0]), -len(item[1]), item[0][1]))
        for (severity, rule), (example, *others) in ordered:
            yield self.block(example)
            if others:
                yield [
                    self.pen.severity(severity, f"{severity}[{rule}]") + self.pen.bold(f": {len(others)} more"),
                    *(self._line(finding) for finding in others),
                ]

    def _line(self, finding: Finding) -> str:
        at = self.view.at(finding.place, self.options.nearby(finding.place.path))
        line = f"  {self.screen.show(at)}: {self.prose(finding.message)}"
        return fitted(line, self.options.width, self.screen.symbols.ellipsis)

    def summary(self, result: Result) -> list[str]:
        said = sentences(result, self.options)
        lines = [self.pen.bold(line) for verdict in said[:1] for line in wrapped(verdict, self.options.width)]
        for sentence in [*said[1:], *(f"note: {self.prose(note)}" for note in result.notes)]:
            lines += wrapped(sentence, self.options.width)
        return lines


def _fix_notes(fix: Fix) -> list[tuple[str, str]]:
    if fix.safety == "unsafe":
        return [("fix", f"{fix.title} (configlint fix --unsafe)"), ("unsafe", fix.note)][: 1 + bool(fix.note)]
    return [("fix", f"{fix.title} (configlint fix)"), ("then", fix.note)][: 1 + bool(fix.note)]
