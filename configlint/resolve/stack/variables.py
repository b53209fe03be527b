"""Variables of a stack: where compose and code use them, and where they are set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.compose.discover import Stack
from configlint.compose.model import Project
from configlint.compose.variables import supplied
from configlint.formats.compose_template import Use as UsedVariable
from configlint.formats.compose_template import references
from configlint.formats.dotenv import document as dotenv
from configlint.model.cell import NULL, Cell, cell, unknown
from configlint.model.document import Key
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables import Definition, Row, Use
from configlint.model.tables.words import Feeds, FileRole
from configlint.model.text import Text
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import Workspace, directory

_FEEDS: dict[str, Feeds] = {"ports": "port", "image": "image", "volumes": "path", "env_file": "path", "build": "path"}


@record
class _Known:
    """What defines the variables of a stack. `missing` says why nothing could: it has no env file and no template."""

    defined: Mapping[str, Cell]
    inside: Mapping[str, Cell]
    """Variables that an `env_file` sets in a container only."""
    missing: Cell | None


def rows(workspace: Workspace, stack: Stack) -> Iterator[Row]:
    """What the stack's compose files refer to, and every name that its env files or their templates set."""
    given = list(_definitions(workspace, stack))
    yield from given
    known = _known(workspace.store, stack, given)
    for reference in stack.project.uses:
        yield from _use(reference.use, stack.name, known, reference.key)
    for path in stack.project.env_files:
        document = workspace.store.dotenv(path)
        for name, use in _references(document) if document is not None else ():
            yield from _use(use, stack.name, known, (name,))


def _references(document: dotenv.DotenvDocument) -> Iterator[tuple[str, UsedVariable]]:
    """What values of an env file refer to, which compose fills in as in its own files; each with its variable's name.

    Only in secrets: there a dollar sign is a character of the value, and what follows it is lost.
    """
    for binding in document.bindings:
        value = binding.value
        if value is not None and "$" in value.raw and binding.quote != "single" and value.secret:
            yield from ((binding.name.raw, use) for use in references(value))


def _use(use: UsedVariable, stack: str, known: _Known, key: Key) -> Iterator[Use]:
    if supplied(use.name.raw) or use.idle:
        return
    service = key[1] if key[:1] == ("services",) and len(key) > 1 else ""
    attribute = key[2] if len(key) > 2 else ""
    definition = known.defined.get(use.name.raw)
    missing = known.missing if definition is None else None
    yield Use(
        stack=stack, at=use.reference, service=service, name=cell(use.name), fallback=bool(use.operator),
        what=_called(use, key), by="compose", feeds=_FEEDS.get(attribute, "other"),
        defined="unknown" if missing is not None else "no" if definition is None else "yes",
        definition=missing or definition or NULL, elsewhere=known.inside.get(use.name.raw, NULL),
    )  # fmt: skip


def _called(use: UsedVariable, key: Key) -> str:
    """A part of a secret is called after the variable that holds it."""
    if not use.reference.secret:
        return f"`{use.reference}`"
    holder = next((part.partition("=")[0] for part in reversed(key) if not part.isdecimal()), "a secret")
    return f"what follows `$` in {holder}"


def _known(store: DocumentStore, stack: Stack, given: Sequence[Definition]) -> _Known:
    defined: dict[str, Cell] = {}
    for row in given:
        defined.setdefault(str(row.name.value), row.name)
    missing = next((unknown(row.name.text.reason) for row in given if row.name.unknown), None)
    files = (file for one in stack.project.services.values() for file in one.env_files)
    paths = dict.fromkeys(file.target for file in files if file.target is not None)
    documents = (document for path in paths if (document := store.dotenv(path)) is not None)
    bindings = (binding for document in documents for binding in document.bindings)
    inside = {binding.name.raw: cell(binding.name) for binding in bindings}
    return _Known(defined=defined, inside=inside, missing=missing)


def _definitions(workspace: Workspace, stack: Stack) -> Iterator[Definition]:
    found = False
    for path in (*stack.project.env_files, *templates(workspace, stack.project)):
        document = workspace.store.dotenv(path)
        if document is not None:
            found = True
            yield from definitions(document, stack.name)
    absent = [path for path in stack.project.env_files if workspace.store.state(path) == "ignored"]
    if not found:
        reason = Reason("ignored-file", absent[0]) if absent else Reason("no-env-file")
        at = next(iter(stack.project.services.values())).name if stack.project.services else Text()
        missing = unknown(reason, at)
        yield Definition(stack=stack.name, at=at, name=missing, value=missing, file=(*absent, ".env")[0])


def templates(workspace: Workspace, project: Project) -> list[str]:
    """Templates of the project's env files: those that stand beside one, and at the root of its directory."""
    beside = {directory(path) for path in (*project.env_files, *project.files)}
    files = sorted(path for place in beside for path in workspace.env_files.get(place, ()))
    return [path for path in files if dotenv.template_name(path)]


def definitions(document: dotenv.DotenvDocument, stack: str) -> Iterator[Definition]:
    """A row for each name that a dotenv file sets."""
    role: FileRole = "template" if dotenv.template_name(document.path) else "real"
    for binding in document.bindings:
        value = cell(binding.value) if binding.value is not None else NULL
        yield Definition(
            stack=stack, at=binding.name, name=cell(binding.name), value=value, file=document.path, file_role=role,
        )  # fmt: skip


def env_files(store: DocumentStore, stacks: Iterable[Stack]) -> frozenset[str]:
    """Every dotenv file that some service or project reads."""
    paths = {path for stack in stacks for path in stack.project.env_files}
    paths |= {
        file.target
        for stack in stacks
        for service in stack.project.services.values()
        for file in service.env_files
        if file.target is not None
    }
    return frozenset(path for path in paths if store.state(path) == "file")
