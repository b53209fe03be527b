"""The functions of a program's own, followed through one call."""

import ast
from typing import TYPE_CHECKING

from configlint.code.python.objects import constructor, follow
from configlint.code.python.referents import Referent, as_called, decorators, returned
from configlint.code.python.scope import Function, Scope
from configlint.code.python.values import Value, unknown
from configlint.model.reason import Reason
from configlint.model.text import Place

if TYPE_CHECKING:
    from configlint.code.python.evaluate import Evaluator

_HARMLESS = frozenset({"property", "cached_property", "staticmethod", "classmethod", "cache", "lru_cache"})
"""Decorators that leave the value of a call as it is."""


def inlined(evaluator: "Evaluator", referent: Referent, inside: Scope, place: Place) -> Value:
    """What a function returns that has one way to do so. `inside` is its inside as the call at `place` sees it."""
    function = referent.node
    result = returned(function) if isinstance(function, Function) else None
    if not isinstance(function, Function) or result is None or not _HARMLESS.issuperset(decorators(function)):
        name = getattr(function, "name", "it")
        return unknown(Reason("runtime", f"what {name}() returns"), place)
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


def is_property(function: Function) -> bool:
    return not {"property", "cached_property"}.isdisjoint(decorators(function))
