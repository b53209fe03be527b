"""What names stand for: local values, members of classes, top-level names, variables of the environment."""

from typing import TYPE_CHECKING

from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class, Constant, Function, Parameter, Variable
from configlint.formats.dart.syntax import Call, Cascade, Entry, Expression, Index, Items, Member, Name
from configlint.model.text import Text
from configlint.resolve import url
from configlint.resolve.dart.conditions import by_name
from configlint.resolve.dart.texts import absent
from configlint.resolve.dart.values import Arm, Binding, Declared, Scope, Where, unknown
from configlint.resolve.dart.worlds import EVERYWHERE

if TYPE_CHECKING:
    from configlint.resolve.dart.app import App

_ENV_NAMES = frozenset({"env", "_env", "environment"})
_UNDECLARED = "it is not declared in the app"


def name(app: "App", value: Name, where: Where) -> list[Arm]:
    holder = where.scope.holder(value.name) if where.scope else None
    if holder is not None:
        found = _local(app, value, holder, where)
        return [passed_on(arm, value) for arm in found]
    return _declared(app, value, where) or [unknown(_UNDECLARED, value.at)]


def member(app: "App", value: Member, where: Where) -> list[Arm]:
    found = _of_constant(app, value, where) or _declared(app, value, where)
    if found:
        return found
    if value.name in ("scheme", "host", "port", "path", "authority", "origin"):
        return [_part(arm, value) for arm in app.arms(value.target, where)]
    return [unknown(_UNDECLARED, value.at)]


def _declared(app: "App", value: Name | Member, where: Where) -> list[Arm]:
    found = declared(app, value, where)
    if found is None:
        return []
    return [passed_on(arm, value) for arm in app.declared(found)]


def _of_constant(app: "App", value: Member, where: Where) -> list[Arm]:
    """A field of a value of an enum: what that value passes to the constructor."""
    owner = class_of(app, value.target, where)
    if owner is None or owner[1].kind != "enum" or _names_a_class(app, value.target, where):
        return []
    names = app.known_texts(value.target, where)
    found: list[Arm] = []
    for constant in owner[1].constants:
        if not names or f"{owner[1].name}.{constant.name}" in names:
            worlds = EVERYWHERE if names else by_name(constant.name).yes
            found += [arm.within(worlds) for arm in _given_by(app, value.name, owner, constant)]
    return [passed_on(arm, value) for arm in found]


def _given_by(app: "App", name: str, owner: tuple[DartDocument, Class], constant: Constant) -> list[Arm]:
    document, of_enum = owner
    for function in app.package.constructors(of_enum):
        for parameter in function.parameters if constant.arguments else ():
            if parameter.field and parameter.name == name and constant.arguments:
                given = document.source.code.arguments(constant.arguments)
                call = Call(
                    target=Name(name=of_enum.name, at=constant.at),
                    arguments=tuple(value for value, named in given if not named),
                    named={named: value for value, named in given if named},
                    at=constant.at,
                )
                value = argument(function, parameter, call)
                return list(app.arms(value, Where(document=document, owner=of_enum))) if value else []
    return []


def argument(function: Function, parameter: Parameter, call: Call) -> Expression | None:
    """What a call gives to a parameter."""
    if parameter.named:
        return call.named.get(parameter.name)
    position = [one for one in function.parameters if not one.named].index(parameter)
    return call.arguments[position] if position < len(call.arguments) else None


def passed_on(arm: Arm, value: Expression) -> Arm:
    """The value of a name where the name is read: how the value came about is said where that stands."""
    return arm.but(text=arm.text.through(value.at), role="")


def _part(arm: Arm, value: Member) -> Arm:
    """A part of an address: `Uri.parse(…).host`."""
    parts = url.parts(arm.text)
    if parts is None:
        return arm.but(text=Text.unknown("it is a part of something unknown", value.at))
    if value.name in ("authority", "origin"):
        end = len(arm.text) - (len(parts.path.text) if parts.path.text else 0)
        start = 0 if value.name == "origin" else len(parts.scheme.text) + 3
        return arm.but(text=arm.text[start:end])
    return arm.but(text=getattr(parts, value.name).text)


