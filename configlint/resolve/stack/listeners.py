"""The ports on which services listen, as far as their commands, configurations and images tell."""

from collections.abc import Iterator
from itertools import pairwise

from configlint.formats.yaml_nodes import Scalar
from configlint.model.cell import Cell, Interval, Unstated, typed
from configlint.model.tables import Listener
from configlint.model.text import Text
from configlint.resolve.compose.ports import port as compose_port
from configlint.resolve.library import Library
from configlint.resolve.scene import basename
from configlint.resolve.stack import livekit, media
from configlint.resolve.stack.programs import binds
from configlint.resolve.stack.running import Running
from configlint.resolve.url import port_cell

_REDIS = ("redis", "valkey", "keydb", "dragonfly", "redis-stack", "redis-stack-server")
_REDIS_PORT = 6379


def rows(one: Running, library: Library) -> Iterator[Listener]:
    """What is known of a service's ports. Where nobody states all of them, one row says that there may be others."""
    stated = list(_stated(one, library))
    yield from stated
    outside = list(_declared(one))
    yield from outside
    if not stated or any(row.port.unknown for row in stated):
        published = [row for row in outside if row.source == "publish"]
        yield _listener(one, _others(one, published), "unknown", _command_at(one))


def _stated(one: Running, library: Library) -> Iterator[Listener]:
    if livekit.program(one) == "server":
        yield from _livekit(one, library)
    elif basename(one.repository) in _REDIS:
        yield from _redis(one)
    else:
        for invocation in one.start.invocations:
            for port in binds(one, invocation, library):
                yield _listener(one, port, "command", port.text if port.text.place else _command_at(one))


def _listener(
    one: Running, port: Cell, source: str, at: Text, *, protocol: str = "tcp", purpose: str = "http", name: str = ""
) -> Listener:
    return Listener(
        stack=one.stack, at=at, service=one.name, reach=one.reach, port=port, protocol=protocol, purpose=purpose,
        source=source, name=name,
    )  # fmt: skip


def _command_at(one: Running) -> Text:
    return one.start.at if one.start.at.place else one.service.name


def _livekit(one: Running, library: Library) -> Iterator[Listener]:
    found = livekit.config(one, library)
    if found.reason:
        return
    port = found.root.get("port") if found.root is not None else None
    cell = port_cell(found.text(port)) if isinstance(port, Scalar) else _default(7880, found.at)
    yield _listener(one, cell, "config", cell.text)
    if one.network == "bridge":
        yield from media.rows(one, found)


def _default(number: int, at: Text) -> Cell:
    """A program's own port, which is seen where the program is named."""
    return typed(Interval(number, number), Text.exactly(at.raw, at.place) if at.place else Text.assumed(str(number)))


def _redis(one: Running) -> Iterator[Listener]:
    """redis-server listens on 6379, or on `--port`."""
    words = one.service.command.words if one.service.command is not None else ()
    text = next((after for word, after in pairwise(words) if word.raw == "--port"), None)
    port = port_cell(text) if text is not None else _default(_REDIS_PORT, one.service.image or one.service.name)
    yield _listener(one, port, "command", port.text, purpose="redis")


def _declared(one: Running) -> Iterator[Listener]:
    """What EXPOSE, `expose` and `ports` say: what somebody believes, not what the program does."""
    for port in one.service.ports:
        if port.target.value is not None:
            yield _listener(one, port.target, "publish", port.at, protocol=port.protocol)
    words = (*one.service.expose, *(one.image.exposed if one.image is not None else ()))
    for word in words:
        number, _, protocol = word.raw.partition("/")
        port_ = compose_port(word[: len(number)])
        if port_.value is not None:
            yield _listener(one, port_, "expose", word, protocol=protocol.lower() or "tcp")


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
    reason = one.start.unknown or "no command or configuration here states its ports"
    return Cell(value=Unstated(excluded), text=Text.unknown(reason, _command_at(one).place))
