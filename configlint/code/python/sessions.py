"""The functions, sessions and clients of libraries through which a program calls servers."""

import ast
from collections.abc import Mapping
from typing import Literal, NamedTuple

from configlint.code.python.evaluate import Evaluator
from configlint.code.python.inlining import built
from configlint.code.python.objects import dotted, follow, unwrapped
from configlint.code.python.scope import Scope
from configlint.code.python.strings import joined_url, stripped
from configlint.model.text import Text

Protocol = Literal["http", "ws"]
VERBS = ("get", "post", "put", "delete", "patch", "head", "options")


class Signature(NamedTuple):
    """How a function is called: at which position its URL stands and under which names.

    Without `method`, its first argument is the method.
    """

    url: int = 0
    names: tuple[str, ...] = ("url",)
    method: str = ""
    protocol: Protocol = "http"


_SOCKET = Signature(names=("url", "uri"), protocol="ws")
_NAMED = Signature(url=1)
_METHODS: Mapping[str, Signature] = {
    **{verb: Signature(method=verb.upper()) for verb in VERBS},
    "request": _NAMED,
    "stream": _NAMED,
    "build_request": _NAMED,
    "ws_connect": _SOCKET,
}
"""The methods of sessions and clients."""
FUNCTIONS: Mapping[str, Signature] = {
    **{f"{library}.{verb}": _METHODS[verb] for library in ("requests", "httpx") for verb in VERBS},
    "requests.request": _NAMED,
    "httpx.request": _NAMED,
    "httpx.stream": _NAMED,
    "aiohttp.request": _NAMED,
    "urllib3.request": _NAMED,
    "urllib.request.urlretrieve": Signature(method="GET"),
    "websockets.connect": _SOCKET,
    "websockets.client.connect": _SOCKET,
    "websockets.asyncio.client.connect": _SOCKET,
    "websockets.sync.client.connect": _SOCKET,
    "websocket.create_connection": _SOCKET,
    "websocket.WebSocketApp": _SOCKET,
    "httpx_ws.connect_ws": _SOCKET,
    "httpx_ws.aconnect_ws": _SOCKET,
}
_CLASSES = {
    "requests.Session": False,
    "requests.session": False,
    "requests.sessions.Session": False,
    "urllib3.PoolManager": False,
    "httpx.Client": True,
    "httpx.AsyncClient": True,
    "aiohttp.ClientSession": True,
    "aiohttp.client.ClientSession": True,
    "requests_toolbelt.sessions.BaseUrlSession": True,
    "websocket.WebSocket": False,
}
"""Classes of sessions, and whether they have a `base_url`."""
_IN_PROCESS = ("transport", "app")
"""Parameters with which a client calls an application directly, not a server."""
_NAMES = ("session", "client", "http")
_SCHEMES = ("http://", "https://", "ws://", "wss://")


class Session(NamedTuple):
    """An object through which calls are made. `base` is what its relative URLs stand below.

    `follows`: whether it was told to go where a server redirects it; None where nothing says so.
    """

    path: str
    base: Text | None = None
    follows: bool | None = None


def session(node: ast.expr, scope: Scope, evaluator: Evaluator) -> Session | None:
    """The session that an expression is: by the call that makes it, or as a parameter by its annotation."""
    call, inner = built(node, scope)
    if call is None:
        found = follow(node, scope)
        path = dotted(unwrapped(found.annotation), found.scope) if found.annotation is not None else ""
        return Session(path, follows=True) if path in _CLASSES else None  # who makes it may tell it to
    path = _class_path(call.func, inner)
    if path not in _CLASSES or any(word.arg in _IN_PROCESS for word in call.keywords):
        return None
    given = [word.value for word in call.keywords if word.arg == "base_url"]
    if not given and not path.startswith("httpx."):
        given = call.args[:1]
    base = evaluator.text(given[0], inner) if given and _CLASSES[path] else None
    return Session(path, base, _told_to_follow(call))


def _class_path(node: ast.expr, scope: Scope, depth: int = 5) -> str:
    """The dotted path of a class, or of the library's class from which one of the program's own inherits."""
    found = follow(node, scope)
    if not isinstance(found.node, ast.ClassDef) or not depth:
        return found.imported
    paths = (_class_path(base, found.scope, depth - 1) for base in found.node.bases)
    return next((path for path in paths if path in _CLASSES), "")


def method_of(call: ast.Call, scope: Scope, evaluator: Evaluator) -> tuple[Signature, Session] | None:
    """How the method of a session is called, and the session; None where it is no such method."""
    if not isinstance(call.func, ast.Attribute):
        return None
    name = call.func.attr
    signature = _METHODS.get(name)
    made = session(call.func.value, scope, evaluator) if signature is not None or name == "connect" else None
    if made is not None and made.path == "websocket.WebSocket":
        return (_SOCKET, made) if name == "connect" else None
    if signature is None:
        return None
    if made is not None:
        return signature, made
    return (signature, Session("")) if _looks_like_one(call, signature, scope, evaluator) else None


def _looks_like_one(call: ast.Call, signature: Signature, scope: Scope, evaluator: Evaluator) -> bool:
    """Whether a call on something unknown is made through a session: by its name, and by a whole URL."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    name = (owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")).lower()
    address = argument(call, signature.url, signature.names)
    if address is None or not any(word in name for word in _NAMES) or built(owner, scope)[0] is not None:
        return False
    return evaluator.text(address, scope).raw.startswith(_SCHEMES)


_REDIRECTS = ("follow_redirects", "allow_redirects", "redirect")


def _told_to_follow(call: ast.Call) -> bool | None:
    """Whether a call says that redirects are followed; None where it says nothing. What is not literal may say so."""
    given = [word.value for word in call.keywords if word.arg in _REDIRECTS]
    if not given:
        return True if any(word.arg is None for word in call.keywords) else None
    return given[0].value is not False if isinstance(given[0], ast.Constant) else True


def follows(call: ast.Call, path: str, made: Session) -> bool:
    """Whether a call goes where a server redirects it. httpx does only where it is told; every other library does."""
    for told in (_told_to_follow(call), made.follows):
        if told is not None:
            return told
    return not path.startswith("httpx")


def argument(call: ast.Call, index: int, names: tuple[str, ...]) -> ast.expr | None:
    if index < len(call.args):
        return call.args[index]
    return next((word.value for word in call.keywords if word.arg in names), None)


def below(made: Session, url: Text) -> Text:
    """The URL that a session makes of one that it is given."""
    if made.base is None or url.raw.startswith(_SCHEMES):
        return url
    if not made.path.startswith("httpx."):
        return joined_url(made.base, url)
    base = stripped(made.base, "/", left=False, right=True)
    return base + Text.assumed("/") + stripped(url, "/", left=True, right=False)
