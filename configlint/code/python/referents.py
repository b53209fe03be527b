"""What a reference may lead to, and the inside of functions and methods as their callers see it."""

import ast
from typing import NamedTuple

from configlint.code.python.blocks import statements
from configlint.code.python.scope import BEGINNING, Binding, Function, Scope
from configlint.code.python.scopes import called_scope, function_scope
from configlint.model.reason import Reason


class ConstructorCall(NamedTuple):
    """A call that makes an object, and where it stands."""

    node: ast.Call
    scope: Scope


class Referent(NamedTuple):
    """What a reference leads to. `node` is an expression that is no reference, a function or a class.

    `imported` is a dotted path that leads out of the known modules. With `instance`, an object of the class `node` is
    meant, and `made` is the call that made it, if that is known. `each` is the iterable whose items a loop gives; a
    `parameter` is filled by whoever calls. Of a method, `owner` is the class or object that was asked for it. Where
    nothing is found, `reason` says why.
    """

    scope: Scope
    node: ast.expr | Function | ast.ClassDef | None = None
    imported: str = ""
    instance: bool = False
    made: ConstructorCall | None = None
    each: ast.expr | None = None
    parameter: bool = False
    annotation: ast.expr | None = None
    reason: Reason | None = None
    owner: "Referent | None" = None


def method_scope(method: Function, owner: Referent, outer: Scope) -> Scope:
    """The inside of a method of a class that stands in `outer`; `owner` is the class or object it is called on."""
    names = decorators(method)
    if "staticmethod" in names:
        return function_scope(method, outer)
    instance = "classmethod" not in names
    itself = Binding(
        position=BEGINNING,
        node=owner.node,
        instance=instance,
        made=owner.made if instance else None,
        scope=owner.scope,
    )
    inside = function_scope(method, outer, itself)
    return inside._replace(called=inside.called or owner.made is not None)


def inside_scope(function: Function, referent: Referent) -> Scope:
    """The inside of a function or method, without its arguments."""
    return (
        method_scope(function, referent.owner, referent.scope)
        if referent.owner
        else function_scope(function, referent.scope)
    )


def plain_scope(function: Function, referent: Referent) -> Scope:
    """The same for a method of an object of which nobody knows how it was made."""
    owner = referent.owner._replace(made=None) if referent.owner is not None else None
    return inside_scope(function, referent._replace(owner=owner))


def as_called(function: Function, referent: Referent, node: ast.Call, caller: Scope) -> Scope:
    """The inside of a function as the call `node` sees it, which stands in `caller`."""
    inside = inside_scope(function, referent)
    skipped = 1 if referent.owner is not None and "staticmethod" not in decorators(function) else 0
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


def decorators(function: Function) -> list[str]:
    return [decorator_name(node) for node in function.decorator_list]


def decorator_name(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def returned(function: Function) -> ast.expr | None:
    """The expression of the only `return`, if it is sure to be reached."""
    found = [(line, block) for line, block in statements(function.body) if isinstance(line, ast.Return)]
    return found[0][0].value if len(found) == 1 and not found[0][1] else None
