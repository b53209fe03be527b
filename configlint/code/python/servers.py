"""The servers that a program starts by itself: from a function of the server's library, or as another process."""

import ast
from collections.abc import Iterator, Mapping

from configlint.code.environments import Answers, Environment
from configlint.code.language import ServerRun
from configlint.code.memo import kept
from configlint.code.python.commands import command, is_command
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.inlining import built
from configlint.code.python.modules import NO_DOCUMENTS, Documents, Modules, together
from configlint.code.python.objects import class_of, dotted, follow
from configlint.code.python.scope import Scope
from configlint.code.python.traversal import traverse
from configlint.code.python.values import Value
from configlint.formats.python.document import PythonDocument
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Place, Text

WORDS = (
    "uvicorn", "gunicorn", "hypercorn", "daphne", "run", "serve", "Server", "TCPSite", "start_http_server", "listen",
    "add_insecure_port",
)  # fmt: skip


@record
class _Library:
    """A function that starts a server: its positional parameters, and what it listens on if nobody says."""

    server: str
    parameters: tuple[str, ...]
    host: str = ""
    port: str | None = None


_HOST_NAMES = ("host", "addr", "address", "hostname")
_SOCKETS = ("uds", "fd", "path", "sock", "unix_socket", "sockets")
"""Parameters with which a server listens on something else than a port."""

_LIBRARIES: Mapping[str, _Library] = {
    "uvicorn.run": _Library(server="uvicorn", parameters=("app",), host="127.0.0.1", port="8000"),
    "uvicorn.Config": _Library(server="uvicorn", parameters=("app", "host", "port"), host="127.0.0.1", port="8000"),
    "aiohttp.web.run_app": _Library(server="aiohttp", parameters=("app",), host="0.0.0.0", port="8080"),
    "aiohttp.web.TCPSite": _Library(server="aiohttp", parameters=("app", "host", "port"), host="0.0.0.0", port="8080"),
    "waitress.serve": _Library(server="waitress", parameters=("app",), host="0.0.0.0", port="8080"),
    "websockets.serve": _Library(server="websockets", parameters=("app", "host", "port")),
    "websockets.asyncio.server.serve": _Library(server="websockets", parameters=("app", "host", "port")),
    "websockets.sync.server.serve": _Library(server="websockets", parameters=("app", "host", "port")),
    "asyncio.start_server": _Library(server="asyncio", parameters=("app", "host", "port")),
    "wsgiref.simple_server.make_server": _Library(server="wsgiref", parameters=("host", "port", "app")),
    "http.server.HTTPServer": _Library(server="http.server", parameters=("address", "app")),
    "http.server.ThreadingHTTPServer": _Library(server="http.server", parameters=("address", "app")),
    "socketserver.TCPServer": _Library(server="http.server", parameters=("address", "app")),
    "gevent.pywsgi.WSGIServer": _Library(server="gevent", parameters=("address", "app")),
    "prometheus_client.start_http_server": _Library(server="prometheus", parameters=("port", "addr"), host="0.0.0.0"),
}
_METHODS: Mapping[tuple[str, str], _Library] = {
    ("flask.Flask", "run"): _Library(server="flask", parameters=("host", "port"), host="127.0.0.1", port="5000"),
    ("quart.Quart", "run"): _Library(server="quart", parameters=("host", "port"), host="127.0.0.1", port="5000"),
    ("flask_socketio.SocketIO", "run"): _Library(
        server="flask", parameters=("app", "host", "port"), host="127.0.0.1", port="5000"
    ),
    ("tornado.web.Application", "listen"): _Library(server="tornado", parameters=("port", "address"), host="0.0.0.0"),
    ("tornado.httpserver.HTTPServer", "listen"): _Library(
        server="tornado", parameters=("port", "address"), host="0.0.0.0"
    ),
}
"""The same for methods of objects, by the class and the name of the method."""


def server_runs(
    document: PythonDocument, environment: Environment, modules: Documents = NO_DOCUMENTS
) -> tuple[ServerRun, ...]:
    """The servers that a module starts, in the order of its text.

    What stands under `if __name__ == "__main__"` counts. Raises `UnreadableError` where the file cannot be parsed.
    """
    if not any(word in document.content for word in WORDS):
        return ()
    return _answers(together(modules), document).of(environment)


@kept
def _answers(modules: Modules, document: PythonDocument) -> Answers[tuple[ServerRun, ...]]:
    calls = [(node, scope) for node, scope in traverse(document, modules) if isinstance(node, ast.Call)]

    def started(environment: Environment) -> tuple[ServerRun, ...]:
        evaluator = Evaluator(environment)
        runs = [run for node, scope in calls for run in _runs(node, scope, evaluator)]
        return tuple(sorted(runs, key=lambda run: run.place))

    return Answers(started)


