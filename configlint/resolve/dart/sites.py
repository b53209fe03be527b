"""Every place in the code of an app where a value goes somewhere, with the worlds that get there.

What code compares, logs or shows is no value that goes anywhere.
"""

from typing import TYPE_CHECKING, NamedTuple

from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class
from configlint.formats.dart.syntax import (
    Assignment,
    Call,
    Cascade,
    Choice,
    Closure,
    Conditional,
    Entry,
    Expression,
    Index,
    Items,
    Member,
    Name,
    Opaque,
    Operation,
    Span,
    Written,
)
from configlint.model.record import record
from configlint.resolve.dart.builds import by_name
from configlint.resolve.dart.mute import COMPARISONS, TRANSPARENT, label, mute, spelled
from configlint.resolve.dart.values import Binding, Scope, Where
from configlint.resolve.dart.worlds import EVERYWHERE, NOWHERE, narrowed

if TYPE_CHECKING:
    from configlint.resolve.dart.app import App

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
class Set:
    """A value given to something that is no local name."""

    target: Expression
    value: Expression
    where: Where
    worlds: int


class Body:
    """What was found in the code of one function, or in the value of one variable."""

    __slots__ = ("calls", "compared", "returns", "sets", "sites")

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.calls: list[Site] = []
        self.returns: list[Site] = []
        self.sets: list[Set] = []
        self.compared: list[Site] = []


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


class Visits:
    """A walk over the expressions of one body."""

    def __init__(self, app: "App", document: DartDocument, owner: Class | None, scope: Scope, name: str) -> None:
        self.app = app
        self.document = document
        self.owner = owner
        self.scope = scope
        self.name = name
        self.body = Body()
        self.depth = 0
        self._seen: dict[int, Expression] = {}

    def block(self, span: Span, scope: Scope, flow: Flow) -> Flow:
        """Walk statements. Returns how far the code behind them is reached."""
        raise NotImplementedError

    def closure_block(self, span: Span, scope: Scope, flow: Flow, name: str, role: str) -> None:
        """Walk the statements of a closure, whose results go to `name`."""
        raise NotImplementedError

    def where(self, scope: Scope) -> Where:
        return Where(document=self.document, owner=self.owner, scope=scope)

    def visit(self, value: Expression, scope: Scope, flow: Flow, name: str = "", role: str = "") -> None:
        """Walk an expression whose value goes to `name`."""
        waiting = [Task(value, flow, name, role)]
        while waiting:
            task = waiting.pop()
            if id(task.value) not in self._seen:
                self._seen[id(task.value)] = task.value
                waiting += _STEPS.get(type(task.value), _nothing)(self, task, scope)

    def site(self, task: Task, scope: Scope) -> Site:
        return Site(
            value=task.value,
            where=self.where(scope),
            worlds=task.flow.worlds,
            name=task.name,
            role=task.role,
            within=task.within,
        )

    def record(self, task: Task, scope: Scope) -> None:
        if task.role == "compared":
            self.body.compared.append(self.site(task, scope))
        elif task.role:
            self.body.sites.append(self.site(task, scope))

    def bind(self, name: str, value: Expression | None, scope: Scope, flow: Flow, offset: int) -> None:
        """Give a local name a value from `offset` on."""
        holder = scope.holder(name) or scope
        binding = Binding(value=value, scope=scope, worlds=flow.worlds, surely=flow.surely, offset=offset)
        holder.names.setdefault(name, []).append(binding)

    def hide(self, names: tuple[str, ...], scope: Scope) -> Scope:
        """A new scope in which some names have values that nobody can tell."""
        inner = Scope(scope)
        for name in names:
            inner.names[name] = [Binding(value=None, scope=inner, worlds=EVERYWHERE, surely=EVERYWHERE, offset=0)]
        return inner

    def closure_scope(self, closure: Closure, scope: Scope) -> Scope:
        """The scope of a closure's parameters, whose values nobody can tell."""
        parameters = self.document.source.code.parameters(closure.parameters)
        inner = self.hide(tuple(parameter.name for parameter in parameters), scope)
        inner.types.update({parameter.name: parameter.type for parameter in parameters if parameter.type})
        return inner


