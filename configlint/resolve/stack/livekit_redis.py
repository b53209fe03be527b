"""The Redis through which LiveKit's programs find each other: egress, ingress and sip wait at that of the server.

Source: livekit-server pkg/service/wire.go and egress, which answers "no response from servers" without it.
"""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, cell, same, typed, unknown
from configlint.model.net.url import authority
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.tables import Url
from configlint.model.text import Text
from configlint.programs.livekit import service as livekit
from configlint.resolve.stack.reach import Network, reached


def only_server(network: Network) -> Running | None:
    """The LiveKit server of a stack; None where there is none, or several."""
    servers = [one for one in network.stack.running.values() if livekit.program(one) == "server"]
    return servers[0] if len(servers) == 1 else None


def rows(network: Network, one: Running, server: Running | None) -> Iterator[Url]:
    """`redis.address` of a LiveKit program; `server` is the one for which others wait."""
    text = livekit.redis_address(one, network.store)
    address = authority(text) if text is not None else None
    if text is None or address is None:
        return
    host, port = address
    state, target = reached(network, one, host, port)
    meeting = _meeting(network, server, address) if server is not None and server is not one else NULL
    found = Url(
        stack=one.stack, at=text, service=one.name, reach=one.reach, name="redis.address", url=cell(text),
        audience="network", host=host, port=port, protocol="redis", target=target, target_state=state, meeting=meeting,
    )  # fmt: skip
    apart = target.value is not None and meeting.value is not None and same(target, meeting) is False
    yield replace(found, mismatch=f"but LiveKit's server uses {meeting.value or 'no Redis'}") if apart else found


def _meeting(network: Network, server: Running, own: tuple[Cell, Cell]) -> Cell:
    """The service that is the Redis of the server, for a program that waits there; empty where the server has none.

    Null where it has several, or where both have the same address.
    """
    found = livekit.config(server, network.store)
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
