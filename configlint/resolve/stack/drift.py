"""An env file and the template that it is copied from."""

import re
from collections.abc import Iterator

from configlint.formats.dotenv import document as dotenv
from configlint.model.cell import NULL, cell, unknown
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.tables import EVERY_STACK, Definition
from configlint.model.tables.words import FileRole
from configlint.model.text import Place, Text
from configlint.resolve.stack.variables import definitions
from configlint.workspace.nearest import environment
from configlint.workspace.workspace import Scene, basename, directory, start_of

_MENTIONED = regex(r"^[ \t]*#[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=", re.MULTILINE)
_ENDING = regex(r"[._-](?:example|sample|template|tmpl|dist|defaults?)$", re.IGNORECASE)
_NOT_SHARED = (".local", ".test", ".ci")


def rows(scene: Scene) -> Iterator[Definition]:
    """The names of each env file that has a template beside it, and of that template, each paired with the other."""
    for template in (path for path in scene.every_env_file if dotenv.template_name(path)):
        real = copied_to(scene, template)
        if real is None:
            yield from _absent(scene, template)
        for path, pair in ((template, real), (real, template)):
            document = scene.shelf.dotenv(path) if real is not None and path is not None else None
            if document is not None and document.bindings and pair is not None:
                yield from definitions(document, EVERY_STACK, pair)
                yield from _mentioned(document, pair)


def _absent(scene: Scene, template: str) -> Iterator[Definition]:
    """A template whose env file git ignores and is not here (CI): the names of both cannot be compared."""
    path = _promised(template)
    if scene.shelf.state(path) != "ignored" or scene.shelf.dotenv(template) is None:
        return
    missing = unknown(Reason("ignored-file", path), start_of(template))
    for file, role, pair in _halves(template, path):
        yield Definition(
            stack=EVERY_STACK, at=missing.text, name=missing, value=missing, file=file, file_role=role, pair=pair,
        )  # fmt: skip


def _halves(template: str, path: str) -> Iterator[tuple[str, FileRole, str]]:
    """(file, its role, the other one) of a pair whose real file is not here."""
    yield template, "unpaired", path
    yield path, "absent", template


def _promised(template: str) -> str:
    """The env file that is made of a template: `.env.production` of `.env.production.example`, and mostly `.env`."""
    where, name = directory(template), basename(template)
    made = _ENDING.sub("", name) if name.startswith(".env") else ".env"
    return f"{where}/{made}" if where else made


def copied_to(scene: Scene, template: str) -> str | None:
    """The env file that a template stands for: in its directory, for the same environment."""
    beside = [
        path
        for path in scene.env_files.get(directory(template), ())
        if not dotenv.template_name(path)
        and environment(path) == environment(template)
        and not basename(path).endswith(_NOT_SHARED)
    ]
    plain = [path for path in beside if basename(path) == ".env"]
    named = [path for path in beside if basename(template).startswith(basename(path))]
    if named:
        return max(named, key=len)
    return plain[0] if plain else beside[0] if len(beside) == 1 else None


def _mentioned(document: dotenv.DotenvDocument, pair: str) -> Iterator[Definition]:
    """Names that stand in a comment: optional ones, which nobody has to set."""
    for match in _MENTIONED.finditer(document.content):
        name = Text.exactly(match[1], Place(document.path, *match.span(1)))
        yield Definition(
            stack=EVERY_STACK, at=name, name=cell(name), value=NULL, file=document.path, file_role="comment", pair=pair,
        )  # fmt: skip