def _local(app: "App", value: Name, holder: Scope, where: Where) -> list[Arm]:
    """A local name at the place where it is read: the last values that surely or perhaps were given before."""
    if value.name in holder.functions:
        return [unknown("it is a function", value.at)]
    found: list[Arm] = []
    rest = EVERYWHERE
    bindings = [one for one in holder.names.get(value.name, ()) if one.offset <= value.at.start]
    for binding in reversed(bindings):
        worlds = binding.worlds & (rest or binding.worlds)
        found += [arm.within(worlds) for arm in _bound(app, binding, value, where) if arm.possible(worlds)]
        rest &= ~binding.surely
        if not rest:
            return found
    if value.name in holder.parameters:
        return found + [arm.within(rest) for arm in app.parameter(value, holder, where)]
    return [*found, absent(value, "it has no value yet").within(rest)]


def _bound(app: "App", binding: Binding, value: Name, where: Where) -> tuple[Arm, ...]:
    if binding.value is None:
        return (unknown("its value is known only when the app runs", value.at),)
    return app.arms(binding.value, where.inside(binding.scope))


def declared(app: "App", value: Expression, where: Where) -> Declared | None:
    """The variable, function or value of an enum that an expression names."""
    if isinstance(value, Name):
        if where.owner is not None:
            found = app.package.member(where.document, where.owner, value.name)
            if found is not None:
                return found
        return _top(app, where.document, value.name)
    if not isinstance(value, Member):
        return None
    if isinstance(value.target, Name) and app.package.is_prefix(where.document, value.target.name):
        return _top(app, where.document, value.name, value.target.name)
    owner = class_of(app, value.target, where)
    return app.package.member(owner[0], owner[1], value.name) if owner else None


def constructor(app: "App", value: Expression, where: Where) -> Declared | None:
    """The constructor that an expression names: `Service` or `Service.local`."""
    for target, name in ((value, ""), (value.target, value.name)) if isinstance(value, Member) else ((value, ""),):
        found = class_of(app, target, where) if _names_a_class(app, target, where) else None
        if found is None:
            continue
        document, owner = found
        for member in owner.members:
            if isinstance(member, Function) and member.kind == "constructor" and member.name == (name or owner.name):
                return Declared(document=document, owner=owner, member=member)
    return None


def _names_a_class(app: "App", value: Expression, where: Where) -> bool:
    """Whether an expression is the name of a class itself, not of an object."""
    if isinstance(value, Member):
        return isinstance(value.target, Name) and app.package.is_prefix(where.document, value.target.name)
    if not isinstance(value, Name) or value.name in ("this", "super"):
        return False
    found = app.package.top(where.document, value.name)
    return found is not None and isinstance(found[1], Class)


def _top(app: "App", document: DartDocument, name: str, prefix: str = "") -> Declared | None:
    found = app.package.top(document, name, prefix)
    if found is None or isinstance(found[1], Class):
        return None
    return Declared(document=found[0], owner=None, member=found[1])


def class_of(app: "App", value: Expression, where: Where, depth: int = 0) -> tuple[DartDocument, Class] | None:
    """The class that an expression names, or of which it is an object."""
    if depth > 8:
        return None
    if isinstance(value, Cascade):
        return class_of(app, value.target, where, depth + 1)
    if isinstance(value, Call):
        return class_of(app, value.target, where, depth + 1)
    if isinstance(value, Name):
        if value.name in ("this", "super"):
            return (where.document, where.owner) if where.owner else None
        holder = where.scope.holder(value.name) if where.scope else None
        if holder is not None:
            return _local_class(app, value, holder, where, depth)
    if not isinstance(value, Name | Member):
        return None
    prefix = value.target.name if isinstance(value, Member) and isinstance(value.target, Name) else ""
    if isinstance(value, Name) or app.package.is_prefix(where.document, prefix):
        found = app.package.top(where.document, value.name, prefix)
        if found is not None and isinstance(found[1], Class):
            return found[0], found[1]
    named = declared(app, value, where)
    if named is None and isinstance(value, Member):
        return class_of(app, value.target, where, depth + 1)  # a named constructor
    return _declared_class(app, named, depth) if named else None


