"""A compose project as it would start: typed, every value with where it is written."""

from collections.abc import Mapping
from typing import Literal

from configlint.compose.ports import Published
from configlint.compose.tree import Node, Reference, Refusal, Scope
from configlint.compose.volumes import Mount
from configlint.model.record import record
from configlint.model.text import Place, Text

Source = Literal["environment", "env_file", "image"]


@record
class EnvValue:
    """A variable of a container. `value` is None where the variable is named but set nowhere, and so removed.

    `overridden` are the values that would count if this one were not there, the next one first.
    """

    name: Text
    value: Text | None
    source: Source
    overridden: tuple["EnvValue", ...] = ()


@record
class EnvFile:
    """An environment file of a service. `target` is its path from the root; None where it leads elsewhere."""

    path: Text
    target: str | None
    required: bool = True
    raw: bool = False


class Environment:
    """What a container's processes find set. `missing` are the files that could not be read."""

    __slots__ = ("missing", "values")

    def __init__(self, values: Mapping[str, EnvValue], missing: tuple[EnvFile, ...]) -> None:
        self.values = values
        self.missing = missing

    def lookup(self, name: str) -> Text | None:
        """The value of a variable; None where nothing here sets it."""
        found = self.values.get(name)
        return None if found is None else found.value


@record
class Build:
    """`directory` is the context from the root, `path` that of the Dockerfile; None where they lead elsewhere.

    `inline` is the text of a Dockerfile that stands in the compose file.
    """

    context: Text
    directory: str | None
    dockerfile: Text | None = None
    path: str | None = None
    target: Text | None = None
    args: Mapping[str, Text]
    inline: Text | None = None
    place: Place


@record
class Words:
    """A command as compose has it: words, or (of a health check) a line for a shell. `at` is all that is written."""

    words: tuple[Text, ...]
    node: Node
    script: Text | None = None

    @property
    def at(self) -> Text:
        return self.words[0] if self.words else self.script or Text()


@record
class Healthcheck:
    """`test` is None where the service only changes the intervals of its image's check, or switches it off."""

    test: Words | None
    disabled: bool
    at: Text


@record
class Attachment:
    """A network of a service, with the further names by which it is reached there."""

    network: str
    aliases: tuple[Text, ...] = ()


@record
class Grant:
    """A config or secret that a service is given at `target`; `path` is its file from the root.

    `content` is what the compose file itself writes there.
    """

    source: Text
    target: Text
    path: str | None = None
    file: Text | None = None
    content: Text | None = None


@record
class Dependency:
    """A service that another one waits for: until it is started, or as `condition` says.

    Where it is not `required`, compose goes on without it if it is not active.
    """

    name: Text
    condition: str = "service_started"
    required: bool = True


@record
class Service:
    """One service. What is None is not said in compose; its image may say it."""

    name: Text
    scope: Scope
    place: Place
    image: Text | None = None
    build: Build | None = None
    command: Words | None = None
    entrypoint: Words | None = None
    declared: Mapping[str, EnvValue]
    env_files: tuple[EnvFile, ...] = ()
    ports: tuple[Published, ...] = ()
    expose: tuple[Text, ...] = ()
    volumes: tuple[Mount, ...] = ()
    networks: tuple[Attachment, ...] = ()
    network_mode: Text | None = None
    hostname: Text | None = None
    container_name: Text | None = None
    links: tuple[Text, ...] = ()
    extra_hosts: tuple[Text, ...] = ()
    profiles: tuple[Text, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    healthcheck: Healthcheck | None = None
    configs: tuple[Grant, ...] = ()
    secrets: tuple[Grant, ...] = ()
    working_dir: Text | None = None
    user: Text | None = None
    restart: Text | None = None
    labels: Mapping[str, Text] = {}

    @property
    def file(self) -> str:
        """The compose file in which the service is declared first."""
        return self.scope.path


@record
class Network:
    name: Text
    external: bool = False


@record
class Volume:
    name: Text
    external: bool = False


@record
class Project:
    """`files` are all compose files, the main one first; `env_files` the files whose variables fill them in.

    `parts` are those of the files that another one includes or extends: what stands in them runs in this project.
    """

    name: str
    directory: str
    services: Mapping[str, Service]
    networks: Mapping[str, Network]
    volumes: Mapping[str, Volume]
    files: tuple[str, ...]
    parts: frozenset[str]
    env_files: tuple[str, ...]
    uses: tuple[Reference, ...]
    problems: tuple[Refusal, ...]
    defined: frozenset[str]
    """Names of the variables that the environment files set for the project."""
    active: frozenset[str] = frozenset()
    """Profiles that COMPOSE_PROFILES in those files switches on."""
