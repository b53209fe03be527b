"""The base address of an HTTP client, wherever the client comes from."""

from typing import TYPE_CHECKING

from configlint.code.dart import members
from configlint.code.dart.display_sinks import spelled
from configlint.code.dart.injection import Found, provided, registered
from configlint.code.dart.lookup import argument, declared
from configlint.code.dart.values import Arm, Declared, Where
from configlint.formats.dart.structure import Function, Parameter, Variable
from configlint.formats.dart.syntax import Assignment, Call, Cascade, Closure, Expression, Member, Name

if TYPE_CHECKING:
    from configlint.code.dart.app import App

_DEEPEST = 10


def base(app: "App", value: Expression, where: Where, depth: int = 0, kind: str = "") -> list[Arm]:
    """The base address of a client (`Dio(BaseOptions(baseUrl: …))`), or nothing where none is told.

    `kind` is the type that the place asks for to which the client is given, if it names one.
    """
    if depth > _DEEPEST:
        return []
    match value:
        case Call():
            return _base_of_call(app, value, where, depth, kind)
        case Cascade():
            found = [
                arm
                for section in value.sections
                if isinstance(section, Assignment) and spelled(section.target).endswith("baseUrl")
                for arm in app.arms(section.value, where)
            ]
            return found or base(app, value.target, where, depth + 1, kind)
        case Closure():
            return _first(app, [(site.value, site.where) for site in app.closure(value, where).returns], depth)
        case Name() | Member():
            return _base_of_name(app, value, where, depth)
        case _:
            return []


def _first(app: "App", sources: list[Found], depth: int, kind: str = "") -> list[Arm]:
    """The base of the first source that has one."""
    return next((arms for source, where in sources if (arms := base(app, source, where, depth + 1, kind))), [])


def _base_of_call(app: "App", call: Call, where: Where, depth: int, kind: str) -> list[Arm]:
    if "baseUrl" in call.named:
        return list(app.arms(call.named["baseUrl"], where))
    found = _first(app, provided(app, call, where, kind), depth)
    for given in (*call.arguments, *call.named.values()) if not found else ():
        if isinstance(given, Call | Name | Member | Cascade | Closure):
            found = base(app, given, where, depth + 1)
            if found:
                break
    return found


def _base_of_name(app: "App", value: Name | Member, where: Where, depth: int) -> list[Arm]:
    client = spelled(value).removeprefix("this.").rpartition(".")[2]
    for one in members.assignments(app, "baseUrl"):
        target = spelled(one.target).removeprefix("this.")
        if f".{target}".endswith(f".{client}.options.baseUrl") and one.where.owner is where.owner:
            return [arm.within(one.worlds) for arm in app.arms(one.value, one.where)]
    holder = where.scope.holder(value.name) if where.scope and isinstance(value, Name) else None
    if holder is not None and value.name in holder.parameters and holder.function is not None:
        function = Declared(document=where.document, owner=where.owner, member=holder.function)
        return _given(app, function, holder.parameters[value.name], depth)
    found = members.constant(app, value, where)
    if found is not None:
        return base(app, found[0], found[1], depth + 1)
    named = declared(app, value, where)
    if named is None:
        return []
    sources = [(source, inside) for source, inside, _ in members.sources(app, named)]
    return _first(app, sources, depth) or _injected(app, named, depth)


def _injected(app: "App", named: Declared, depth: int) -> list[Arm]:
    """The base of a client that the constructors of a class are given, or that is registered under its type."""
    member, owner = named.member, named.owner
    if not isinstance(member, Variable) or owner is None:
        return []
    for function in app.package.constructors(owner):
        for parameter in function.parameters:
            if parameter.field and parameter.name == member.name:
                constructor = Declared(document=named.document, owner=owner, member=function)
                arms = _given(app, constructor, parameter, depth, member.type)
                if arms:
                    return arms
    return _first(app, registered(app, member.type), depth)


def _given(app: "App", named: Declared, parameter: Parameter, depth: int, kind: str = "") -> list[Arm]:
    """The base of what the callers of a function or constructor give to a parameter."""
    function = named.member
    assert isinstance(function, Function)
    sources = [
        (value, user.where)
        for user in members.callers(app, named)
        if (value := argument(function, parameter, user.call)) is not None
    ]
    return _first(app, sources, depth, kind or parameter.type)
