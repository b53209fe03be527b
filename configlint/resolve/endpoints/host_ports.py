"""Ports of the host on which services answer without publishing them: those that share its network."""

from collections.abc import Iterator, Sequence

from configlint.model.tables import Listener, Port, Row
from configlint.resolve.stack import Stack

_DECLARED = ("publish", "expose", "healthcheck")
"""Sources of listeners that say what somebody believes: with the network of the host they open nothing."""


def rows(stacks: Sequence[Stack], listeners: Sequence[Row]) -> Iterator[Port]:
    """What every service under host networking listens on; an unknown port where nobody states it."""
    shared = {(stack.name, one.name) for stack in stacks for one in stack.running.values() if one.network == "host"}
    for row in listeners:
        if isinstance(row, Listener) and (row.stack, row.service) in shared and row.source not in _DECLARED:
            yield Port(
                stack=row.stack, at=row.at, service=row.service, reach=row.reach, published=row.port, target=row.port,
                protocol=row.protocol, source="network",
            )  # fmt: skip
