"""Every place in the code of an app where a value goes somewhere, with the worlds that get there.

What code compares, logs or shows is no value that goes anywhere.
"""

from typing import NamedTuple

from configlint.code.dart.build_variants import EVERYWHERE, narrowed
from configlint.code.dart.values import Where
from configlint.formats.dart.syntax import (
    Expression,
)
from configlint.model.record import record

DEEPEST = 25
"""Blocks and closures within each other that are walked."""


@record
class Site:
    """A value that goes somewhere: `name` is what takes it, `role` how (see `AppValue`).

    `within` are the expressions around it: where one of them is an address, this is a part of that one.
    """

    value: Expression
    where: Where
    worlds: int
    name: str
    role: str
    within: tuple[int, ...] = ()


@record
class Assigned:
    """A value given to something that is no local name. `surely` are the worlds in which nothing can skip it."""

    target: Expression
    value: Expression
    where: Where
    worlds: int
    surely: int


class Body:
    """What was found in the code of one function, or in the value of one variable.

    `nodes` are all expressions by their `id`, which stays theirs as long as the body lives.
    """

    __slots__ = ("calls", "compared", "nodes", "returns", "sets", "sites")

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.calls: list[Site] = []
        self.returns: list[Site] = []
        self.sets: list[Assigned] = []
        self.compared: list[Site] = []
        self.nodes: dict[int, Expression] = {}


class Flow(NamedTuple):
    """How far code is reached: the worlds that can get there, and those that surely do."""

    worlds: int = EVERYWHERE
    surely: int = EVERYWHERE

    def when(self, can: int, cannot: int) -> "Flow":
        """The flow into a branch whose condition can hold in some worlds and fail in others."""
        return Flow(narrowed(self.worlds, can), self.surely & ~cannot)


class Task(NamedTuple):
    """An expression that waits to be visited."""

    value: Expression
    flow: Flow
    name: str
    role: str
    within: tuple[int, ...] = ()

    def part(self, value: Expression, flow: Flow | None = None, name: str = "") -> "Task":
        """A part of the expression that goes where the whole goes."""
        return Task(value, flow or self.flow, name or self.name, self.role, (*self.within, id(self.value)))

    def aside(self, value: Expression, role: str = "") -> "Task":
        """A part of the expression that goes nowhere."""
        return Task(value, self.flow, self.name, role)
