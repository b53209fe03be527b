"""LiveKit's programs in a stack, and the configuration that each would read.

Order of the server's sources: livekit-server cmd/server/main.go. `--config-body` or LIVEKIT_CONFIG beats `--config`.
Egress, ingress and sip take the body or the file that a variable names.
"""

from collections.abc import Sequence
from typing import Literal

from configlint.compose.container import Found, repository_path
from configlint.compose.running import Running
from configlint.formats.yaml import document as yaml
from configlint.formats.yaml.nodes import Mapping, Node, Scalar
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables.words import Program
from configlint.model.text import Run, Text
from configlint.programs.livekit.server_settings import reads
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import basename

_PROGRAMS: dict[str, Program] = {"livekit-server": "server", "egress": "egress", "ingress": "ingress", "sip": "sip"}
_SIDES: tuple[Program, ...] = ("egress", "ingress", "sip")


def program(one: Running) -> Program | Literal[""]:
    """The LiveKit program of a service, or empty.

    By its image, of LiveKit or somebody else's, by what it starts, or by the variable that names its configuration.
    """
    name = basename(one.repository)
    if official(one) or name == "livekit-server":
        return _PROGRAMS.get(name, "")
    if any(basename(invocation.program.raw) == "livekit-server" for invocation in one.start.invocations):
        return "server"
    given = one.environment.values
    return next((side for side in _SIDES if any(f"{side.upper()}_CONFIG_{way}" in given for way in _WAYS)), "")


_WAYS = ("FILE", "BODY")


def official(one: Running) -> bool:
    """Whether a service runs an image of LiveKit's own; what a fork takes nobody knows here."""
    return basename(one.repository.rpartition("/")[0]) == "livekit"


def starts_otherwise(one: Running) -> bool:
    """Whether something of the user's stands between the image and the program, and may read any variable."""
    return one.service.build is not None or one.image is not None or one.service.entrypoint is not None


def ignores(one: Running, variable: str) -> bool:
    """Whether a service is a LiveKit server that certainly does not read a variable which is named after it."""
    named = variable.startswith("LIVEKIT_") and not reads(variable)
    return named and program(one) == "server" and official(one) and not starts_otherwise(one)


@record
class Config:
    """The configuration of a LiveKit service. `root` is None where it is not known, and `reason` says why.

    `at` is what names it. `path` is its file, empty where it stands in a variable or on the command line.
    """

    at: Text
    root: Mapping | None = None
    reason: Reason | None = None
    path: str = ""
    body: Text | None = None
    found: Found | None = None

    def text(self, scalar: Scalar) -> Text:
        """The text of a scalar: of a configuration that stands in a variable, the slice of that variable.

        The variable is secret as a whole; of what stands in it, only what would be secret in a file.
        """
        inner = scalar.text.place
        if self.body is None or inner is None:
            return scalar.text
        outer = self.body[inner.start : inner.end]
        return _marked_like(outer, scalar.text) if len(outer) == len(scalar.text) else outer

    def name(self, scalar: Scalar) -> Text:
        """The text of a key. Of a configuration in a variable all is secret, but not what its settings are called."""
        return Text(run.but(secret=False) for run in self.text(scalar).runs)


def _marked_like(outer: Text, inner: Text) -> Text:
    """`outer` with the secrets of `inner`, which is as long; what a reference brought stays as secret as it was."""
    runs: list[Run] = []
    start = 0
    for run in inner.runs:
        end = start + len(run.raw)
        runs += (
            piece if piece.via or piece.depends else piece.but(secret=run.secret) for piece in outer[start:end].runs
        )
        start = end
    return Text(runs)


def arguments(one: Running) -> tuple[Text, ...]:
    """What the program is given. Its image's entry point is the program itself, so a command holds options alone."""
    for invocation in one.start.invocations:
        if basename(invocation.program.raw) in _PROGRAMS:
            return invocation.args
    return one.service.command.words if one.service.command is not None else ()


def option(one: Running, name: str) -> Text | None:
    """The value of `--name value` or `--name=value` in the service's command."""
    words = arguments(one)
    for number, word in enumerate(words):
        if word.raw == f"--{name}" and number + 1 < len(words):
            return words[number + 1]
        if word.raw.startswith(f"--{name}="):
            return word[len(name) + 3 :]
    return None


def switched(one: Running, name: str) -> bool:
    """Whether the command holds `--name`."""
    return any(word.raw == f"--{name}" for word in arguments(one))


