"""What calls come to: parts put together to a URL, replaced text, variables with a default, functions of the app."""

from typing import TYPE_CHECKING

from configlint.code.dart import members
from configlint.code.dart.lookup import caller
from configlint.code.dart.references import passed_on
from configlint.code.dart.texts import in_a_row
from configlint.code.dart.values import Arm, Where, unknown
from configlint.code.dart.variables import define, get
from configlint.formats.dart.syntax import Call, Closure, Expression, Member, Name, Written
from configlint.model.net import url
from configlint.model.reason import Reason
from configlint.model.text import UNKNOWN, Place, Text, joined

if TYPE_CHECKING:
    from configlint.code.dart.app import App

_RUNTIME = Reason("runtime")


def call(app: "App", value: Call, where: Where) -> list[Arm]:
    target = value.target
    if isinstance(target, Name | Member):
        known = _function_of_the_app(app, value, where)
        if known is not None:
            return [passed_on(arm, value) for arm in known]
        receiver = target.target if isinstance(target, Member) else None
        class_name = receiver.name if isinstance(receiver, Name | Member) else ""
        handler = _STATIC.get((class_name, target.name))
        if handler is not None:
            return handler(app, value, where)
        if receiver is not None and target.name in _METHODS:
            return _METHODS[target.name](app, value, receiver, where)
    return [unknown(_RUNTIME, value.at)]


def _function_of_the_app(app: "App", value: Call, where: Where) -> list[Arm] | None:
    user = caller(app, value, where)
    if user is None or user.function.kind != "function":
        return None
    return members.returned(app, user.home, user)


def _first(app: "App", value: Call, where: Where) -> list[Arm]:
    return list(app.arms(value.arguments[0], where)) if value.arguments else [unknown(_RUNTIME, value.at)]


def _same(app: "App", value: Call, receiver: Expression, where: Where) -> list[Arm]:
    return list(app.arms(receiver, where))


def _trimmed(app: "App", value: Call, receiver: Expression, where: Where) -> list[Arm]:
    return [arm if arm.null else arm.but(text=arm.text.strip()) for arm in app.arms(receiver, where)]


def _named(value: Expression) -> str:
    return value.name if isinstance(value, Name | Member) else ""


def _uri_of_authority(app: "App", value: Call, where: Where) -> list[Arm]:
    """`Uri.http('host:port', '/path')`: the scheme is the name of the constructor."""
    scheme = value.target.name if isinstance(value.target, Member) else ""
    end = value.target.at.end
    written = Text.written(f"{scheme}://", Place(value.at.path, end - len(scheme), end))
    parts = [[Arm(text=written)], [*app.arms(value.arguments[0], where)] if value.arguments else []]
    return in_a_row([*parts, *(_path(app, value.arguments[1], where) for _ in value.arguments[1:2])])


def _path(app: "App", value: Expression, where: Where) -> list[Arm]:
    return [_with_slash(arm, value) for arm in app.arms(value, where)]


def _with_slash(arm: Arm, value: Expression) -> Arm:
    if arm.text.raw.startswith(("/", UNKNOWN)) or not arm.text.raw:
        return arm
    return arm.but(text=Text.written("/", Place(value.at.path, value.at.start, value.at.start)) + arm.text)


def _uri_of_parts(app: "App", value: Call, where: Where) -> list[Arm]:
    """`Uri(scheme: 'http', host: 'h', port: 80, path: 'p')`."""
    scheme, host = value.named.get("scheme"), value.named.get("host")
    if host is None:
        return [unknown(_RUNTIME, value.at)]
    parts = [app.arms(scheme, where) if scheme else [unknown(Reason("no-value"), value.at)]]
    parts += [[_sign("://", value)], app.arms(host, where)]
    if (port := value.named.get("port")) is not None:
        parts.append(_port(app, port, where))
    if (path := value.named.get("path")) is not None:
        parts.append(_path(app, path, where))
    return in_a_row(parts)


def _port(app: "App", value: Expression, where: Where) -> list[Arm]:
    """A port behind its colon, or nothing where it is null."""
    arms = app.arms(value, where)
    return [
        arm.but(text=Text(), null=False) if arm.null else arm.but(text=_sign(":", value).text + arm.text)
        for arm in arms
    ]


def _sign(sign: str, value: Expression) -> Arm:
    return Arm(text=Text.written(sign, Place(value.at.path, value.at.start, value.at.start)))


def _replaced_parts(app: "App", value: Call, receiver: Expression, where: Where) -> list[Arm]:
    """`uri.replace(scheme: 'ws', path: '/ws')`: the other parts stay."""
    found: list[Arm] = []
    for arm in app.arms(receiver, where):
        parts = url.parts(arm.text)
        if parts is None:
            found.append(arm.but(text=Text.unknown(_RUNTIME, value.at)))
            continue
        scheme_end = len(parts.scheme.text)
        given = {part: app.arms(expression, where) for part, expression in value.named.items()}
        port = [Arm(text=parts.port.text)] if parts.written_port else []
        pieces = [
            given.get("scheme", [arm.but(text=arm.text[:scheme_end])]),
            [Arm(text=arm.text[scheme_end : scheme_end + 3])],
        ]
        pieces.append(given.get("host", [Arm(text=parts.host.text)]))
        if given.get("port", port):
            pieces += [[_sign(":", value)], given.get("port", port)]
        path = value.named.get("path")
        pieces.append(_path(app, path, where) if path else [Arm(text=parts.path.text)])
        found += in_a_row(pieces)
    return found


