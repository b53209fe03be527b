"""The tables of one run, and the documents that they rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from configlint.formats import facts
from configlint.model.cell import NULL, Cell, cell
from configlint.model.concealing import Secrets, masked
from configlint.model.database import Tables
from configlint.model.document import Document, Key
from configlint.model.glob import matches, wild
from configlint.model.record import fields, record, replace
from configlint.model.settings import Settings
from configlint.model.tables import EVERY_STACK, FactRow, Row
from configlint.model.text import Place, Text
from configlint.model.tree import Tree
from configlint.resolve import dialects, endpoints, exchanged, flutter, problems
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
                yield _fact(path, name, Text.unknown(f"{path} is not here, and git ignores it"))
            return
        found = [fact for fact in facts(document) if addressed(key, fact.key)]
        if not found and presence:
            found = list(islice((fact for fact in facts(document) if addressed(key, fact.key[: len(key)])), 1))
        for fact in found:
            text = fact.text.as_secret() if self.secret(path, fact.key) else fact.text
            yield _fact(path, ".".join(fact.key), text)
        if not found and self.shelf.tree.ignores(path):
            yield _fact(path, name, Text.unknown(f"{path}, which git ignores, has none here", Place(path, 0, 0)))
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
    for row in _rows(seen, found):
        tables.add(row)
    for file in named:
        for path in _named(seen, file):
            shelf.document(path)
    for problem in problems.rows(seen):
        tables.add(problem)
    resolution = Resolution(tables=tables, shelf=shelf, scene=seen, stacks=found, marks=marks)
    return _concealed(resolution)


def _concealed(resolution: Resolution) -> Resolution:
    """What a rule of the user's calls secret is so in every row, whichever rule tells of it, and so is a key in whose
    place a secret may stand.
    """
    places: dict[str, list[Place]] = {}
    for place in exchanged.places(resolution.tables["credentials"]):
        places.setdefault(place.path, []).append(place)
    for path, document in resolution.documents.items():
        for fact in facts(document) if any(_addresses(name, path) for name, _ in resolution.marks) else ():
            if resolution.secret(path, fact.key):
                places.setdefault(path, []).extend(fact.text.places)
    if not places:
        return resolution
    return replace(resolution, tables=Tables(_masked(row, places) for row in resolution.tables))


def _masked(row: Row, places: Secrets) -> Row:
    if not any(place.path in places for one in row.cells() for place in one.text.places):
        return row
    values = ((name, getattr(row, name)) for name in fields(type(row)))
    cells = {
        name: Cell(value=one.value, text=masked(one.text, places)) for name, one in values if isinstance(one, Cell)
    }
    return replace(row, at=masked(row.at, places), **cells)


def _rows(seen: Scene, found: tuple[Stack, ...]) -> Iterator[Row]:
    together = [row for one in found for row in rows(seen, one)]
    yield from endpoints.rows(seen, found, together, list(flutter.rows(seen)))
    yield from beside(seen, found, together)
    yield from drift.rows(seen)
    yield from dialects.rows(seen, found)
