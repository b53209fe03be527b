"""Servers that code starts by a function of their library: `uvicorn.run(app, port=8000, workers=4)`.

The defaults of each function are those of `code/python/servers`, which names them.
"""

from collections.abc import Iterator

from configlint.code.language import ServerRun
from configlint.model.decision import Decision
from configlint.model.reason import Reason
from configlint.model.text import Text
from configlint.programs.addresses import bound, pair
from configlint.programs.applications import NAMED, module_application
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening
from configlint.programs.workers import by_switch, concurrency, decision, stated

_READ = frozenset({"uvicorn", "hypercorn", "flask", "quart", "aiohttp", "waitress", "wsgiref", "gevent", "gunicorn"})
"""Libraries whose applications are of a known framework."""
BESIDE = frozenset({"prometheus", "grpc", "websockets", "asyncio", "http.server"})
"""Those that code opens beside the server that runs it: another one it starts in the server's place."""
BESIDE_WORDS = ("start_http_server", "_port(", "websockets", "start_server", "HTTPServer", "TCPServer")


def decision_of_run(here: Process, run: ServerRun) -> Decision | None:
    """How many workers a function starts; None for a library without such processes."""
    if run.server not in ("uvicorn", "gunicorn"):
        return None
    at = Text.written("1", run.place)
    if run.server == "uvicorn" and run.reload is not None and run.reload.value == "True":
        return decision(run.server, [by_switch("reload", "reload=True", at)], at)
    own = [stated(run.workers, "argument", run.place.path, "workers=")] if run.workers is not None else []
    return decision(run.server, [*own, *concurrency(here)], at, none_is_one=run.server == "uvicorn")


def listening_of_run(here: Process, run: ServerRun) -> Iterator[Listening]:
    """Where it listens; nothing of a server on a socket."""
    if run.bind is not None:
        yield pair(here, _placed(run.bind, run), "8000")
    elif run.port is not None:
        host = run.host if run.host is not None else Text.assumed("")
        yield bound(_placed(host, run), _placed(run.port, run))


def _placed(text: Text, run: ServerRun) -> Text:
    """A default, which is seen where the server is started."""
    return text if text.place is not None or not text.known else Text.written(text.raw, run.place)


def application_of_run(here: Process, path: str, run: ServerRun) -> Application:
    root = path.rpartition("/")[0]
    named = NAMED.fullmatch(run.app.value or "") if run.app is not None else None
    if named is not None:
        return module_application(here, named["module"], named["app"])
    if run.server in _READ:
        return Application(entry=path, root=root)
    socket = run.server == "websockets"
    reason = None if socket else Reason("unread-routes", run.server)
    return Application(entry=path, root=root, reason=reason, socket=socket)
