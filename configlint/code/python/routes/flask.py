"""Routes of Flask and Quart, and of the extensions that add their own kinds of routes."""

import ast
from collections.abc import Iterator

from configlint.code.python.routes.arguments import Call
from configlint.code.python.routes.model import BOTH, ROOT, Application, Entry, Included, Registered, anything_below
from configlint.code.python.routes.patterns import angles
from configlint.model.text import Text

CLASSES = {
    "flask.Flask": True,
    "flask.app.Flask": True,
    "quart.Quart": True,
    "flask.Blueprint": False,
    "flask.blueprints.Blueprint": False,
    "quart.Blueprint": False,
    "flask_sock.Sock": False,
    "flask_sockets.Sockets": False,
    "flask_socketio.SocketIO": False,
    "flask_restful.Api": False,
}
"""Each class, and whether a server can run its objects."""

EXTENSIONS = ("flask_sock.Sock", "flask_sockets.Sockets", "flask_socketio.SocketIO", "flask_restful.Api")
"""Classes whose objects add routes to the application that they are made with, or that their `init_app` is given."""
_METHODS = ("get", "post", "put", "delete", "patch")
REGISTERING = frozenset(
    {*_METHODS, "route", "add_url_rule", "register_blueprint", "websocket", "add_websocket", "add_resource", "init_app"}
)


def application(path: str, call: Call) -> Application:
    """The application, blueprint or extension that a call of one of the classes makes."""
    name = path.rpartition(".")[2]
    prefix = call.text(1, "prefix") if name == "Api" else call.text(5, "url_prefix")
    entries: list[Entry] = []
    if name == "Blueprint":
        entries += _static(call, call.argument(2, "static_folder"), call.text(3, "static_url_path"))
    if name in ("Flask", "Quart"):
        folder = call.argument(2, "static_folder") or ast.copy_location(ast.Constant("static"), call.node)
        entries += _static(call, folder, call.text(1, "static_url_path"))
    if name == "SocketIO":
        entries.append(_socket_io(call))
    return Application(
        framework="sockets" if name in ("Sock", "Sockets") else "flask",
        module=call.scope.document.path,
        prefix=ROOT if prefix is None else angles(prefix),
        root=CLASSES[path],
        entries=entries,
    )


def _static(call: Call, folder: ast.expr | None, url: Text | None) -> Iterator[Entry]:
    """The files of a folder, served below its name if nothing else is said."""
    value = call.evaluator.value(folder, call.scope) if folder is not None else None
    if value is None or value.kind == "none":
        return
    if url is None:
        url = Text.assumed("/" + (value.string or "static").rstrip("/").rpartition("/")[2])
    pattern = angles(url)
    yield Registered(
        methods=("GET", "HEAD", "OPTIONS"),
        protocols=("http",),
        pattern=None if pattern is None else anything_below(pattern),
        path=url,
        place=call.place,
    )


def _socket_io(call: Call) -> Entry:
    path = call.text(-1, "path", "resource") or Text.assumed("/socket.io")
    pattern = angles(path)
    return Registered(
        methods=(),
        protocols=BOTH,
        pattern=None if pattern is None else anything_below(pattern),
        path=path,
        place=call.place,
    )


def registered(call: Call, method: str, framework: str) -> Iterator[Entry]:
    """What a call of one of the `REGISTERING` methods adds to an application, a blueprint or an extension."""
    if method == "register_blueprint":
        yield from _blueprint(call)
    elif method == "add_resource":
        for path in (text for index in range(1, len(call.node.args)) for text in call.texts(index)):
            yield _route(call, path, ())
    elif framework == "sockets" or method in ("websocket", "add_websocket"):
        for path in call.texts(0, "path", "rule"):
            yield _route(call, path, (), websocket=True)
    else:
        for path in call.texts(0, "rule"):
            yield _route(call, path, _methods(call, method))


def _route(call: Call, path: Text, methods: tuple[str, ...], *, websocket: bool = False) -> Registered:
    return Registered(
        methods=methods,
        protocols=("ws",) if websocket else ("http",),
        pattern=angles(path),
        path=path,
        place=path.place or call.place,
    )


def _methods(call: Call, method: str) -> tuple[str, ...]:
    """Flask answers HEAD beside GET, and OPTIONS everywhere."""
    if method in _METHODS:
        methods: tuple[str, ...] = (method.upper(),)
    else:
        view = call.argument(2, "view_func")
        # A class decides its methods by what it defines.
        from_class = isinstance(view, ast.Call) and isinstance(view.func, ast.Attribute) and view.func.attr == "as_view"
        methods = call.methods(-1, () if from_class else ("GET",))
    if not methods:
        return ()
    return (*methods, *(("HEAD",) if "GET" in methods else ()), "OPTIONS")


def _blueprint(call: Call) -> Iterator[Entry]:
    child = call.argument(0, "blueprint")
    prefix = call.text(-1, "url_prefix")
    if child is not None:
        yield Included(
            child=child,
            scope=call.scope,
            prefix=ROOT if prefix is None else angles(prefix),
            place=call.place,
            replaces=prefix is not None,
        )


def attached(path: str, call: Call) -> Iterator[tuple[ast.expr, Entry]]:
    """The application to which a call that makes an extension attaches it, and how it is included there."""
    holder = call.argument(0, "app")
    if path in EXTENSIONS and holder is not None:
        yield holder, Included(child=call.node, scope=call.scope, prefix=ROOT, place=call.place)
