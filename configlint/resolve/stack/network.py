"""Who is who in the network of a stack: services, the names they answer to, and what is published."""

from collections.abc import Iterator

from configlint.compose.discover import Stack
from configlint.compose.running import Running
from configlint.model.cell import NULL, Address, Cell, Profiles, cell, typed
from configlint.model.tables import HostName, Port, Row, Service
from configlint.model.text import Text


def rows(stack: Stack) -> Iterator[Row]:
    for one in stack.running.values():
        yield _service(one)
        yield from _names(one)
        yield from _ports(one)


def _service(one: Running) -> Service:
    service = one.service
    return Service(
        stack=one.stack, at=service.name, service=one.name, reach=one.reach, name=cell(service.name),
        image=cell(service.image) if service.image is not None else NULL, built=service.build is not None,
        profile=", ".join(profile.raw for profile in service.profiles), network=one.network,
        healthcheck=_healthcheck(one),
    )  # fmt: skip


def _healthcheck(one: Running) -> Cell:
    """The check of the service, else of its image; one that is switched off was thought of too."""
    own = one.service.healthcheck
    if own is not None:
        return typed("off" if own.disabled else "on", own.at)
    built = one.image.healthcheck if one.image is not None else None
    return typed("on", Text.exactly("HEALTHCHECK", built.place)) if built is not None else NULL


def _names(one: Running) -> Iterator[HostName]:
    service = one.service
    texts = [service.name, service.container_name, service.hostname]
    texts += [alias for network in service.networks for alias in network.aliases]
    for text in texts:
        if text is not None and text.value:
            yield HostName(stack=one.stack, at=text, service=one.name, reach=one.reach, name=cell(text))


def _ports(one: Running) -> Iterator[Port]:
    profiles = typed(Profiles(one.profiles), Text())
    for port in one.service.ports:
        if not port.error and one.network == "bridge":
            yield Port(
                stack=one.stack, at=port.at, service=one.name, reach=one.reach, published=port.published,
                target=port.target, protocol=port.protocol, address=_anywhere(port.address, port.at),
                profiles=profiles,
            )  # fmt: skip


def _anywhere(address: Cell, at: Text) -> Cell:
    """Docker binds a port without an address to all of them."""
    return typed(Address(""), at) if address.null else address
