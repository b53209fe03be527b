"""The operators of Python over values that may be unknown."""

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from configlint.code.python.scope import Scope
from configlint.code.python.strings import filled_in, joined_path
from configlint.code.python.values import LARGEST_NUMBER, Value, computed, depending, string, unknown
from configlint.formats.python.literals import number_text
from configlint.model.reason import Reason
from configlint.model.text import Place

if TYPE_CHECKING:
    from configlint.code.python.evaluate import Evaluator

_CONDITION = Reason("condition")


def either(evaluator: "Evaluator", node: ast.BoolOp, scope: Scope) -> Value:
    """`a or b`, `a and b`: the first operand that decides."""
    deciding = isinstance(node.op, ast.Or)
    value = evaluator.value(node.values[0], scope)
    for operand in node.values[1:]:
        truth = value.truth
        if truth is None:
            return unknown(value.text.reason or _CONDITION, scope.document.source.place(node))
        if truth is deciding:
            return value
        value = depending(evaluator.value(operand, scope), on=value)
    return value


def conditional(evaluator: "Evaluator", node: ast.IfExp, scope: Scope) -> Value:
    test = evaluator.value(node.test, scope)
    if test.truth is None:
        return unknown(_CONDITION, scope.document.source.place(node))
    return depending(evaluator.value(node.body if test.truth else node.orelse, scope), on=test)


def unary(evaluator: "Evaluator", node: ast.UnaryOp, scope: Scope) -> Value:
    source = scope.document.source
    place = source.place(node)
    operand = evaluator.value(node.operand, scope)
    if isinstance(node.op, ast.Not):
        truth = operand.truth
        return unknown(_CONDITION, place) if truth is None else computed("bool", str(not truth), place, [operand])
    number = operand.number
    if number is None or isinstance(node.op, ast.Invert):
        return unknown(operand.text.reason or Reason("runtime"), place)
    number = -number if isinstance(node.op, ast.USub) else number
    if isinstance(node.operand, ast.Constant) and operand.kind == "int":
        return Value(kind="int", text=number_text(source, node, number))
    return computed("int", str(number), place, [operand])


def binary(evaluator: "Evaluator", node: ast.BinOp, scope: Scope) -> Value:
    place = scope.document.source.place(node)
    left, right = evaluator.value(node.left, scope), evaluator.value(node.right, scope)
    if left.number is not None and right.number is not None:
        return _arithmetic(node.op, left, right, place)
    joining = _joining(node.op, left, right)
    if joining is not None:
        return joining
    reason = next((side.text.reason for side in (left, right) if not side.text.known), None)
    return unknown(reason or Reason("runtime"), place)


def _joining(operator: ast.operator, left: Value, right: Value) -> Value | None:
    """What two strings, lists or parts of a path make; an unknown side is taken for the type of the other."""
    strings = "str" in (left.kind, right.kind)
    if isinstance(operator, ast.Add) and strings and _may_be_string(left) and _may_be_string(right):
        return string(left.text + right.text)
    if isinstance(operator, ast.Add) and left.kind == right.kind == "list":
        return Value(kind="list", text=left.text, items=left.items + right.items)
    if isinstance(operator, ast.Div) and strings:
        return string(joined_path([left.text, right.text]))
    if isinstance(operator, ast.Mod) and left.kind == "str":
        return string(filled_in(left.text, right.items if right.kind == "list" else (right,)))
    return None


def _may_be_string(value: Value) -> bool:
    return value.kind == "str" or (value.kind != "list" and not value.text.known)


_ARITHMETIC: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: lambda one, two: one + two,
    ast.Sub: lambda one, two: one - two,
    ast.Mult: lambda one, two: one * two,
    ast.FloorDiv: lambda one, two: one // two,
}


def _arithmetic(operator: ast.operator, left: Value, right: Value, place: Place) -> Value:
    one, two = left.number or 0, right.number or 0
    operation = _ARITHMETIC.get(type(operator))
    if operation is None or (isinstance(operator, ast.FloorDiv) and two == 0):
        return unknown(Reason("runtime"), place)
    if max(abs(one), abs(two)) > LARGEST_NUMBER:
        return unknown(Reason("too-long"), place)
    return computed("int", str(operation(one, two)), place, [left, right])


def comparison(evaluator: "Evaluator", node: ast.Compare, scope: Scope) -> Value:
    place = scope.document.source.place(node)
    left, right = evaluator.value(node.left, scope), evaluator.value(node.comparators[0], scope)
    answer = _compared(node.ops[0], left, right) if len(node.ops) == 1 else None
    if answer is None:
        return unknown(_CONDITION, place)
    return computed("bool", str(answer), place, [left, right])


def _compared(operator: ast.cmpop, left: Value, right: Value) -> bool | None:
    if isinstance(operator, ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
        same = _same(left, right)
        return None if same is None else same is isinstance(operator, ast.Eq | ast.Is)
    if isinstance(operator, ast.In | ast.NotIn):
        held = _held(left, right)
        return None if held is None else held is isinstance(operator, ast.In)
    one, two = left.number, right.number
    if one is None or two is None:
        return None
    order = {ast.Lt: one < two, ast.LtE: one <= two, ast.Gt: one > two, ast.GtE: one >= two}
    return order.get(type(operator))


def _held(item: Value, container: Value) -> bool | None:
    if container.kind != "list":
        return None
    answers = [_same(item, other) for other in container.items]
    if True in answers:
        return True
    return None if None in answers else False


def _same(left: Value, right: Value) -> bool | None:
    kinds = {left.kind, right.kind}
    if kinds & {"unknown", "list", "float"}:
        return None
    if left.number is not None and right.number is not None:
        return left.number == right.number
    if len(kinds) == 2:
        return False
    if left.kind == "none":
        return True
    return None if left.string is None or right.string is None else left.string == right.string