def _nothing(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    return []


def _text(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    visits.record(task, scope)
    return []


def _member(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    visits.record(task, scope)
    target = task.value.target if isinstance(task.value, Member | Index) else task.value
    return [] if isinstance(target, Name) else [task.aside(target)]


def _operation(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Operation)
    if value.operator in ("+", "??"):
        visits.record(task, scope)
        return [task.part(operand) for operand in value.operands]
    return [task.aside(operand, "compared") for operand in value.operands]


def _conditional(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Conditional)
    visits.record(task, scope)
    test = visits.app.condition(value.test, visits.where(scope))
    then, other = task.flow.when(test.yes, test.no), task.flow.when(test.no, test.yes)
    return [task.part(value.then, then), task.part(value.other, other), task.aside(value.test)]


def _choice(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Choice)
    visits.record(task, scope)
    found, rest = [task.aside(value.subject)], task.flow
    for pattern, result in value.arms:
        test = visits.app.matches(value.subject, (pattern,), visits.where(scope))
        found.append(task.part(result, rest.when(test.yes, test.no)))
        rest = rest.when(test.no, test.yes)
    return found


def _call(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Call)
    callee = spelled(value.target)
    if mute(callee):
        operands = [*value.arguments, value.target.target if isinstance(value.target, Member) else value.target]
        compares = callee.rpartition(".")[2] in COMPARISONS
        return [task.aside(operand, "compared") for operand in operands] if compares else []
    visits.record(task, scope)
    visits.body.calls.append(visits.site(task, scope))
    around = (*task.within, id(value))
    found = [Task(one, task.flow, callee, "argument", around) for one in _positional(value, callee)]
    found += [
        Task(one, task.flow, f"{callee}.{name}", "argument", around)
        for name, one in value.named.items()
        if not label(name, callee)
    ]
    if task.role in ("constant", "variable", "getter"):
        # What a closure returns that is given to `Provider(…)` or `map(…)` ends in the name that takes the whole.
        found = [
            one._replace(name=task.name, role="getter") if isinstance(one.value, Closure) else one for one in found
        ]
    if isinstance(value.target, Member):
        role = "argument" if value.target.name in TRANSPARENT else ""
        found.append(Task(value.target.target, task.flow, callee, role, around))
    elif not isinstance(value.target, Name):
        found.append(task.aside(value.target))
    return found


def _positional(value: Call, callee: str) -> tuple[Expression, ...]:
    """The arguments without a name; what is searched for to be replaced is no value that goes anywhere."""
    return value.arguments[callee.endswith(("replaceAll", "replaceFirst")) :]


def _closure(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Closure)
    if visits.depth >= DEEPEST:
        return []
    inner = visits.closure_scope(value, scope)
    flow = Flow(task.flow.worlds, NOWHERE)
    visits.depth += 1
    if value.value is not None:
        visits.visit(value.value, inner, flow, task.name, task.role)
    if value.block is not None:
        visits.closure_block(value.block, inner, flow, task.name, task.role)
    visits.depth -= 1
    return []


def _items(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    assert isinstance(task.value, Items)
    return [task.part(item) for item in task.value.items]


def _entry(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Entry)
    keys = visits.app.known_texts(value.key, visits.where(scope)) or [spelled(value.key)]
    key = keys[0].rpartition(".")[2]
    if label(key):
        return []
    test = by_name(key)
    return [task.part(value.value, task.flow.when(test.yes, test.no), f"{task.name}.{key}" if task.name else key)]


def _assignment(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Assignment)
    target, given = value.target, value.value
    if value.operator in ("+=", "??="):
        given = Operation(operator=value.operator[:-1], operands=(target, given), at=value.at)
    name = spelled(target)
    if isinstance(target, Name) and scope.holder(target.name) is not None:
        visits.bind(target.name, given, scope, task.flow, value.at.end)
        name = f"{visits.name}.{name}"
    else:
        visits.body.sets.append(Set(target=target, value=given, where=visits.where(scope), worlds=task.flow.worlds))
        if visits.owner and isinstance(target, Name):
            name = f"{visits.owner.name}.{name}"
    return [Task(given, task.flow, name, "variable")]


def _cascade(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    assert isinstance(task.value, Cascade)
    sections = [task.aside(section) for section in reversed(task.value.sections)]
    return [*sections, task.part(task.value.target)]


def _opaque(visits: Visits, task: Task, scope: Scope) -> list[Task]:
    assert isinstance(task.value, Opaque)
    return [task.part(part) for part in task.value.parts]


_STEPS = {
    Written: _text,
    Name: _text,
    Member: _member,
    Index: _member,
    Operation: _operation,
    Conditional: _conditional,
    Choice: _choice,
    Call: _call,
    Closure: _closure,
    Items: _items,
    Entry: _entry,
    Assignment: _assignment,
    Cascade: _cascade,
    Opaque: _opaque,
}
