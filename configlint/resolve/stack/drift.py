"""An env file and the template that it is copied from: the names that one of them lacks."""

import re
from collections.abc import Iterator, Mapping

from configlint.formats.dotenv import document as dotenv
from configlint.model.cell import NULL, Cell, unknown
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.tables import EVERY_STACK, TemplatePair
from configlint.model.text import Text, joined
from configlint.workspace.nearest import environment, promised
from configlint.workspace.workspace import Workspace, basename, directory, start_of

_MENTIONED = regex(r"^[ \t]*#[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=", re.MULTILINE)
_NOT_SHARED = (".local", ".test", ".ci")
_FEW = 3


def rows(workspace: Workspace) -> Iterator[TemplatePair]:
    """Each template with the env file that is made from it, and that file with its template."""
    files = real_files(workspace)
    for template in (path for path in workspace.every_env_file if dotenv.template_name(path)):
        here = workspace.store.dotenv(template)
        real = copied_to(workspace, files, template)
        there = workspace.store.dotenv(real) if real is not None else None
        if here is not None and there is not None and here.bindings and there.bindings:
            yield _compared(here, there)
            yield _compared(there, here)
        elif here is not None and real is None:
            yield from _absent(workspace, template)


def _compared(document: dotenv.DotenvDocument, other: dotenv.DotenvDocument) -> TemplatePair:
    known = mentioned(other)
    lacking = {name: text for name, text in _names(document).items() if name not in known}
    at = next(iter(lacking.values()), start_of(document.path))
    return TemplatePair(
        stack=EVERY_STACK, at=at, file=document.path, other=other.path,
        name=" ".join(sorted(map(str, lacking.values()))), lacking=listed(lacking),
        state="differs" if lacking else "same",
    )  # fmt: skip


def mentioned(document: dotenv.DotenvDocument) -> frozenset[str]:
    """The names that an env file sets, and those in its comments (`# NAME=`)."""
    return frozenset((*_names(document), *(match[1] for match in _MENTIONED.finditer(document.content))))


def _names(document: dotenv.DotenvDocument) -> Mapping[str, Text]:
    return {binding.name.raw: binding.name for binding in document.bindings}


def listed(names: Mapping[str, Text]) -> Cell:
    """A few names in words, with the places of all."""
    if not names:
        return NULL
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    # A name that may be a value which somebody pasted is masked, and is not among the characters that are labelled.
    told = [text for text in names.values() if not text.secret] or list(names.values())
    return Cell(value=", ".join(map(str, list(names.values())[:_FEW])) + more, text=joined(told))


def _absent(workspace: Workspace, template: str) -> Iterator[TemplatePair]:
    """A template whose env file git ignores and that is missing here (CI): the names of both cannot be compared."""
    path = promised(template)
    document = workspace.store.dotenv(template)
    if document is not None and workspace.store.state(path) == "ignored":
        missing = unknown(Reason("ignored-file", path), start_of(template))
        yield TemplatePair(
            stack=EVERY_STACK, at=missing.text, file=template, other=path, lacking=missing, state="unknown"
        )


RealFiles = Mapping[tuple[str, str], Mapping[str, str]]
"""The paths of env files that may have a template, by name, for each directory and environment."""


def real_files(workspace: Workspace) -> RealFiles:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for where, paths in workspace.env_files.items():
        for path in paths:
            if not dotenv.template_name(path) and not basename(path).endswith(_NOT_SHARED):
                found.setdefault((where, environment(path)), {})[basename(path)] = path
    return found


def copied_to(workspace: Workspace, files: RealFiles, template: str) -> str | None:
    """The env file that a template stands for: in its directory, for the same environment.

    One that the template is named for; else `.env`, or the only one there is, if it has most of the template's names.
    """
    beside, name = files.get((directory(template), environment(template)), {}), basename(template)
    named = [beside[part] for end in range(1, len(name) + 1) if (part := name[:end]) in beside]
    named += [path for path in (beside.get(basename(promised(template))),) if path is not None]
    if named:
        return max(named, key=len)
    plain = [beside[".env"]] if ".env" in beside else list(beside.values())
    return plain[0] if len(plain) == 1 and _alike(workspace, template, plain[0]) else None


def _alike(workspace: Workspace, template: str, path: str) -> bool:
    """Whether an env file has more than half of the names of a template."""
    here, there = workspace.store.dotenv(template), workspace.store.dotenv(path)
    if here is None or there is None:
        return False
    names = _names(here).keys()
    return 2 * len(names & _names(there).keys()) > len(names)
