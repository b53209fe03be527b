"""What LiveKit's server accepts in a stack, and what its clients sign with.

`--keys` or LIVEKIT_KEYS replaces the keys of the server's configuration; a key file replaces both (livekit-server
cmd/server/main.go, pkg/config/config.go). Egress, ingress and sip let their YAML win over the environment.
"""

from collections.abc import Iterator

from configlint.compose.container import repository_path
from configlint.compose.running import Running
from configlint.formats.secrecy import key_name
from configlint.formats.yaml.nodes import Mapping, Scalar
from configlint.model.cell import NULL, cell, unknown
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.tables import Credential
from configlint.model.tables.words import Role
from configlint.model.text import Text
from configlint.programs.livekit import files as livekit
from configlint.programs.livekit.client_variables import (
    KEY,
    PAIRS,
    SECRET,
    pairs,
    promised,
    public_host,
    server_of,
)
from configlint.programs.livekit.service import (
    Config,
    config,
    development,
    from_file,
    inside,
    option,
    program,
    server_address,
    setting,
)
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import Workspace, directory


def rows(one: Running, workspace: Workspace) -> Iterator[Credential]:
    """What a service accepts or signs with."""
    which = program(one)
    if which == "server":
        yield from accepted(one, workspace.store)
    elif which:
        yield from _side(one, workspace.store)
    else:
        found = list(_from_environment(one))
        yield from found or _from_absent(one, workspace)


def _pair(
    one: Running, role: Role, label: str, key: Text | None, secret: Text, *, length_matters: bool = False
) -> Credential:
    named = cell(key_name(key)) if key is not None and (key.raw or not key.known) else NULL
    return livekit.pair(
        stack=one.stack, service=one.name, reach=one.reach, role=role, label=label,
        at=secret if secret.place else one.service.name, key=named, secret=secret, length_matters=length_matters,
    )  # fmt: skip


def accepted(one: Running, store: DocumentStore) -> Iterator[Credential]:
    """What a server accepts, and what it signs its webhooks with."""
    found = config(one, store)
    looks_away = development(one, found)
    given = option(one, "keys") or one.environment.lookup(PAIRS)
    file = option(one, "key-file") or setting(one, found, "key_file")
    if file is not None:
        yield from _from_file(one, file, store, length_matters=not looks_away)
    elif given is not None and given.raw.strip():
        yield from _from_map(one, inside(given), length_matters=not looks_away)
    elif found.root is not None and isinstance(keys := found.root.get("keys"), Mapping):
        yield from _pairs(one, keys, found, length_matters=not looks_away)
    elif found.reason:
        yield _unknown(one, found.at, found.reason)
    elif looks_away:
        yield _pair(one, "server", "devkey", Text.assumed("devkey"), Text.assumed("secret"))
    if found.root is not None:
        yield from livekit.webhook(found.root, one.stack, one.name, found.text)


def _from_file(one: Running, path: Text, store: DocumentStore, *, length_matters: bool) -> Iterator[Credential]:
    known = repository_path(one.container, path.value, store) if path.value is not None else None
    found = from_file(path, known, store) if known is not None else None
    if found is None or found.root is None:
        yield _unknown(one, path, found.reason if found is not None else path.reason)
    else:
        yield from _pairs(one, found.root, found, length_matters=length_matters)


def _from_map(one: Running, found: Config, *, length_matters: bool) -> Iterator[Credential]:
    if found.root is None:
        yield _unknown(one, found.at, found.reason or Reason("no-key-pair", PAIRS))
    else:
        yield from _pairs(one, found.root, found, length_matters=length_matters)


def _pairs(one: Running, keys: Mapping, found: Config, *, length_matters: bool) -> Iterator[Credential]:
    for entry in keys.entries:
        if isinstance(entry.key, Scalar) and isinstance(entry.value, Scalar):
            name, secret = key_name(found.text(entry.key)), found.text(entry.value)
            yield _pair(one, "server", f"key {name}", name, secret, length_matters=length_matters)


def _unknown(one: Running, at: Text, reason: Reason | None) -> Credential:
    missing = unknown(reason, at)
    return Credential(
        stack=one.stack, at=at, service=one.name, reach=one.reach, name="keys", system="livekit",
        role="server", key=missing, value=missing, shape="unknown",
    )  # fmt: skip


def _side(one: Running, store: DocumentStore) -> Iterator[Credential]:
    """Egress, ingress, sip: what their YAML says wins over the environment."""
    found = config(one, store)
    if found.reason:
        yield _unsigned(one, found)
        return
    secret = found.root.get("api_secret") if found.root is not None else None
    key = found.root.get("api_key") if found.root is not None else None
    if isinstance(secret, Scalar):
        name = found.text(key) if isinstance(key, Scalar) else one.environment.lookup(KEY)
        address = server_address(one, store)
        host = public_host(address) if address is not None else server_of(SECRET, one.environment.lookup)
        yield replace(_pair(one, "client", "api_secret", name, found.text(secret)), server=host)
    else:
        yield from _from_environment(one)


def _unsigned(one: Running, found: Config) -> Credential:
    """The pair of a program whose configuration is not known."""
    missing = unknown(found.reason, found.at)
    return Credential(
        stack=one.stack, at=found.at, service=one.name, reach=one.reach, name="api_secret", system="livekit",
        role="client", key=missing, value=missing, shape="unknown",
    )  # fmt: skip


def _from_environment(one: Running) -> Iterator[Credential]:
    lookup = one.environment.lookup
    given = {name for name, value in one.environment.values.items() if value.value is not None}
    for key, name in pairs(given):
        secret = lookup(name)
        in_file = one.environment.values[name].source == "env_file"
        if secret is not None and (secret.raw or not secret.known or in_file):
            yield replace(_pair(one, "client", name, lookup(key), secret), server=server_of(name, lookup))
    alone = lookup(KEY)
    if alone is not None and alone.raw and SECRET not in given:
        yield Credential(
            stack=one.stack, at=alone, service=one.name, reach=one.reach, name=KEY, system="livekit", role="client",
            key=cell(key_name(alone)), value=NULL, server=server_of(SECRET, lookup),
        )  # fmt: skip


def _from_absent(one: Running, workspace: Workspace) -> Iterator[Credential]:
    """The pair of an env file that git ignores and that is not here (CI), where its template says that it holds one."""
    for file in one.environment.missing:
        if file.target is None or workspace.store.state(file.target) != "ignored":
            continue
        if promised(workspace, directory(file.target)) is not None:
            missing = unknown(Reason("ignored-file", file.target), file.path)
            yield Credential(
                stack=one.stack, at=file.path, service=one.name, reach=one.reach, name=SECRET, system="livekit",
                role="client", key=missing, value=missing, shape="unknown",
            )  # fmt: skip
