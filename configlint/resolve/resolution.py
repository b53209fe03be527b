"""The tables of one run, and the documents that they rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from configlint.model.cell import Cell
from configlint.model.concealing import Secrets, masked
from configlint.model.database import Tables
from configlint.model.document import Document
from configlint.model.record import fields, record, replace
from configlint.model.selector import Selector
from configlint.model.settings import Settings
from configlint.model.tables import FactRow, Row
from configlint.model.text import Place
from configlint.model.tree import Tree
from configlint.programs.services import Programs
from configlint.resolve import dialects, endpoints, flutter, problems, selected_values, swapped_key_pairs
from configlint.resolve.settled_credentials import settled
from configlint.resolve.stack import Stack, drift, rows, stacks
from configlint.resolve.standalone import env_files
from configlint.resolve.standalone.unattached import beside
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import Workspace, workspace

R = TypeVar("R", bound=Row)


@record
class Resolution:
    """`documents` are all files that were read; `stacks` are what the rows of compose projects were made of.

    `secrets` are the places that rules of the user's call secret.
    """

    tables: Tables
    store: DocumentStore
    workspace: Workspace
    stacks: tuple[Stack, ...]
    programs: Programs
    secrets: Secrets
    notes: tuple[str, ...] = ()

    @property
    def documents(self) -> Mapping[str, Document]:
        return self.store.documents

    def values(self, selector: Selector) -> Sequence[FactRow]:
        """The values of files that a selector addresses."""
        return tuple(_masked(row, self.secrets) for row in selected_values.rows(self.workspace, selector))


def resolve(tree: Tree, settings: Settings, selectors: Sequence[Selector] = ()) -> Resolution:
    """Read what takes part, and fill the tables. The problems come last: by then every file has been read, and so have
    those that the `selectors` of the user's rules name.
    """
    store = DocumentStore(tree)
    seen = workspace(store, settings)
    tables = Tables()
    found = stacks(seen)
    programs = Programs(store)
    for row in settled(seen, found, list(_rows(seen, found, programs))):
        tables.add(row)
    selected_values.read(seen, selectors)
    for problem in problems.rows(seen):
        tables.add(problem)
    secrets = _united(selected_values.secrets(seen, selectors), swapped_key_pairs.places(tables["credentials"]))
    # What a rule of the user's calls secret is so in every row, whichever rule tells of it, and so is a key in whose
    # place a secret may stand.
    shown = Tables(_masked(row, secrets) for row in tables) if secrets else tables
    return Resolution(tables=shown, store=store, workspace=seen, stacks=found, programs=programs, secrets=secrets)


def _united(secrets: Secrets, more: Iterable[Place]) -> Secrets:
    united = {path: list(places) for path, places in secrets.items()}
    for place in more:
        united.setdefault(place.path, []).append(place)
    return united


def _masked(row: R, places: Secrets) -> R:
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


def _rows(seen: Workspace, found: tuple[Stack, ...], programs: Programs) -> Iterator[Row]:
    together = [row for one in found for row in rows(seen, one, programs)]
    yield from endpoints.rows(seen, found, together, list(flutter.rows(seen)), programs)
    yield from beside(seen, found, together, programs.files)
    yield from drift.rows(seen)
    yield from env_files.rows(seen)
    yield from dialects.rows(seen, found)
