"""The ports on which services listen, as far as their commands, configurations and images tell."""

from collections.abc import Iterator, Sequence

from configlint.compose.discover import Stack
from configlint.compose.ports import port as compose_port
from configlint.compose.publishing import entry, publication
from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, Interval, Unstated
from configlint.model.net.hosts import host_class
from configlint.model.reason import Reason
from configlint.model.tables import Listener
from configlint.model.tables.words import Binding, transport
from configlint.model.text import Text
from configlint.programs.livekit.media import DEFAULT_RANGE
from configlint.programs.program import Listening
from configlint.programs.services import Programs
from configlint.programs.started import Started, lasting

_PUBLISHED = ("rtc", "turn")
"""Purposes of ports that have to be published under their own number."""


def rows(stack: Stack, programs: Programs) -> Iterator[Listener]:
    """What is known of the ports of each service."""
    modes = (one.service.network_mode for one in stack.running.values())
    lent = {mode.raw.partition(":")[2] for mode in modes if mode is not None}
    for one in stack.running.values():
        container = one.service.container_name
        alone = one.name not in lent and (container is None or container.raw not in lent)
        yield from _of_service(one, programs.of(one), alone and one.network == "bridge")


def _of_service(one: Running, found: Sequence[Started], alone: bool) -> Iterator[Listener]:
    """Where nobody states all of a service's ports, one row says that there may be others.

    `alone`: nobody else listens in the network of its container.
    """
    stated = [_listener(one, listening) for each in found for listening in each.listens]
    yield from stated
    others = any(not each.complete for each in lasting(found))
    outside = list(_declared(one, closed=alone and _closed(found, stated), others=others))
    yield from outside
    partly = any(each.name and not each.complete for each in found)
    if not stated or partly or any(row.port.unknown for row in stated):
        published = [row for row in outside if row.source == "publish"]
        at = _command_at(one)
        yield Listener(
            stack=one.stack, at=at, service=one.name, reach=one.reach, port=_others(one, published), source="unknown"
        )


def _listener(one: Running, listening: Listening) -> Listener:
    publish, wanted = NULL, NULL
    at, port = listening.port.text if listening.port.text.place else _command_at(one), listening.port
    if listening.purpose in _PUBLISHED:
        at = entry(one)
        if isinstance(port.value, Interval):
            at, wanted = publication(one, port.value, listening.protocol)
        if port.text.place is not None and port.text.place != at.place:
            at = at.through(port.text.place)
        publish = Cell(value="", text=at)
        # The default range is ten thousand ports: nobody wants them published without having chosen them.
        wanted = NULL if wanted.null or port.value == DEFAULT_RANGE else Cell(value=wanted.value, text=port.text)
    return Listener(
        stack=one.stack, at=at, service=one.name, reach=one.reach, port=listening.port, protocol=listening.protocol,
        purpose=listening.purpose, source=listening.source, name=listening.name, publish=publish,
        publication=wanted, address=listening.address, binding=_binding(listening.address),
    )  # fmt: skip


def _binding(address: Cell) -> Binding:
    if address.value is None:
        return "unknown"
    kind = host_class(str(address.value))
    return "loopback" if kind == "loopback" else "everywhere" if kind == "unspecified" else "one"


def _closed(found: Sequence[Started], stated: Sequence[Listener]) -> bool:
    """Whether a service listens on the ports that are stated, and on no others."""
    known = all(each.complete for each in lasting(found))
    return bool(stated) and known and all(isinstance(row.port.value, Interval) for row in stated)


def _command_at(one: Running) -> Text:
    return one.start.at if one.start.at.place else one.service.name


def _declared(one: Running, *, closed: bool, others: bool) -> Iterator[Listener]:
    """What EXPOSE, `expose` and `ports` say: what somebody believes, not what the program does."""
    for port in one.service.ports if one.network != "host" else ():
        if port.target.value is not None:
            yield Listener(
                stack=one.stack, at=port.at, service=one.name, reach=one.reach, port=port.target,
                protocol=port.protocol, source="publish", closed=closed, others=others,
            )  # fmt: skip
    words = (*one.service.expose, *(one.image.exposed if one.image is not None else ()))
    for word in words:
        number, _, protocol = word.raw.partition("/")
        port_ = compose_port(word[: len(number)])
        if port_.value is not None:
            yield Listener(
                stack=one.stack, at=word, service=one.name, reach=one.reach, port=port_,
                protocol=transport(protocol or "tcp"), source="expose", others=others,
            )  # fmt: skip


def _others(one: Running, published: list[Listener]) -> Cell:
    """Any port but those that exist on the host alone: published under that number from another one."""
    inside = [row.port.value for row in published]
    outside = [
        port.published.value
        for port in one.service.ports
        if isinstance(port.published.value, Interval)
        and not any(isinstance(value, Interval) and value.same(port.published.value) for value in inside)
    ]
    excluded = tuple(value for value in outside if isinstance(value, Interval))
    reason = one.start.unknown or Reason("no-port-stated")
    return Cell(value=Unstated(excluded), text=Text.unknown(reason, _command_at(one).place))
