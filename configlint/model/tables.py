"""The typed tables of a stack: what every service would really use. A rule selects rows of them by column.

A column is a `Cell` where a value of the user's stands behind it, and a plain word where `resolve` classified.
"""

from typing import ClassVar, Literal

from configlint.model.cell import ALWAYS, NULL, Cell
from configlint.model.decision import Decision
from configlint.model.record import fields, record
from configlint.model.text import Place, Text

EVERY_STACK = "*"
"""The stack of rows that belong to no compose project (an app, a probe script): they meet every stack."""

Reach = Literal["always", "latent", "substituted", "optional", "debug"]
Wanted = Literal["", "published", "called"]
Binding = Literal["loopback", "everywhere", "one", "unknown"]


@record
class Row:
    """`at` is where the row is stated; `reach` tells when it takes effect (see ARCHITECTURE's words).

    `decision` is what decides the row's value, where several places could.
    """

    table: ClassVar[str]

    stack: str
    at: Text
    service: str = ""
    reach: Reach = "always"
    decision: Decision | None = None

    def cells(self) -> list[Cell]:
        """Every column that is a cell."""
        found = (getattr(self, name) for name in fields(type(self)))
        return [value for value in found if isinstance(value, Cell)]


@record
class Credential(Row):
    """A named secret. `key` is the name under which the other side knows it; null where nobody says one.

    system: livekit, or the first word of the variable's name. role: server, client, webhook, or empty.
    shape: real, placeholder, reference (another program fills it in), empty, unknown.
    """

    table = "credentials"
    name: str
    system: str
    value: Cell
    role: str = ""
    key: Cell = NULL
    shape: str = "real"
    template: bool = False
    audience: str = "server"
    short: bool = False
    """Under 32 bytes, where LiveKit's server looks at the length."""
    env_file: bool = False
    """Whether the value stands in an environment file, be it a template."""


@record
class Workers(Row):
    """The number of worker processes that a service would start, or that of a file without a service."""

    table = "workers"
    name: str
    count: Cell
    expected: Cell = NULL


@record
class Override(Row):
    """Two settings of one subject (workers); `winner` decides and `loser` has no effect."""

    table = "overrides"
    name: str
    subject: str
    loser: Cell
    winner: Cell
    differs: bool = True


@record
class Url(Row):
    """An address that somebody calls.

    protocol: http, ws, redis, livekit…, by the scheme. audience: mobile, network (from inside a container), host,
    browser, health. host_class: loopback, unspecified, emulator, docker, lan, placeholder, tunnel, public, unknown, and
    backend for the host that the configuration names. target_state: known, no-such-host, apart (on no network of the
    caller), unknown, self, elsewhere (this container, on a port that is not its own), unsure (this container, on a port
    that may be its own), public; from
    outside also inner (a port that exists in the container alone) and beside (a program beside the stacks is meant).
    `target` is the service that is reached. `instead` is the host that should stand there, `reachable` the port, where
    it is known. `constant` is the name of a public constant, with what it is about. Of a call, `method` is set, and
    `client` is what the calling function speaks: http or ws, at the call; `spoken` is the same as the scheme says it,
    without the `s` of its secure form. `inside` is the container's port that is reached. Not `written`: the port is
    the scheme's own.
    """

    table = "urls"
    name: str
    url: Cell
    audience: str
    scheme: Cell = NULL
    host: Cell = NULL
    port: Cell = NULL
    path: Cell = NULL
    protocol: str = ""
    method: str = ""
    host_class: str = "unknown"
    target: Cell = NULL
    target_state: str = "unknown"
    instead: Cell = NULL
    reachable: Cell = NULL
    constant: str = ""
    client: Cell = NULL
    spoken: Cell = NULL
    inside: Cell = NULL
    written: bool = True


@record
class Service(Row):
    table = "services"
    name: Cell
    image: Cell = NULL
    built: bool = False
    profile: str = ""
    network: str = "bridge"
    healthcheck: Cell = NULL


@record
class HostName(Row):
    """A name that resolves inside the network of a stack to `service`."""

    table = "hosts"
    name: Cell


