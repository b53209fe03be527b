"""The ports on which services listen, as far as their commands, configurations and images tell."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from configlint.compose.container import repository_path
from configlint.compose.ports import port as compose_port
from configlint.compose.running import Running
from configlint.model.cell import Cell, Interval, Unstated, typed, unknown
from configlint.model.net.url import port_cell
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.tables import Listener
from configlint.model.tables.words import PortSource, Purpose, Transport, transport
from configlint.model.text import Place, Text
from configlint.programs import images
from configlint.programs.livekit import media
from configlint.programs.livekit import service as livekit
from configlint.programs.ports import binds
from configlint.workspace.documents import Shelf
from configlint.workspace.workspace import basename

_REDIS_PORT = 6379
_RTC_TCP = 7881
_REDIS_SETTING = regex(r"^(port|tls-port)[ \t]+(\d+)", re.MULTILINE)
_REDIS_SERVERS = ("redis-server", "valkey-server", "keydb-server")


def rows(one: Running, shelf: Shelf) -> Iterator[Listener]:
    """What is known of a service's ports. Where nobody states all of them, one row says that there may be others."""
    stated = list(_stated(one, shelf))
    yield from stated
    outside = list(_declared(one))
    yield from outside
    if (not stated or any(row.port.unknown or row.source == "default" for row in stated)) and not images.complete(one):
        published = [row for row in outside if row.source == "publish"]
        yield _listener(one, _others(one, published), "unknown", _command_at(one))


def _stated(one: Running, shelf: Shelf) -> Iterator[Listener]:
    if livekit.program(one) == "server":
        yield from _livekit(one, shelf)
    elif one.image is None and basename(one.repository) in images.REDIS:
        yield from _redis(one, _words_behind(one), shelf)
    else:
        usual = images.ports(one)
        yield from (_listener(one, _default(port, _image_at(one)), "default", _image_at(one)) for port in usual)
        for invocation in one.start.invocations:
            if basename(invocation.program.raw) in _REDIS_SERVERS:
                yield from _redis(one, invocation.args, shelf)
            for port in binds(one, invocation, shelf):
                yield _listener(one, port, "command", port.text if port.text.place else _command_at(one))


def _words_behind(one: Running) -> tuple[Text, ...]:
    return one.service.command.words if one.service.command is not None else ()


def _image_at(one: Running) -> Text:
    return one.service.image or one.service.name


def _listener(
    one: Running,
    port: Cell,
    source: PortSource,
    at: Text,
    *,
    protocol: Transport = "tcp",
    purpose: Purpose = "http",
    name: str = "",
) -> Listener:
    return Listener(
        stack=one.stack, at=at, service=one.name, reach=one.reach, port=port, protocol=protocol, purpose=purpose,
        source=source, name=name,
    )  # fmt: skip


def _command_at(one: Running) -> Text:
    return one.start.at if one.start.at.place else one.service.name


def _livekit(one: Running, shelf: Shelf) -> Iterator[Listener]:
    found = livekit.config(one, shelf)
    if found.reason:
        return
    port = livekit.setting(one, found, "port")
    cell = port_cell(port) if port is not None else _default(7880, found.at)
    yield _listener(one, cell, "config", cell.text)
    if livekit.setting(one, found, "rtc", "tcp_port") is None:
        # It listens there unasked, and nobody has to publish it: media goes by UDP then.
        yield _listener(one, _default(_RTC_TCP, found.at), "config", found.at, name="rtc.tcp_port")
    if one.network == "bridge":
        yield from media.rows(one, found)


def _default(number: int, at: Text) -> Cell:
    """A program's own port, which is seen where the program is named."""
    return typed(Interval(number, number), Text.exactly(at.raw, at.place) if at.place else Text.assumed(str(number)))


def _redis(one: Running, words: Sequence[Text], shelf: Shelf) -> Iterator[Listener]:
    """redis-server listens on `port` and on `tls-port`, of its options or its configuration file; on 6379 unasked.

    Port 0 is none (redis.conf).
    """
    file = next((word for word in words if word.raw.endswith(".conf")), None)
    for name, usual in (("port", _default(_REDIS_PORT, _image_at(one))), ("tls-port", None)):
        text = next((after for word, after in pairwise(words) if word.raw == f"--{name}"), None)
        port = port_cell(text) if text is not None else _in_file(one, file, name, shelf) if file is not None else None
        cell = port if port is not None else usual
        unsaid = text is None and usual is None and cell is not None and cell.unknown
        if cell is not None and cell.value != Interval(0, 0) and not unsaid:
            yield _listener(one, cell, "command", cell.text if cell.text.place else _image_at(one), purpose="redis")


def _in_file(one: Running, file: Text, name: str, shelf: Shelf) -> Cell | None:
    """The port that a configuration file of Redis names so; None where it names none."""
    path = repository_path(one.container, file.raw, shelf).path if file.known else None
    content = shelf.text(path) if path is not None else None
    if path is None or content is None:
        return unknown(Reason("foreign-file", str(file)), file)
    found = next((found for found in _REDIS_SETTING.finditer(content) if found[1] == name), None)
    return port_cell(Text.exactly(found[2], Place(path, *found.span(2)))) if found is not None else None


def _declared(one: Running) -> Iterator[Listener]:
    """What EXPOSE, `expose` and `ports` say: what somebody believes, not what the program does."""
    for port in one.service.ports if one.network != "host" else ():
        if port.target.value is not None:
            yield _listener(one, port.target, "publish", port.at, protocol=port.protocol)
    words = (*one.service.expose, *(one.image.exposed if one.image is not None else ()))
    for word in words:
        number, _, protocol = word.raw.partition("/")
        port_ = compose_port(word[: len(number)])
        if port_.value is not None:
            yield _listener(one, port_, "expose", word, protocol=transport(protocol or "tcp"))


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
