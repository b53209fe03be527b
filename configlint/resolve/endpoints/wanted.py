"""Which ports somebody outside of the container counts on: it is published, or another service calls it."""

from collections.abc import Iterator, Sequence

from configlint.model.cell import Cell, same, typed
from configlint.model.record import replace
from configlint.model.tables import Listener, Row, Url
from configlint.resolve.stack import Stack

_STATED = ("command", "config", "default")


def rows(stacks: Sequence[Stack], found: Sequence[Row]) -> Iterator[Row]:
    """The rows, each listener with who counts on it.

    Another program of the service that listens on the same port elsewhere serves them as well.
    """
    bridged = {(stack.name, one.name) for stack in stacks for one in stack.running.values() if one.network == "bridge"}
    wanting: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        if isinstance(row, Listener) or (isinstance(row, Url) and row.audience == "network"):
            service = row.service if isinstance(row, Listener) else str(row.target.value)
            wanting.setdefault((row.stack, service), []).append(row)
    for row in found:
        key = (row.stack, row.service)
        counted = isinstance(row, Listener) and row.source in _STATED and key in bridged
        yield _wanted(row, wanting[key]) if counted and isinstance(row, Listener) else row


def _wanted(row: Listener, others: Sequence[Row]) -> Listener:
    listeners = [one for one in others if isinstance(one, Listener) and one.protocol == row.protocol]
    if any(one.binding != "loopback" and _serves(one, row) for one in listeners if one is not row):
        return row
    for one in listeners:
        if one.source == "publish" and same(one.port, row.port) is True:
            return replace(row, wanted="published", caller=typed(str(one.port), one.at))
    for url in others:
        if isinstance(url, Url) and _calls(url, row):
            return replace(row, wanted="called", caller=_said(url.port, url))
    return row


def _serves(one: Listener, row: Listener) -> bool:
    return one.source in _STATED and same(one.port, row.port) is True


def _calls(url: Url, row: Listener) -> bool:
    inside = url.target_state == "known" and url.service != row.service
    return inside and same(url.port, row.port) is True


def _said(port: Cell, url: Url) -> Cell:
    """The port of a URL, which may be the one of its scheme."""
    return port if port.text.place is not None else typed(str(port), url.at)