@record
class Listener(Row):
    """Ports on which a service listens. purpose: http, rtc, redis, turn. source: command, config, expose, publish,
    healthcheck, default, unknown. `publish` is where an entry of `ports:` would be inserted, `publication` that entry.

    `address` is what the port is bound to, null where that does not matter, and `binding` says of what kind it is: the
    loopback of the container, every address, one of its own. `closed`: of what is published, the service's other rows
    tell all ports on which it listens. `wanted` tells who counts on the port from outside of the container: it is
    published, or called by another service; `caller` is where that is stated.
    """

    table = "listeners"
    port: Cell
    protocol: str = "tcp"
    purpose: str = "http"
    source: str = "command"
    name: str = ""
    publish: Cell = NULL
    publication: Cell = NULL
    address: Cell = NULL
    binding: Binding = "unknown"
    closed: bool = False
    wanted: Wanted = ""
    caller: Cell = NULL


@record
class Port(Row):
    """A port of the host: `published` on its `address`, `target` in the container.

    source: publish, or network for what a service listens on that shares the network of the host. `profiles` are those
    of the service.
    """

    table = "ports"
    published: Cell
    target: Cell
    protocol: str = "tcp"
    address: Cell = NULL
    source: str = "publish"
    profiles: Cell = ALWAYS


@record
class Route(Row):
    """A path that a service serves. `protocol` is http or ws. `method` lists the methods; without any, every one is.

    `port` is that of the container, null where nobody states it. What is not `seen` stands for the paths that nobody
    can tell, and has an unknown path.
    """

    table = "routes"
    path: Cell
    protocol: Cell = NULL
    method: str = ""
    port: Cell = NULL
    seen: bool = True


@record
class Use(Row):
    """A variable that is read. by: compose or code. feeds: url, port, image, path, other."""

    table = "uses"
    name: Cell
    fallback: bool = False
    by: str = "compose"
    feeds: str = "other"


@record
class Definition(Row):
    """A variable that is set. file_role: real, template, comment (only mentioned), given (to a service). Of
    a pair whose real file is not here, the template is unpaired and the file absent: one row each, of no known name.

    `pair` is the file that its file is compared with, empty where there is none. `lookalike` is a name that the
    service's code reads and nothing sets, one slip away from this one, which the code does not read: `mistaken`.
    """

    table = "definitions"
    name: Cell
    value: Cell
    file: str
    file_role: str = "real"
    pair: str = ""
    mistaken: bool = False
    lookalike: Cell = NULL


@record
class Read:
    """A place in code that reads a variable, with what it takes where the variable is not set; empty for nothing."""

    name: Text
    place: Place
    default: Text


@record
class Variable(Row):
    """A variable of a service: one that its environment holds, or that its programs load or read.

    `value` is null where nothing sets it, and `decision` has all that could. `reads` are the places in its code.
    """

    table = "variables"
    name: Cell
    value: Cell = NULL
    reads: tuple[Read, ...] = ()

    @property
    def required(self) -> bool:
        """Whether some code reads it and has nothing to take in its place."""
        return any(not read.default for read in self.reads)


@record
class PathUse(Row):
    """A path that a file names. what: env_file, context, dockerfile, mount, config, baked, orphan, or dotenv for an env
    file that an app loads from its bundle. exists: yes, no, ignored, unknown. `fault` says what is wrong with it, and
    `other` is the place that does not fit. `path` is where it leads, from the root; empty where that is not known.
    """

    table = "paths"
    what: str
    value: Cell
    path: str = ""
    exists: str = "yes"
    required: bool = True
    other: Cell = NULL
    fault: str = ""


@record
class Setting(Row):
    """A key, flag or variable of a program's own configuration, and whether that program takes it."""

    table = "settings"
    program: str
    name: Cell
    accepted: bool = True
    hint: str = ""


@record
class FactRow(Row):
    """Any value, addressed by file and key: for rules of the user's own. `key` is dotted."""

    table = "values"
    file: str
    key: str
    value: Cell


@record
class Problem(Row):
    """What a reader could not take. what: unreadable, duplicate-key, dialect; empty for a file as such."""

    table = "problems"
    what: str
    detail: str
    name: str = ""
    value: Cell = NULL
    other: Cell = NULL


@record
class Suppression(Row):
    """A suppressing comment; `used` is filled by the engine after all other rules have run.

    `gone` is what has to go from the file when it is stale: all of the comment, or its rule's name where others stay.
    """

    table = "suppressions"
    rule: Cell
    used: bool = True
    gone: Place | None = None
