"""Which declaration, and which class, an expression names. Nothing is evaluated here."""

from typing import TYPE_CHECKING

from configlint.code.dart.build_variants import EVERYWHERE
from configlint.code.dart.values import Caller, Declared, Scope, Where
from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class, Constant, Function, Parameter, Variable
from configlint.formats.dart.syntax import Call, Cascade, Expression, Member, Name

if TYPE_CHECKING:
    from configlint.code.dart.app import App

_DEEPEST = 8
"""Objects of objects whose classes are followed."""

Home = tuple[DartDocument, Class]
"""A class and the file in which it stands."""


def declared(app: "App", value: Expression, where: Where, depth: int = 0) -> Declared | None:
    """The variable, function or value of an enum that an expression names."""
    if isinstance(value, Name):
        found = app.package.member(where.document, where.owner, value.name) if where.owner else None
        return found or _top(app, where.document, value.name)
    if not isinstance(value, Member):
        return None
    if isinstance(value.target, Name) and app.package.is_prefix(where.document, value.target.name):
        return _top(app, where.document, value.name, value.target.name)
    owner = class_of(app, value.target, where, depth)
    return app.package.member(owner[0], owner[1], value.name) if owner else None


def _top(app: "App", document: DartDocument, name: str, prefix: str = "") -> Declared | None:
    found = app.package.top(document, name, prefix)
    if found is None or isinstance(found[1], Class):
        return None
    return Declared(document=found[0], owner=None, member=found[1])


def constructor(app: "App", value: Expression, where: Where) -> Declared | None:
    """The constructor that an expression names: `Service` or `Service.local`."""
    pairs = [(value, ""), (value.target, value.name)] if isinstance(value, Member) else [(value, "")]
    for target, name in pairs:
        found = class_of(app, target, where) if names_a_class(app, target, where) else None
        for function in app.package.constructors(found[1]) if found else ():
            if found and function.name == (name or found[1].name):
                return Declared(document=found[0], owner=found[1], member=function)
    return None


def names_a_class(app: "App", value: Expression, where: Where) -> bool:
    """Whether an expression is the name of a class itself, not of an object."""
    if isinstance(value, Member):
        return isinstance(value.target, Name) and app.package.is_prefix(where.document, value.target.name)
    return isinstance(value, Name) and _class_named(app, where.document, value.name) is not None


def class_of(app: "App", value: Expression, where: Where, depth: int = 0) -> Home | None:
    """The class that an expression names, or of which it is an object."""
    if depth >= _DEEPEST:
        return None
    match value:
        case Cascade(target=target) | Call(target=target):
            return class_of(app, target, where, depth + 1)
        case Name(name="this" | "super"):
            return (where.document, where.owner) if where.owner else None
        case Name(name=name):
            holder = where.scope.holder(name) if where.scope else None
            if holder is not None:
                return _local_class(app, name, holder, where, depth)
            return _class_named(app, where.document, name) or _object_class(app, value, where, depth)
        case Member(target=Name(name=prefix), name=name) if app.package.is_prefix(where.document, prefix):
            return _class_named(app, where.document, name, prefix) or _object_class(app, value, where, depth)
        case Member(target=target):
            # What a class does not declare under this name may be a constructor of it.
            return _object_class(app, value, where, depth) or class_of(app, target, where, depth + 1)
        case _:
            return None


def _local_class(app: "App", name: str, holder: Scope, where: Where, depth: int) -> Home | None:
    parameter = holder.parameters.get(name)
    kind = parameter.type if parameter else holder.types.get(name, "")
    if kind not in ("", "dynamic", "Object"):
        return _class_named(app, where.document, kind)
    for binding in holder.names.get(name, ()):
        if binding.value is not None:
            return class_of(app, binding.value, where.inside(binding.scope), depth + 1)
    return None


def _object_class(app: "App", value: Name | Member, where: Where, depth: int) -> Home | None:
    """The class of the object that a variable holds or a getter returns."""
    named = declared(app, value, where, depth + 1)
    if named is None:
        return None
    member = named.member
    if isinstance(member, Constant):
        return (named.document, named.owner) if named.owner else None
    found = _class_named(app, named.document, member.type)
    if found is None and isinstance(member, Variable) and member.value:
        return class_of(app, app.parsed(named.document, member.value), named.where, depth + 1)
    return found


def _class_named(app: "App", document: DartDocument, name: str, prefix: str = "") -> Home | None:
    found = app.package.top(document, name, prefix) if name else None
    return (found[0], found[1]) if found is not None and isinstance(found[1], Class) else None


def caller(app: "App", call: Call, where: Where, variants: int = EVERYWHERE) -> Caller | None:
    """A call as that of a function or constructor of the app."""
    if not isinstance(call.target, Name | Member):
        return None
    named = declared(app, call.target, where) or constructor(app, call.target, where)
    if named is None or not isinstance(named.member, Function):
        return None
    if named.member.kind not in ("function", "constructor"):
        return None
    return Caller(function=named.member, home=named, call=call, where=where, variants=variants)


def argument(function: Function, parameter: Parameter, call: Call) -> Expression | None:
    """What a call gives to a parameter."""
    if parameter.named:
        return call.named.get(parameter.name)
    position = [one for one in function.parameters if not one.named].index(parameter)
    return call.arguments[position] if position < len(call.arguments) else None
