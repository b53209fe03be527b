"""What an IP address stands for, however it is spelled."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from configlint.model.tables.words import HostClass

_EMULATOR = frozenset({"10.0.2.2", "10.0.2.15", "10.0.3.2"})
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


def address_class(plain: str) -> "HostClass | None":
    """What an address in normal spelling is; None of a name."""
    address = _address(plain)
    if address is None:
        return None
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
