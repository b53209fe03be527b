"""What strings, operators and branches come to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from configlint.code.dart.build_variants import BEHIND, EVERYWHERE, NOWHERE, UNREAD, narrowed
from configlint.code.dart.values import Arm, Where, unknown
from configlint.formats.dart.strings import NUMBER_STYLE
from configlint.formats.dart.syntax import Choice, Conditional, Expression, Number, Operation, Word, Written
from configlint.model.reason import Reason
from configlint.model.text import Text

if TYPE_CHECKING:
    from configlint.code.dart.app import App

MOST_ARMS = 12
"""Values of one expression that are told apart."""
_LONGEST, _MOST_RUNS = 4000, 40
"""Characters of a value, and stretches of it that come from different places."""


def number(app: "App", value: Number, where: Where) -> list[Arm]:
    return [Arm(text=value.text)]


def word(app: "App", value: Word, where: Where) -> list[Arm]:
    if value.word == "null":
        return [absent(value, Reason("no-value"))]
    return [Arm(text=Text.exactly(value.word, value.at))]


def absent(value: Expression, reason: Reason, variable: str = "") -> Arm:
    """No value; `variable` is the one that nothing sets."""
    return Arm(text=Text.unknown(reason, value.at), variable=variable, null=True)


def written(app: "App", value: Written, where: Where) -> list[Arm]:
    return in_a_row(((Arm(text=part),) if isinstance(part, Text) else app.arms(part, where)) for part in value.parts)


def in_a_row(parts: Iterable[Iterable[Arm]]) -> list[Arm]:
    """Every combination of the parts that some world can meet, joined; what none meets counts only where all is so."""
    found = [Arm(text=Text())]
    for options in parts:
        every = list(options)
        met = [arm for arm in every if arm.worlds & (EVERYWHERE | BEHIND | UNREAD)] or every
        pairs = [(left, right) for left in found for right in met if left.possible(right.worlds)]
        found = [_joined(left, right) for left, right in pairs[:MOST_ARMS]]
    return found


def _joined(left: Arm, right: Arm) -> Arm:
    text = left.text + right.text
    if len(text.raw) > _LONGEST or len(text.runs) > _MOST_RUNS:
        text = Text.unknown(Reason("too-long"))
    return Arm(
        text=text,
        worlds=narrowed(left.worlds, right.worlds),
        role=left.role or right.role,
        variable=left.variable or right.variable,
        given=left.given or right.given,
        replaced=left.replaced + right.replaced,
    )


def operation(app: "App", value: Operation, where: Where) -> list[Arm]:
    if value.operator == "??":
        return _fallback(app, value, where)
    if value.operator == "+":
        operands = [app.arms(operand, where) for operand in value.operands]
        if not all(_is_number(arm) for arms in operands for arm in arms):
            return in_a_row(operands)
    return [unknown(Reason("runtime"), value.at)]


def _is_number(arm: Arm) -> bool:
    return all(run.literal is not None and run.literal.style == NUMBER_STYLE for run in arm.text.runs)


def _fallback(app: "App", value: Operation, where: Where) -> list[Arm]:
    """`a ?? b`: the later operand counts where the earlier has no value, or where nobody knows."""
    found: list[Arm] = []
    worlds, variable = EVERYWHERE, ""
    for index, operand in enumerate(value.operands):
        arms = [arm.within(worlds) for arm in app.arms(operand, where)]
        arms = [arm.but(role=arm.role or "fallback", **_depending(arm, variable)) for arm in arms] if index else arms
        found += [arm for arm in arms if not arm.null]
        open_arms = [arm for arm in arms if arm.null or not (arm.text.known or arm.given)]
        variable = next((arm.variable for arm in open_arms if arm.variable), variable)
        if not open_arms:
            if not any(arm.given for arm in arms):
                return found
            worlds = BEHIND if all(arm.text.known for arm in arms) else UNREAD
    return found or [absent(value, Reason("unset", variable), variable)]


def _depending(arm: Arm, variable: str) -> dict[str, object]:
    if not variable or arm.text.depends:
        return {}
    return {"text": arm.text.defaulting(variable), "variable": arm.variable or variable}


def conditional(app: "App", value: Conditional, where: Where) -> list[Arm]:
    test = app.condition(value.test, where)
    then = [arm.within(test.yes) for arm in app.arms(value.then, where) if arm.possible(test.yes)]
    return then + [arm.within(test.no) for arm in app.arms(value.other, where) if arm.possible(test.no)]


def choice(app: "App", value: Choice, where: Where) -> list[Arm]:
    """A switch expression: each arm in the worlds that the arms before it leave."""
    rest, found = EVERYWHERE, list[Arm]()
    for pattern, result in value.arms:
        test = app.matches(value.subject, (pattern,), where)
        worlds = narrowed(rest, test.yes)
        found += [arm.within(worlds) for arm in app.arms(result, where) if arm.possible(worlds)]
        rest = narrowed(rest, test.no) if rest != NOWHERE else rest
    return found
