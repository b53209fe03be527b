"""The media ports of LiveKit's server, and the entry of `ports:` that would publish each.

Defaults: livekit-server pkg/config/config.go, mediatransportutil pkg/rtcconfig. UDP 50000–60000, or in development
mode UDP 7882; `udp_port` replaces the range. TCP 7881 is left alone unless it is written. TURN's relay range is not
published by anybody.
"""

from collections.abc import Iterator

from configlint.formats.yaml_nodes import Mapping, Scalar
from configlint.model.cell import NULL, Cell, Interval, typed
from configlint.model.tables import Listener
from configlint.model.text import Literal, Place, Run, Text
from configlint.resolve.stack.livekit import Config, development
from configlint.resolve.stack.running import Running
from configlint.resolve.url import port_cell

_RANGE = Interval(50000, 60000)
_DEVELOPMENT = Interval(7882, 7882)


def rows(one: Running, found: Config) -> Iterator[Listener]:
    rtc, turn = _section(found, "rtc"), _section(found, "turn")
    media = _udp(one, found, rtc)
    yield _row(one, media, "udp", "the media port" if _single(media) else "the media range")
    tcp = _port(found, rtc, "tcp_port")
    if not tcp.null:
        yield _row(one, tcp, "tcp", "rtc.tcp_port")
    enabled = turn.get("enabled") if turn is not None else None
    if isinstance(enabled, Scalar) and enabled.value == "true":
        # With TLS ended in front of the server, what stands there decides the number that clients are told.
        elsewhere = turn is not None and isinstance(ended := turn.get("external_tls"), Scalar) and ended.value == "true"
        for name, protocol in (("udp_port", "udp"), *([] if elsewhere else [("tls_port", "tcp")])):
            port = _port(found, turn, name)
            if not port.null:
                yield _row(one, port, protocol, f"turn.{name}", purpose="turn")


def _section(found: Config, name: str) -> Mapping | None:
    node = found.root.get(name) if found.root is not None else None
    return node if isinstance(node, Mapping) else None


def _port(found: Config, section: Mapping | None, name: str) -> Cell:
    node = section.get(name) if section is not None else None
    if not isinstance(node, Scalar) or not node.value or node.value == "0":
        return NULL
    return port_cell(found.text(node))


def _single(port: Cell) -> bool:
    return isinstance(port.value, Interval) and port.value.start == port.value.end


def _udp(one: Running, found: Config, rtc: Mapping | None) -> Cell:
    """The range, or the one port, that carries media."""
    start, end = _port(found, rtc, "port_range_start"), _port(found, rtc, "port_range_end")
    single = _port(found, rtc, "udp_port")
    if not start.null:
        return _between(start, end)
    if not single.null:
        return single
    at = found.at if found.at.place else one.service.name
    ports = _DEVELOPMENT if development(one, found) else _RANGE
    return typed(ports, Text.exactly(at.raw, at.place) if at.place else Text())


def _between(start: Cell, end: Cell) -> Cell:
    if isinstance(start.value, Interval) and isinstance(end.value, Interval):
        return typed(Interval(start.value.start, max(start.value.start, end.value.end)), start.text)
    return Cell(value=None, text=Text.unknown("the end of the port range is not known", start.text.place))


def _row(one: Running, port: Cell, protocol: str, name: str, purpose: str = "rtc") -> Listener:
    at, publication = entry(one), NULL
    if port.text.place is not None and port.text.place != at.place:
        at = at.through(port.text.place)
    # The default range is ten thousand ports: nobody wants them published without having chosen them.
    if isinstance(port.value, Interval) and port.value != _RANGE:
        publication = typed(f"{port.value}:{port.value}{'/udp' if protocol == 'udp' else ''}", port.text)
    return Listener(
        stack=one.stack, at=at, service=one.name, reach=one.reach, port=port, protocol=protocol, purpose=purpose,
        source="config", name=f"{name} {port}/{protocol}", publish=Cell(value="", text=at), publication=publication,
    )  # fmt: skip


def entry(one: Running) -> Text:
    """Where an entry of `ports` would be written: behind the last one, else as the first line of the service."""
    ports, scope = one.service.ports, one.service.scope
    literal = next((run.literal for run in ports[-1].at.runs if run.literal), None) if ports else None
    place: Place | None = None
    if literal is not None and literal.place.path == scope.path:
        place, before, after = behind(scope.content, literal.place)
    elif not ports and scope.content[one.service.place.start : one.service.place.start + 1] not in ("{", ""):
        place, before, after = _first(scope.content, one.service.place)
    if place is None:
        return ports[-1].at if ports else one.service.name
    inserted = Literal(place=place, inner=place, style="insert", before=before, after=after)
    return Text((Run(text="", place=place, literal=inserted, exact=True),))


def behind(content: str, last: Place) -> tuple[Place, str, str]:
    """(place, before, after) of a new item behind the last one of a list, in the form in which that is written."""
    start = content.rfind("\n", 0, last.start) + 1
    lead = content[start : last.start]
    if lead.strip() != "-":
        return Place(last.path, last.end, last.end), ', "', '"'
    end = content.find("\n", last.end)
    end = len(content) if end < 0 else end
    end -= content[:end].endswith("\r")
    return Place(last.path, end, end), f'{_line_end(content)}{lead}"', '"'


def _first(content: str, service: Place) -> tuple[Place, str, str]:
    """A list of its own, before what the service begins with."""
    indent = " " * (service.start - content.rfind("\n", 0, service.start) - 1)
    line_end = _line_end(content)
    place = Place(service.path, service.start, service.start)
    return place, f'ports:{line_end}{indent}  - "', f'"{line_end}{indent}'


def _line_end(content: str) -> str:
    return "\r\n" if "\r\n" in content else "\n"
