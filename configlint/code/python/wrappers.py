"""Reads of the environment whose variable is not a literal: loops over names, and functions that wrap a read."""

import ast
from collections.abc import Iterable, Iterator

from configlint.code.kept import kept
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.found import Found, as_called, plain_scope
from configlint.code.python.modules import Modules
from configlint.code.python.objects import follow
from configlint.code.python.relevance import wanted
from configlint.code.python.scope import Function, Scope
from configlint.code.python.variables import SUBJECT, VariableRead, variable_read
from configlint.code.python.visits import Visit, visited_body
from configlint.model.text import Text

_DEEPEST = 3
"""How many wrappers may lie around a read."""


def possible_names(node: ast.expr, scope: Scope, evaluator: Evaluator) -> Iterator[Text]:
    """The names that an expression may be: one, or the items of the literal list through which a loop goes."""
    value = evaluator.value(node, scope)
    if value.string is not None:
        yield value.text
        return
    found = follow(node, scope)
    if found.each is None:
        return
    iterable = follow(found.each, found.scope)
    if isinstance(iterable.node, ast.Dict):
        items = [evaluator.value(key, iterable.scope) for key in iterable.node.keys if key is not None]
    else:
        items = list(evaluator.value(found.each, found.scope).items)
    if all(item.string is not None for item in items):
        yield from (item.text for item in items)


def given_by_caller(node: ast.expr, scope: Scope, depth: int = 4) -> bool:
    """Whether an expression is made of a parameter of a function, or of one that its object was made with."""
    for part in ast.walk(node):
        if not isinstance(part, ast.Name | ast.Attribute):
            continue
        found = follow(part, scope)
        if found.parameter:
            return True
        if depth and isinstance(found.node, _COMPOSED) and given_by_caller(found.node, found.scope, depth - 1):
            return True
    return False


_COMPOSED = (ast.JoinedStr, ast.BinOp, ast.BoolOp, ast.IfExp, ast.Call, ast.Subscript)


@kept
def wrappers(modules: Modules) -> "Wrappers":
    return Wrappers(modules)


class Wrappers:
    """The functions of a program that read a variable which their caller names."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._known: dict[tuple[Function, int], bool] = {}

    def reads(self, node: ast.Call, scope: Scope, depth: int = _DEEPEST) -> Iterator[VariableRead]:
        """The reads that one call makes through a wrapper."""
        found = follow(node.func, scope)
        if not isinstance(found.node, Function) or not depth or not self._wraps(found.node, found, depth):
            return
        plain = plain_scope(found.node, found)
        inside = as_called(found.node, found, node, scope)
        for inner, here in visited_body(found.node.body, inside):
            read = variable_read(inner, here) if isinstance(inner, ast.expr) else None
            if read is not None and read.name is not None and given_by_caller(read.name, plain.at(here.block)):
                yield read
            elif isinstance(inner, ast.Call):
                yield from self.reads(inner, here, depth - 1)

    def _wraps(self, function: Function, found: Found, depth: int) -> bool:
        key = (function, depth)
        if key not in self._known:
            self._known[key] = any(self._passes_on(node, scope, depth) for node, scope in self._inside(function, found))
        return self._known[key]

    def _inside(self, function: Function, found: Found) -> Iterator[Visit]:
        """What in a function can have to do with the environment."""
        lines = wanted(found.scope.document, self._modules, SUBJECT)
        if lines is not None:
            yield from visited_body(function.body, plain_scope(function, found), lines.within)

    def _passes_on(self, node: ast.AST, scope: Scope, depth: int) -> bool:
        """Whether an expression reads a variable that a parameter names."""
        read = variable_read(node, scope) if isinstance(node, ast.expr) else None
        if read is not None:
            return read.name is not None and given_by_caller(read.name, read.scope)
        if not isinstance(node, ast.Call) or not depth:
            return False
        found = follow(node.func, scope)
        if not isinstance(found.node, Function) or not self._wraps(found.node, found, depth - 1):
            return False
        return any(given_by_caller(argument, scope) for argument in node.args)

    def wraps(self, found: Found) -> bool:
        """Whether a reference leads to a wrapper."""
        return isinstance(found.node, Function) and self._wraps(found.node, found, _DEEPEST)


def unaccounted(visits: Iterable[Visit]) -> list[tuple[ast.expr, Scope]]:
    """References that are neither called, looked into, compared, nor given another name."""
    accounted: set[int] = set()
    references: list[tuple[ast.expr, Scope]] = []
    for node, scope in visits:
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            references.append((node, scope))
        accounted.add(id(_looked_into(node)))
    return [(node, scope) for node, scope in references if id(node) not in accounted]


def _looked_into(node: ast.AST) -> ast.expr | None:
    match node:
        case ast.Attribute(value=inner, attr=("get" | "pop" | "setdefault" | "__getitem__" | "update" | "putenv")):
            return inner
        case ast.Subscript(value=inner) | ast.Compare(comparators=[inner]) | ast.Call(func=inner):
            return inner
        case ast.Assign(value=inner) if isinstance(inner, ast.Name | ast.Attribute):
            return inner
    return None
