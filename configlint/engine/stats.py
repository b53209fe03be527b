"""What was read, and what of it some rule looked at. Imported only where somebody asks: it selects all rows again."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.engine.selection import rows
from configlint.formats import facts, format_of
from configlint.kinds.base import Side
from configlint.model.database import Tables
from configlint.model.document import Document, Fact
from configlint.model.selector import Selector
from configlint.model.stats import Members, Read, Stats, Unwatched
from configlint.model.tables import EVERY_STACK, Row
from configlint.model.text import Place, Text
from configlint.resolve import Resolution
from configlint.rules.rule import Rule


def stats(resolution: Resolution, ran: Iterable[Rule]) -> Stats:
    """The stats of a run; `ran` are the rules that had something to compare."""
    written = {path: _written(document) for path, document in sorted(resolution.documents.items())}
    watched = _Watched(place for rule in ran for place in _looked_at(resolution, rule))
    return Stats(
        read=tuple(_read(written)),
        stacks=tuple(_members(resolution.tables)),
        unwatched=tuple(
            Unwatched(path=path, keys=keys)
            for path, found in written.items()
            if (keys := tuple(dict.fromkeys(fact.key for fact in found if not watched.touches(fact.text.places))))
        ),
    )


def _written(document: Document) -> list[Fact]:
    """The values of a file, each once: `K=V` in a list is told by its name, and not by its number too."""
    found = list(facts(document))
    return [fact for fact, after in zip(found, [*found[1:], None], strict=False) if not _same(fact, after)]


def _same(item: Fact, named: Fact | None) -> bool:
    """Whether the second is what the first assigns."""
    if named is None or item.key[:-1] != named.key[:-1]:
        return False
    whole, value = item.text.place, named.text.place
    return whole is not None and value is not None and whole.holds(value)


def _read(written: Mapping[str, Sequence[Fact]]) -> Iterator[Read]:
    """By format. What none claims by its path is a script: it is read for its commands."""
    counts: dict[str, list[int]] = defaultdict(list)
    for path, found in written.items():
        form = format_of(path)
        counts[form.name if form is not None else "script"].append(len(found))
    for name, values in sorted(counts.items()):
        yield Read(format=name, files=len(values), values=sum(values))


def _members(tables: Tables) -> Iterator[Members]:
    services: dict[str, set[str]] = {row.stack: set() for row in tables if row.stack != EVERY_STACK}
    for row in tables["services"]:
        services[row.stack].add(row.service)
    for stack, names in sorted(services.items()):
        yield Members(stack=stack, services=tuple(sorted(names)))


def _looked_at(resolution: Resolution, rule: Rule) -> Iterator[Place]:
    """The places of all cells that a rule reads, of the rows that it would hold against its constraint.

    The constraint itself tells which rows those are: one that forbids a host looks at every host. A
    plain word, which `resolve` made, is no value.
    """
    selected: list[tuple[Selector, Sequence[Row]]] = []

    def select(selector: Selector) -> Sequence[Row]:
        found = rows(resolution.tables, resolution.values, selector)
        selected.append((selector, found))
        return found

    rule.constraint.check(select)
    named = list(rule.constraint.selectors())
    for selector, found in selected:
        columns = {name for _, one, names in named if one.table == selector.table for name in names}
        for row in found:
            for name in columns:
                yield from _places(Side(row, name).cell.text)


def _places(text: Text) -> Iterator[Place]:
    """Where a text is written, and what passed it on. What stands for something unknown is no value that was seen."""
    for run in text.runs:
        if run.text is not None:
            yield from ((run.place,) if run.place is not None else ())
            yield from run.via


class _Watched:
    """Places, to be asked whether others touch them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = set(places)
        self._stretches: dict[str, list[Place]] = defaultdict(list)
        for place in sorted(self._places):
            known = self._stretches[place.path]
            if known and place.start <= known[-1].end:
                known[-1] = Place(place.path, known[-1].start, max(known[-1].end, place.end))
            else:
                known.append(place)

    def touches(self, places: Iterable[Place]) -> bool:
        """Whether any of some places shares a character with one of these, or is one of them (an empty value)."""
        return any(place in self._places or self._overlaps(place) for place in places)

    def _overlaps(self, place: Place) -> bool:
        known = self._stretches.get(place.path, [])
        index = bisect_left(known, place.end, key=lambda stretch: stretch.start)
        return index > 0 and place.start < known[index - 1].end
