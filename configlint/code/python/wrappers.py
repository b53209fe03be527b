"""Reads of the environment whose variable is not a literal: loops over names, and functions that wrap a read."""

import ast
from collections.abc import Iterable, Iterator

from configlint.code.memo import kept
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.modules import Modules
from configlint.code.python.objects import follow
from configlint.code.python.referents import Referent, as_called, plain_scope
from configlint.code.python.relevance import wanted
from configlint.code.python.scope import Function, Scope
from configlint.code.python.traversal import Visit, traverse_body
from configlint.code.python.variables import SUBJECT, VariableRead, variable_read
from configlint.model.text import Text

_DEEPEST = 3
"""How many wrappers may lie around a read."""


def possible_names(node: ast.expr, scope: Scope, evaluator: Evaluator) -> Iterator[Text]:
    """The names that an expression may be: one, or the items of the literal list through which a loop goes."""
    value = evaluator.value(node, scope)
    if value.string is not None:
        yield value.text
        return
    referent = follow(node, scope)
    if referent.each is None:
        return
    iterable = follow(referent.each, referent.scope)
    if isinstance(iterable.node, ast.Dict):
        items = [evaluator.value(key, iterable.scope) for key in iterable.node.keys if key is not None]
    else:
        items = list(evaluator.value(referent.each, referent.scope).items)
    if all(item.string is not None for item in items):
        yield from (item.text for item in items)


def given_by_caller(node: ast.expr, scope: Scope, depth: int = 4) -> bool:
    """Whether an expression is made of a parameter of a function, or of one that its object was made with."""
    for part in ast.walk(node):
        if not isinstance(part, ast.Name | ast.Attribute):
            continue
        referent = follow(part, scope)
        if referent.parameter:
            return True
        if depth and isinstance(referent.node, _COMPOSED) and given_by_caller(referent.node, referent.scope, depth - 1):
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
        referent = follow(node.func, scope)
        if not isinstance(referent.node, Function) or not depth or not self._wraps(referent.node, referent, depth):
            return
        plain = plain_scope(referent.node, referent)
        inside = as_called(referent.node, referent, node, scope)
        for inner, here in traverse_body(referent.node.body, inside):
            read = variable_read(inner, here) if isinstance(inner, ast.expr) else None
            if read is not None and read.name is not None and given_by_caller(read.name, plain.at(here.block)):
                yield read
            elif isinstance(inner, ast.Call):
                yield from self.reads(inner, here, depth - 1)

    def _wraps(self, function: Function, referent: Referent, depth: int) -> bool:
        key = (function, depth)
        if key not in self._known:
            self._known[key] = any(
                self._passes_on(node, scope, depth) for node, scope in self._inside(function, referent)
            )
        return self._known[key]

    def _inside(self, function: Function, referent: Referent) -> Iterator[Visit]:
        """What in a function can have to do with the environment."""
        lines = wanted(referent.scope.document, self._modules, SUBJECT)
        if lines is not None:
            yield from traverse_body(function.body, plain_scope(function, referent), lines.within)

    def _passes_on(self, node: ast.AST, scope: Scope, depth: int) -> bool:
        """Whether an expression reads a variable that a parameter names."""
        read = variable_read(node, scope) if isinstance(node, ast.expr) else None
        if read is not None:
            return read.name is not None and given_by_caller(read.name, read.scope)
        if not isinstance(node, ast.Call) or not depth:
            return False
        referent = follow(node.func, scope)
        if not isinstance(referent.node, Function) or not self._wraps(referent.node, referent, depth - 1):
            return False
        return any(given_by_caller(argument, scope) for argument in node.args)

    def wraps(self, referent: Referent) -> bool:
        """Whether a reference leads to a wrapper."""
        return isinstance(referent.node, Function) and self._wraps(referent.node, referent, _DEEPEST)


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
