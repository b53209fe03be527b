"""Which service answers to a call that comes from outside of the containers: from a phone, or from the host."""

from collections.abc import Sequence

from configlint.model.cell import NULL, Cell, Interval, same, typed, unknown
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.tables import EVERY_STACK, Port, Row, Url
from configlint.resolve.endpoints.evidence import Evidence, evidence
from configlint.resolve.endpoints.servers_without_compose import Server
from configlint.resolve.rows_by_port import Numbered
from configlint.resolve.stack import Stack

_OUTSIDE = ("mobile", "host")
_BACKEND = ("loopback", "unspecified", "emulator", "docker", "lan", "backend", "unknown")
"""Classes of hosts that mean the machine on which the stack runs. What is unknown mostly comes from the settings."""
_NOT_CALLED = ("stun", "turn", "turns", "stuns")


class Host:
    """The ports of the host, and who is behind them. The stacks come in their order: the first that answers counts.

    `beside` are the servers that run without compose.
    """

    def __init__(self, stacks: Sequence[Stack], rows: Sequence[Row], beside: Sequence[Server] = ()) -> None:
        self._stacks = {stack.name: stack for stack in stacks}
        self._directories = {stack.name: _directory(stack) for stack in stacks}
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row.stack, []).append(row)
        self._evidence: dict[tuple[str, ...], Evidence] = {}
        ports = [row for row in rows if isinstance(row, Port) and row.protocol == "tcp"]
        self._published = Numbered(ports, lambda row: row.published)
        behind = [row for row in ports if row.source == "publish" and isinstance(row.published.value, Interval)]
        self._targets = Numbered(behind, lambda row: row.target)
        self._beside = beside

    def placed(self, url: Url) -> Url:
        """A URL with the service that it reaches. One of the containers' network is told its container's port.

        target_state: known; public for hosts that are none of ours; program for a server without compose; beside where
        nothing shows that a service is meant. If one seems to be meant, but none answers at that port: inner where one
        listens on it in its container, else unknown.
        """
        # A browser belongs to an app, or to a service of a stack, which serves the page.
        if url.audience not in _OUTSIDE and not (url.audience == "browser" and url.stack == EVERY_STACK):
            inside = url.port if url.target_state in ("known", "self") else NULL
            return replace(url, inside=inside)
        if url.host_class not in _BACKEND or url.protocol in _NOT_CALLED or not isinstance(url.port.value, Interval):
            outside = unknown(Reason("outside-host"), url.host.text)
            return replace(url, target_state="public", target=outside)
        row = next(self._published.equal(url.port, url.stack), None)
        if row is None:
            return self._unpublished(url)
        target = typed(row.service, url.host.text)
        return replace(url, target_state="known", target=target, inside=_behind(row, url.port))

    def _unpublished(self, url: Url) -> Url:
        """An address whose port no stack publishes. It is compared with the stack beside which its file lies."""
        servers = sorted({one.name for one in self._beside if same(one.port, url.port) is True})
        if len(servers) == 1:
            return replace(url, target_state="program", target=typed(servers[0], url.host.text), inside=url.port)
        nobody = unknown(Reason("no-service-at-port"), url.host.text)
        near = self._near(url)
        if servers or not self._shows(near, url):
            return replace(url, target_state="beside", target=nobody)
        stack = near[0] if len(near) == 1 and url.stack == EVERY_STACK else url.stack
        inner = [row for row in self._targets.equal(url.port, url.stack) if row.stack in near]
        if len({row.service for row in inner}) != 1:
            return replace(url, stack=stack, target_state="unknown", target=nobody)
        target, reachable = typed(inner[0].service, url.host.text), _published(inner)
        return replace(url, stack=stack, target_state="inner", target=target, inside=url.port, reachable=reachable)

    def _near(self, url: Url) -> tuple[str, ...]:
        """The stacks whose directory has most of its path in common with the file in which an address stands."""
        if url.stack != EVERY_STACK:
            return (url.stack,)
        place = url.at.place
        own = place.path.split("/")[:-1] if place is not None else []
        shared = {name: _in_common(own, where) for name, where in self._directories.items()}
        most = max(shared.values(), default=0)
        return tuple(name for name, length in shared.items() if length == most)

    def _shows(self, near: tuple[str, ...], url: Url) -> bool:
        if near not in self._evidence:
            rows = [row for name in near for row in self._rows.get(name, ())]
            self._evidence[near] = evidence([self._stacks[name] for name in near if name in self._stacks], rows)
        return self._evidence[near].shows(url)


def _in_common(one: Sequence[str], two: Sequence[str]) -> int:
    """How many directories two paths have in common, from the root."""
    return next(
        (index for index, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), min(len(one), len(two))
    )


def _directory(stack: Stack) -> list[str]:
    files = [one.service.file.split("/")[:-1] for one in stack.running.values()]
    return min(files, key=len, default=[])


def _behind(row: Port, port: Cell) -> Cell:
    """The container's port behind a published one, which may be one of a range."""
    outer, inner, asked = row.published.value, row.target.value, port.value
    if not isinstance(outer, Interval) or not isinstance(inner, Interval) or not isinstance(asked, Interval):
        return row.target
    if inner.start == inner.end:
        return row.target
    start = inner.start + asked.start - outer.start
    return typed(Interval(start, start), row.target.text)


def _published(inner: Sequence[Port]) -> Cell:
    """The port under which a service is published, if it is always the same."""
    found = {str(row.published): row.published for row in inner}
    return next(iter(found.values())) if len(found) == 1 else NULL
