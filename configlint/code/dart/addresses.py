"""Which texts of an app are addresses, and which names say that they hold one."""

from typing import Literal

from configlint.formats.secrecy import words
from configlint.model.regex import regex
from configlint.model.text import UNKNOWN, Text

Kind = Literal["url", "host"]

_SCHEMES = frozenset(
    {"http", "https", "ws", "wss", "rtmp", "rtmps", "rtsp", "grpc", "grpcs", "tcp", "udp", "mqtt", "mqtts", "redis",
     "rediss", "postgres", "postgresql", "mysql", "mongodb", "amqp", "amqps", "nats", "ftp", "sftp", "sip", "sips",
     "turn", "turns", "stun", "livekit"}
)  # fmt: skip
"""Schemes of addresses in a network; not `file`, `content`, or those of apps."""
_URL = regex(rf"([A-Za-z][A-Za-z0-9+.-]{{0,30}}|{UNKNOWN})://[^/?#\s,\\]")
_IP = regex(r"\d{1,3}(?:\.\d{1,3}){3}")
_HOST = regex(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9])?(?::\d{1,5})?(?:/[^\s]*)?")
_TOP = regex(r"\.[A-Za-z]{2,}(?::\d|/|$)")
_FILES = regex(r"\.(?:png|jpe?g|gif|svg|webp|json|ya?ml|dart|txt|html?|css|js|pdf|mp[34]|wav|ttf|otf|env|db|xml|arb)$")

_HOST_NAMES = frozenset({"host", "hosts", "hostname", "ip", "authority", "domain"})
_ADDRESS_NAMES = _HOST_NAMES | frozenset(
    {"server", "address", "addr", "url", "uri", "endpoint", "base", "backend", "api", "gateway", "ws", "websocket",
     "link", "socket", "origin", "urls", "servers", "site", "broker"}
)  # fmt: skip
_ABOUT = frozenset(
    {"key", "name", "label", "title", "text", "message", "hint", "prefix", "suffix", "regex", "pattern", "id",
     "package", "bundle", "version", "path", "method", "type", "field", "param", "parameter", "error", "mode"}
)  # fmt: skip
"""Last words of names that speak about an address instead of holding it."""


def kind_of(text: Text, name: str) -> Kind | None:
    """Whether a text is a URL, or a bare host that its name says it is; None where it is neither."""
    if is_url(text):
        return "url"
    return "host" if is_host(text, name) else None


def is_url(text: Text) -> bool:
    found = _URL.match(text.raw)
    return found is not None and (found[1] == UNKNOWN or found[1].lower() in _SCHEMES)


def is_host(text: Text, name: str) -> bool:
    """A bare `host[:port]` under a name that says so; a single word only where the name says `host`."""
    value = text.value
    if not value or not names_address(name) or not _HOST.fullmatch(value) or _FILES.search(value):
        return False
    host = value.partition("/")[0].partition(":")[0]
    if host.lower() == "localhost" or _IP.fullmatch(host):
        return True
    if "." in host:
        return _TOP.search(value) is not None
    own = words(name.rpartition(".")[2])
    if host.lower() != host or host in own or host.isdecimal():
        return False
    return (":" in value and "/" not in host) or bool(own and own[-1] in ("host", "hostname") and "/" not in value)


def names_address(name: str) -> bool:
    """Whether a name says that it holds an address."""
    own = words(name.rpartition(".")[2])
    return bool(own) and not _ADDRESS_NAMES.isdisjoint(own) and own[-1] not in _ABOUT
