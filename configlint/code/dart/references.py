"""What names stand for: local values, members of classes, top-level names, variables of the environment."""

from typing import TYPE_CHECKING

from configlint.code.dart import members
from configlint.code.dart.build_variants import EVERYWHERE
from configlint.code.dart.conditions_by_name import by_name
from configlint.code.dart.lookup import argument, class_of, declared, names_a_class
from configlint.code.dart.texts import absent
from configlint.code.dart.values import Arm, Binding, Scope, Where, unknown
from configlint.code.dart.variables import environment, variable
from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class, Constant
from configlint.formats.dart.syntax import Call, Entry, Expression, Index, Items, Member, Name
from configlint.model.net import url
from configlint.model.reason import Reason
from configlint.model.text import Text

if TYPE_CHECKING:
    from configlint.code.dart.app import App

_UNDECLARED = Reason("not-set")


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
    if owner is None or owner[1].kind != "enum" or names_a_class(app, value.target, where):
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


def passed_on(arm: Arm, value: Expression) -> Arm:
    """The value of a name where the name is read: how the value came about is said where that stands."""
    return arm.but(text=arm.text.through(value.at), role="")


def _part(arm: Arm, value: Member) -> Arm:
    """A part of an address: `Uri.parse(…).host`."""
    parts = url.parts(arm.text)
    if parts is None:
        return arm.but(text=Text.unknown(Reason("part-of-unknown"), value.at))
    if value.name in ("authority", "origin"):
        end = len(arm.text) - (len(parts.path.text) if parts.path.text else 0)
        start = 0 if value.name == "origin" else len(parts.scheme.text) + 3
        return arm.but(text=arm.text[start:end])
    return arm.but(text=getattr(parts, value.name).text)


def _local(app: "App", value: Name, holder: Scope, where: Where) -> list[Arm]:
    """A local name at the place where it is read: the last values that surely or perhaps were given before."""
    app.read_names.add((id(holder), value.name))
    if value.name in holder.functions:
        return [unknown(Reason("not-text", "a function"), value.at)]
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
        return found + [arm.within(rest) for arm in members.parameter(app, value, holder, where)]
    return [*found, absent(value, Reason("no-value")).within(rest)]


def _bound(app: "App", binding: Binding, value: Name, where: Where) -> tuple[Arm, ...]:
    if binding.value is None:
        return (unknown(Reason("runtime"), value.at),)
    return app.arms(binding.value, where.inside(binding.scope))


def index(app: "App", value: Index, where: Where) -> list[Arm]:
    keys = app.known_texts(value.key, where)
    source = environment(app, value.target, where)
    if source:
        return [variable(app, keys[0] if len(keys) == 1 else "", source, value)]
    entries = _entries(app, value.target, where)
    if entries is None:
        return [unknown(Reason("runtime"), value.at)]
    found: list[Arm] = []
    for entry, inside in entries:
        names = app.known_texts(entry.key, inside)
        if keys and names and not set(keys) & set(names):
            continue
        worlds = EVERYWHERE if keys else by_name(names[0] if names else "").yes
        found += [arm.within(worlds) for arm in app.arms(entry.value, inside)]
    return [passed_on(arm, value) for arm in found] or [absent(value, Reason("no-value"))]


def _entries(app: "App", value: Expression, where: Where) -> list[tuple[Entry, Where]] | None:
    """The entries of a map that is written down."""
    if isinstance(value, Name | Member):
        found = members.constant(app, value, where)
        if found is None:
            return None
        value, where = found
    if not isinstance(value, Items):
        return None
    return [(item, where) for item in value.items if isinstance(item, Entry)]