def development(one: Running, found: Config) -> bool:
    """Whether the server runs in development mode."""
    given = setting(one, found, "development")
    return switched(one, "dev") or (given is not None and given.raw.lower() in ("true", "1"))


def config(one: Running, store: DocumentStore) -> Config:
    """The configuration that a LiveKit service would read."""
    which = program(one)
    prefix = "LIVEKIT_CONFIG" if which == "server" else f"{which.upper()}_CONFIG_BODY"
    body = (option(one, "config-body") or one.environment.lookup(prefix)) if which else None
    if body is not None and body.raw.strip():
        return inside(body)
    path = option(one, "config")
    if path is None and which != "server":
        path = one.environment.lookup(f"{which.upper()}_CONFIG_FILE")
    if path is None:
        return Config(at=one.service.name, root=None)
    if path.value is None:
        return Config(at=path, reason=path.reason)
    return from_file(path, repository_path(one.container, path.value, store), store)


_ALIASES = {"rtc.udp_port": ("udp-port", "UDP_PORT"), "redis.address": ("redis-host", "REDIS_HOST")}
"""Options and variables that the server has beside those that it makes of every key."""


def setting(one: Running, found: Config, *path: str) -> Text | None:
    """One value of a program's configuration. An option or a variable of the server wins over its file.

    For every key the server has an option (`--rtc.udp_port`) and a variable (LIVEKIT_RTC_UDP_PORT).
    """
    if program(one) == "server":
        dotted = ".".join(path)
        flag, variable = _ALIASES.get(dotted, (dotted, ""))
        given = option(one, dotted) or option(one, flag)
        for name in ("_".join(("LIVEKIT", *path)).upper(), variable):
            given = given or one.environment.lookup(name)
        if given is not None and given.raw:
            return given
    node: Node | None = found.root
    for name in path:
        node = node.get(name) if isinstance(node, Mapping) else None
    return found.text(node) if isinstance(node, Scalar) and node.value else None


_REASONS = {
    "mount": Reason("outside-mount"),
    "copy": Reason("outside-mount"),
    "hidden": Reason("hidden-mount"),
    "unknown": Reason("image-file"),
    "none": Reason("no-mount"),
}


def inside(body: Text) -> Config:
    """YAML in a variable, or on the command line."""
    if body.value is None:
        return Config(at=body, reason=body.reason)
    try:
        root = yaml.read("", body.raw).root
    except UnreadableError as error:
        return Config(at=body, reason=Reason("malformed", error.message))
    return (
        Config(at=body, root=root, body=body)
        if isinstance(root, Mapping)
        else Config(at=body, reason=Reason("no-settings"))
    )


def from_file(path: Text, found: Found, store: DocumentStore) -> Config:
    """YAML in a file of the container that stands at `found`."""
    if found.content is not None:
        return inside(found.content)
    if found.path is None:
        return Config(at=path, reason=_REASONS[found.how], found=found)
    document = store.yaml(found.path)
    if document is None:
        absent = store.state(found.path) in ("ignored", "missing")
        reason = Reason("missing-file" if absent else "unreadable-file", found.path)
        return Config(at=path, reason=reason, path=found.path, found=found)
    root = document.root if isinstance(document.root, Mapping) else None
    return Config(at=path, root=root, path=found.path, found=found)


def mounted(running: Sequence[Running], store: DocumentStore) -> frozenset[str]:
    """The LiveKit files that services of a stack read."""
    found = (config(one, store).path for one in running if program(one))
    return frozenset(path for path in found if path)


def redis_address(one: Running, store: DocumentStore) -> Text | None:
    """`redis.address` of a LiveKit service."""
    return setting(one, config(one, store), "redis", "address") if program(one) else None


def many_redis(found: Config) -> bool:
    """Whether a program takes its Redis from a list of addresses, of sentinels or a cluster."""
    redis = found.root.get("redis") if found.root is not None else None
    return isinstance(redis, Mapping) and ("sentinel_addresses" in redis or "cluster_addresses" in redis)


def server_address(one: Running, store: DocumentStore) -> Text | None:
    """`ws_url` of egress, ingress or sip."""
    found = config(one, store) if program(one) in _SIDES else None
    address = found.root.get("ws_url") if found is not None and found.root is not None else None
    return found.text(address) if found is not None and isinstance(address, Scalar) and address.value else None


def baked(one: Running, store: DocumentStore) -> str:
    """The configuration file that is copied into a service's image; empty where none is."""
    found = config(one, store) if program(one) else None
    return found.path if found is not None and found.found is not None and found.found.how == "copy" else ""
