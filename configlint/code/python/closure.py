"""The modules that run when one is started: itself, and whatever it imports."""

import ast
from collections.abc import Iterator

from configlint.code.python.imports import located
from configlint.code.python.scope import Modules
from configlint.formats.python.document import PythonDocument


def closure(entry: str, modules: Modules) -> dict[str, PythonDocument]:
    """The module at the path `entry` and all that are imported from there, functions included, by their paths.

    A file that cannot be parsed is among them; what it imports is not.
    """
    found: dict[str, PythonDocument] = {}
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path not in found and path in modules:
            document = found[path] = modules[path]
            waiting += _packages(path, modules)
            if document.problem is None:
                waiting += _imported(document, modules)
    return found


def _imported(document: PythonDocument, modules: Modules) -> Iterator[str]:
    for node in ast.walk(document.tree):
        for name in _names(node):
            home = located(name, document.path, modules)
            if home is not None:
                yield home[0].path


def _names(node: ast.AST) -> list[str]:
    """The dotted paths that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    start = "." * node.level + (node.module or "")
    join = "." if node.module else ""
    return [start if alias.name == "*" else f"{start}{join}{alias.name}" for alias in node.names]


def _packages(path: str, modules: Modules) -> Iterator[str]:
    """The packages in which a module stands: they are run before it."""
    directory = path.rpartition("/")[0]
    while directory and f"{directory}/__init__.py" in modules:
        yield f"{directory}/__init__.py"
        directory = directory.rpartition("/")[0]
