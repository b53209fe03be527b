"""The answers of `why`, for people: the effective value, then every place involved."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from configlint.explain.why import Answer, Entry, Part
from configlint.model.record import record, replace
from configlint.model.tables import EVERY_STACK
from configlint.report import Options
from configlint.report.excerpt import Mark, by_file
from configlint.report.page import Gutter, Page
from configlint.report.screen import inert, wrapped
from configlint.report.view import Quotes
from configlint.report.whywords import headline, label

EQUAL_LETTERS = "Equal letters are equal secrets."


def render(answer: Answer, options: Options) -> str:
    page = Page.of(Quotes(answer.contents, answer.secrets, answer.quotable), options)
    several = len({entry.stack for entry in answer.entries} - {EVERY_STACK}) > 1
    blocks = [_block(page, block, several) for block in _blocks(answer.entries)]
    if any(entry.group for entry in answer.entries):
        blocks.append([EQUAL_LETTERS])
    return inert("\n\n".join("\n".join(block) for block in blocks) + "\n")


@record
class Block:
    """Entries that differ only in the service, shown together."""

    entries: tuple[Entry, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all entries; each place once for each of its roles."""
        found: dict[object, Part] = {}
        for entry in self.entries:
            for part in entry.parts:
                key = (part.role, part.place, part.service, part.by if part.role == "calls" else "")
                known = found.setdefault(key, part)
                if known.by != part.by:
                    found[key] = replace(known, by="")
        return tuple(found.values())


def _blocks(entries: Iterable[Entry]) -> Iterator[Block]:
    """The entries, grouped where several services have the same."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_sameness(entry), []).append(entry)
    return (Block(entries=tuple(group)) for group in groups.values())


def _sameness(entry: Entry) -> tuple[object, ...]:
    compared = entry.parts if entry.kind != "key" else ()
    chain = tuple((part.role, part.place) for part in compared if part.role not in ("passes", "reads"))
    return entry.kind, entry.stack, entry.name, str(entry.uses), entry.group, entry.note, chain


def _block(page: Page, block: Block, several: bool) -> list[str]:
    """One block: its headline, its places by file, and defaults without a place."""
    parts = block.parts
    marks = list(_marks(block.entries[0], [part for part in parts if part.place is not None]))
    files = by_file(marks)
    numbers = [page.view.span(mark.place).line for mark in marks]
    gutter = Gutter(page=page, size=len(str(max(numbers, default=1))), severity="info")
    lines = [page.pen.bold(line) for line in _header(page, block, several)]
    for group in files:
        lines += gutter.file(group, first=group is files[0])
    notes = [part for part in parts if part.place is None and part.role == "default"]
    for part in notes:
        lines += gutter.note("if nothing sets it", f"{part.text} ({part.by})", last=part is notes[-1])
    return lines


def _header(page: Page, block: Block, several: bool) -> list[str]:
    said = headline(block.entries, several)
    first, *rest = wrapped(page.prose(said), page.options.width, hang=2)
    return [first, *("  " + line for line in rest)]


def _marks(entry: Entry, parts: Sequence[Part]) -> Iterator[Mark]:
    """A mark for each place; one that has two parts has both labels."""
    found: dict[object, Mark] = {}
    turn = 0
    for part in parts:
        turn += part.role == "overridden"
        if part.place is None:
            continue
        said = label(entry, part, turn)
        before = found.get(part.place)
        labels = dict.fromkeys([before.label, said] if before is not None else [said])
        primary = part.role in _PRIMARY or (before is not None and before.primary)
        found[part.place] = Mark(place=part.place, label="; ".join(filter(None, labels)), primary=primary)
    yield from found.values()


_PRIMARY = ("decides", "publishes", "listens", "serves")


def json_of(answer: Answer, options: Options) -> str:
    from configlint.report.whyjson import render as rendered  # brings pydantic

    return rendered(answer, options)


FORMATS: Mapping[str, Callable[[Answer, Options], str]] = {"text": render, "json": json_of}
