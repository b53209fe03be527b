"""What a module of this room tells of its program."""

from collections.abc import Callable, Iterable, Mapping

from configlint.model.cell import NULL, Cell
from configlint.model.decision import Decision, Statement
from configlint.model.net.url import Parts
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables.words import CredentialPart, PortSource, Purpose, Transport
from configlint.model.text import Text
from configlint.programs.process import Process


@record
class Listening:
    """Ports on which a program listens, and the address to which they are bound (null where it does not matter).

    purpose: http, rtc, redis, turn. `name` is what the port is called where it has to be published.
    """

    port: Cell
    address: Cell = NULL
    protocol: Transport = "tcp"
    purpose: Purpose = "http"
    source: PortSource = "command"
    name: str = ""


@record
class Called:
    """An address to which a program passes on what it is asked, by its configuration. `name` is the setting."""

    name: str
    text: Text
    parts: Parts


@record
class Accepted:
    """A user, the password of a user, or a database with which a database or broker is set up.

    `name` is the variable or option that says so. `user` is whose password it is; null: anybody's. A null `value` is
    any one.
    """

    part: CredentialPart
    name: str
    value: Cell
    user: Cell = NULL


@record
class Application:
    """The code of ours that a program runs. It starts at the module `entry`, empty where that is not here.

    `app` is the expression that is served, empty for every application of the module. `root` is the directory from
    which modules are imported. `reason` tells why the routes cannot be read; with `socket` WebSockets are taken at any
    path. What does not serve, a worker or a script, calls others all the same.
    """

    entry: str = ""
    app: str = ""
    root: str = ""
    serves: bool = True
    reason: Reason | None = None
    socket: bool = False


def _always(process: Process) -> bool:
    return True


def _nothing(process: Process) -> tuple[()]:
    return ()


def _none(process: Process) -> None:
    return None


@record
class Program:
    """How a program is recognised, and what follows from how it is started.

    `commands` are the names under which it is started, be it by `python -m`; `images` those of images that start it.
    `serves` tells a command line with which it is a server from others (`flask run`, `flask shell`). `counting` are the
    variables that state its workers, with what reads each by its name and value. `complete`: its `listens` tell all of
    its ports, where each of them is known.
    """

    name: str
    commands: tuple[str, ...]
    images: tuple[str, ...] = ()
    serves: Callable[[Process], bool] = _always
    workers: Callable[[Process], Decision | None] = _none
    listens: Callable[[Process], Iterable[Listening]] = _nothing
    application: Callable[[Process], Application | None] = _none
    calls: Callable[[Process], Iterable[Called]] = _nothing
    accepts: Callable[[Process], Iterable[Accepted]] = _nothing
    counting: Mapping[str, Callable[[str, Text], list[Statement]]] = {}
    complete: bool = True
