"""What a walk does at each kind of expression: which parts go on to where the whole goes, and which go nowhere."""

from typing import TYPE_CHECKING

from configlint.code.dart.build_variants import NOWHERE
from configlint.code.dart.conditions_by_name import by_name
from configlint.code.dart.display_sinks import COMPARISONS, TRANSPARENT, label, mute, spelled
from configlint.code.dart.sites import DEEPEST, Assigned, Flow, Task
from configlint.code.dart.values import Scope
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
    Written,
)

if TYPE_CHECKING:
    from configlint.code.dart.visits import Visits


def _text(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    visits.record(task, scope)
    return []


def _member(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    visits.record(task, scope)
    target = task.value.target if isinstance(task.value, Member | Index) else task.value
    return [] if isinstance(target, Name) else [task.aside(target)]


def _operation(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Operation)
    if value.operator in ("+", "??"):
        visits.record(task, scope)
        return [task.part(operand) for operand in value.operands]
    return [task.aside(operand, "compared") for operand in value.operands]


def _conditional(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Conditional)
    visits.record(task, scope)
    test = visits.app.condition(value.test, visits.where(scope))
    then, other = task.flow.when(test.yes, test.no), task.flow.when(test.no, test.yes)
    return [task.part(value.then, then), task.part(value.other, other), task.aside(value.test)]


def _choice(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Choice)
    visits.record(task, scope)
    found, rest = [task.aside(value.subject)], task.flow
    for pattern, result in value.arms:
        test = visits.app.matches(value.subject, (pattern,), visits.where(scope))
        found.append(task.part(result, rest.when(test.yes, test.no)))
        rest = rest.when(test.no, test.yes)
    return found


def _call(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
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


def _closure(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
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


def _items(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    assert isinstance(task.value, Items)
    return [
        task.part(item, name="" if isinstance(item, Entry) else f"{task.name}.{index}")
        for index, item in enumerate(task.value.items)
    ]


def _entry(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    value = task.value
    assert isinstance(value, Entry)
    keys = visits.app.known_texts(value.key, visits.where(scope)) or [spelled(value.key)]
    key = keys[0].rpartition(".")[2]
    if label(key):
        return []
    test = by_name(key)
    return [task.part(value.value, task.flow.when(test.yes, test.no), f"{task.name}.{key}" if task.name else key)]


def _assignment(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
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
        visits.body.sets.append(
            Assigned(
                target=target,
                value=given,
                where=visits.where(scope),
                worlds=task.flow.worlds,
                surely=task.flow.surely,
            )
        )
        if visits.owner and isinstance(target, Name):
            name = f"{visits.owner.name}.{name}"
    return [Task(given, task.flow, name, "variable")]


def _cascade(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    assert isinstance(task.value, Cascade)
    sections = [task.aside(section) for section in reversed(task.value.sections)]
    return [*sections, task.part(task.value.target)]


def _opaque(visits: "Visits", task: Task, scope: Scope) -> list[Task]:
    assert isinstance(task.value, Opaque)
    return [task.part(part) for part in task.value.parts]


STEPS = {
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
