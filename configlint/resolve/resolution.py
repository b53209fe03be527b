"""The tables of one run, and the documents that they rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from configlint.formats import facts
from configlint.model.cell import NULL, Cell, cell
from configlint.model.concealing import Secrets, masked
from configlint.model.database import Tables
from configlint.model.document import Document, Key
from configlint.model.glob import matches, wild
from configlint.model.reason import Reason
from configlint.model.record import fields, record, replace
from configlint.model.settings import Settings
from configlint.model.tables import EVERY_STACK, FactRow, Row
from configlint.model.text import Place, Text
from configlint.model.tree import Tree
from configlint.programs.services import Programs
from configlint.resolve import dialects, endpoints, flutter, problems
from configlint.resolve.stack import Stack, drift, rows, stacks
from configlint.resolve.standalone.unattached import beside
from configlint.workspace.documents import Shelf
from configlint.workspace.workspace import Scene, scene, start_of

Marks = tuple[tuple[str, Key], ...]
"""(file path or glob, key) of values that the user's rules call secret."""


@record
class Resolution:
    """`documents` are all files that were read; `stacks` are what the rows of compose projects were made of."""

    tables: Tables
    shelf: Shelf
    scene: Scene
    stacks: tuple[Stack, ...]
    programs: Programs
    marks: Marks
    notes: tuple[str, ...] = ()

    @property
    def documents(self) -> Mapping[str, Document]:
        return self.shelf.documents

    def secret(self, path: str, key: Key) -> bool:
        """Whether a rule of the user's calls this value secret."""
        return any(_addresses(name, path) and addressed(wanted, key) for name, wanted in self.marks)

    def values(self, file: str, key: Key, presence: bool = False) -> Sequence[FactRow]:
        """The values that stand under a key of the files that a path or glob names; for `presence` see `Selector`.

        Where git ignores the file, an absent key may well be there for somebody else: its value is unknown.
        """
        return tuple(row for path in _named(self.scene, file) for row in self._values(path, key, presence))

    def _values(self, path: str, key: Key, presence: bool) -> Iterator[FactRow]:
        document = self.shelf.document(path)
        name = ".".join(key)
        if document is None:
            if self.shelf.state(path) == "ignored":
                yield _fact(path, name, Text.unknown(Reason("ignored-file", path)))
            return
        found = [fact for fact in facts(document) if addressed(key, fact.key)]
        if not found and presence:
            found = list(islice((fact for fact in facts(document) if addressed(key, fact.key[: len(key)])), 1))
        for fact in found:
            text = fact.text.as_secret() if self.secret(path, fact.key) else fact.text
            yield _fact(path, ".".join(fact.key), text)
        if not found and self.shelf.tree.ignores(path):
            yield _fact(path, name, Text.unknown(Reason("ignored-key", path), Place(path, 0, 0)))
        elif not found and presence and document.content.strip():
            yield FactRow(stack=EVERY_STACK, at=start_of(path), file=path, key=name, value=NULL)


def _named(seen: Scene, file: str) -> Iterator[str]:
    if not wild(file):
        yield file.removeprefix("./")
        return
    yield from (path for path in seen.files if matches(file, path))


def _fact(path: str, key: str, text: Text) -> FactRow:
    return FactRow(stack=EVERY_STACK, at=text, file=path, key=key, value=cell(text))


def _addresses(pattern: str, path: str) -> bool:
    return matches(pattern, path) if wild(pattern) else pattern.removeprefix("./") == path


def addressed(pattern: Key, key: Key) -> bool:
    """Whether a key fits a pattern, in which `*` is any one name."""
    if len(pattern) == len(key):
        return all(one in ("*", two) for one, two in zip(pattern, key, strict=True))
    return False


def resolve(tree: Tree, settings: Settings, marks: Marks, named: Iterable[str] = ()) -> Resolution:
    """Read what takes part, and fill the tables. The problems come last: by then every file has been read, and so have
    those that the user's rules name by path or glob.
    """
    shelf = Shelf(tree)
    seen = scene(shelf, settings)
    tables = Tables()
    found = stacks(seen)
    programs = Programs(shelf)
    for row in _rows(seen, found, programs):
        tables.add(row)
    for file in named:
        for path in _named(seen, file):
            shelf.document(path)
    for problem in problems.rows(seen):
        tables.add(problem)
    resolution = Resolution(tables=tables, shelf=shelf, scene=seen, stacks=found, programs=programs, marks=marks)
    return _concealed(resolution) if marks else resolution


def _concealed(resolution: Resolution) -> Resolution:
    """What a rule of the user's calls secret is so in every row, whichever rule tells of it."""
    places: dict[str, list[Place]] = {}
    for path, document in resolution.documents.items():
        for fact in facts(document) if any(_addresses(name, path) for name, _ in resolution.marks) else ():
            if resolution.secret(path, fact.key):
                places.setdefault(path, []).extend(fact.text.places)
    return replace(resolution, tables=Tables(_masked(row, places) for row in resolution.tables))


def _masked(row: Row, places: Secrets) -> Row:
    statements = row.decision.statements if row.decision is not None else ()
    every = (*row.cells(), *(one.value for one in statements))
    if not any(place.path in places for one in every for place in one.text.places):
        return row
    values = ((name, getattr(row, name)) for name in fields(type(row)))
    changes: dict[str, object] = {name: _hidden(one, places) for name, one in values if isinstance(one, Cell)}
    if row.decision is not None:
        hidden = tuple(replace(one, value=_hidden(one.value, places)) for one in statements)
        changes["decision"] = replace(row.decision, statements=hidden)
    return replace(row, at=masked(row.at, places), **changes)


def _hidden(cell: Cell, places: Secrets) -> Cell:
    return Cell(value=cell.value, text=masked(cell.text, places))


def _rows(seen: Scene, found: tuple[Stack, ...], programs: Programs) -> Iterator[Row]:
    together = [row for one in found for row in rows(seen, one, programs)]
    yield from endpoints.rows(seen, found, together, list(flutter.rows(seen)), programs)
    yield from beside(seen, found, together, programs.files)
    yield from drift.rows(seen)
    yield from dialects.rows(seen, found)
