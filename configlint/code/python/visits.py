"""Every statement and expression of a program, each with the scope in which it stands."""

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from configlint.code.python.blocks import statements
from configlint.code.python.found import Found, method_scope
from configlint.code.python.modules import Modules
from configlint.code.python.scope import Function, Scope
from configlint.code.python.scopes import class_scope, comprehension_scope, function_scope, module_scope
from configlint.formats.python.document import PythonDocument

Visit = tuple[ast.stmt | ast.expr, Scope]
Wanted = Callable[[ast.stmt], bool]
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _every(_: ast.stmt) -> bool:
    return True


def visited(document: PythonDocument, modules: Modules, wanted: Wanted = _every) -> Iterator[Visit]:
    """All of a module, in no certain order. Raises `UnreadableError` where it cannot be parsed.

    Of the statements only those that are `wanted`, and what is in them.
    """
    return visited_body(document.tree.body, module_scope(document, modules), wanted)


def visited_body(body: Sequence[ast.stmt], scope: Scope, wanted: Wanted = _every) -> Iterator[Visit]:
    """All of a body, with what is in the functions and classes inside it."""
    waiting: list[tuple[Sequence[ast.stmt], Scope, Found | None]] = [(body, scope, None)]
    while waiting:
        body, scope, owner = waiting.pop()
        for statement, block in statements(body):
            if not wanted(statement):
                continue
            here = scope.at(block)
            yield statement, here
            yield from _expressions(_parts(statement), here)
            if isinstance(statement, ast.ClassDef):
                waiting.append((statement.body, class_scope(statement, here), Found(here, statement)))
            elif isinstance(statement, Function):
                inside = method_scope(statement, owner, owner.scope) if owner else function_scope(statement, here)
                waiting.append((statement.body, inside, None))


def _parts(node: ast.stmt | ast.expr) -> Iterator[ast.expr]:
    """The expressions directly inside a node, those in statements inside it left out."""
    waiting: list[ast.AST] = [node]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.expr):
                yield child
            elif not isinstance(child, ast.stmt):
                waiting.append(child)


def _expressions(nodes: Iterable[ast.expr], scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
    waiting = [(node, scope) for node in nodes]
    while waiting:
        node, here = waiting.pop()
        yield node, here
        inside = here
        if isinstance(node, ast.Lambda):
            inside = function_scope(node, here)
        elif isinstance(node, _Comprehension):
            inside = comprehension_scope(node.generators, here)
        waiting += [(child, inside) for child in _parts(node)]
