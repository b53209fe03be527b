"""Routes of FastAPI and Starlette."""

import ast
from collections.abc import Iterator

from configlint.code.python.objects import dotted, follow
from configlint.code.python.routes.arguments import Call, elements
from configlint.code.python.routes.model import (
    DEEPEST,
    ROOT,
    TOO_DEEP,
    Application,
    Entry,
    Included,
    Registered,
    Unseen,
    anything_below,
    below,
)
from configlint.code.python.routes.patterns import braces
from configlint.model.cell import PathPattern
from configlint.model.reason import Reason
from configlint.model.text import Text

CLASSES = {
    "fastapi.FastAPI": True,
    "fastapi.applications.FastAPI": True,
    "fastapi.APIRouter": False,
    "fastapi.routing.APIRouter": False,
    "fastapi_utils.inferring_router.InferringRouter": False,
    "starlette.applications.Starlette": True,
    "starlette.routing.Router": True,
}
"""Each class, and whether a server can run its objects."""

_METHODS = ("get", "post", "put", "delete", "patch", "options", "head", "trace")
_WEBSOCKETS = ("websocket", "websocket_route", "add_websocket_route", "add_api_websocket_route")
_PLAIN = ("route", "add_route", "websocket_route", "add_websocket_route", "mount")
"""Methods that come from Starlette and do not heed a prefix that the router states itself."""
REGISTERING = frozenset(
    {*_METHODS, *_WEBSOCKETS, *_PLAIN, "api_route", "add_api_route", "include_router", "host", "frontend"}
)
_FILES = ("starlette.staticfiles.StaticFiles", "fastapi.staticfiles.StaticFiles")


def application(path: str, call: Call) -> Application:
    """The application or router that a call of one of the classes makes."""
    entries: list[Entry] = list(_documentation(call)) if path.endswith("FastAPI") else []
    routes = call.argument(-1, "routes")
    prefix = call.text(-1, "prefix")
    own = ROOT if prefix is None else braces(prefix)
    if routes is not None:
        entries += _listed(routes, call, DEEPEST)
    if call.text(-1, "root_path"):
        entries.append(Unseen(reason=Reason("proxy-prefix", "root_path")))
    return Application(
        framework="starlette", module=call.scope.document.path, prefix=own, root=CLASSES[path], entries=entries
    )


def _documentation(call: Call) -> Iterator[Entry]:
    """FastAPI's own pages. Without the schema there is none of them."""
    shown = {"openapi_url": "/openapi.json", "docs_url": "/docs", "redoc_url": "/redoc"}
    given = {
        name: Text.assumed(default) if call.argument(-1, name) is None else call.text(-1, name)
        for name, default in shown.items()
    }
    if given["openapi_url"] is None:
        return
    if given["docs_url"] is not None:
        given["oauth2"] = call.text(-1, "swagger_ui_oauth2_redirect_url") or Text.assumed("/docs/oauth2-redirect")
    for url in filter(None, given.values()):
        yield Registered(methods=("GET", "HEAD"), protocols=("http",), pattern=braces(url), path=url, place=call.place)


def registered(call: Call, method: str, prefix: PathPattern | None) -> Iterator[Entry]:
    """What a call of one of the `REGISTERING` methods adds to a router that itself states `prefix`."""
    if method == "include_router":
        yield from _included(call, prefix)
    elif method == "mount":
        yield from _mounted(call, DEEPEST)
    elif method in ("host", "frontend"):
        yield Unseen(reason=Reason("not-followed", f"what {method}() serves"))
    else:
        for path in call.texts(0, "path"):
            own = braces(path)
            known = own is not None and (prefix is not None or method in _PLAIN)
            yield Registered(
                methods=_methods(call, method),
                protocols=("ws",) if method in _WEBSOCKETS else ("http",),
                pattern=below(ROOT if method in _PLAIN else prefix or ROOT, own or ROOT) if known else None,
                path=path,
                place=path.place or call.place,
            )


def _methods(call: Call, method: str) -> tuple[str, ...]:
    if method in _WEBSOCKETS:
        return ()
    if method in _METHODS:
        return (method.upper(),)
    if method in ("api_route", "add_api_route"):
        return call.methods(-1, ("GET",))
    return _with_head(call.methods(2 if method == "add_route" else 1, ("GET",)))


def _with_head(methods: tuple[str, ...]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods else methods


def _included(call: Call, prefix: PathPattern | None) -> Iterator[Entry]:
    child = call.argument(0, "router")
    stated = call.text(-1, "prefix")
    added = ROOT if stated is None else braces(stated)
    if child is not None:
        whole = below(prefix, added) if prefix is not None and added is not None else None
        yield Included(child=child, scope=call.scope, prefix=whole, place=call.place)


def _mounted(call: Call, depth: int) -> Iterator[Entry]:
    """`mount(path, app)` and `Mount(path, app=…, routes=…)`: all below the path goes to another one."""
    path = call.text(0, "path")
    prefix = braces(path) if path is not None else None
    child = call.argument(1, "app")
    routes = call.argument(2, "routes")
    if prefix is None or path is None or (child is None and routes is None):
        yield Unseen(reason=Reason("runtime", "where an application is mounted"))
    elif child is None and routes is not None:
        for entry in _listed(routes, call, depth - 1):
            yield _moved(entry, prefix)
    elif child is not None:
        made = follow(child, call.scope)
        if isinstance(made.node, ast.Call) and dotted(made.node.func, made.scope) in _FILES:
            yield Registered(
                methods=("GET", "HEAD"),
                protocols=("http",),
                pattern=anything_below(prefix),
                path=path,
                place=path.place or call.place,
            )
        else:
            yield Included(child=child, scope=call.scope, prefix=prefix, place=path.place or call.place)


def _moved(entry: Entry, prefix: PathPattern) -> Entry:
    """An entry of a router, as one of the application that mounts the router below a prefix."""
    if isinstance(entry, Registered) and entry.pattern is not None:
        return Registered(
            methods=entry.methods,
            protocols=entry.protocols,
            pattern=below(prefix, entry.pattern),
            path=entry.path,
            place=entry.place,
        )
    if isinstance(entry, Included) and entry.prefix is not None:
        return Included(child=entry.child, scope=entry.scope, prefix=below(prefix, entry.prefix), place=entry.place)
    return entry


def _listed(node: ast.expr, call: Call, depth: int) -> Iterator[Entry]:
    """The routes of a literal list, in which so many mounts may be nested."""
    if not depth:
        yield Unseen(reason=TOO_DEEP)
        return
    for element, scope in elements(node, call.scope):
        made = follow(element, scope) if element is not None else None
        if made is None or not isinstance(made.node, ast.Call):
            yield Unseen(reason=Reason("runtime", "a route"))
            continue
        inner = Call(node=made.node, scope=made.scope, evaluator=call.evaluator)
        yield from _element(dotted(made.node.func, made.scope).rpartition(".")[2], inner, depth)


def _element(name: str, call: Call, depth: int) -> Iterator[Entry]:
    if name in ("Route", "APIRoute"):
        yield from registered(call, "add_route", ROOT)
    elif name in ("WebSocketRoute", "APIWebSocketRoute"):
        yield from registered(call, "add_websocket_route", ROOT)
    elif name == "Mount":
        yield from _mounted(call, depth)
    else:
        yield Unseen(reason=Reason("runtime", "a route"))
