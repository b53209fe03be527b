"""What a host name or address stands for, without asking any network.

Classes and their order follow RFC 6761 (localhost), RFC 1918, 3927, 4193, 6598 (private ranges), RFC 5737
(documentation), Android's and Genymotion's emulator aliases, and inet_aton's one- to four-part numbers.
"""

import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

from configlint.model.regex import regex

HostClass = Literal[
    "loopback", "unspecified", "emulator", "docker", "lan", "placeholder", "tunnel", "public", "single-label", "unknown"
]

_LOOPBACK_NAMES = frozenset({"localhost", "localhost.localdomain", "lvh.me", "localtest.me"})
_EMULATOR = frozenset({"10.0.2.2", "10.0.2.15", "10.0.3.2"})
_DOCKER = frozenset({"host.docker.internal", "gateway.docker.internal", "kubernetes.docker.internal"})
_LAN_SUFFIXES = (".local", ".lan", ".internal", ".home.arpa", ".home", ".localdomain")
_TUNNELS = (".ngrok.io", ".ngrok.app", ".ngrok-free.app", ".trycloudflare.com", ".loca.lt")
_PLACEHOLDER_SUFFIXES = (".example", ".test", ".invalid")
_PLACEHOLDER_DOMAINS = ("example.com", "example.org", "example.net")
_EMBEDDED = regex(r"(?:^|[.-])(\d{1,3}(?:[.-]\d{1,3}){3})\.(?:nip|sslip)\.io\Z")
_PLACEHOLDER_WORDS = regex(
    r"[<>{}\[\]%]|(?:^|[._-])(?:your|my|change|votre)[._-]?(?:domain|server|host|ip|app|company)?(?![a-z0-9])"
)
_LANS = tuple(
    ip_network(text)
    for text in [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "fc00::/7",
        "fe80::/10",
    ]
)
_DOCUMENTATION = tuple(
    ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
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
    address = _address(plain)
    if address is not None:
        return _address_class(address)
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


def _address_class(address: IPv4Address | IPv6Address) -> HostClass:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return "loopback"
    if address.is_unspecified:
        return "unspecified"
    if str(address) in _EMULATOR:
        return "emulator"
    if any(address in network for network in _DOCUMENTATION):
        return "placeholder"
    return "lan" if any(address in network for network in _LANS) else "public"


def _address(plain: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(plain)
    except ValueError:
        return _legacy(plain)


def _legacy(plain: str) -> IPv4Address | None:
    """An IPv4 address as inet_aton takes it: 127.1, 0x7f000001, 2130706433. The last part fills the rest."""
    parts = plain.split(".")
    if len(parts) > 4:
        return None
    numbers = [_number(part) for part in parts]
    known = [number for number in numbers if number is not None]
    if len(known) != len(parts):
        return None
    *heads, last = known
    if any(head > 255 for head in heads) or last >= 256 ** (4 - len(heads)):
        return None
    return IPv4Address(sum(head << 8 * (3 - index) for index, head in enumerate(heads)) + last)


def _number(part: str) -> int | None:
    if len(part) > 12 or not part.isascii() or not part.isalnum():
        return None
    try:
        if part.startswith("0x"):
            return int(part[2:] or "0", 16)
        return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part)
    except ValueError:
        return None
