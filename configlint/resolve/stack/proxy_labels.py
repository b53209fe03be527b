"""The ports that services tell a proxy by labels or variables of their own: traefik's, and those of nginx-proxy.

Sources: Traefik 3.1, "Routing & load balancing", docker provider, and `traefik.port` of version 1; nginx-proxy 1.6,
README: `VIRTUAL_PORT` beside `VIRTUAL_HOST`.
"""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.formats.words import thought_of
from configlint.model.cell import cell, typed
from configlint.model.net.url import port_cell
from configlint.model.regex import regex
from configlint.model.tables import Url
from configlint.model.text import Text
from configlint.resolve.stack.reach import Network
from configlint.workspace.workspace import basename

_PORT = regex(r"(?i)traefik\.(?:port|(?:http|tcp)\.services\.[^.]+\.loadbalancer\.server\.port)")


def rows(network: Network) -> Iterator[Url]:
    """A row for each port that a service of the stack's own network tells."""
    for one in network.stack.running.values():
        if one.network == "bridge":
            for name, value in _of_labels(one):
                yield _row(one, name, value, _caller(network, "traefik"))
            virtual = _virtual_port(one)
            if virtual is not None:
                yield _row(one, "VIRTUAL_PORT", virtual, _caller(network, "nginx-proxy"))


def _of_labels(one: Running) -> Iterator[tuple[str, Text]]:
    labels = {name.lower(): value for name, value in one.service.labels.items()}
    off = labels.get("traefik.enable")
    if off is None or off.raw.lower() != "false":
        yield from ((name, value) for name, value in one.service.labels.items() if _PORT.fullmatch(name))


def _virtual_port(one: Running) -> Text | None:
    host, port = one.environment.lookup("VIRTUAL_HOST"), one.environment.lookup("VIRTUAL_PORT")
    return port if host is not None and host.raw and port is not None and port.raw else None


def _caller(network: Network, proxy: str) -> str:
    """The proxy, where it is a service of the stack."""
    return next((one.name for one in network.stack.running.values() if basename(one.repository) == proxy), "")


def _row(one: Running, name: str, value: Text, caller: str) -> Url:
    shown = name if thought_of(name) else "a label"
    return Url(
        stack=one.stack, at=value, service=caller or one.name, reach=one.reach, name=shown, url=cell(value),
        audience="network", host=typed(one.name, Text()), port=port_cell(value), protocol="http",
        host_class="single-label", target=typed(one.name, value), target_state="known",
    )  # fmt: skip
