"""The output for people: each finding with the source line of every place that takes part in it."""

from collections.abc import Iterator, Sequence

from configlint.model.finding import SEVERITIES, Finding, Fix, Severity
from configlint.model.record import record
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.excerpt import Excerpts, Mark, Row, Underline, by_file, marks
from configlint.report.pen import Pen
from configlint.report.screen import Screen, inert, screen, width, wrapped
from configlint.report.summary import MANY, plural, sentences, shown, word
from configlint.report.view import View

PLACES = 10
"""So many places of one finding are shown unless all are asked for."""
_ROOM = 120
_NARROW = 40


def render(result: Result, options: Options) -> str:
    page = _page(result, options)
    findings = shown(result, options)
    many = len(findings) > MANY and not options.verbose
    blocks = page.digest(findings) if many else [page.block(finding) for finding in findings]
    lines = [line for block in blocks for line in (*block, "")] + page.summary(result)
    return inert("\n".join(lines) + "\n")


@record
class _Page:
    """All that the parts of the output need to know of it."""

    options: Options
    screen: Screen
    pen: Pen
    view: View

    def block(self, finding: Finding) -> list[str]:
        """One finding: its message, its places by file, and what helps."""
        found = marks(finding)
        left_out = 0 if self.options.verbose else max(0, len(found) - PLACES)
        files = by_file(found[: len(found) - left_out])
        numbers = [self.view.span(mark.place).line for group in files for mark in group]
        gutter = _Gutter(page=self, size=len(str(max(numbers))), severity=word(finding))
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

    def prose(self, text: str) -> str:
        return self.screen.show(self.view.say(text))

    def _notes(self, finding: Finding, left_out: int) -> list[tuple[str, str]]:
        notes = [("note", f"{plural(left_out, 'more place')}: --verbose shows all")] * bool(left_out)
        if finding.help:
            notes.append(("help", finding.help))
        if finding.fix:
            notes += _fix_notes(finding.fix)
        return notes

    def digest(self, findings: Sequence[Finding]) -> Iterator[list[str]]:
        """Many findings, by rule: how many, the first one in full, and a line for each of the others."""
        groups: dict[tuple[Severity, str], list[Finding]] = {}
        for finding in findings:
            groups.setdefault((finding.severity, finding.rule), []).append(finding)
        ordered = sorted(groups.items(), key=lambda item: (-SEVERITIES.index(item[0][0]), -len(item[1]), item[0][1]))
        for (severity, rule), (example, *others) in ordered:
            yield self.block(example)
            if others:
                yield [
                    self.pen.severity(severity, f"{severity}[{rule}]") + self.pen.bold(f": {len(others)} more"),
                    *(
                        f"  {self.screen.show(self.view.at(finding.place))}: {self.prose(finding.message)}"
                        for finding in others
                    ),
                ]

    def summary(self, result: Result) -> list[str]:
        said = sentences(result, self.options)
        lines = [self.pen.bold(line) for line in wrapped(said[0], self.options.width)]
        for sentence in [*said[1:], *(f"note: {self.prose(note)}" for note in result.notes)]:
            lines += wrapped(sentence, self.options.width)
        return lines


@record
class _Gutter:
    """The left margin of one finding: line numbers of at most `size` digits and a bar."""

    page: _Page
    size: int
    severity: str

    def line(self, number: str = "", text: str = "") -> str:
        pen, bar = self.page.pen, self.page.screen.symbols.bar
        return f"{pen.dim(number.rjust(self.size) + ' ' + bar)} {text}".rstrip()

    def room(self) -> int:
        return max(_NARROW, (self.page.options.width or _ROOM) - self.size - 3)

    def file(self, group: Sequence[Mark], first: bool) -> Iterator[str]:
        """Where a file's first mark is, and its lines; its labels alone where there is nothing to see."""
        page, symbols = self.page, self.page.screen.symbols
        path, span = group[0].place.path, page.view.span(group[0].place)
        if not first:
            yield self.line()
        lead = page.pen.dim(" " * (self.size - 1) + (symbols.first if first else symbols.next).rjust(4))
        position = f":{span.line}:{span.column}" if path in page.view.sources.contents else ""
        yield f"{lead} {page.screen.show(path)}{position}"
        excerpts = Excerpts(sources=page.view.sources, veil=page.view.veil, screen=page.screen, room=self.room())
        for row in excerpts.rows(group):
            yield from self.row(row) if row.text else self.blank(row)

    def blank(self, row: Row) -> Iterator[str]:
        """What is said of an empty line, or of a file that is not there."""
        for underline in row.underlines:
            if underline.mark.label:
                yield self.line(text=self.paint(underline.mark.primary, self.page.prose(underline.mark.label)))

    def row(self, row: Row) -> Iterator[str]:
        if row.gap:
            yield self.page.pen.dim(self.page.screen.symbols.ellipsis)
        yield self.line(str(row.number), row.text)
        for underline in sorted(row.underlines, key=lambda each: not each.mark.primary):
            yield from self.underline(underline)

    def underline(self, underline: Underline) -> Iterator[str]:
        symbols, primary = self.page.screen.symbols, underline.mark.primary
        empty = underline.mark.place.start == underline.mark.place.end
        stroke = "^" if empty else (symbols.primary if primary else symbols.related) * underline.size
        stroke += symbols.ellipsis * underline.open
        label = self.page.prose(underline.mark.label)
        column = underline.column
        beside = self.room() - column - width(stroke) - 1
        if self.page.options.width is None or width(label) <= beside:
            yield self.line(text=" " * column + self.paint(primary, f"{stroke} {label}".rstrip()))
            return
        yield self.line(text=" " * column + self.paint(primary, stroke))
        indent = min(column, self.room() - min(_NARROW, width(label)))
        for line in wrapped(label, self.room() - indent):
            yield self.line(text=" " * indent + self.paint(primary, line))

    def paint(self, primary: bool, text: str) -> str:
        return self.page.pen.severity(self.severity, text) if primary else self.page.pen.related(text)

    def note(self, kind: str, note: str, last: bool) -> Iterator[str]:
        pen, symbols = self.page.pen, self.page.screen.symbols
        corner = symbols.last if last else symbols.note
        room = self.page.options.width and max(_NARROW, self.page.options.width - self.size - 6 - len(kind))
        lead, *rest = wrapped(self.page.prose(note), room)
        yield f"{' ' * self.size} {pen.dim(corner)} {pen.bold(kind + ':')} {lead}"
        for line in rest:
            yield f"{' ' * (self.size + len(corner) + len(kind) + 4)}{line}"


def _fix_notes(fix: Fix) -> list[tuple[str, str]]:
    if fix.safety == "unsafe":
        return [("fix", f"{fix.title} (configlint fix --unsafe)"), ("unsafe", fix.note)][: 1 + bool(fix.note)]
    return [("fix", f"{fix.title} (configlint fix)"), ("then", fix.note)][: 1 + bool(fix.note)]


def _page(result: Result, options: Options) -> _Page:
    return _Page(
        options=options,
        screen=screen(options.encoding),
        pen=Pen(color=options.color),
        view=View(result),
    )
