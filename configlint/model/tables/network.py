"""Which services are called, from where, and where they listen."""

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
    """An address that a service, an app or a script calls, or that a variable gives it to call."""

    table = "urls"
    name: str
    """The variable, constant or call that contains the address."""
    url: Cell
    """The whole address."""
    audience: Audience
    """Who calls: a phone (`mobile`), a service inside the network of the stack (`network`), a program on the host
    (`host`), a `browser`, or a health check inside the container (`health`)."""
    scheme: Cell = NULL
    """`http`, `wss`, `postgresql+psycopg`, in lower case."""
    host: Cell = NULL
    """The host name or address."""
    port: Cell = NULL
    """The effective port: the written one, else the default of the scheme."""
    path: Cell = NULL
    """The path; null if there is none."""
    protocol: str = ""
    """What the scheme means: `http` (for https too), `ws` (for wss too), `redis` (for rediss too), else the scheme
    without what follows a `+`."""
    method: str = ""
    """The method of a call in code, such as `POST`; `WS` if it opens a WebSocket."""
    host_class: CalledHostClass = "unknown"
    """What the host is: this machine (`loopback`), `0.0.0.0` (`unspecified`), the host of an Android `emulator`, a name
    that only docker knows (`docker`), an address of a private network (`lan`), a word of a template (`placeholder`), a
    `tunnel` such as ngrok, a name without dots (`single-label`), what `mobile.host` names (`backend`), else `public`;
    `unknown` if it is computed at run time."""
    meaning: str = ""
    """What such a host means on a phone, in words."""
    possible_class: PossibleClass = ""
    """For an unknown host: its class if a variable from a missing file is not set; `unfollowed` if too many names lead
    to it. Empty for every other address."""
    target: Cell = NULL
    """The service that the address reaches."""
    target_state: TargetState = "unknown"
    """What is known of the target: a service (`known`), a dotless name that no service has (`no-such-host`) or only
    one on other networks (`apart`), this container itself (`self`), localhost with a port on which this container
    does not listen (`elsewhere`) or may listen (`unsure`), something outside (`public`). For callers outside:
    also a port that exists only inside the container (`inner`), or a program that runs without compose (`beside`)."""
    instead: Cell = NULL
    """The host that should be used instead, from `mobile.host`."""
    reachable: Cell = NULL
    """The port that should be used instead, if known."""
    constant: str = ""
    """For a public constant of an app: its name and purpose."""
    client: SpokenCell = NULL
    """The protocol of the calling function."""
    does: str = ""
    """For a call: what it is, in words: `is an HTTP request`, `opens a WebSocket`."""
    verb: Cell = NULL
    """The method of an HTTP call, if it is known and may be refused; null for HEAD and OPTIONS."""
    spoken: SpokenCell = NULL
    """The protocol of the scheme: `http` for https too."""
    inside: Cell = NULL
    """The port of the container that the address reaches."""
    written: bool = True
    """Whether the port is written; otherwise it is the default of the scheme."""
    meeting: Cell = NULL
    """For LiveKit's egress, ingress and sip: the Redis service of the LiveKit server, through which they communicate;
    empty if it has none."""
    mismatch: str = "which is not a Redis of this stack"
    """For a Redis address: what is wrong with it if it has no counterpart, in words."""


@record
class HostName(Row):
    """A name that resolves to a service inside the network of its stack."""

    table = "hosts"
    name: Cell
    """The name of the service, of its container, or an alias."""


@record
class Listener(Row):
    """Ports on which a service listens inside its container, or is said to listen."""

    table = "listeners"
    port: Cell
    """A port, or a range of them."""
    protocol: Transport = "tcp"
    """`unknown` if it comes from a variable."""
    purpose: Purpose = "http"
    """LiveKit's media ports are `rtc`, the ports of its relay `turn`."""
    source: PortSource = "command"
    """Where the port is set: the `command` or code that starts the server, its `config` file, the `default` of the
    program or image. `expose` (also EXPOSE), `publish` (`ports:`) and `healthcheck` only mention it. `unknown`: nothing
    sets it, and the port is unknown."""
    name: str = ""
    """The setting of the port, such as `rtc.tcp_port`."""
    publish: Cell = NULL
    """The entry of `ports:` that a fix would change, or where it would insert one."""
    publication: Cell = NULL
    """The right value of that entry."""
    address: Cell = NULL
    """The address to which a server binds the port; null if that does not matter."""
    binding: Binding = "unknown"
    """The kind of that address: the `loopback` of the container, `everywhere`, or `one` other address."""
    closed: bool = False
    """For a published port: whether all ports on which the service listens are known."""
    others: bool = False
    """For a published or exposed port: whether a program of the service that is not known may listen on it."""
    wanted: Wanted = ""
    """Why the port must be reachable from outside the container: it is `published`, or `called` by another service."""
    caller: Cell = NULL
    """The place that publishes or calls it."""


@record
class Port(Row):
    """A host port that leads to a service."""

    table = "ports"
    published: Cell
    """The host port, or a range of them."""
    target: Cell
    """The port of the container."""
    protocol: Transport = "tcp"
    """`unknown` if it comes from a variable."""
    address: Cell = NULL
    """The host address to which the port is bound; null for all addresses."""
    source: PublishedBy = "publish"
    """`publish`: an entry of `ports:`; `network`: the service uses host networking."""
    profiles: Cell = ALWAYS
    """The profiles of the service: services that never start together do not conflict."""


@record
class Route(Row):
    """A path that the code of a service serves."""

    table = "routes"
    path: Cell
    """The path, with its parameters; unknown if it cannot be read."""
    protocol: SpokenCell = NULL
    """The protocol of the route."""
    method: str = ""
    """Its methods, separated by commas; empty for all methods."""
    served: str = ""
    """How it is served, in words: `over HTTP`, `as a WebSocket`."""
    takes: Cell = NULL
    """The methods as a set, to which the method of a call may belong; null for all methods."""
    port: Cell = NULL
    """The port of the container; null if nothing sets it."""
    seen: bool = True
    """False for the one row that represents all paths that cannot be read."""