def _resolved(app: "App", value: Call, receiver: Expression, where: Where) -> list[Arm]:
    """`uri.resolve('path')`: from the root where the path begins with `/`, else beside the last part."""
    found: list[Arm] = []
    for arm in app.arms(receiver, where):
        for path in app.arms(value.arguments[0], where) if value.arguments else ():
            parts = url.parts(arm.text)
            if parts is None or path.text.raw.startswith(UNKNOWN):
                found.append(arm.but(text=Text.unknown(_RUNTIME, value.at)))
                continue
            root = arm.text.raw.find("/", len(parts.scheme.text) + 3)
            last = arm.text.raw.rfind("/") + 1 if root >= 0 else len(arm.text)
            end = last if not path.text.raw.startswith("/") else root if root >= 0 else len(arm.text)
            found += in_a_row([[arm.but(text=arm.text[:end])], [path]])
    return found


def _replaced(app: "App", value: Call, receiver: Expression, where: Where) -> list[Arm]:
    """`text.replaceAll('localhost', ip)` and `text.replaceFirst('http', 'ws')`."""
    pattern = _pattern(app, value.arguments[0], where) if len(value.arguments) > 1 else None
    if pattern is None:
        return [unknown(_RUNTIME, value.at)]
    first_only = _named(value.target) == "replaceFirst" or pattern.startswith("^")
    news = app.arms(value.arguments[1], where)
    pairs = [(arm, new) for arm in app.arms(receiver, where) for new in news if arm.possible(new.variants)]
    return [_exchanged(arm, pattern, new, first_only) for arm, new in pairs]


def _pattern(app: "App", value: Expression, where: Where) -> str | None:
    """The text that is searched; a pattern that only says `^` and then plain text keeps that sign."""
    if isinstance(value, Call) and _named(value.target) == "RegExp" and value.arguments:
        found = app.known_texts(value.arguments[0], where)
        plain = found[0].removeprefix("^").replace("://", "") if len(found) == 1 else ""
        return found[0] if plain.isalnum() and found[0].startswith("^") else None
    found = app.known_texts(value, where)
    return found[0] if len(found) == 1 and found[0] and isinstance(value, Written | Name | Member) else None


def _exchanged(arm: Arm, pattern: str, new: Arm, first_only: bool) -> Arm:
    anchored = pattern.startswith("^")
    searched = pattern.removeprefix("^")
    pieces, places, at = list[Text](), list[Place](), 0
    raw = arm.text.raw
    while (start := raw.find(searched, at)) >= 0 and not (anchored and start):
        old = arm.text[start : start + len(searched)]
        pieces += [arm.text[at:start], new.text]
        places += old.places
        at = start + len(searched)
        if first_only:
            break
    if first_only and UNKNOWN in raw[:at]:
        return arm.but(text=Text.unknown(Reason("runtime", "what is replaced")))
    if not pieces:
        return arm
    pieces.append(arm.text[at:])
    return arm.within(new.variants).but(
        text=joined(piece for piece in pieces if piece.raw), replaced=arm.replaced + tuple(places)
    )


def _watched(app: "App", value: Call, receiver: Expression, where: Where) -> list[Arm]:
    """`ref.watch(provider)`: what the closure of the provider returns."""
    found = members.constant(app, value.arguments[0], where) if len(value.arguments) == 1 else None
    if found is None or not isinstance(found[0], Call) or not found[0].arguments:
        return [unknown(_RUNTIME, value.at)]
    closure = found[0].arguments[0]
    if not isinstance(closure, Closure):
        return [unknown(_RUNTIME, value.at)]
    return [passed_on(arm, value) for arm in members.closure(app, closure, found[1])]


_STATIC = {
    ("Uri", "parse"): _first,
    ("Uri", "tryParse"): _first,
    ("Uri", "encodeFull"): _first,
    ("Uri", "http"): _uri_of_authority,
    ("Uri", "https"): _uri_of_authority,
    ("", "Uri"): _uri_of_parts,
    ("String", "fromEnvironment"): define,
    ("int", "fromEnvironment"): define,
    ("bool", "fromEnvironment"): define,
}
"""Functions by the class on which they are called, and their name."""

_METHODS = {
    "toString": _same,
    "trim": _trimmed,
    "replaceAll": _replaced,
    "replaceFirst": _replaced,
    "replace": _replaced_parts,
    "resolve": _resolved,
    "get": get,
    "getInt": get,
    "maybeGet": get,
    "watch": _watched,
    "read": _watched,
}
"""Methods by their name."""
