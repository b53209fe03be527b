"""Variables of a stack: where compose and code use them, and where they are set."""

from collections.abc import Iterable, Iterator

from configlint.compose.discover import Stack
from configlint.compose.model import Project
from configlint.compose.tree import Reference
from configlint.compose.variables import supplied
from configlint.formats.dotenv import document as dotenv
from configlint.model.cell import NULL, cell, unknown
from configlint.model.reason import Reason
from configlint.model.tables import Definition, Row, Use
from configlint.model.tables.words import Feeds, FileRole
from configlint.model.text import Text
from configlint.workspace.documents import Shelf
from configlint.workspace.workspace import Scene, directory

_FEEDS: dict[str, Feeds] = {"ports": "port", "image": "image", "volumes": "path", "env_file": "path", "build": "path"}


def rows(scene: Scene, stack: Stack) -> Iterator[Row]:
    """What the stack's compose files refer to, and every name that its env files or their templates hold."""
    for reference in stack.project.uses:
        if not supplied(reference.use.name.raw) and not reference.use.idle:
            yield _use(reference, stack.name)
    yield from _definitions(scene, stack)


def _use(reference: Reference, stack: str) -> Use:
    use = reference.use
    service = reference.key[1] if reference.key[:1] == ("services",) and len(reference.key) > 1 else ""
    attribute = reference.key[2] if len(reference.key) > 2 else ""
    return Use(
        stack=stack, at=use.reference, service=service, name=cell(use.name), fallback=bool(use.operator),
        by="compose", feeds=_FEEDS.get(attribute, "other"),
    )  # fmt: skip


def _definitions(scene: Scene, stack: Stack) -> Iterator[Definition]:
    found = False
    for path in (*stack.project.env_files, *templates(scene, stack.project)):
        document = scene.shelf.dotenv(path)
        if document is not None:
            found = True
            yield from definitions(document, stack.name)
    absent = [path for path in stack.project.env_files if scene.shelf.state(path) == "ignored"]
    if not found:
        reason = Reason("ignored-file", absent[0]) if absent else Reason("no-env-file")
        at = next(iter(stack.project.services.values())).name if stack.project.services else Text()
        missing = unknown(reason, at)
        yield Definition(stack=stack.name, at=at, name=missing, value=missing, file=(*absent, ".env")[0])


def templates(scene: Scene, project: Project) -> list[str]:
    """Templates of the project's env files: those that stand beside one, and at the root of its directory."""
    beside = {directory(path) for path in (*project.env_files, *project.files)}
    files = sorted(path for place in beside for path in scene.env_files.get(place, ()))
    return [path for path in files if dotenv.template_name(path)]


def definitions(document: dotenv.DotenvDocument, stack: str, pair: str = "") -> Iterator[Definition]:
    """A row for each name that a dotenv file sets."""
    role: FileRole = "template" if dotenv.template_name(document.path) else "real"
    for binding in document.bindings:
        value = cell(binding.value) if binding.value is not None else NULL
        yield Definition(
            stack=stack, at=binding.name, name=cell(binding.name), value=value, file=document.path, file_role=role,
            pair=pair,
        )  # fmt: skip


def env_files(shelf: Shelf, stacks: Iterable[Stack]) -> frozenset[str]:
    """Every dotenv file that some service or project reads."""
    paths = {path for stack in stacks for path in stack.project.env_files}
    paths |= {
        file.target
        for stack in stacks
        for service in stack.project.services.values()
        for file in service.env_files
        if file.target is not None
    }
    return frozenset(path for path in paths if shelf.state(path) == "file")
