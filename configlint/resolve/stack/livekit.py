"""LiveKit in a stack: where the server's keys come from, and what the clients sign with.

Order of the server's sources: livekit-server cmd/server/main.go and pkg/config/config.go. `--config-body` or
LIVEKIT_CONFIG beats `--config`; `--keys` or LIVEKIT_KEYS replaces the keys of the configuration; a key file replaces
both. Egress, ingress and sip let their YAML win over the environment.
"""

from collections.abc import Iterator, Sequence

from configlint.formats import yaml
from configlint.formats.yaml_nodes import Mapping, Scalar
from configlint.model.cell import NULL, cell, unknown
from configlint.model.document import UnreadableError
from configlint.model.record import record
from configlint.model.tables import Credential, Row, Setting
from configlint.model.text import Text
from configlint.resolve import livekit, livekit_settings
from configlint.resolve.compose.container import Found, repository_path
from configlint.resolve.library import Library
from configlint.resolve.livekit import pair
from configlint.resolve.loose import KEY, PAIRS, SECRET
from configlint.resolve.scene import basename
from configlint.resolve.stack.running import Running

_PROGRAMS = {"livekit-server": "server", "egress": "egress", "ingress": "ingress", "sip": "sip"}


def program(one: Running) -> str:
    """The LiveKit program of a service by its image: server, egress, ingress, sip, or empty. Forks are not judged."""
    owner, _, name = one.repository.rpartition("/")
    return _PROGRAMS.get(name, "") if owner.rpartition("/")[2] == "livekit" else ""


@record
class Config:
    """The configuration of a LiveKit service. `root` is None where it is not known, and `reason` says why.

    `at` is what names it. `path` is its file, empty where it stands in a variable or on the command line.
    """

    at: Text
    root: Mapping | None = None
    reason: str = ""
    path: str = ""
    body: Text | None = None
    found: Found | None = None

    def text(self, scalar: Scalar) -> Text:
        """The text of a scalar: of a configuration that stands in a variable, the slice of that variable."""
        if self.body is None:
            return scalar.text
        inner = scalar.text.place
        return self.body[inner.start : inner.end] if inner is not None else scalar.text


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


def config(one: Running, library: Library) -> Config:
    """The configuration that a LiveKit service would read."""
    which = program(one)
    prefix = "LIVEKIT_CONFIG" if which == "server" else f"{which.upper()}_CONFIG_BODY"
    body = (option(one, "config-body") or one.environment.lookup(prefix)) if which else None
    if body is not None and body.raw.strip():
        return _inside(body)
    path = option(one, "config")
    if path is None and which != "server":
        path = one.environment.lookup(f"{which.upper()}_CONFIG_FILE")
    if path is None:
        return Config(at=one.service.name, root=None)
    if path.value is None:
        return Config(at=path, reason=path.reason)
    return _file(path, repository_path(one.container, path.value, library), library)


_REASONS = {
    "mount": "it is mounted from outside of the repository",
    "copy": "it is copied from outside of the repository",
    "hidden": "a volume lies over it",
    "unknown": "the image may hold it",
    "none": "nothing brings a file there",
}


def _inside(body: Text) -> Config:
    """YAML in a variable."""
    if body.value is None:
        return Config(at=body, reason=body.reason)
    try:
        root = yaml.read("", body.raw).root
    except UnreadableError as error:
        return Config(at=body, reason=error.message)
    return Config(at=body, root=root if isinstance(root, Mapping) else None, body=body)


def _file(path: Text, found: Found, library: Library) -> Config:
    if found.path is None:
        return Config(at=path, reason=_REASONS[found.how], found=found)
    document = library.yaml(found.path)
    if document is None:
        absent = library.state(found.path) in ("ignored", "missing")
        reason = f"{found.path} is not here" if absent else f"{found.path} cannot be read"
        return Config(at=path, reason=reason, path=found.path, found=found)
    root = document.root if isinstance(document.root, Mapping) else None
    return Config(at=path, root=root, path=found.path, found=found)


def credentials(one: Running, library: Library) -> Iterator[Row]:
    """What a service accepts or signs with."""
    which = program(one)
    if which == "server":
        yield from _server(one, library)
    elif which:
        yield from _side(one, library)
    else:
        yield from _from_environment(one)


def _server(one: Running, library: Library) -> Iterator[Credential]:
    found = config(one, library)
    development = switched(one, "dev") or (found.root is not None and livekit.development(found.root))
    pairs = option(one, "keys") or one.environment.lookup(PAIRS)
    file = option(one, "key-file") or _key_file(found)
    if file is not None:
        yield from _from_file(one, file, library)
    elif pairs is not None and pairs.raw.strip():
        yield from _from_map(one, _inside(pairs), PAIRS, development=development)
    elif found.root is not None and isinstance(found.root.get("keys"), Mapping):
        keys = found.root.get("keys")
        assert isinstance(keys, Mapping)
        yield from _pairs(one, keys, found, development=development)
    elif found.reason:
        yield _unknown(one, found.at, found.reason)
    elif development:
        yield pair(
            stack=one.stack, service=one.name, role="server", label="devkey", at=one.service.name,
            key=cell(Text.assumed("devkey")), secret=Text.assumed("secret"), length_matters=False,
        )  # fmt: skip
    if found.root is not None:
        yield from livekit.webhook(found.root, one.stack, one.name)


