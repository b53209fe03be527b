"""The services of a stack, and their configuration."""

from typing import Literal

from configlint.model.cell import NULL, Cell
from configlint.model.record import record
from configlint.model.tables.row import Row
from configlint.model.tables.words import (
    CredentialPart,
    Defined,
    DependencyState,
    Feeds,
    FileRole,
    Holder,
    NeedState,
    NetworkMode,
    Program,
    ReadBy,
    Role,
    Shape,
    Subject,
)
from configlint.model.text import Place, Text


@record
class Service(Row):
    """A service of a compose project, with its overrides merged."""

    table = "services"
    name: Cell
    """Its name."""
    image: Cell = NULL
    """`image:`, with its tag."""
    built: bool = False
    """Whether it has `build:`."""
    profile: str = ""
    """Its profiles, separated by commas."""
    network: NetworkMode = "bridge"
    """`bridge`: compose networks; `host`: host networking; `shared`: the network of another container; `none`;
    `unknown` if it comes from a variable."""
    healthcheck: Cell = NULL
    """The test of its health check, from the compose file or the image; null if there is none."""


@record
class Dependency(Row):
    """A service that another one waits for (`depends_on`)."""

    table = "dependencies"
    name: Cell
    """The service that is waited for; unknown where it cannot be known whether that will do."""
    state: DependencyState = "met"
    """Whether it can be waited for (`met`); else it is no service of the stack (`no-such-service`), has a profile that
    is not active wherever the waiting service is (`inactive`), or no health check though its health is waited for
    (`unchecked`)."""
    fault: str = ""
    """What is wrong with it."""
    other: Cell = NULL
    """The place that does not fit: the profiles or the image of the other service."""


@record
class Workers(Row):
    """The number of worker processes that a service starts, for services that run a Python server."""

    table = "workers"
    name: str
    """The service, or the configuration file."""
    count: Cell
    """The number."""
    expected: Cell = NULL
    """The number in `workers` of `.configlint.yaml`; null if there is none."""


@record
class Override(Row):
    """Two settings of the same thing, of which one overrides the other."""

    table = "overrides"
    name: str
    """The service."""
    subject: Subject
    """What both settings set."""
    loser: Cell
    """The overridden value."""
    winner: Cell
    """The value that takes effect."""
    differs: bool = True
    """Whether the two values differ."""


@record
class Credential(Row):
    """A named secret; also the name of a user or database that belongs to one."""

    table = "credentials"
    name: str
    """The variable or setting with the secret."""
    system: str
    """`livekit`; a database or broker, `postgres`, `mysql`, `mongo`, `redis` or `rabbitmq`; else the first word of the
    variable's name in small letters."""
    value: Cell
    """The secret. No message shows it."""
    role: Role = ""
    """Who holds it: the `server` that checks, a `client` that signs or logs in, or the `webhook` setting; empty for
    others."""
    key: Cell = NULL
    """The name under which the other side knows it: an API key, the user of a password; null where nothing says one."""
    part: Literal[CredentialPart, "secret"] = "secret"
    """What it is: a `secret`; of a database or broker, its `user`, `password` or `database`."""
    target: Cell = NULL
    """Of a client of a database or broker, the service that it calls."""
    shape: Shape = "real"
    """`placeholder`: a value from a template; `reference`: another program replaces it."""
    template: bool = False
    """Whether it is in a template, such as `.env.example`."""
    audience: Holder = "server"
    """`mobile`: it is shipped with an app."""
    short: bool = False
    """Whether it has fewer than 32 bytes and LiveKit's server checks the length."""
    env_file: bool = False
    """Whether it is in an env file, including templates."""
    unfilled: bool = False
    """For a LiveKit client: whether it is a placeholder in an env file that nobody replaced."""
    server: str = ""
    """For a LiveKit client: the public host of its server, if an address next to it names one."""
    counterpart: Cell = NULL
    """For a value from a template: the same value in the template, or the value that the template overrides."""


@record
class Use(Row):
    """A reference to a variable in a compose file, or in an env file that compose reads."""

    table = "uses"
    name: Cell
    """The variable."""
    what: str
    """The reference in a message: as written, or the name of the value that it truncates."""
    defined: Defined
    """Whether an env file or a template of the stack defines the variable; `unknown` if the stack has neither."""
    definition: Cell = NULL
    """Its first definition; null if it has none."""
    elsewhere: Cell = NULL
    """Where an `env_file` sets it: only inside a container, so not for compose."""
    fallback: bool = False
    """Whether the reference has a default, as in `${PORT:-8000}`."""
    by: ReadBy = "compose"
    """Which program reads the variable."""
    feeds: Feeds = "other"
    """What the value is used for."""


@record
class Definition(Row):
    """A variable that an env file sets, or that compose sets for a service."""

    table = "definitions"
    name: Cell
    """The variable; unknown if the file is missing."""
    value: Cell
    """Its value; null if that does not matter."""
    file: str
    """The path of the file."""
    file_role: FileRole = "real"
    """A `real` env file or a `template`; `given`: compose sets the variable for a service."""
    mistaken: bool = False
    """Whether the code of the service reads `lookalike` instead of this name."""
    lookalike: Cell = NULL
    """A similar name that the code reads and nothing sets."""


@record
class Read:
    """A place in code that reads a variable, with its default; empty for none."""

    name: Text
    place: Place
    default: Text


@record
class Variable(Row):
    """A variable of a service: its environment contains it, or its programs load or read it."""

    table = "variables"
    name: Cell
    """The variable."""
    value: Cell = NULL
    """The value for the processes of the service, or the default in its code; null if there is neither."""
    required: bool = False
    """Whether code reads it without a default."""
    reads: tuple[Read, ...] = ()
    # The places in the code of the service. They are for `why`, and are not a column.


@record
class Need(Row):
    """A place in code that a service runs, and a variable that it cannot do without: it has no default for it."""

    table = "needs"
    name: Cell
    """The variable; unknown where it may be set."""
    variable: str
    """Its name."""
    state: NeedState = "met"
    """Whether the service is given the variable (`met`) or not (`missing`)."""
    hint: str = ""
    """A similar name that the service is given, in words."""
    elsewhere: Cell = NULL
    """Where an environment file sets it for compose, of which the container gets nothing."""


@record
class Setting(Row):
    """A key, flag or variable in the configuration of a LiveKit program."""

    table = "settings"
    program: Program
    """The LiveKit program."""
    name: Cell
    """The key, flag or variable."""
    accepted: bool = True
    """Whether the program accepts it."""
    hint: str = ""
    """What the program accepts instead."""
