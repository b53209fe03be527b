"""Published ports, in compose's short and long form. Ranges stay intervals: LiveKit's has ten thousand ports.

The short form is that of `nat.ParsePortSpecs` in Docker's go-connections: `[[address:]published:]target[/protocol]`.
"""

from typing import NamedTuple

from configlint.compose.tree import Branch, Leaf, Node
from configlint.model.cell import NULL, Address, Cell, Interval, cell, typed
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables.words import Transport, transport
from configlint.model.text import Text


@record
class Published:
    """One entry of `ports`. `published` is null where docker chooses the port, `address` where it is every one.

    Where both are ranges of one length, ports are paired in order. `error` is what docker refuses; `mismatch` is that
    of two ranges that are not of one length. `long` is the form with names, of which `at` is one value.
    """

    at: Text
    target: Cell
    published: Cell = NULL
    address: Cell = NULL
    protocol: Transport = "tcp"
    error: str = ""
    mismatch: bool = False
    long: bool = False

    def rewritten(self, ports: Interval) -> str | None:
        """What `at` has to be to publish these ports under their own numbers; None where that takes more than `at`."""
        if self.long:
            return str(ports) if self.target.value == ports and not self.published.null else None
        address, _, protocol = self.at.raw.rpartition("/") if "/" in self.at.raw else (self.at.raw, "", "")
        parts = _by_colon(Text.assumed(address))
        host = f"{address[: -len(parts[-2].raw + parts[-1].raw) - 1]}" if len(parts) > 2 else ""
        return f"{host}{ports}:{ports}{'/' * bool(protocol)}{protocol}"


_ANY = ("", "0")
"""What leaves the choice of the published port to docker."""


class _Short(NamedTuple):
    address: Text | None
    published: Text | None
    target: Text
    protocol: Text | None


def published(node: Node) -> Published | None:
    """The port that an entry of `ports` publishes."""
    if isinstance(node, Leaf):
        return None if node.null else _from_short(node.text)
    return _from_long(node) if isinstance(node, Branch) else None


def _from_short(text: Text) -> Published:
    short = _short(text)
    protocol = transport(short.protocol.raw) if short.protocol is not None else "tcp"
    target, outside = port(short.target), NULL
    if short.published is not None and short.published.raw not in _ANY:
        outside = port(short.published)
    address = NULL
    if short.address is not None and short.address.raw:
        address = typed(Address(short.address.raw), short.address) if short.address.known else cell(short.address)
    return Published(
        at=text,
        target=target,
        published=outside,
        address=address,
        protocol=protocol,
        error=_complaint(target, outside),
        mismatch=_mismatch(target, outside),
    )


def _from_long(node: Branch) -> Published | None:
    target = node.text("target")
    if target is None:
        return None
    outside, host, protocol = node.text("published"), node.text("host_ip"), node.text("protocol")
    inside, given = port(target), NULL if outside is None or outside.raw in _ANY else port(outside)
    return Published(
        at=outside or target,
        target=inside,
        published=given,
        address=NULL if host is None or not host.raw else typed(Address(host.raw), host),
        protocol="tcp" if protocol is None else transport(protocol.raw),
        error=_complaint(inside, given),
        mismatch=_mismatch(inside, given),
        long=True,
    )


def _short(text: Text) -> _Short:
    raw = text.raw
    slash = raw.find("/")
    protocol = text[slash + 1 :] if slash >= 0 else None
    body = text[:slash] if slash >= 0 else text
    parts = _by_colon(body)
    target = parts[-1]
    outside = parts[-2] if len(parts) > 1 else None
    return _Short(parts[-3] if len(parts) > 2 else None, outside, target, protocol)


def _by_colon(text: Text) -> list[Text]:
    """The parts between colons, of which those in brackets (an IPv6 address) do not count; at most three."""
    raw = text.raw
    closing = raw.rfind("]") + 1 if raw.startswith("[") else 0
    last = raw.rfind(":", closing)
    if last < 0:
        return [text]
    before = raw.rfind(":", closing, last)
    if before < 0:
        return [text[:last], text[last + 1 :]]
    address = text[1 : closing - 1] if closing else text[:before]
    return [address, text[before + 1 : last], text[last + 1 :]]


def port(text: Text) -> Cell:
    """A port or a range of ports; unknown where a part of it is."""
    if not text.known:
        return cell(text)
    start, dash, end = text.raw.strip().partition("-")
    first = _number(start)
    last = _number(end) if dash else first
    if first is None or last is None or last < first:
        return Cell(value=None, text=Text.unknown(Reason("no-port-number"), text.place))
    return typed(Interval(first, last), text)


def _number(digits: str) -> int | None:
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 9:
        return None
    return int(digits) if 0 < int(digits) < 65536 else None


def _complaint(target: Cell, outside: Cell) -> str:
    if Reason("no-port-number") in (target.text.reason, outside.text.reason):
        return "it is not a port"
    if not _mismatch(target, outside):
        return ""
    published, inside = (_count(cell.value) for cell in (outside, target))
    return f"docker refuses this mapping: it publishes {published} for {inside} of the container"


def _mismatch(target: Cell, outside: Cell) -> bool:
    """Whether the ranges are not of one length; several may be published for one port of the container."""
    inside, given = target.value, outside.value
    if not isinstance(inside, Interval) or not isinstance(given, Interval):
        return False
    return inside.start != inside.end and inside.end - inside.start != given.end - given.start


def _count(ports: object) -> str:
    assert isinstance(ports, Interval)
    count = ports.end - ports.start + 1
    return f"{count} port{'' if count == 1 else 's'}"


def short_key(raw: str) -> str:
    """What makes a port of the short form one of a kind: where two agree in it, the later one wins."""
    short = _short(Text.assumed(raw))
    parts = (short.address, short.published, short.target)
    address, outside, target = (part.raw if part is not None else "" for part in parts)
    protocol = short.protocol.raw.lower() if short.protocol is not None else "tcp"
    return f"{address or '0.0.0.0'}:{outside}:{target}/{protocol}"
