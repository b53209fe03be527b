"""The services of a stack, and their configuration."""

from configlint.model.cell import NULL, Cell
from configlint.model.record import record
from configlint.model.tables.row import Row
from configlint.model.tables.words import (
    Defined,
    Feeds,
    FileRole,
    Holder,
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
    """A named secret."""

    table = "credentials"
    name: str
    """The variable or setting with the secret."""
    system: str
    """`livekit`, or the first word of the variable's name in lower case."""
    value: Cell
    """The secret. No message shows it."""
    role: Role = ""
    """Who has the secret: the `server` that checks, a `client` that signs, or the `webhook` setting; else empty."""
    key: Cell = NULL
    """The name of the secret on both sides (an API key); null if there is none."""
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
