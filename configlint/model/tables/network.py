"""Who calls whom, and who answers."""

from configlint.model.cell import ALWAYS, NULL, Cell
from configlint.model.record import record
from configlint.model.tables.row import Row
from configlint.model.tables.words import (
    Audience,
    Binding,
    CalledHostClass,
    PortSource,
    PossibleClass,
    PublishedBy,
    Purpose,
    SpokenCell,
    TargetState,
    Transport,
    Wanted,
)


@record
class Url(Row):
    """An address that somebody calls, or is given in order to call it."""

    table = "urls"
    name: str
    """The variable, constant or call that holds it."""
    url: Cell
    """All of it."""
    audience: Audience
    """Who calls: a phone (`mobile`), a service inside the network of the stack (`network`), a program on the machine
    itself (`host`), a `browser`, or a health check of the container itself (`health`)."""
    scheme: Cell = NULL
    """`http`, `wss`, `postgresql+psycopg`, in small letters."""
    host: Cell = NULL
    """The host name or address."""
    port: Cell = NULL
    """The port that is used: the written one, else the scheme's own."""
    path: Cell = NULL
    """The path; null where there is none."""
    protocol: str = ""
    """What the scheme means: `http` (for https too), `ws` (for wss too), `redis` (for rediss too), else the scheme
    without what follows a `+`."""
    method: str = ""
    """Of a call in code, its method, such as `POST`; `WS` where a WebSocket is opened."""
    host_class: CalledHostClass = "unknown"
    """What the host is: this machine (`loopback`), `0.0.0.0` (`unspecified`), the host of an Android `emulator`, a name
    that only docker knows (`docker`), an address of a private network (`lan`), a word of a template (`placeholder`), a
    `tunnel` such as ngrok, a name without dots (`single-label`), what `mobile.host` names (`backend`), else `public`;
    `unknown` where it is put together at run time."""
    meaning: str = ""
    """What such a host means on a phone, in words."""
    possible_class: PossibleClass = ""
    """Of a host that nobody can know: what it would be if a variable were not set whose file is not here; `unfollowed`
    where it leads over more names than are followed. Empty for every other address."""
    target: Cell = NULL
    """The service that is reached."""
    target_state: TargetState = "unknown"
    """What is known of the target: a service (`known`), a single name that no service has (`no-such-host`) or only one
    on other networks (`apart`), this container itself (`self`), this container on a port that is not its own
    (`elsewhere`) or may be its own (`unsure`), something outside (`public`). From outside of the network also: a port
    that exists in the container alone (`inner`), or a program that runs without compose (`beside`)."""
    instead: Cell = NULL
    """The host that should be written there, from `mobile.host`."""
    reachable: Cell = NULL
    """The port that should be written there, where it is known."""
    constant: str = ""
    """Of a public constant of an app: its name with what it is about."""
    client: SpokenCell = NULL
    """What the calling function speaks."""
    does: str = ""
    """Of a call: what it is, in words: `is an HTTP request`, `opens a WebSocket`."""
    verb: Cell = NULL
    """The method of a call over HTTP, where it is known and may be refused; null for HEAD and OPTIONS."""
    spoken: SpokenCell = NULL
    """What the scheme speaks: `http` for https too."""
    inside: Cell = NULL
    """The port of the container that is reached."""
    written: bool = True
    """Whether the port is written; otherwise it is the scheme's own."""
    meeting: Cell = NULL
    """Of LiveKit's egress, ingress and sip: the service that the LiveKit server has for its Redis, at which they wait;
    empty where it has none."""
    mismatch: str = "which is not a Redis of this stack"
    """Of a Redis address: what is wrong with it if it has no counterpart, in words."""


@record
class HostName(Row):
    """A name that resolves to a service inside the network of its stack."""

    table = "hosts"
    name: Cell
    """The name of the service, of its container, or an alias."""


@record
class Listener(Row):
    """Ports on which a service listens, inside its container; or on which somebody says that it does."""

    table = "listeners"
    port: Cell
    """A port, or a range of them."""
    protocol: Transport = "tcp"
    """`unknown` where a variable holds it."""
    purpose: Purpose = "http"
    """LiveKit's media ports are `rtc`, those of its relay `turn`."""
    source: PortSource = "command"
    """Where it is stated: the `command` or code that starts the server, its `config` file, the `default` of the program
    or image. What only claims it: `expose` (also EXPOSE), `publish` (`ports:`), `healthcheck`. `unknown`: nothing
    states it, and the port is unknown."""
    name: str = ""
    """The setting that names it, such as `rtc.tcp_port`."""
    publish: Cell = NULL
    """The entry of `ports:` that would be changed, or where one would be inserted."""
    publication: Cell = NULL
    """What that entry has to be."""
    address: Cell = NULL
    """The address to which a server binds the port; null where that does not matter."""
    binding: Binding = "unknown"
    """The kind of that address: the `loopback` of the container, `everywhere`, or `one` of its own."""
    closed: bool = False
    """Of a published port: whether all ports are known on which the service listens."""
    others: bool = False
    """Of a port that is published or exposed: whether a program of the service may listen on it that is not known."""
    wanted: Wanted = ""
    """Who needs the port from outside of the container: it is `published`, or `called` by another service."""
    caller: Cell = NULL
    """Where that is stated."""


@record
class Port(Row):
    """A port of the host behind which a service answers."""

    table = "ports"
    published: Cell
    """The port of the host, or a range of them."""
    target: Cell
    """The port of the container."""
    protocol: Transport = "tcp"
    """`unknown` where a variable holds it."""
    address: Cell = NULL
    """The address of the host to which it is bound; null where that is every one."""
    source: PublishedBy = "publish"
    """`publish`: an entry of `ports:`; `network`: the service shares the network of the host."""
    profiles: Cell = ALWAYS
    """The profiles of the service: two that are never started together do not meet."""


@record
class Route(Row):
    """A path that the code of a service serves."""

    table = "routes"
    path: Cell
    """The path, with its parameters; unknown where nobody can tell."""
    protocol: SpokenCell = NULL
    """What the route speaks."""
    method: str = ""
    """Its methods, separated by commas; empty for every one."""
    served: str = ""
    """How it is served, in words: `over HTTP`, `as a WebSocket`."""
    takes: Cell = NULL
    """The same as a set to which a method of a call may belong; null for every one."""
    port: Cell = NULL
    """The port of the container; null where nothing states it."""
    seen: bool = True
    """False for the one row that stands for all paths which cannot be read."""
