"""Which service answers to a call that comes from outside of the containers: from a phone, or from the host."""

from collections.abc import Sequence

from configlint.model.cell import NULL, Cell, Interval, typed, unknown
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.tables import Port, Row, Url
from configlint.resolve.endpoints.evidence import Evidence, evidence
from configlint.resolve.numbered import Numbered
from configlint.resolve.stack import Stack

_OUTSIDE = ("mobile", "host")
_BACKEND = ("loopback", "unspecified", "emulator", "docker", "lan", "backend", "unknown")
"""Classes of hosts that mean the machine on which the stack runs. What is unknown mostly comes from the settings."""
_NOT_CALLED = ("stun", "turn", "turns", "stuns")


class Host:
    """The ports of the host, and who is behind them. The stacks come in their order: the first that answers counts."""

    def __init__(self, stacks: Sequence[Stack], rows: Sequence[Row]) -> None:
        self._evidence: Evidence = evidence(stacks, rows)
        ports = [row for row in rows if isinstance(row, Port) and row.protocol == "tcp"]
        self._published = Numbered(ports, lambda row: row.published)
        behind = [row for row in ports if row.source == "publish" and isinstance(row.published.value, Interval)]
        self._targets = Numbered(behind, lambda row: row.target)

    def placed(self, url: Url) -> Url:
        """A URL with the service that it reaches. One of the containers' network is told its container's port.

        target_state: known; public for hosts that are none of ours; beside where nothing shows that a service is meant.
        If one seems to be meant, but none answers at that port: inner where one listens on it in its container, else
        unknown.
        """
        if url.audience not in _OUTSIDE:
            inside = url.port if url.target_state in ("known", "self") else NULL
            return replace(url, inside=inside)
        if url.host_class not in _BACKEND or url.protocol in _NOT_CALLED or not isinstance(url.port.value, Interval):
            outside = unknown(Reason("outside-host"), url.host.text)
            return replace(url, target_state="public", target=outside)
        row = next(self._published.equal(url.port, url.stack), None)
        if row is not None:
            target = typed(row.service, url.host.text)
            return replace(url, target_state="known", target=target, inside=_behind(row, url.port))
        nobody = unknown(Reason("no-service-at-port"), url.host.text)
        if not self._evidence.shows(url):
            return replace(url, target_state="beside", target=nobody)
        inner = list(self._targets.equal(url.port, url.stack))
        if len({row.service for row in inner}) != 1:
            return replace(url, target_state="unknown", target=nobody)
        target, reachable = typed(inner[0].service, url.host.text), _published(inner)
        return replace(url, target_state="inner", target=target, inside=url.port, reachable=reachable)


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