def _runs(node: ast.Call, scope: Scope, evaluator: Evaluator) -> Iterator[ServerRun]:
    path = dotted(node.func, scope)
    place = scope.document.source.place(node)
    library = _LIBRARIES.get(path) or _method(node, scope)
    if library is not None:
        yield _from_library(library, _arguments(node, library.parameters, scope, evaluator), place)
    elif is_command(path):
        words = command(node, path, scope, evaluator)
        if isinstance(words, Text):
            yield ServerRun(server="command", place=place, line=words)
        elif words:
            yield ServerRun(server="command", place=place, words=words)
    elif isinstance(node.func, ast.Attribute) and node.func.attr in ("add_insecure_port", "add_secure_port"):
        if node.args:
            yield ServerRun(server="grpc", place=place, bind=evaluator.text(node.args[0], scope))
    elif _is_embedded_gunicorn(node, scope):
        yield from _embedded(node, scope, evaluator, place)


def _method(node: ast.Call, scope: Scope) -> _Library | None:
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in ("run", "listen"):
        return None
    made, inner = built(node.func.value, scope)
    return _METHODS.get((dotted(made.func, inner), node.func.attr)) if made is not None else None


def _arguments(
    node: ast.Call, parameters: tuple[str, ...], scope: Scope, evaluator: Evaluator
) -> Mapping[str, Value | None]:
    """The values of a call's parameters by name; None for one that may or may not be given."""
    found: dict[str, Value | None] = {}
    for word in node.keywords:
        if word.arg is None:
            found.update(_spread(word.value, scope, evaluator))
    for name, argument in zip(parameters, node.args, strict=False):
        found[name] = evaluator.value(argument, scope)
    found.update({word.arg: evaluator.value(word.value, scope) for word in node.keywords if word.arg})
    return found


def _spread(node: ast.expr, scope: Scope, evaluator: Evaluator) -> Mapping[str, Value | None]:
    """The entries of a dictionary that is spread into a call; anything may be in one that is not literal."""
    referent = follow(node, scope)
    if isinstance(referent.node, ast.Call) and dotted(referent.node.func, referent.scope) == "builtins.dict":
        return {word.arg: evaluator.value(word.value, referent.scope) for word in referent.node.keywords if word.arg}
    if isinstance(referent.node, ast.Dict) and not referent.reason:
        pairs = zip(referent.node.keys, referent.node.values, strict=True)
        return {
            str(key.value): evaluator.value(value, referent.scope)
            for key, value in pairs
            if isinstance(key, ast.Constant)
        }
    return dict.fromkeys(("app", "host", "port", "workers", "reload"), None)


def _from_library(library: _Library, given: Mapping[str, Value | None], place: Place) -> ServerRun:
    host, port = _host_and_port(library, given, place)
    return ServerRun(
        server=library.server,
        place=place,
        app=_stated(given, "app", place),
        host=host,
        port=port,
        workers=_stated(given, "workers", place),
        reload=_stated(given, "reload", place),
    )


def _host_and_port(library: _Library, given: Mapping[str, Value | None], place: Place) -> tuple[Text, Text | None]:
    pair = given.get("address")
    if pair is not None and pair.kind == "list" and len(pair.items) == 2:
        return pair.items[0].text, pair.items[1].text
    name = next((name for name in _HOST_NAMES if name in given), "host")
    host = _stated(given, name, place) or Text.assumed(library.host)
    port = _stated(given, "port", place)
    if port is None and any(name in given for name in _SOCKETS):
        return host, None
    if port is None:
        default = library.port
        port = Text.assumed(default) if default else Text.unknown(Reason("no-port-stated"), place)
    return host, port


def _stated(given: Mapping[str, Value | None], name: str, place: Place) -> Text | None:
    """The value of a parameter, or None where it is not given or given as None."""
    if name not in given:
        return None
    value = given[name]
    if value is None:
        return Text.unknown(Reason("may-be-argument", name), place)
    return None if value.kind == "none" and value.text.known else value.text


def _is_embedded_gunicorn(node: ast.Call, scope: Scope) -> bool:
    """Whether it makes an object of a class that inherits from gunicorn's application."""
    owner = class_of(follow(node.func, scope))
    if owner is None or owner.instance or not isinstance(owner.node, ast.ClassDef):
        return False
    return any(dotted(base, owner.scope).startswith("gunicorn.app.") for base in owner.node.bases)


def _embedded(node: ast.Call, scope: Scope, evaluator: Evaluator, place: Place) -> Iterator[ServerRun]:
    """gunicorn inside a program: `Application(app, {"bind": …, "workers": …}).run()`."""
    for argument in (*node.args, *(word.value for word in node.keywords)):
        given = _spread(argument, scope, evaluator)
        if any(given.values()):
            yield ServerRun(
                server="gunicorn",
                place=place,
                bind=_stated(given, "bind", place),
                workers=_stated(given, "workers", place),
                reload=_stated(given, "reload", place),
            )
            return
