"""What code says about its configuration, in whichever language it is written.

Each language answers the same questions with the same records, and `code.languages` finds the one of a file. Whoever
asks needs to know no more about a language than this.
"""

from collections.abc import Mapping
from typing import Literal, Protocol, TypeVar

from configlint.code.environments import Environment
from configlint.model.cell import PathPattern
from configlint.model.document import Document
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables import Reach
from configlint.model.text import Place, Text

WebProtocol = Literal["http", "ws"]
Occasion = Literal["", "called", "start"]
"""`start`: whenever the module runs; `called`: whenever a function is called; empty: only under a condition, or where
an exception is caught."""


@record
class EnvironmentRead:
    """A variable that is read at `place`. `default` is None where the variable is required.

    With `folded`, the name counts alike in upper and lower case, and is given in upper case. `needed` says when
    something fails where it is not set; empty where nothing is sure to.
    """

    name: Text
    default: Text | None
    place: Place
    folded: bool = False
    needed: Occasion = ""


@record
class EnvironmentReads:
    """What a module reads from the environment of its process. With `dynamic`, it may read any variable. `assigned` are
    those that it sets itself, `*` among them where they are not known.
    """

    variables: tuple[EnvironmentRead, ...] = ()
    dynamic: bool = False
    assigned: frozenset[str] = frozenset()


@record
class EnvFile:
    """A file with variables that code loads by itself at `place`, and the library that decides how it is read.

    With `searched`, the library looks for a file of that name in the directory of the code and in those above it;
    otherwise a relative path counts from the directory in which the program is started, or from the root of a bundle.
    With `override`, its values win over variables that are set already. Of `listed` files a later one wins, as with
    pydantic's `env_file`. Without an `optional` one the program goes on.
    """

    path: Text
    place: Place
    program: str
    searched: bool = False
    override: bool = False
    listed: bool = False
    optional: bool = False
    reach: Reach = "always"


@record
class Call:
    """A call of a server. `method` is empty where it is not known, and for WebSocket.

    `protocol` is what the function speaks, whatever scheme the URL has. Where a function of the program's own puts the
    URL together from its arguments, `place` is the call of that function.
    """

    method: str
    protocol: WebProtocol
    url: Text
    place: Place
    follows: bool = True
    """Whether it goes where a server redirects it, with its method and body."""


@record
class Route:
    """A path that a program serves. Without `methods`, every method is.

    `pattern` is the whole path with the prefixes of what it is included in. `path` is the text that the registration
    itself writes, and `place` where it stands, in the file `module`.
    """

    methods: tuple[str, ...]
    protocol: WebProtocol
    pattern: PathPattern
    path: Text
    place: Place
    module: str


@record
class Routes:
    """The routes of a program. If they are not `complete`, further paths may be served; `reason` says why."""

    routes: tuple[Route, ...]
    complete: bool
    reason: Reason | None = None


@record
class ServerRun:
    """A server that starts at `place`.

    Started from its library: `host` and `port`, which may be a default of the library (a text without place), and
    `workers` where they are stated; `port` is None where it listens on no port, such as on a Unix socket. A `bind`
    is gunicorn's `host:port`. Started as a process: `words` of the command, or the `line` that a shell splits.
    """

    server: str
    place: Place
    app: Text | None = None
    host: Text | None = None
    port: Text | None = None
    workers: Text | None = None
    reload: Text | None = None
    bind: Text | None = None
    words: tuple[Text, ...] = ()
    line: Text | None = None


D = TypeVar("D", bound=Document, contravariant=True)


class Language(Protocol[D]):
    """The questions. A language that leaves one out has nothing to say about it.

    `program` is the modules that are run together, by their paths; a module's answers depend on it and on what it
    imports from there. A module that cannot be parsed has no answers.
    """

    def reads(self, module: D, program: Mapping[str, D]) -> EnvironmentReads:
        """The variables that one module reads from the environment, in the order of its text."""
        return EnvironmentReads()

    def loads(self, program: Mapping[str, D]) -> tuple[EnvFile, ...]:
        """The env files that modules load, in the order of the modules."""
        return ()

    def may_call(self, module: D) -> bool:
        """Whether a module can call a server at all. It is seen at once, and most cannot."""
        return False

    def calls(self, module: D, environment: Environment, program: Mapping[str, D]) -> tuple[Call, ...]:
        """The calls that one module makes to servers, in the order of its text."""
        return ()

    def starts(self, module: D, environment: Environment, program: Mapping[str, D]) -> tuple[ServerRun, ...]:
        """The servers that one module starts by itself, in the order of its text."""
        return ()

    def serves(self, program: Mapping[str, D], entry: str, application: str, environment: Environment) -> Routes:
        """The routes of an application (`app`, `create_app()`) of the module at `entry`; without a name, of all."""
        return Routes(routes=(), complete=False)
