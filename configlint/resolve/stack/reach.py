"""Whom a service reaches under an address: the names and ports of its stack, and what may lie outside of it."""

from collections.abc import Mapping, Sequence

from configlint.compose.discover import Stack
from configlint.compose.running import Running
from configlint.model.cell import Cell, same, typed, unknown
from configlint.model.net.hosts import host_class, normal
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables import HostName, Listener, Port, Row
from configlint.model.tables.words import TargetState
from configlint.resolve.rows_by_port import Numbered
from configlint.workspace.documents import DocumentStore

Reached = tuple[TargetState, Cell]
"""(target_state, target) of a `Url`."""


@record
class Network:
    """Who answers to which name in a stack, and on which ports: `published` are those of the host."""

    stack: Stack
    store: DocumentStore
    hosts: Mapping[str, str]
    listeners: Mapping[str, tuple[Listener, ...]]
    listening: Numbered[Listener]
    published: Numbered[Port]


def network(stack: Stack, store: DocumentStore, found: Sequence[Row]) -> Network:
    """The network of a stack; `found` are its rows, its names, listeners and ports among them."""
    listeners: dict[str, list[Listener]] = {one.name: [] for one in stack.running.values()}
    for row in found:
        if isinstance(row, Listener):
            listeners[row.service].append(row)
    return Network(
        stack=stack,
        store=store,
        hosts={str(row.name.value): row.service for row in found if isinstance(row, HostName)},
        listeners={name: tuple(rows) for name, rows in listeners.items()},
        listening=Numbered((row for rows in listeners.values() for row in rows), lambda row: row.port),
        published=Numbered(
            (row for row in found if isinstance(row, Port) and row.source == "publish"), lambda row: row.published
        ),
    )


def reached(network: Network, one: Running, host: Cell, port: Cell) -> Reached:
    """Whom a service calls at a host and port."""
    if host.value is None:
        return "unknown", unknown(host.text.reason or Reason("runtime", "the host"), host.text)
    name = normal(str(host.value))
    kind = host_class(name)
    target = network.hosts.get(name) or _numbered(network, name)
    if target is not None:
        return _by_name(network, one, name, target, host)
    if kind == "loopback":
        return _local(network, one, host, port)
    if kind != "single-label":
        return "public", unknown(Reason("outside-host"), host.text)
    doubt = _foreign(network, one, name)
    return ("unknown", unknown(doubt, host.text)) if doubt else ("no-such-host", typed(name, host.text))


def _by_name(network: Network, one: Running, name: str, target: str, host: Cell) -> Reached:
    """A name of the stack is resolved only on the networks on which the caller and the service meet."""
    if network.stack.unseen or _defines(one, name) or _meet(network, one, name, target) is not False:
        return "known", typed(target, host.text)
    return "apart", typed("", host.text)


def _defines(one: Running, name: str) -> bool:
    """Whether a service is given the name by other means: `links`, `extra_hosts`."""
    declared = [text.raw for text in (*one.service.links, *one.service.extra_hosts)]
    return any(name in text.replace("=", ":").split(":") for text in declared)


def _meet(network: Network, one: Running, name: str, target: str) -> bool | None:
    """Whether a service resolves a name to another one; None where a network mode hides it."""
    callee = network.stack.running[target]
    if one.name == target:
        return True
    own, theirs = network.stack.networks_of(one), network.stack.networks_of(callee)
    if own is None or theirs is None:
        return None
    aliases = {each.network for each in callee.service.networks if name in {alias.raw for alias in each.aliases}}
    everywhere = name in {text.raw for text in (callee.service.name, callee.service.container_name) if text}
    reachable = theirs if everywhere or not aliases else aliases
    return not own.isdisjoint(reachable)


def _numbered(network: Network, name: str) -> str | None:
    """The service whose containers compose calls so: `project-service-1`, in version 1 with underscores."""
    rest = name.rstrip("0123456789")
    if rest == name or rest[-1:] not in ("-", "_"):
        return None
    for service in network.listeners:
        project = rest[:-1].removesuffix(service)
        if len(project) == len(rest) - 1 - len(service) and project[-1:] in ("-", "_"):
            return service if network.stack.project.name in ("", project[:-1]) else None
    return None


def _local(network: Network, one: Running, host: Cell, port: Cell) -> Reached:
    """localhost is the container itself: wrong unless it listens there."""
    if one.network != "bridge":
        return "unknown", unknown(Reason("other-network", one.name, one.network), host.text)
    own = network.listeners.get(one.name, ())
    answers = [same(listener.port, port) for listener in own]
    if True in answers or one.name in publishing(network, host, port):
        return "self", typed(one.name, host.text)
    # Of a service that is built here and says which ports are its own, no others are guessed.
    told = one.service.build is not None and any(listener.source in ("publish", "expose") for listener in own)
    if port.value is not None and (told or None not in answers or served_elsewhere(network, one, host, port)):
        return "elsewhere", typed(one.name, host.text)
    return "unsure", unknown(Reason("ports-unstated", one.name), host.text)


def publishing(network: Network, host: Cell, port: Cell) -> set[str]:
    """The services that are reached at a port of this machine."""
    if host.value is None or host_class(normal(str(host.value))) != "loopback":
        return set()
    return {row.service for row in network.published.equal(port)}


def served_elsewhere(network: Network, one: Running, host: Cell, port: Cell) -> bool:
    """Whether another service is reached at this port on the host, or listens on it."""
    return bool(publishing(network, host, port) - {one.name}) or any(
        listener.service != one.name for listener in network.listening.equal(port)
    )


def _foreign(network: Network, one: Running, name: str) -> Reason | None:
    """Why a name may be known all the same: it is declared, comes from a network of others, or from an unseen file."""
    if _defines(one, name):
        return Reason("own-name", name, one.name)
    if one.network != "bridge":
        return Reason("other-network", one.name, one.network)
    networks = network.stack.project.networks
    joined = [attachment.network for attachment in one.service.networks] or ["default"]
    if any(networks[each].external for each in joined if each in networks):
        return Reason("shared-network")
    if name in network.stack.neighbours:
        return Reason("other-project", name, network.stack.neighbours[name])
    return network.stack.unseen
