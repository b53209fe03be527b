"""All variables of services as a table: for people as text, and in Markdown."""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import groupby

from configlint.explain.why import Answer, Entry, Part
from configlint.model.record import record
from configlint.model.text import UNKNOWN
from configlint.report import Options
from configlint.report.markdown import code, plain
from configlint.report.page import Page
from configlint.report.screen import inert, width, wrapped
from configlint.report.view import Quotes
from configlint.report.why import EQUAL_LETTERS, json_of

_FEW = 3
"""Places of one kind that are named."""
_WIDEST = 40
"""Columns up to which values are aligned."""
_NARROWEST = 24
"""Columns that are left for what is said of a value, however narrow the terminal is."""


@record
class Line:
    """One variable: its value, whether it is required, and what sets, overrides and reads it."""

    name: str
    value: str
    need: str
    set_by: str
    overrides: str
    read_by: str


def _titles(answer: Answer) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each service, under its name; where there are several stacks, with that of its stack."""
    several = len({entry.stack for entry in answer.entries}) > 1
    for (stack, service), entries in groupby(answer.entries, key=lambda entry: (entry.stack, entry.service)):
        yield (f"{service} (stack {stack})" if several else service), list(entries)


def _line(view: Quotes, entry: Entry, shared: Container[str]) -> Line:
    reads = [part for part in entry.parts if part.role == "reads"]
    default = next((f"default {part.text or 'empty'}" for part in reads if part.text), "")
    decided_by_code = any(part.role == "decides" and part.by == _BY_CODE for part in entry.parts)
    return Line(
        name=entry.name,
        value=_value(entry, shared),
        need="required" if entry.required else "default" if decided_by_code else default,
        set_by=_places(view, [part for part in entry.parts if part.role == "decides"]),
        overrides=_places(view, [part for part in entry.parts if part.role == "overridden"]),
        read_by=_places(view, reads),
    )


_BY_CODE = "the default in the code"


def _value(entry: Entry, shared: Container[str]) -> str:
    uses = entry.uses
    if uses.null:
        return "not set"
    if uses.text.raw == UNKNOWN:
        return "not known"
    letter = f" ({entry.group})" if uses.text.secret and entry.group in shared else ""
    return (str(uses.text) or "empty") + letter


def _shared(answer: Answer) -> list[str]:
    """The letters of secrets that several variables have."""
    found = Counter(entry.group for entry in answer.entries if entry.group and entry.uses.text.secret)
    return [letter for letter, count in found.items() if count > 1]


def _places(view: Quotes, parts: Sequence[Part]) -> str:
    """`path:line (means)`, of many the first ones."""
    found = list(dict.fromkeys(_at(view, part) for part in parts if part.place is not None))
    left = len(found) - _FEW
    return ", ".join(found[:_FEW]) + (f" and {left} more" if left > 0 else "")


def _at(view: Quotes, part: Part) -> str:
    where = f"{part.place.path}:{view.span(part.place).line}" if part.place is not None else ""
    return where if part.by in ("code", _BY_CODE) else f"{where} ({part.by})"


def text(answer: Answer, options: Options) -> str:
    page = Page.of(Quotes(answer.contents, answer.secrets, answer.quotable), options)
    blocks, shared = [], _shared(answer)
    for title, entries in _titles(answer):
        lines = [_line(page.view, entry, shared) for entry in entries]
        names = max(width(page.prose(line.name)) for line in lines)
        values = min(max(width(page.prose(line.value)) for line in lines), _WIDEST)
        rows = [row for line in lines for row in _row(page, line, names, values)]
        blocks.append("\n".join([page.pen.bold(page.prose(title)), *rows]))
    blocks += [EQUAL_LETTERS] if shared else []
    return inert("\n\n".join(blocks or [_NOTHING]) + "\n")


_NOTHING = "No variables were found."


def _row(page: Page, line: Line, names: int, values: int) -> Iterator[str]:
    """The name, the value, and behind them in words what the table of Markdown has columns for."""
    name, value = page.prose(line.name), page.prose(line.value)
    lead = f"  {name}{' ' * (names - width(name))}  {value}{' ' * (values - width(value))}"
    said = page.prose(_said(line))
    room = page.options.width and max(page.options.width - width(lead) - 2, _NARROWEST)
    first, *rest = wrapped(said, room)
    yield f"{lead}  {page.pen.dim(first)}".rstrip()
    for more in rest:
        yield f"{' ' * (names + values + 6)}{page.pen.dim(more)}"


def _said(line: Line) -> str:
    parts = (
        line.need,
        line.set_by and f"set by {line.set_by}",
        line.overrides and f"overrides {line.overrides}",
        line.read_by and f"read by {line.read_by}",
    )
    return "; ".join(part for part in parts if part)


def markdown(answer: Answer, options: Options) -> str:
    view = Quotes(answer.contents, answer.secrets, answer.quotable)
    blocks, shared = [], _shared(answer)
    for title, entries in _titles(answer):
        rows = ["| Variable | Value | | Set by | Overrides | Read by |", "|---|---|---|---|---|---|"]
        for line in (_line(view, entry, shared) for entry in entries):
            cells = [code(line.name), code(line.value), plain(line.need)]
            cells += [plain(each) for each in (line.set_by, line.overrides, line.read_by)]
            rows.append(f"| {' | '.join(cells)} |")
        blocks.append("\n".join([f"## {plain(title)}", "", *rows]))
    blocks += [EQUAL_LETTERS] if shared else []
    return inert("\n\n".join(blocks or [_NOTHING]) + "\n")


FORMATS: Mapping[str, Callable[[Answer, Options], str]] = {"text": text, "json": json_of, "markdown": markdown}
