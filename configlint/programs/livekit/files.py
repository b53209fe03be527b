"""LiveKit's own files: which program a YAML file configures, and the key pairs that stand in it.

Sources: livekit-server pkg/config/config.go (`keys`, `key_file`); egress, ingress and sip pkg/config (`api_key`,
`api_secret`, `ws_url`); see also the notes on each row.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from configlint.formats.dotenv.document import claims
from configlint.formats.placeholders import bracketed
from configlint.formats.secrecy import key_name, shape
from configlint.formats.yaml.document import YamlDocument
from configlint.formats.yaml.nodes import Mapping, Node, Scalar, Sequence
from configlint.model.cell import NULL, Cell, cell, unknown
from configlint.model.reason import Reason
from configlint.model.tables import Credential, Reach
from configlint.model.tables.words import Role
from configlint.model.text import Text
from configlint.workspace.workspace import basename

Program = Literal["server", "egress", "ingress", "sip", "client", ""]

MINIMUM_SECRET = 32
"""Bytes; below it the server logs an error (livekit-server pkg/config/config.go)."""

_SIDE_PROGRAMS: tuple[Program, ...] = ("egress", "ingress", "sip")
_PAIR_KEYS = ("api_key", "api_secret")


def named_like(path: str) -> bool:
    """Whether a file's name makes it worth a look."""
    name = basename(path).lower()
    return name.endswith((".yaml", ".yml")) and any(word in name for word in ("livekit", *_SIDE_PROGRAMS))


def program(path: str, root: Node | None) -> Program:
    """The LiveKit program that reads this file; empty where it is none of theirs (a compose file, a manifest…)."""
    if not isinstance(root, Mapping) or any(name in root for name in ("apiVersion", "services", "include")):
        return ""
    name = basename(path).lower()
    if any(key in root for key in (*_PAIR_KEYS, "ws_url")) and not _map_at(root, "keys"):
        side = next((word for word in _SIDE_PROGRAMS if word in name), None)
        if side is not None:
            return side
        if "livekit" not in name:
            return "client" if "ws_url" in root else ""
        return "client" if "ws_url" in root and "port" not in root else "server"
    if _map_at(root, "keys") or "key_file" in root:
        return "server"
    return "server" if "livekit" in name and ("rtc" in root or "port" in root) else ""


def _map_at(root: Mapping, key: str) -> bool:
    return isinstance(root.get(key), Mapping)


def credentials(document: YamlDocument, stack: str) -> Iterator[Credential]:
    """The key pairs of one file, as the program that reads it would use them."""
    root = document.root
    which = program(document.path, root)
    if not which or not isinstance(root, Mapping):
        return
    if which == "server":
        yield from server_pairs(root, stack)
        yield from webhook(root, stack)
    yield from _bare_pair(root, stack, "server" if which == "server" else "client")


def server_pairs(root: Mapping, stack: str, service: str = "") -> Iterator[Credential]:
    """The map `keys`: each name is a key, its value the secret."""
    keys = root.get("keys")
    short_matters = not development(root)
    for entry in keys.entries if isinstance(keys, Mapping) else ():
        if isinstance(entry.key, Scalar) and isinstance(entry.value, Scalar):
            name = key_name(entry.key.text)
            yield pair(
                stack=stack, service=service, role="server", label=f"keys.{name}", at=entry.value.text,
                key=cell(name), secret=entry.value.text, length_matters=short_matters,
            )  # fmt: skip


def _bare_pair(root: Mapping, stack: str, role: Role) -> Iterator[Credential]:
    secret, key = root.get("api_secret"), root.get("api_key")
    if isinstance(secret, Scalar):
        name = cell(key_name(key.text)) if isinstance(key, Scalar) else NULL
        yield pair(stack=stack, role=role, label="api_secret", at=secret.text, key=name, secret=secret.text)


def webhook(
    root: Mapping, stack: str, service: str = "", text: Callable[[Scalar], Text] = lambda scalar: scalar.text
) -> Iterator[Credential]:
    """The key with which the server signs webhooks; empty where `urls` is set without one, which it refuses.

    Source: livekit-server pkg/service/wire.go (`ErrWebHookMissingAPIKey`).
    """
    hook = root.get("webhook")
    urls = hook.get("urls") if isinstance(hook, Mapping) else None
    if not isinstance(hook, Mapping) or not isinstance(urls, Sequence) or not urls.items:
        return
    key = hook.get("api_key")
    name = key_name(text(key)) if isinstance(key, Scalar) else Text.exactly("", urls.place)
    yield Credential(
        stack=stack, at=name, service=service, name="webhook.api_key", system="livekit", role="webhook",
        key=cell(name), value=NULL,
    )  # fmt: skip


def development(root: Mapping) -> bool:
    """Whether the server runs in development mode, where it does not look at the length of secrets."""
    flag = root.get("development")
    return isinstance(flag, Scalar) and flag.value.lower() == "true"


def pair(
    *, stack: str, role: Role, label: str, at: Text, key: Cell, secret: Text, service: str = "", template: bool = False,
    length_matters: bool = True, reach: Reach = "always",
) -> Credential:  # fmt: skip
    """A row for one secret and the name under which the server knows it.

    A client's pair of which both halves are empty is none: LiveKit is switched off there.
    A secret is short where it is one at all: of a pair of which both halves are a template's words nobody knows.
    """
    env_file = secret.place is not None and claims(secret.place.path)
    kind = shape(secret.raw, label) if secret.known else "unknown"
    if kind == "placeholder" and not env_file and bracketed(secret.raw.strip()):
        kind = "reference"  # a stack or a server's file that somebody fills in before it runs
    hidden = secret.as_secret()
    value = cell(hidden)
    if kind == "reference":
        value = Cell(value=None, text=_filled_in_elsewhere(hidden))
    elif kind == "empty" and role == "client" and not key.value:
        value = unknown(Reason("empty-value"), secret)
    words = kind == "placeholder" and key.value is not None and shape(str(key.value), "") == "placeholder"
    length = len(value.value.encode()) if isinstance(value.value, str) else 0
    sample = key.value == "devkey" and value.value == "secret"
    return Credential(
        stack=stack, at=at, service=service, name=label, system="livekit", role=role, key=key, value=value,
        shape="placeholder" if sample else kind, template=template, reach=reach,
        short=length_matters and not words and 0 < length < MINIMUM_SECRET,
        env_file=env_file, unfilled=env_file and kind == "placeholder" and not sample,
    )  # fmt: skip


def _filled_in_elsewhere(text: Text) -> Text:
    return Text(run.but(text=None, reason=Reason("another-tool")) for run in text.runs[:1])
