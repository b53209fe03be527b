"""The paths that the services of a stack serve.

Paths of livekit-server: pkg/service/server.go and rtcservice.go, which take WebSockets at `/rtc` and `/agent`.
"""

from collections.abc import Iterator, Sequence

from configlint.code.python.modules import Modules
from configlint.model.cell import NULL, Cell, Methods, PathPattern, typed, unknown
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables import EVERY_STACK, Reach, Route
from configlint.model.text import Place, Text
from configlint.programs.livekit.service import program
from configlint.programs.process import Process
from configlint.programs.program import Application
from configlint.programs.started import Started
from configlint.resolve.stack import Running
from configlint.workspace.python_files import PythonFiles

_LIVEKIT = (
    ("/rtc", "ws"), ("/rtc/v1", "ws"), ("/agent", "ws"), ("/rtc/validate", "http"), ("/rtc/v1/validate", "http"),
    ("/twirp", "http"), ("/settings/regions", "http"), ("/", "http"), ("/", "ws"),
)  # fmt: skip
_DJANGO = ("get_wsgi_application", "get_asgi_application")
_NONE = Modules({})
_ANYTHING = PathPattern((), True)


@record
class Owner:
    """Who serves: a service of a stack, or a server without compose, with the place that names it."""

    stack: str
    name: str
    at: Text
    reach: Reach = "always"


def owner(entry: str) -> Owner:
    """A server without compose, by the path of the module that it serves."""
    return Owner(stack=EVERY_STACK, name=entry, at=Text.exactly("", Place(entry, 0, 0)))


def rows(one: Running, found: Sequence[Started], files: PythonFiles) -> Iterator[Route]:
    """The routes of one service. Where they may not be all, one row stands for the others."""
    service = Owner(stack=one.stack, name=one.name, at=one.service.name, reach=one.reach)
    if program(one) == "server":
        yield from _of_livekit(one, service)
        return
    serving = [(one, one.application) for one in found if one.application is not None and one.application.serves]
    if not serving:
        yield _unseen(service, one.start.unknown or Reason("no-readable-server"))
    for started, application in serving:
        port = started.port if len(serving) > 1 else NULL
        yield from of_program(service, started.process, application, port, files)


def modules(one: Started, files: PythonFiles) -> Modules:
    """The modules of a program, none where its code is not here; see `modules_of`."""
    return modules_of(one.application, files) if one.application is not None else _NONE


def modules_of(program: Application, files: PythonFiles) -> Modules:
    """Those that an application imports; of Django, which names them in its settings, all beside it."""
    if not program.entry:
        return _NONE
    if program.entry.endswith("manage.py") or any(word in files[program.entry].content for word in _DJANGO):
        return files.below(program.root)
    return files.closure(program.entry)


def of_program(one: Owner, process: Process, program: Application, port: Cell, files: PythonFiles) -> Iterator[Route]:
    """The routes of one program."""
    if program.socket:
        at = process.program
        yield _route(one, _ANYTHING, at if at.place is not None else one.at, "ws", port=port)
        return
    if program.reason or not program.entry:
        yield _unseen(one, program.reason)
        return
    # Imported here: most of what is called is read from other files than Python's.
    from configlint.code.python.routes import routes

    found = routes(modules_of(program, files), program.entry, program.app, process.lookup)
    # What a framework adds by itself is told last.
    for route in sorted(found.routes, key=lambda route: route.path.place is None):
        at = route.path if route.path.place is not None else Text.written(str(route.pattern), route.place)
        yield _route(one, route.pattern, at, route.protocol, route.methods, port)
    if not found.complete:
        yield _unseen(one, found.reason)


def _of_livekit(one: Running, service: Owner) -> Iterator[Route]:
    at = one.service.image if one.service.image is not None else one.service.name
    for path, protocol in _LIVEKIT:
        pattern = PathPattern.of(path)
        whole = PathPattern(pattern.segments, True) if path == "/twirp" else pattern
        yield _route(service, whole, at, protocol)
    yield _unseen(service, Reason("more-routes", "LiveKit's server"))


def _route(
    one: Owner, pattern: PathPattern, at: Text, protocol: str, methods: Sequence[str] = (), port: Cell = NULL
) -> Route:
    taken = typed(Methods(frozenset(methods)), at) if methods else NULL
    return Route(
        stack=one.stack, at=at, service=one.name, reach=one.reach, path=typed(pattern, at),
        protocol=typed(protocol, Text.exactly("", at.place) if at.place is not None else at), port=port,
        method=", ".join(methods),
        served="as a WebSocket" if protocol == "ws" else "over HTTP", takes=taken,
    )  # fmt: skip


def _unseen(one: Owner, reason: Reason | None) -> Route:
    path = unknown(reason, one.at)
    return Route(stack=one.stack, at=one.at, service=one.name, reach=one.reach, path=path, seen=False)
