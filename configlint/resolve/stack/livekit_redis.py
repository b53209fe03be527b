"""The Redis through which LiveKit's programs find each other: egress, ingress and sip wait at that of the server.

Source: livekit-server pkg/service/wire.go and egress, which answers "no response from servers" without it.
"""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, cell, same, typed, unknown
from configlint.model.net.url import authority
from configlint.model.reason import Reason
from configlint.model.tables import Url
from configlint.model.text import Text
from configlint.programs.livekit import service as livekit
from configlint.resolve.stack.reach import Network, reached


def rows(network: Network, one: Running) -> Iterator[Url]:
    """`redis.address` of a LiveKit program."""
    text = livekit.redis_address(one, network.shelf)
    address = authority(text) if text is not None else None
    if text is None or address is None:
        return
    host, port = address
    state, target = reached(network, one, host, port)
    meeting = _meeting(network, one, address)
    known = target.value is not None and meeting.value is not None
    yield Url(
        stack=one.stack, at=text, service=one.name, reach=one.reach, name="redis.address", url=cell(text),
        audience="network", host=host, port=port, protocol="redis", target=target, target_state=state, meeting=meeting,
        redis_of=_words(meeting) if known and same(target, meeting) is False else "this stack",
    )  # fmt: skip


def _words(meeting: Cell) -> str:
    return f"LiveKit's server, which uses {meeting.value or 'none'}"


def _meeting(network: Network, one: Running, own: tuple[Cell, Cell]) -> Cell:
    """The service that is the Redis of the server, for a program that waits there; empty where the server has none.

    Null where nobody waits, or where both have the same address.
    """
    servers = [other for other in network.stack.running.values() if livekit.program(other) == "server"]
    if livekit.program(one) == "server" or len(servers) != 1:
        return NULL
    server = servers[0]
    found = livekit.config(server, network.shelf)
    if livekit.many_redis(found):
        return NULL
    text = livekit.setting(server, found, "redis", "address")
    if text is None:
        doubt = found.reason or next(
            (Reason("missing-file", str(one.path)) for one in server.environment.missing), None
        )
        return unknown(doubt, found.at) if doubt else typed("", Text())
    address = authority(text)
    if address is None or all(same(*pair) is True for pair in zip(own, address, strict=True)):
        return NULL
    return reached(network, server, *address)[1]
