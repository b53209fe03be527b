"""Addresses that services of a stack are given, and whom each of them reaches."""

from collections.abc import Iterator

from configlint.compose.model import EnvValue
from configlint.compose.running import Running
from configlint.formats.words import words
from configlint.model.cell import NULL, Cell, Interval, cell, typed
from configlint.model.net.hosts import host_class, normal
from configlint.model.net.url import Parts, parts
from configlint.model.record import replace
from configlint.model.regex import regex
from configlint.model.tables import Url
from configlint.model.tables.words import Audience
from configlint.model.text import Text
from configlint.programs.livekit import service as livekit
from configlint.programs.services import Programs
from configlint.programs.table import runs_known_image
from configlint.resolve.stack import livekit_redis, proxy_labels
from configlint.resolve.stack.audience import for_browsers, front_end, handed_on
from configlint.resolve.stack.host_variables import addresses
from configlint.resolve.stack.reach import Network, network, publishing, reached
from configlint.workspace.workspace import basename

__all__ = ["Network", "network", "row", "rows"]

_FOR_ITSELF = regex(r"BIND|LISTEN|ADVERTISED|^HOST$|HEALTH")
_CALLED = frozenset({
    "http", "https", "ws", "wss", "redis", "rediss", "valkey", "postgres", "postgresql", "mysql", "mariadb", "mongodb",
    "amqp", "amqps", "nats", "tcp", "grpc", "grpcs", "smtp", "smtps", "mqtt", "mqtts", "kafka", "ldap", "ldaps", "rtsp",
    "rtmp", "bolt", "neo4j", "memcached", "clickhouse", "mssql", "cockroachdb", "elasticsearch", "sentinel",
})  # fmt: skip
"""Schemes of addresses whose host is asked of a name server. Others name a bucket, an app or a file."""


def rows(network: Network, programs: Programs) -> Iterator[Url]:
    yield from proxy_labels.rows(network)
    server = livekit_redis.only_server(network)
    for one in network.stack.running.values():
        for called in (called for started in programs.of(one) for called in started.calls):
            found = replace(called.parts, path=NULL)
            yield row(network, one, called.name, called.text, found, inside(one, found.protocol))
        for value in one.environment.values.values():
            if not livekit.ignores(one, value.name.raw):
                yield from _given(network, one, value)
        yield from _of_livekit(network, one, server)


def _given(network: Network, one: Running, value: EnvValue) -> Iterator[Url]:
    name = str(value.name)
    if value.value is None or value.source == "image" or _FOR_ITSELF.search(name):
        return
    # An env file is often given to every service, whether its program reads all of it or not.
    if value.source == "env_file" and runs_known_image(one):
        return
    found = parts(value.value)
    if found is None:
        yield from _without_scheme(network, one, value)
        return
    if " " in value.value.raw or not is_called(found):
        return
    browser = handed_on(network.store, one, name, value.name.place, found) or _for_others(network, one, found)
    yield row(network, one, name, value.value, found, "browser" if browser else inside(one, found.protocol))


def _without_scheme(network: Network, one: Running, value: EnvValue) -> Iterator[Url]:
    name = str(value.name)
    for address in addresses(one, value) if not for_browsers(name) else ():
        found = row(network, one, name, address.text, address.parts, inside(one, address.parts.protocol))
        if found.target_state != "unsure":
            yield found
        elif _runs_elsewhere(network, one, address.stem):
            yield replace(found, target_state="elsewhere", target=typed(one.name, found.host.text))


def _runs_elsewhere(network: Network, one: Running, stem: str) -> bool:
    """Whether another service of the stack is called, or runs an image, after what a variable speaks of."""
    named = set(words(stem))
    others = (other for other in network.stack.running.values() if other is not one)
    return any(not named.isdisjoint({*words(other.name), *words(basename(other.repository))}) for other in others)


def _for_others(network: Network, one: Running, found: Parts) -> bool:
    """Whether an address of this machine is published by a service that this one serves to browsers or is told of.

    The front end of a stack names what browsers call. A service that has the name of the same program inside the
    network (`LIVEKIT_API_URL: http://livekit:7880`) does not need its published port for itself.
    """
    publishers = publishing(network, found.host, found.port) - {one.name}
    if not publishers:
        return False
    others = (parts(value.value) for value in one.environment.values.values() if value.value is not None)
    known = {network.hosts.get(normal(str(other.host.value))) for other in others if other is not None}
    return front_end(one) or not publishers.isdisjoint(known)


def is_called(found: Parts) -> bool:
    scheme = found.scheme.value
    return scheme is None or str(scheme).partition("+")[0] in _CALLED


def inside(one: Running, protocol: str) -> Audience:
    """What shares the network of the host calls its ports, as a program on the host does."""
    return "host" if one.network == "host" and protocol != "redis" else "network"


def row(network: Network, one: Running, name: str, text: Text, found: Parts, audience: Audience) -> Url:
    """The row of an address that a service calls."""
    state, target = reached(network, one, found.host, found.port)
    if state == "apart":
        audience = "network"  # it names a container, wherever the caller is
    kind = host_class(str(found.host.value)) if found.host.value is not None else "unknown"
    return Url(
        stack=one.stack, at=text, service=one.name, reach=one.reach, name=name, url=cell(text), audience=audience,
        scheme=found.scheme, host=found.host, port=found.port, path=found.path, protocol=found.protocol,
        host_class=kind, target=target, target_state=state, reachable=_inner(network, target, found.port),
        written=found.written_port,
    )  # fmt: skip


def _of_livekit(network: Network, one: Running, server: Running | None) -> Iterator[Url]:
    """The addresses in the configuration of a LiveKit program: its Redis, and the server that it serves."""
    yield from livekit_redis.rows(network, one, server)
    text = livekit.server_address(one, network.store)
    address = parts(text) if text is not None else None
    if text is not None and address is not None:
        yield row(network, one, "ws_url", text, address, inside(one, address.protocol))


def _inner(network: Network, target: Cell, port: Cell) -> Cell:
    """The container's port where the published one is called, if that is all it can be."""
    if target.value is None or not isinstance(port.value, Interval):
        return NULL
    targets = {
        str(row.target.value): row.target
        for row in network.published.equal(port)
        if row.service == target.value and row.target.value is not None
    }
    return next(iter(targets.values())) if len(targets) == 1 else NULL
