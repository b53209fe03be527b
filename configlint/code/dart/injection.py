"""Objects that a provider or a locator hands out: Riverpod, provider, get_it and GetX."""

from typing import TYPE_CHECKING

from configlint.code.dart import members
from configlint.code.dart.display_sinks import spelled
from configlint.code.dart.lookup import caller
from configlint.code.dart.values import Declared, Where
from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Function
from configlint.formats.dart.syntax import Call, Closure, Expression, Member, Name
from configlint.model.regex import regex

if TYPE_CHECKING:
    from configlint.code.dart.app import App

Found = tuple[Expression, Where]
"""An expression, and where it means something."""

_TYPE = regex(r"\s*<\s*(\w+)")
_REGISTERING = frozenset(
    {"registerSingleton", "registerLazySingleton", "registerFactory", "registerSingletonAsync",
     "registerLazySingletonAsync", "put", "lazyPut", "Provider", "RepositoryProvider"}
)  # fmt: skip
"""Calls that keep an object, or a closure that makes it, under its type."""
_ASKING = frozenset({"watch", "read"})


def provided(app: "App", call: Call, where: Where, kind: str) -> list[Found]:
    """What a call may hand out: the results of a function or a provider of the app, or what is registered under a type.

    `kind` is the type that the caller asks for where the call itself names none: `Users(getIt())`.
    """
    user = caller(app, call, where)
    if user is not None and user.function.kind == "function":
        return [(site.value, site.where.called(user)) for site in app.body(user.home).returns]
    name = call.target.name if isinstance(call.target, Name | Member) else ""
    if name in _ASKING and len(call.arguments) == 1:
        return _of_provider(app, call.arguments[0], where)
    return [] if call.arguments else registered(app, _type_argument(where.document, call) or kind)


def _of_provider(app: "App", provider: Expression, where: Where) -> list[Found]:
    """What `ref.watch(dioProvider)` gives: the provider, or the function `dio` of which it is generated."""
    found = members.constant(app, provider, where)
    if found is not None:
        return [found]
    name = provider.name.removesuffix("Provider") if isinstance(provider, Name) else ""
    top = app.package.top(where.document, name) if name else None
    if top is None or not isinstance(top[1], Function):
        return []
    return [(site.value, site.where) for site in app.body(Declared(document=top[0], owner=None, member=top[1])).returns]


def registered(app: "App", kind: str) -> list[Found]:
    """What the app keeps under a type."""
    if not kind:
        return []
    if app.registrations is None:
        app.registrations = {}
        for named in app.uses.naming(_REGISTERING):
            for site in app.body(named).calls:
                if isinstance(site.value, Call) and spelled(site.value.target).rpartition(".")[2] in _REGISTERING:
                    _register(app.registrations, site.value, site.where)
    return app.registrations.get(kind, [])


def _register(registrations: dict[str, list[Found]], call: Call, where: Where) -> None:
    given = call.arguments[0] if call.arguments else call.named.get("create")
    if given is not None:
        made = given.value if isinstance(given, Closure) else given
        own = made.target.name if isinstance(made, Call) and isinstance(made.target, Name) else ""
        registrations.setdefault(_type_argument(where.document, call) or own, []).append((given, where))


def _type_argument(document: DartDocument, call: Call) -> str:
    """`Dio` of `getIt<Dio>()`."""
    found = _TYPE.match(document.content, call.target.at.end)
    return found[1] if found is not None else ""
