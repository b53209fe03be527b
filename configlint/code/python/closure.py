"""The modules that run when one is started: itself, and whatever it imports."""

import ast
from collections.abc import Iterable, Iterator

from configlint.code.python.imports import located
from configlint.code.python.scope import Modules
from configlint.formats.python.document import PythonDocument


def closure(entry: str, modules: Modules, *, at_start: bool = False) -> dict[str, PythonDocument]:
    """The module at the path `entry` and all that are imported from there, functions included, by their paths.

    With `at_start`, only what is imported whenever a module runs, not what a function or a condition imports. A file
    that cannot be parsed is among them; what it imports is not.
    """
    found: dict[str, PythonDocument] = {}
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path not in found and path in modules:
            document = found[path] = modules[path]
            waiting += _packages(path, modules)
            if document.problem is None:
                nodes = document.tree.body if at_start else ast.walk(document.tree)
                waiting += _imported(nodes, document, modules)
    return found


def _imported(nodes: Iterable[ast.AST], document: PythonDocument, modules: Modules) -> Iterator[str]:
    for node in nodes:
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
