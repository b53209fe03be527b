"""Where the members of classes and the parameters of functions take their values from."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from configlint.code.dart.build_variants import EVERYWHERE
from configlint.code.dart.lookup import argument, caller, declared
from configlint.code.dart.texts import absent
from configlint.code.dart.values import PARAMETER, Arm, Caller, Declared, Scope, Where, unknown
from configlint.formats.dart.structure import Constant, Function, Parameter, Variable
from configlint.formats.dart.syntax import Call, Closure, Expression, Member, Name
from configlint.model.reason import Reason
from configlint.model.text import Text

if TYPE_CHECKING:
    from configlint.code.dart.app import App
    from configlint.code.dart.sites import Assigned, Site

_MOST_CALLERS = 8


def values(app: "App", named: Declared) -> list[Arm]:
    """The values of a variable, of a getter, or of a constant of an enum (its name, as Dart prints it)."""
    member = named.member
    if isinstance(member, Constant):
        return [Arm(text=Text.written(named.name, member.at))]
    if isinstance(member, Function):
        return (
            returned(app, named, None)
            if member.kind == "getter"
            else [unknown(Reason("not-text", "a function"), member.at)]
        )
    found: list[Arm] = []
    for value, where, worlds in sources(app, named):
        found += [arm.within(worlds) for arm in app.arms(value, where) if arm.possible(worlds)]
    found += _from_constructors(app, named)
    return found or [Arm(text=Text.unknown(Reason("no-value"), member.at), null=True)]


def sources(app: "App", named: Declared) -> list[tuple[Expression, Where, int]]:
    """The expressions whose values a variable takes: its initialiser, those of constructors, and assignments.

    The initialiser counts only where no constructor, and no `main`, surely puts another value in its place.
    """
    name, found = named.member.name, list[tuple[Expression, Where, int]]()
    given = [one for one in assignments(app, name) if _is_of(app, one, named)]
    if isinstance(named.member, Variable) and named.member.value is not None:
        rest = EVERYWHERE & ~reduce(or_, (one.surely for one in given if _comes_first(one, named)), 0)
        if rest:
            found.append((app.parsed(named.document, named.member.value), named.where, rest))
    for constructor in _constructors(app, named):
        for variable in _function(constructor).initialisers:
            if variable.name == name and variable.value is not None:
                where = constructor.where.inside(app.scope(constructor))
                found.append((app.parsed(named.document, variable.value), where, EVERYWHERE))
    found += [(one.value, one.where, one.worlds) for one in given]
    return found


def _is_of(app: "App", one: "Assigned", named: Declared) -> bool:
    target = declared(app, one.target, one.where)
    return target is not None and target.member is named.member


def _comes_first(one: "Assigned", named: Declared) -> bool:
    """Whether an assignment is made before anybody reads: in a constructor of the class, or in `main`."""
    function = one.where.scope.whose if one.where.scope else None
    if function is None:
        return False
    return function.name == "main" or (function.kind == "constructor" and one.where.owner is named.owner)


def assignments(app: "App", name: str) -> list["Assigned"]:
    """Every assignment to something of that name which is not local."""
    return [
        one
        for named in app.uses.setting(name)
        for one in app.body(named).sets
        if isinstance(one.target, Name | Member) and one.target.name == name
    ]


def _constructors(app: "App", named: Declared) -> list[Declared]:
    if named.owner is None:
        return []
    return [
        Declared(document=named.document, owner=named.owner, member=function)
        for function in app.package.constructors(named.owner)
    ]


def _function(named: Declared) -> Function:
    assert isinstance(named.member, Function)
    return named.member


def _from_constructors(app: "App", named: Declared) -> list[Arm]:
    """What callers give to a field through `this.name`."""
    found: list[Arm] = []
    for constructor in _constructors(app, named):
        for parameter in _function(constructor).parameters:
            if parameter.field and parameter.name == named.member.name:
                found += _given(app, constructor, parameter)
    return found


def _given(app: "App", constructor: Declared, parameter: Parameter) -> list[Arm]:
    function, users = _function(constructor), callers(app, constructor)
    found: list[Arm] = []
    for user in users:
        value = argument(function, parameter, user.call)
        if value is not None:
            found += [arm.within(user.worlds) for arm in app.arms(value, user.where)]
    omitted = any(argument(function, parameter, user.call) is None for user in users)
    if omitted or not users:
        found += _default(app, parameter, constructor.where)
    return found or [Arm(text=Text.unknown(PARAMETER, parameter.at), null=omitted)]


def _default(app: "App", parameter: Parameter, where: Where) -> list[Arm]:
    if parameter.default is None:
        return []
    arms = app.arms(app.parsed(where.document, parameter.default), where)
    return [arm.but(role=arm.role or "default") for arm in arms]


def parameter(app: "App", value: Name, holder: Scope, where: Where) -> list[Arm]:
    """A parameter where it is read: what the caller gives, if one is known, or its default."""
    read, user = holder.parameters[value.name], where.caller
    if user is None or user.function is not holder.function:
        return [*_default(app, read, where), unknown(PARAMETER, value.at)]
    given = argument(user.function, read, user.call)
    if given is not None:
        return list(app.arms(given, user.where))
    return _default(app, read, where) or [absent(value, Reason("caller"))]


def callers(app: "App", named: Declared) -> list[Caller]:
    """The calls of a function or constructor that the app holds."""
    key = id(named.member)
    if key not in app.callers:
        app.callers[key] = []
        found = [_caller(app, site) for user in app.uses.calling(named) for site in app.body(user).calls]
        app.callers[key] = [one for one in found if one and one.function is named.member][:_MOST_CALLERS]
    return app.callers[key]


def _caller(app: "App", site: "Site") -> Caller | None:
    return caller(app, site.value, site.where, site.worlds) if isinstance(site.value, Call) else None


def returned(app: "App", named: Declared, user: Caller | None) -> list[Arm]:
    """What a function returns, to one caller or to any."""
    found: list[Arm] = []
    for site in app.body(named).returns:
        arms = app.arms(site.value, site.where.called(user))
        found += [arm.within(site.worlds) for arm in arms if arm.possible(site.worlds)]
    return found or [unknown(Reason("runtime"), named.member.at)]


def closure(app: "App", value: Closure, where: Where) -> list[Arm]:
    """What a closure returns."""
    found: list[Arm] = []
    for site in app.closure(value, where).returns:
        found += [arm.within(site.worlds) for arm in app.arms(site.value, site.where) if arm.possible(site.worlds)]
    return found


def constant(app: "App", value: Expression, where: Where) -> tuple[Expression, Where] | None:
    """The one expression whose value a name has, if it is only one."""
    holder = where.scope.holder(value.name) if where.scope and isinstance(value, Name) else None
    if holder is not None and isinstance(value, Name):
        bindings = holder.names.get(value.name, [])
        binding = bindings[0] if len(bindings) == 1 else None
        return (binding.value, where.inside(binding.scope)) if binding and binding.value else None
    named = declared(app, value, where)
    if named is None:
        return None
    if isinstance(named.member, Variable):
        known = sources(app, named)
        return known[0][:2] if len(known) == 1 else None
    if isinstance(named.member, Function) and named.member.kind == "getter":
        returns = app.body(named).returns
        return (returns[0].value, returns[0].where) if len(returns) == 1 else None
    return None
