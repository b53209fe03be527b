"""The modules that run when one is started: itself, and whatever it imports."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from configlint.code.memo import kept
from configlint.code.python.bindings import dotted_import
from configlint.code.python.blocks import every_statement
from configlint.code.python.imports import located
from configlint.code.python.modules import Documents, Modules, together
from configlint.code.python.scope import EVERY
from configlint.formats.python.source import Source

if TYPE_CHECKING:
    from configlint.formats.python.document import PythonDocument


def closure(entry: str, documents: Documents, *, at_start: bool = False) -> Modules:
    """The module at the path `entry` and all that are imported from there, functions included, by their paths.

    With `at_start`, only what is imported whenever a module runs, not what a function or a condition imports. A file
    that cannot be parsed is among them; what it imports is not.
    """
    return _closure(together(documents), entry, at_start)


@kept
def _closure(modules: Modules, entry: str, at_start: bool) -> Modules:
    found: dict[str, PythonDocument] = {}
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path not in found and path in modules:
            found[path] = modules[path]
            waiting += _run_with(modules, path, at_start)
    return Modules(found)


@kept
def _run_with(modules: Modules, path: str, at_start: bool) -> tuple[str, ...]:
    """The modules that run because one does: the packages in which it stands, before it, and those it imports."""
    document = modules[path]
    read = imports_at_start if at_start else imports
    imported = read(document.source) if document.problem is None else ()
    homes = [located(name, path, modules) for name in imported]
    return (*_packages(path, modules), *(home[0].path for home in homes if home is not None))


def imports_at_start(source: Source) -> tuple[str, ...]:
    """Those that it imports whenever it runs. Raises `UnreadableError` where it cannot be parsed."""
    return tuple(name for statement in source.tree.body for name in _names(statement))


@kept
def imports(source: Source) -> tuple[str, ...]:
    """The dotted paths that a module imports, wherever in it. Raises `UnreadableError` where it cannot be parsed."""
    return tuple(name for statement in every_statement(source.tree.body) for name in _names(statement))


def _names(node: ast.stmt) -> list[str]:
    """The dotted paths that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    return [dotted_import(node, "" if alias.name == EVERY else alias.name) for alias in node.names]


def _packages(path: str, modules: Modules) -> Iterator[str]:
    """The packages in which a module stands: they are run before it."""
    directory = path.rpartition("/")[0]
    while directory and f"{directory}/__init__.py" in modules:
        yield f"{directory}/__init__.py"
        directory = directory.rpartition("/")[0]
