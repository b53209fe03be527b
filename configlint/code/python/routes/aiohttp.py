"""Routes of aiohttp's server."""

import ast
from collections.abc import Iterator

from configlint.code.language import WebProtocol
from configlint.code.python.objects import dotted, follow
from configlint.code.python.routes.arguments import Call, elements
from configlint.code.python.routes.model import (
    BOTH,
    ROOT,
    Application,
    Entry,
    Included,
    Registered,
    Unseen,
    anything_below,
)
from configlint.code.python.routes.patterns import braces
from configlint.code.python.scope import Function, Scope
from configlint.model.reason import Reason

CLASSES = {"aiohttp.web.Application": True, "aiohttp.web.RouteTableDef": False}
"""Each class, and whether a server can run its objects."""

_METHODS = ("get", "post", "put", "delete", "patch", "head", "options")
_VERBS = {**{f"add_{name}": name for name in _METHODS}, **{name: name for name in _METHODS}}
REGISTERING = frozenset(
    {
        *_VERBS, "view", "add_view", "route", "add_route", "static", "add_static", "add_routes", "add_resource",
        "add_subapp", "add_domain",
    }
)  # fmt: skip


def application(path: str, call: Call) -> Application:
    return Application(framework="aiohttp", module=call.scope.document.path, root=CLASSES[path])


def registered(call: Call, method: str, handler: Function | None) -> Iterator[Entry]:
    """What a call of one of the `REGISTERING` methods adds; `handler` is the function that the call decorates."""
    if method == "add_routes":
        table = call.argument(0, "routes")
        if table is not None:
            yield from _listed(table, call)
    elif method == "add_subapp":
        child, prefix = call.argument(1, "subapp"), call.text(0, "prefix")
        if child is not None and prefix is not None:
            yield Included(child=child, scope=call.scope, prefix=braces(prefix), place=call.place)
    elif method == "add_domain":
        yield Unseen(reason=Reason("not-followed", "what add_domain() serves"))
    else:
        yield from _routes(call, method, handler)


def _routes(call: Call, method: str, handler: Function | None) -> Iterator[Entry]:
    index = 1 if method in ("route", "add_route") else 0
    static = method in ("static", "add_static")
    for path in call.texts(index, "path", "prefix"):
        pattern = braces(path)
        yield Registered(
            methods=_methods(call, method),
            protocols=("http",) if static else _protocols(call, index + 1, handler),
            pattern=anything_below(pattern) if static and pattern is not None else pattern,
            path=path,
            place=path.place or call.place,
        )


def _methods(call: Call, method: str) -> tuple[str, ...]:
    if method in ("static", "add_static"):
        return ("GET", "HEAD")
    if method in ("route", "add_route"):
        stated = call.text(0, "method")
        return (stated.value.upper(),) if stated is not None and stated.value not in (None, "*") else ()
    verb = _VERBS.get(method)
    if verb == "get":
        return ("GET", "HEAD")
    return (verb.upper(),) if verb is not None else ()


def _protocols(call: Call, index: int, handler: Function | None) -> tuple[WebProtocol, ...]:
    """A handler that makes a `WebSocketResponse` speaks WebSocket; one that is not seen may speak either."""
    node: ast.AST | None = handler
    if node is None:
        given = call.argument(index, "handler")
        node = follow(given, call.scope).node if given is not None else None
    if not isinstance(node, Function | ast.ClassDef | ast.Lambda):
        return BOTH
    for part in ast.walk(node):
        name = part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "")
        if name == "WebSocketResponse":
            return ("ws",)
    return ("http",)


def _listed(node: ast.expr, call: Call) -> Iterator[Entry]:
    """The routes of a literal list, or of a table that its decorators fill."""
    table = follow(node, call.scope)
    if isinstance(table.node, ast.Call) and dotted(table.node.func, table.scope) in CLASSES:
        yield Included(child=node, scope=call.scope, prefix=ROOT, place=call.place)
        return
    for element, scope in elements(node, call.scope):
        yield from _element(element, scope, call)


def _element(element: ast.expr | None, scope: Scope, call: Call) -> Iterator[Entry]:
    made = follow(element, scope) if element is not None else None
    if made is None or not isinstance(made.node, ast.Call):
        yield Unseen(reason=Reason("runtime", "a route"))
        return
    home, _, method = dotted(made.node.func, made.scope).rpartition(".")
    if home == "aiohttp.web" and method in REGISTERING:
        yield from registered(Call(node=made.node, scope=made.scope, evaluator=call.evaluator), method, None)
    else:
        yield Unseen(reason=Reason("runtime", "a route"))
