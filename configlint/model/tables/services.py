"""What the services of a stack are, and how they are configured."""

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
    """A service of a compose project, its overrides merged."""

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
    """`bridge`: networks of compose; `host`: that of the machine; `shared`: that of another container; `none`;
    `unknown` where a variable holds it."""
    healthcheck: Cell = NULL
    """The test of its health check, of compose or of the image; null where there is none."""


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
    """The number that `workers` in `.configlint.yaml` says; null where it says none."""


@record
class Override(Row):
    """Two settings of one thing, of which one has no effect."""

    table = "overrides"
    name: str
    """The service."""
    subject: Subject
    """What both are about."""
    loser: Cell
    """The value without effect."""
    winner: Cell
    """The value that decides."""
    differs: bool = True
    """Whether the two are different."""


@record
class Credential(Row):
    """A named secret; also the name of a user or database that belongs to one."""

    table = "credentials"
    name: str
    """The variable or setting that holds it."""
    system: str
    """`livekit`; a database or broker, `postgres`, `mysql`, `mongo`, `redis` or `rabbitmq`; else the first word of the
    variable's name in small letters."""
    value: Cell
    """The secret itself. No sentence shows it."""
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
    """`placeholder`: words of a template; `reference`: another program fills it in."""
    template: bool = False
    """Whether it stands in a template, such as `.env.example`."""
    audience: Holder = "server"
    """`mobile`: it is shipped with an app."""
    short: bool = False
    """Whether it has less than 32 bytes, where LiveKit's server looks at the length."""
    env_file: bool = False
    """Whether it stands in an environment file, be it a template."""
    unfilled: bool = False
    """Of a LiveKit client: whether it is a template's words in an environment file, which nobody replaced."""
    server: str = ""
    """Of a LiveKit client: the public host of the server that it is for, where an address beside it says so."""
    counterpart: Cell = NULL
    """Of a value that comes from a template: the template's where it has the same, or what the template overrides."""


@record
class Use(Row):
    """A variable that a compose file, or an environment file that compose reads, refers to."""

    table = "uses"
    name: Cell
    """The variable."""
    what: str
    """How the reference is called in a message: as it is written, or by the value of which it cuts off a part."""
    defined: Defined
    """Whether an environment file or a template of the stack defines it; `unknown` where the stack has neither."""
    definition: Cell = NULL
    """Where it is defined first; null where it is not."""
    elsewhere: Cell = NULL
    """Where an `env_file` sets it: inside a container, where compose does not look."""
    fallback: bool = False
    """Whether a default is given, as in `${PORT:-8000}`."""
    by: ReadBy = "compose"
    """Who reads it."""
    feeds: Feeds = "other"
    """What it becomes a part of."""


@record
class Definition(Row):
    """A variable that an environment file sets, or that a service is given."""

    table = "definitions"
    name: Cell
    """The variable; unknown where the file is not here."""
    value: Cell
    """What it is set to; null where that does not matter."""
    file: str
    """The path of the file."""
    file_role: FileRole = "real"
    """A `real` environment file or a `template` of one; a variable `given` to a service by compose."""
    mistaken: bool = False
    """Whether the service's code reads `lookalike` instead of this name."""
    lookalike: Cell = NULL
    """A name that the code reads and nothing sets, one slip away from this one."""


@record
class Read:
    """A place in code that reads a variable, with what it takes where the variable is not set; empty for nothing."""

    name: Text
    place: Place
    default: Text


@record
class Variable(Row):
    """A variable of a service: one that its environment holds, or that its programs load or read."""

    table = "variables"
    name: Cell
    """The variable."""
    value: Cell = NULL
    """What the service's processes find, or the default in its code; null where there is neither."""
    required: bool = False
    """Whether some code reads it and has no default for it."""
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
    """A key, flag or variable that one of LiveKit's programs is given."""

    table = "settings"
    program: Program
    """Which of LiveKit's programs."""
    name: Cell
    """The key, flag or variable."""
    accepted: bool = True
    """Whether that program takes it."""
    hint: str = ""
    """What it takes instead."""
