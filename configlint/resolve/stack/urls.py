"""Addresses that services of a stack are given, and whom each of them reaches."""

import re
from collections.abc import Iterator, Mapping, Sequence

from configlint.model.cell import NULL, Cell, Interval, cell, same, typed, unknown
from configlint.model.record import record
from configlint.model.tables import HostName, Listener, Port, Row, Url
from configlint.model.text import Text
from configlint.resolve.compose.model import EnvValue
from configlint.resolve.hosts import host_class, normal
from configlint.resolve.library import Library
from configlint.resolve.stack import livekit
from configlint.resolve.stack.discover import Stack
from configlint.resolve.stack.running import Running
from configlint.resolve.url import Parts, authority, parts

_FOR_BROWSERS = re.compile(
    r"^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|PUBLIC|VUE_APP|EXPO_PUBLIC)_|REDIRECT|CALLBACK|NEXTAUTH_URL|CORS|ORIGIN"
    r"|ALLOWED_HOSTS|(?:^|_)(?:FRONTEND|FRONT|CLIENT|WEB|WEBAPP|SITE|APP|PUBLIC|EXTERNAL|ROOT|DASHBOARD|BROWSER|DOMAIN)"
    r"_?(?:BASE_?)?(?:URL|URI|HOST|ADDRESS)?$|EXTERNAL|PUBLIC_"
)
"""Names of variables whose URL is opened by a browser or handed out, not called from inside the container."""

_FOR_ITSELF = re.compile(r"BIND|LISTEN|ADVERTISED|^HOST$|HEALTH")


@record
class Network:
    """Who answers to which name in a stack, and on which ports."""

    stack: Stack
    library: Library
    hosts: Mapping[str, str]
    listeners: Mapping[str, tuple[Listener, ...]]
    ports: tuple[Port, ...]


def network(stack: Stack, library: Library, found: Sequence[Row]) -> Network:
    """The network of a stack; `found` holds its names, listeners and ports."""
    own = [row for row in found if row.stack == stack.name]
    listeners: dict[str, list[Listener]] = {one.name: [] for one in stack.running.values()}
    for row in own:
        if isinstance(row, Listener):
            listeners[row.service].append(row)
    return Network(
        stack=stack,
        library=library,
        hosts={str(row.name.value): row.service for row in own if isinstance(row, HostName)},
        listeners={name: tuple(rows) for name, rows in listeners.items()},
        ports=tuple(row for row in own if isinstance(row, Port) and row.source == "publish"),
    )


def rows(network: Network) -> Iterator[Url]:
    for one in network.stack.running.values():
        for value in one.environment.values.values():
            yield from _given(network, one, value)
        yield from _redis(network, one)


def _given(network: Network, one: Running, value: EnvValue) -> Iterator[Url]:
    if value.value is None or value.source == "image" or _FOR_ITSELF.search(value.name.raw):
        return
    found = parts(value.value)
    if found is None:
        return
    yield row(network, one, value.name.raw, value.value, found, _audience(one, value.name.raw, found.protocol))


def _audience(one: Running, name: str, protocol: str) -> str:
    if for_browsers(name):
        return "browser"
    # What shares the network of the host calls its ports, as a program on the host does.
    return "host" if one.network == "host" and protocol != "redis" else "network"


def for_browsers(name: str) -> bool:
    """Whether a variable of this name holds an address for browsers, or one that is handed out."""
    return _FOR_BROWSERS.search(name.upper()) is not None


def row(network: Network, one: Running, name: str, text: Text, found: Parts, audience: str) -> Url:
    """The row of an address that a service calls."""
    state, target = reached(network, one, found.host, found.port)
    kind = host_class(str(found.host.value)) if found.host.value is not None else "unknown"
    return Url(
        stack=one.stack, at=text, service=one.name, reach=one.reach, name=name, url=cell(text), audience=audience,
        scheme=found.scheme, host=found.host, port=found.port, path=found.path, protocol=found.protocol,
        host_class=kind, target=target, target_state=state, reachable=_inner(network, target, found.port),
        written=found.written_port,
    )  # fmt: skip


def _redis(network: Network, one: Running) -> Iterator[Url]:
    """`redis.address` of LiveKit's own configuration."""
    text = livekit.redis_address(one, network.library)
    found = authority(text) if text is not None else None
    if text is None or found is None:
        return
    host, port = found
    state, target = reached(network, one, host, port)
    yield Url(
        stack=one.stack, at=text, service=one.name, reach=one.reach, name="redis.address", url=cell(text),
        audience="network", host=host, port=port, protocol="redis", target=target, target_state=state,
    )  # fmt: skip


def reached(network: Network, one: Running, host: Cell, port: Cell) -> tuple[str, Cell]:
    """(target_state, target) of a host that a service calls."""
    if host.value is None:
        return "unknown", unknown(host.text.reason or "the host is not known", host.text)
    name = normal(str(host.value))
    kind = host_class(name)
    if name in network.hosts:
        return "known", typed(network.hosts[name], host.text)
    if kind == "loopback":
        return _local(network, one, host, port)
    if kind in ("docker", "lan", "emulator", "unspecified", "placeholder", "tunnel", "public", "unknown"):
        return "public", unknown("the host is outside of the stack", host.text)
    return ("unknown", unknown("it may be a name of another network", host.text)) if _foreign(network, one, name) else (
        "no-such-host", typed(name, host.text)
    )  # fmt: skip


def _local(network: Network, one: Running, host: Cell, port: Cell) -> tuple[str, Cell]:
    """localhost is the container itself: wrong if it listens, but not on that port."""
    if one.network != "bridge":
        return "unknown", unknown(f"the network of {one.name} is {one.network}", host.text)
    own = network.listeners.get(one.name, ())
    answers = [same(listener.port, port) for listener in own]
    published = any(same(row.published, port) is True for row in network.ports if row.service == one.name)
    if port.value is None or True in answers or published:
        return "self", typed(one.name, host.text)
    if None in answers and not _listened_elsewhere(network, one, port) and one.image is None:
        return "self", typed(one.name, host.text)
    return "elsewhere", typed(one.name, host.text)


def _listened_elsewhere(network: Network, one: Running, port: Cell) -> bool:
    """Whether another service is reached at this port on the host, or listens on it."""
    published = any(same(row.published, port) is True for row in network.ports if row.service != one.name)
    return published or any(
        same(listener.port, port) is True
        for name, listeners in network.listeners.items()
        for listener in listeners
        if name != one.name
    )


def _foreign(network: Network, one: Running, name: str) -> bool:
    """Whether a name may be known from outside the project: links, extra hosts, networks that others made."""
    service = one.service
    declared = [text.raw for text in (*service.links, *service.extra_hosts)]
    if any(name in text.replace("=", ":").split(":") for text in declared) or one.network not in ("bridge", "default"):
        return True
    joined = (network.stack.project.networks.get(attachment.network) for attachment in service.networks)
    default = network.stack.project.networks.get("default")
    return any(net is not None and net.external for net in (*joined, None if service.networks else default))


def _inner(network: Network, target: Cell, port: Cell) -> Cell:
    """The container's port where the published one is called, if that is all it can be."""
    if target.value is None or not isinstance(port.value, Interval):
        return NULL
    targets = {
        str(row.target.value): row.target
        for row in network.ports
        if row.service == target.value and same(row.published, port) is True and row.target.value is not None
    }
    return next(iter(targets.values())) if len(targets) == 1 else NULL