def _local_class(app: "App", value: Name, holder: Scope, where: Where, depth: int) -> tuple[DartDocument, Class] | None:
    parameter = holder.parameters.get(value.name)
    kind = parameter.type if parameter else holder.types.get(value.name, "")
    if kind not in ("", "dynamic", "Object"):
        return _class_named(app, where.document, kind)
    for binding in holder.names.get(value.name, ()):
        if binding.value is not None:
            return class_of(app, binding.value, where.inside(binding.scope), depth + 1)
    return None


def _declared_class(app: "App", named: Declared, depth: int) -> tuple[DartDocument, Class] | None:
    member = named.member
    if isinstance(member, Constant):
        return (named.document, named.owner) if named.owner else None
    found = _class_named(app, named.document, member.type)
    if found is None and isinstance(member, Variable) and member.value:
        value = named.document.source.code.expression(member.value)
        return class_of(app, value, named.where, depth + 1)
    return found


def _class_named(app: "App", document: DartDocument, name: str) -> tuple[DartDocument, Class] | None:
    found = app.package.top(document, name) if name else None
    return (found[0], found[1]) if found is not None and isinstance(found[1], Class) else None


def index(app: "App", value: Index, where: Where) -> list[Arm]:
    keys = app.known_texts(value.key, where)
    source = environment(app, value.target, where)
    if source:
        return [variable(app, keys[0] if len(keys) == 1 else "", source, value)]
    entries = _entries(app, value.target, where)
    if entries is None:
        return [unknown("it is computed when the app runs", value.at)]
    found: list[Arm] = []
    for entry, inside in entries:
        names = app.known_texts(entry.key, inside)
        if keys and names and not set(keys) & set(names):
            continue
        worlds = EVERYWHERE if keys else by_name(names[0] if names else "").yes
        found += [arm.within(worlds) for arm in app.arms(entry.value, inside)]
    return [passed_on(arm, value) for arm in found] or [absent(value, "the map does not hold it")]


def _entries(app: "App", value: Expression, where: Where) -> list[tuple[Entry, Where]] | None:
    """The entries of a map that is written down."""
    if isinstance(value, Name | Member):
        found = app.constant(value, where)
        if found is None:
            return None
        value, where = found
    if not isinstance(value, Items):
        return None
    return [(item, where) for item in value.items if isinstance(item, Entry)]


def environment(app: "App", value: Expression, where: Where, depth: int = 0) -> str:
    """Which variables a map holds: `dotenv` (the app's env files), `process` (the machine's), or empty."""
    if isinstance(value, Member) and value.name == "environment" and _last(value.target) == "Platform":
        return "process"
    if isinstance(value, Member) and value.name == "env" and _last(value.target).lower() == "dotenv":
        return "dotenv"
    if not isinstance(value, Name | Member) or depth > 4:
        return ""
    found = app.constant(value, where)
    if found is not None:
        return environment(app, found[0], found[1], depth + 1)
    return "dotenv" if isinstance(value, Name) and value.name in _ENV_NAMES else ""


def _last(value: Expression) -> str:
    if isinstance(value, Call):
        return _last(value.target)
    return value.name if isinstance(value, Name | Member) else ""


def variable(app: "App", key: str, source: str, value: Expression) -> Arm:
    """A variable of the environment. On a phone the machine's own holds none of ours."""
    if not key:
        return unknown("which variable it is, is known only when the app runs", value.at)
    text = app.env(key) if source == "dotenv" else None
    if text is None:
        return absent(value, f"{key} is in no env file that the app bundles", key)
    return Arm(text=text.through(value.at), variable=key, given=True)
