"""A URL taken apart, each part with its place. A part that holds an unknown piece is unknown; the others stand."""

from configlint.model.cell import NULL, Cell, Interval, typed
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import UNKNOWN, Text

_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*://")
_AUTHORITY_END = regex(r"[/?#\\\s\"'<>|^`]")
_UNKNOWN_SCHEME = regex(f"{UNKNOWN}://")
_HOST = regex(r"[A-Za-z0-9_.\-\u0080-\uffff]+|\[[0-9A-Fa-f:.%]+\]")
_DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443, "redis": 6379, "rediss": 6379, "postgres": 5432,
                  "postgresql": 5432, "mysql": 3306, "amqp": 5672, "mongodb": 27017, "nats": 4222}  # fmt: skip
_PROTOCOLS = {"http": "http", "https": "http", "ws": "ws", "wss": "ws", "redis": "redis", "rediss": "redis"}


@record
class Parts:
    """`port` is the one that would be used: written, or the scheme's own. `path` is null where none is written."""

    scheme: Cell
    host: Cell
    port: Cell
    path: Cell
    protocol: str
    written_port: bool


def parts(text: Text) -> Parts | None:
    """The parts of a URL `scheme://[user@]host[:port][/path]`; None where the text is none, or names several hosts."""
    raw = text.raw
    match = _SCHEME.match(raw) or _UNKNOWN_SCHEME.match(raw)
    if match is None:
        return None
    scheme = text[: match.end() - 3]
    stop = _AUTHORITY_END.search(raw, match.end())
    end = stop.start() if stop else len(raw)
    if stop and stop[0] == "\\":
        return None
    authority = text[match.end() : end]
    authority = authority[authority.raw.rfind("@") + 1 :]
    if not authority.raw or "," in authority.raw or "${" in raw or "{{" in raw:
        return None
    name = (scheme.value or "").lower().partition("+")[0]
    host, port, written = _authority(authority)
    if host is None or (port is not None and port.unknown and "@" in raw[end:]):
        # A password with a raw `/`, `#` or `?`: what seems to be the host is the user.
        return None
    if port is None:
        usual = usual_port(name)
        port = typed(Interval(usual, usual), host.text) if usual is not None else NULL
    return Parts(
        scheme=Cell(value=scheme.value.lower() if scheme.value else None, text=scheme),
        host=host, port=port, path=_path(text, end), protocol=_PROTOCOLS.get(name, name), written_port=written,
    )  # fmt: skip


def usual_port(scheme: str) -> int | None:
    """The port of a scheme, for a URL that names none."""
    return _DEFAULT_PORTS.get(scheme)


def authority(text: Text) -> tuple[Cell, Cell] | None:
    """Host and port of a `host[:port]` that stands without a scheme (redis.address, Uri.http)."""
    host, port, _ = _authority(text)
    return None if host is None else (host, port or NULL)


def _authority(text: Text) -> tuple[Cell | None, Cell | None, bool]:
    raw = text.raw
    match = _HOST.match(raw)
    if match is None:
        return None, None, False
    host = text[: match.end()]
    rest = raw[match.end() :]
    if rest and not rest.startswith(":"):
        return None, None, False
    bare = host[1:-1] if host.raw.startswith("[") else host
    cell_host = Cell(value=bare.value, text=bare)
    if len(rest) < 2:
        return cell_host, None, False
    return cell_host, port_cell(text[match.end() + 1 :]), True


def port_cell(text: Text) -> Cell:
    """A port, or a range of them, as an interval; unknown where it is none."""
    value = text.value
    if value is None:
        return Cell(value=None, text=text)
    first, _, last = value.partition("-")
    if first.isascii() and first.isdecimal() and (not last or (last.isascii() and last.isdecimal())):
        start, end = int(first[:6]), int((last or first)[:6])
        if start <= end <= 65535:
            return typed(Interval(start, end), text)
    return Cell(value=None, text=Text.unknown(Reason("no-port-number"), text.place))


def _path(text: Text, start: int) -> Cell:
    raw = text.raw
    end = len(raw)
    for sign in "?#":
        found = raw.find(sign, start, end)
        end = found if found >= 0 else end
    path = text[start:end]
    return Cell(value=path.raw, text=path) if path.raw else NULL
