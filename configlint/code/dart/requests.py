"""Calls that reach out: with which method, to which address."""

from typing import TYPE_CHECKING

from configlint.code.dart.addresses import Kind, is_url
from configlint.code.dart.client_bases import base
from configlint.code.dart.display_sinks import spelled
from configlint.code.dart.sites import Site
from configlint.code.dart.texts import in_a_row
from configlint.code.dart.values import Arm, Where
from configlint.formats.dart.syntax import Call, Expression, Member, Name, Number
from configlint.formats.secrecy import words
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import UNKNOWN, Place, Text

if TYPE_CHECKING:
    from configlint.code.dart.app import App

_METHODS = {
    "get": "GET", "post": "POST", "put": "PUT", "delete": "DELETE", "patch": "PATCH", "head": "HEAD", "read": "GET",
    "readBytes": "GET", "download": "GET", "getUrl": "GET", "postUrl": "POST", "putUrl": "PUT", "deleteUrl": "DELETE",
    "patchUrl": "PATCH", "headUrl": "HEAD", "getUri": "GET", "postUri": "POST", "putUri": "PUT", "deleteUri": "DELETE",
    "patchUri": "PATCH", "headUri": "HEAD",
}  # fmt: skip
_METHOD_FIRST = frozenset({"openUrl", "Request", "MultipartRequest", "StreamedRequest"})
"""Calls whose first argument is the method: `http.Request('POST', uri)`."""
_CHANNELS = frozenset(
    {"WebSocketChannel", "IOWebSocketChannel", "HtmlWebSocketChannel", "AdapterWebSocketChannel", "WebSocket"}
)
_SOCKETS = frozenset({"Socket", "SecureSocket", "RawSocket", "RawSecureSocket"})
_CLIENTS = frozenset({"http", "https", "dio", "client", "api", "rest", "httpclient", "backend", "network", "requester"})


@record
class Request:
    """`address` is the argument that holds the address; `arms` are its values, put behind the client's base.

    kind: `url`, or `host` for a bare `host:port`.
    """

    method: str
    address: Expression
    arms: list[Arm]
    kind: Kind = "url"


def request(app: "App", site: Site, where: Where) -> Request | None:
    """A call as a request, if it is one; `where` may name a caller."""
    call = site.value
    if not isinstance(call, Call) or not call.arguments:
        return None
    callee = spelled(call.target)
    receiver, _, name = callee.rpartition(".")
    last = receiver.rpartition(".")[2]
    if name in _METHOD_FIRST and len(call.arguments) > 1:
        return _built(app, call, call.arguments[1], _first_text(app, call.arguments[0], where), where)
    if (name == "connect" and last in _CHANNELS) or name == "WebSocket":
        return _built(app, call, call.arguments[0], "WS", where)
    if (name == "connect" and last in _SOCKETS) or name.endswith("Emulator"):
        return _socket(app, call, where)
    if name == "connect":
        found = _built(app, call, call.arguments[0], "", where)
        return found and Request(method=_by_scheme(found.arms), address=found.address, arms=found.arms)
    if name in _METHODS:
        return _built(app, call, call.arguments[0], _METHODS[name], where)
    if name == "request":
        return _built(app, call, call.arguments[0], _option(app, call, where), where)
    return None


def _built(app: "App", call: Call, address: Expression, method: str, where: Where) -> Request | None:
    """The request, if its argument may be an address, or if the base of the client makes it one."""
    arms = list(app.arms(address, where))
    if not any(is_url(arm.text) for arm in arms):
        receiver = call.target.target if isinstance(call.target, Member) else None
        bases = base(app, receiver, where) if receiver is not None and any(map(_is_path, arms)) else []
        if bases or (receiver is not None and _is_client(receiver) and any(map(_is_path, arms))):
            unknown = Arm(text=Text.unknown(Reason("runtime", "the client's base URL"), call.at))
            arms = _based(bases or [unknown], arms)
    return Request(method=method, address=address, arms=arms)


def usable(arm: Arm) -> bool:
    """Whether a value is an address, or may become one: that of a variable, or a path behind an unknown base."""
    return is_url(arm.text) or (arm.given and not arm.text.known) or arm.text.raw.startswith(UNKNOWN + "/")


def _is_path(arm: Arm) -> bool:
    return not arm.null and len(arm.text.raw) > 1 and arm.text.raw[0] == "/" and arm.text.raw[1] != UNKNOWN


def _based(bases: list[Arm], paths: list[Arm]) -> list[Arm]:
    """A path behind the base of a client, with one slash between them."""
    cut = [arm.but(text=arm.text[:-1]) if arm.text.raw.endswith("/") else arm for arm in bases]
    return in_a_row([cut, [path for path in paths if _is_path(path)]])


def _is_client(receiver: Expression) -> bool:
    return not _CLIENTS.isdisjoint(words(spelled(receiver).rpartition(".")[2]))


def _by_scheme(arms: list[Arm]) -> str:
    return "WS" if any(arm.text.raw.startswith(("ws://", "wss://")) for arm in arms) else ""


def _socket(app: "App", call: Call, where: Where) -> Request | None:
    """`Socket.connect('host', port)`: an address without a scheme."""
    arms = list(app.arms(call.arguments[0], where))
    port = call.arguments[1] if len(call.arguments) > 1 else None
    if isinstance(port, Number | Name | Member):
        colon = Text.written(":", Place(port.at.path, port.at.start, port.at.start))
        arms = in_a_row([[arm for arm in arms if not arm.null], [Arm(text=colon)], app.arms(port, where)])
    return Request(method="", address=call.arguments[0], arms=arms, kind="host")


def _first_text(app: "App", value: Expression, where: Where) -> str:
    found = app.known_texts(value, where)
    return found[0].upper() if len(found) == 1 else ""


def _option(app: "App", call: Call, where: Where) -> str:
    """The method of `dio.request(path, options: Options(method: 'POST'))`, by default GET."""
    options = call.named.get("options")
    method = options.named.get("method") if isinstance(options, Call) else None
    return _first_text(app, method, where) if method is not None else "GET"
