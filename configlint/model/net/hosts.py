"""What a host name or address stands for, without asking any network.

Classes and their order follow RFC 6761 (localhost), RFC 1918, 3927, 4193, 6598 (private ranges), RFC 5737
(documentation), Android's and Genymotion's emulator aliases, and inet_aton's one- to four-part numbers.
"""

import unicodedata

from configlint.model.regex import regex
from configlint.model.tables.words import HostClass

_LOOPBACK_NAMES = frozenset({"localhost", "localhost.localdomain", "lvh.me", "localtest.me"})
_DOCKER = frozenset({"host.docker.internal", "gateway.docker.internal", "kubernetes.docker.internal"})
_LAN_SUFFIXES = (".local", ".lan", ".internal", ".home.arpa", ".home", ".localdomain")
_TUNNELS = (".ngrok.io", ".ngrok.app", ".ngrok-free.app", ".trycloudflare.com", ".loca.lt")
_PLACEHOLDER_SUFFIXES = (".example", ".test", ".invalid")
_PLACEHOLDER_DOMAINS = ("example.com", "example.org", "example.net")
_EMBEDDED = regex(r"(?:^|[.-])(\d{1,3}(?:[.-]\d{1,3}){3})\.(?:nip|sslip)\.io\Z")
_PLACEHOLDER_WORDS = regex(
    r"[<>{}\[\]%]|(?:^|[._-])(?:your|my|change|votre)[._-]?(?:domain|server|host|ip|app|company)?(?![a-z0-9])"
)


def normal(host: str) -> str:
    """The host in one spelling: NFKC, lower case, ASCII dots, no brackets, zone or final dot."""
    plain = host if host.isascii() else unicodedata.normalize("NFKC", host).replace("\u3002", ".")
    plain = plain.lower().removesuffix(".")
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    return plain.partition("%")[0]


def host_class(host: str) -> HostClass:
    """What a host is, by its spelling alone. A single label (`api`) may be a service: the caller knows them."""
    plain = normal(host)
    if not plain:
        return "unknown"
    if ":" in plain or plain[0].isdecimal():
        # Imported here: most hosts are names, and the library takes as long to import as reading them all.
        from configlint.model.net.addresses import address_class

        kind = address_class(plain)
        if kind is not None:
            return kind
    embedded = _EMBEDDED.search(plain)
    if embedded:
        inner = host_class(embedded[1].replace("-", "."))
        return inner if inner in ("loopback", "lan") else "public"
    return _name_class(plain)


def _name_class(plain: str) -> HostClass:
    if plain in _LOOPBACK_NAMES or plain.endswith((".localhost", ".lvh.me", ".localtest.me")):
        return "loopback"
    if plain in _DOCKER:
        return "docker"
    if plain.endswith(_PLACEHOLDER_SUFFIXES) or any(
        plain == name or plain.endswith("." + name) for name in _PLACEHOLDER_DOMAINS
    ):
        return "placeholder"
    if _PLACEHOLDER_WORDS.search(plain):
        return "placeholder"
    if plain.endswith(_TUNNELS):
        return "tunnel"
    if plain.endswith(_LAN_SUFFIXES):
        return "lan"
    return "public" if "." in plain else "single-label"
