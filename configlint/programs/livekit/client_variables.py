"""The variables in which LiveKit's clients and its server are given their key pairs."""

from collections.abc import Callable, Iterable
from typing import Literal

from configlint.formats.dotenv import document as dotenv
from configlint.formats.words import word_set
from configlint.model.net.hosts import host_class, normal
from configlint.model.net.url import authority, parts
from configlint.model.regex import regex
from configlint.model.text import Text
from configlint.workspace.workspace import Workspace

KEY, SECRET, PAIRS = "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "LIVEKIT_KEYS"

_SECRET = regex(r"(?P<prefix>(?:[A-Z0-9]+_)*)LIVEKIT_(?P<api>API_)?SECRET")
"""LiveKit's own name, the one of Element's lk-jwt-service, and both with a prefix of the user's."""
_ELSEWHERE = word_set("prod production staging stage preview test testing cloud remote old legacy backup")
"""With one of these words in its prefix a pair is that of another place than its neighbours are for."""
_ADDRESSES = ("URL", "WS_URL", "WSS_URL", "HOST", "SERVER_URL", "API_URL", "PUBLIC_URL")


def pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    """The variables among `names` that hold a client's secret, each behind the one that holds its key."""
    found = ((_SECRET.fullmatch(name), name) for name in names)
    return [
        (f"{match['prefix']}LIVEKIT_{match['api'] or ''}KEY", name)
        for match, name in found
        if match is not None and _ELSEWHERE.isdisjoint(match["prefix"].lower().split("_"))
    ]


def half_of_pair(name: str) -> Literal["key", "secret", ""]:
    """Which half of a client's pair a variable of this name holds."""
    if _SECRET.fullmatch(name):
        return "secret"
    return "key" if name.endswith("KEY") and _SECRET.fullmatch(f"{name[:-3]}SECRET") else ""


def server_of(secret: str, lookup: Callable[[str], Text | None]) -> str:
    """The public host of the server for which a client's pair is, by the address that stands beside it."""
    prefix = secret.partition("LIVEKIT_")[0]
    texts = (lookup(f"{prefix}LIVEKIT_{ending}") for ending in _ADDRESSES)
    return next((public_host(text) for text in texts if text is not None and text.raw), "")


def public_host(address: Text) -> str:
    """The host of an address, with or without a scheme, if it is on the internet; else nothing."""
    whole = parts(address)
    bare = authority(address) if whole is None else (whole.host, whole.port)
    host = normal(str(bare[0].value)) if bare is not None and bare[0].value is not None else ""
    return host if host and host_class(host) == "public" else ""


def promised(workspace: Workspace, where: str) -> Text | None:
    """Where a template in a directory says that the absent env file there holds LiveKit's secret."""
    for path in workspace.env_files.get(where, ()):
        document = workspace.store.dotenv(path) if dotenv.template_name(path) else None
        for binding in document.bindings if document else ():
            if str(binding.name) == SECRET:
                return binding.name
    return None
