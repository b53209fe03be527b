"""The media ports of LiveKit's server.

Defaults: livekit-server pkg/config/config.go, mediatransportutil pkg/rtcconfig. UDP 50000–60000, or in development
mode UDP 7882; `udp_port` replaces the range. TCP 7881 is left alone unless it is written. TURN's relay range is not
published by anybody.
"""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, Interval, typed
from configlint.model.net.url import port_cell
from configlint.model.reason import Reason
from configlint.model.tables.words import Purpose, Transport
from configlint.model.text import Text
from configlint.programs.livekit.service import Config, development, setting
from configlint.programs.program import Listening

DEFAULT_RANGE = Interval(50000, 60000)
_DEVELOPMENT = Interval(7882, 7882)


def ports(one: Running, found: Config) -> Iterator[Listening]:
    media = _udp(one, found)
    yield _media(media, "udp", "the media port" if _single(media) else "the media range")
    tcp = _port(one, found, "rtc", "tcp_port")
    if not tcp.null:
        yield _media(tcp, "tcp", "rtc.tcp_port")
    if _true(one, found, "turn", "enabled"):
        yield from _turn(one, found)


def _turn(one: Running, found: Config) -> Iterator[Listening]:
    udp, tls = _port(one, found, "turn", "udp_port"), _port(one, found, "turn", "tls_port")
    if not udp.null:
        yield _media(udp, "udp", "turn.udp_port", purpose="turn")
    # With TLS ended in front of the server, what stands there decides the number that clients are told.
    if not tls.null and not _true(one, found, "turn", "external_tls"):
        yield _media(tls, "tcp", "turn.tls_port", purpose="turn")


def _media(port: Cell, protocol: Transport, name: str, purpose: Purpose = "rtc") -> Listening:
    return Listening(port=port, protocol=protocol, purpose=purpose, source="config", name=name)


def _true(one: Running, found: Config, *path: str) -> bool:
    text = setting(one, found, *path)
    return text is not None and text.raw.lower() == "true"


def _port(one: Running, found: Config, *path: str) -> Cell:
    text = setting(one, found, *path)
    return NULL if text is None or text.raw == "0" else port_cell(text)


def _single(port: Cell) -> bool:
    return isinstance(port.value, Interval) and port.value.start == port.value.end


def _udp(one: Running, found: Config) -> Cell:
    """The range, or the one port, that carries media."""
    start, end = _port(one, found, "rtc", "port_range_start"), _port(one, found, "rtc", "port_range_end")
    single = _port(one, found, "rtc", "udp_port")
    if not start.null:
        return _between(start, end)
    if not single.null:
        return single
    at = found.at if found.at.place else one.service.name
    ports = _DEVELOPMENT if development(one, found) else DEFAULT_RANGE
    return typed(ports, Text.exactly(at.raw, at.place) if at.place else Text())


def _between(start: Cell, end: Cell) -> Cell:
    if isinstance(start.value, Interval) and isinstance(end.value, Interval):
        return typed(Interval(start.value.start, max(start.value.start, end.value.end)), start.text + end.text)
    return Cell(value=None, text=Text.unknown(Reason("open-range"), start.text.place))