def _key_file(found: Config) -> Text | None:
    node = found.root.get("key_file") if found.root is not None else None
    return found.text(node) if isinstance(node, Scalar) else None


def _from_file(one: Running, path: Text, library: Library) -> Iterator[Credential]:
    known = repository_path(one.container, path.value, library) if path.value is not None else None
    found = _file(path, known, library) if known is not None else None
    if found is None or found.root is None:
        yield _unknown(one, path, found.reason if found is not None else path.reason)
    else:
        yield from _pairs(one, found.root, found, development=True)


def _from_map(one: Running, found: Config, label: str, *, development: bool) -> Iterator[Credential]:
    if found.root is None:
        yield _unknown(one, found.at, found.reason or f"{label} holds no key pair")
    else:
        yield from _pairs(one, found.root, found, development=development)


def _pairs(one: Running, keys: Mapping, found: Config, *, development: bool) -> Iterator[Credential]:
    for entry in keys.entries:
        if isinstance(entry.key, Scalar) and isinstance(entry.value, Scalar):
            secret = found.text(entry.value)
            yield pair(
                stack=one.stack, service=one.name, role="server", label=f"key {entry.key.value}", at=secret,
                key=cell(found.text(entry.key)), secret=secret, length_matters=not development,
            )  # fmt: skip


def _unknown(one: Running, at: Text, reason: str) -> Credential:
    missing = unknown(reason, at)
    return Credential(
        stack=one.stack, at=at, service=one.name, reach=one.reach, name="the server's keys", system="livekit",
        role="server", key=missing, value=missing, shape="unknown",
    )  # fmt: skip


def _side(one: Running, library: Library) -> Iterator[Credential]:
    """Egress, ingress, sip: what their YAML says wins over the environment."""
    found = config(one, library)
    if found.reason:
        return
    secret = found.root.get("api_secret") if found.root is not None else None
    key = found.root.get("api_key") if found.root is not None else None
    if isinstance(secret, Scalar):
        name = found.text(key) if isinstance(key, Scalar) else one.environment.lookup(KEY)
        text = found.text(secret)
        yield pair(
            stack=one.stack, service=one.name, role="client", label="api_secret", at=text,
            key=cell(name) if name is not None else NULL, secret=text, length_matters=False,
        )  # fmt: skip
    else:
        yield from _from_environment(one)


def _from_environment(one: Running) -> Iterator[Credential]:
    secret, key = one.environment.lookup(SECRET), one.environment.lookup(KEY)
    if secret is not None and (secret.raw or not secret.known):
        yield pair(
            stack=one.stack, service=one.name, role="client", label=SECRET, at=secret,
            key=cell(key) if key is not None and (key.raw or not key.known) else NULL, secret=secret,
            length_matters=False,
        )  # fmt: skip
    elif key is not None and key.raw and secret is None:
        yield Credential(
            stack=one.stack, at=key, service=one.name, reach=one.reach, name=KEY, system="livekit", role="client",
            key=cell(key), value=NULL,
        )  # fmt: skip


def mounted(running: Sequence[Running], library: Library) -> frozenset[str]:
    """The LiveKit files that services of a stack read."""
    found = (config(one, library).path for one in running if program(one))
    return frozenset(path for path in found if path)


def redis_address(one: Running, library: Library) -> Text | None:
    """`redis.address` of a LiveKit service."""
    found = config(one, library) if program(one) else None
    redis = found.root.get("redis") if found is not None and found.root is not None else None
    address = redis.get("address") if isinstance(redis, Mapping) else None
    return found.text(address) if found is not None and isinstance(address, Scalar) and address.value else None


def settings(one: Running, library: Library) -> Iterator[Setting]:
    """The keys, flags and variables of a LiveKit service."""
    which = program(one)
    if not which:
        return
    found = config(one, library)
    if which == "server":
        if found.root is not None and not found.body and not switched(one, "disable-strict-config"):
            yield from livekit_settings.server_keys(found.root, one.stack, one.name)
        yield from livekit_settings.flags(arguments(one), one.stack, one.name)
    elif found.root is not None and not found.body:
        yield from livekit_settings.side_keys(found.root, one.stack, one.name, which)
    keyed = any(row.role == "server" for row in credentials(one, library) if isinstance(row, Credential))
    for value in one.environment.values.values():
        if value.source == "environment":
            yield from livekit_settings.variable(value.name, one.stack, one.name, which, has_keys=keyed)


def baked(one: Running, library: Library) -> str:
    """The configuration file that is copied into a service's image; empty where none is."""
    found = config(one, library) if program(one) else None
    return found.path if found is not None and found.found is not None and found.found.how == "copy" else ""
