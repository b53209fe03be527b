"""The functions of a program's own, followed through one call."""

import ast
from typing import TYPE_CHECKING

from configlint.formats.python.blocks import statements
from configlint.formats.python.objects import Found, constructor, follow, method_scope
from configlint.formats.python.scope import BEGINNING, Binding, Function, Scope
from configlint.formats.python.scopes import called_scope, function_scope
from configlint.formats.python.values import Value, unknown
from configlint.model.text import Place

if TYPE_CHECKING:
    from configlint.formats.python.evaluate import Evaluator

_HARMLESS = frozenset({"property", "cached_property", "staticmethod", "classmethod", "cache", "lru_cache"})
"""Decorators that leave the value of a call as it is."""


def inlined(evaluator: "Evaluator", found: Found, inside: Scope, place: Place) -> Value:
    """What a function returns that has one way to do so. `inside` is its inside as the call at `place` sees it."""
    function = found.node
    result = returned(function) if isinstance(function, Function) else None
    if not isinstance(function, Function) or result is None or not _HARMLESS.issuperset(_decorators(function)):
        name = getattr(function, "name", "it")
        return unknown(f"what {name}() returns is known only when the program runs", place)
    value = evaluator.value(result, inside)
    return Value(kind=value.kind, text=value.text.through(place), items=value.items)


def built(node: ast.expr, scope: Scope, depth: int = 4) -> tuple[ast.Call | None, Scope]:
    """The call that made an object, looked for inside the functions of the program that hand it over."""
    call, inner = constructor(node, scope)
    if call is None or not depth:
        return call, inner
    maker = follow(call.func, inner)
    result = returned(maker.node) if isinstance(maker.node, Function) else None
    if not isinstance(maker.node, Function) or result is None:
        return call, inner
    return built(result, as_called(maker.node, maker, call, inner), depth - 1)


def returned(function: Function) -> ast.expr | None:
    """The expression of the only `return`, if it is sure to be reached."""
    found = [(line, block) for line, block in statements(function.body) if isinstance(line, ast.Return)]
    return found[0][0].value if len(found) == 1 and not found[0][1] else None


def plain_scope(function: Function, found: Found) -> Scope:
    """The inside of a function whose arguments nobody knows."""
    return method_scope(function, found.owner, found.scope) if found.owner else function_scope(function, found.scope)


def as_called(function: Function, found: Found, node: ast.Call, caller: Scope) -> Scope:
    """The inside of a function as the call `node` sees it, which stands in `caller`."""
    inside = plain_scope(function, found)
    skipped = 1 if found.owner is not None and "staticmethod" not in _decorators(function) else 0
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args][skipped:]
    spread = any(isinstance(argument, ast.Starred) for argument in node.args)
    if spread or any(word.arg is None for word in node.keywords):
        return inside
    bound = dict(_defaults(arguments, inside))
    for parameter, argument in zip(positional, node.args, strict=False):
        bound[parameter.arg] = Binding(position=BEGINNING, node=argument, scope=caller)
    for word in node.keywords:
        if word.arg is not None and word.arg in inside.names.bindings:
            bound[word.arg] = Binding(position=BEGINNING, node=word.value, scope=caller)
    return called_scope(inside, bound)


def _defaults(arguments: ast.arguments, inside: Scope) -> list[tuple[str, Binding]]:
    """The parameters that have a default; it is evaluated where the function stands."""
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs: list[tuple[ast.arg, ast.expr | None]] = [
        *zip(reversed(positional), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return [
        (parameter.arg, Binding(position=BEGINNING, node=default, scope=inside.outer))
        for parameter, default in pairs
        if default is not None
    ]


def _decorators(function: Function) -> list[str]:
    return [decorator_name(node) for node in function.decorator_list]


def decorator_name(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_property(function: Function) -> bool:
    return not {"property", "cached_property"}.isdisjoint(_decorators(function))
