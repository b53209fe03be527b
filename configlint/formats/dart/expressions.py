"""Expressions of Dart, recognised over tokens."""

from configlint.formats.dart.chains import LONGEST, Chains
from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.groups import DEEPEST, Groups
from configlint.formats.dart.operands import Operands
from configlint.formats.dart.syntax import Assignment, Cascade, Conditional, Expression, Member, Opaque, Operation

_ASSIGNS = frozenset({"=", "??=", "+=", "-=", "*=", "/=", "~/="})
_BINDS = {
    "??": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, ">": 5, "<=": 5, ">=": 5, "is": 5, "as": 5, "|": 6, "^": 7,
    "&": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10, "~/": 10,
}  # fmt: skip
_PREFIXES = frozenset({"-", "~", "++", "--"})
_ENDS_TYPE = frozenset({")", ",", ";", "]", "}", "??", "&&", "||", ".", "?.", "==", "!=", ""})


class Expressions:
    """Reads operands joined by operators. A group that is nested too deeply is not looked into."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.groups = Groups(cursor, self.value)
        self.operands = Operands(cursor, self.groups)
        self.chains = Chains(cursor, self.groups)

    def value(self) -> Expression:
        """An expression with its assignment or cascade."""
        cursor = self.cursor
        start = cursor.at
        if cursor.depth >= DEEPEST:
            cursor.at = cursor.find(cursor.at, cursor.end, ",", ";")
            return Opaque(parts=(), at=cursor.place(start, cursor.at))
        cursor.depth += 1
        found = self._conditional()
        if (operator := cursor.peek()) in _ASSIGNS:
            cursor.at += 1
            right = self.value()
            found = Assignment(target=found, operator=operator, value=right, at=cursor.place(start, cursor.at))
        if cursor.peek() in ("..", "?.."):
            found = self._cascade(start, found)
        cursor.depth -= 1
        return found

    def _cascade(self, start: int, target: Expression) -> Expression:
        cursor = self.cursor
        sections = []
        while cursor.peek() in ("..", "?.."):
            cursor.at += 1
            first: Expression = target
            if cursor.is_name(cursor.at):
                cursor.at += 1
                first = Member(
                    target=target, name=cursor.text[cursor.at - 1], at=cursor.place(cursor.at - 1, cursor.at)
                )
            section = self.chains.read(cursor.at - 1, first)
            if (operator := cursor.peek()) in _ASSIGNS:
                cursor.at += 1
                right = self._conditional()
                section = Assignment(target=section, operator=operator, value=right, at=cursor.place(start, cursor.at))
            sections.append(section)
        return Cascade(target=target, sections=tuple(sections), at=cursor.place(start, cursor.at))

    def _conditional(self) -> Expression:
        cursor = self.cursor
        start = cursor.at
        test = self._binary(1)
        if cursor.peek() != "?":
            return test
        cursor.at += 1
        then = self.value()
        if cursor.peek() != ":":
            return Opaque(parts=(test, then), at=cursor.place(start, cursor.at))
        cursor.at += 1
        other = self.value()
        return Conditional(test=test, then=then, other=other, at=cursor.place(start, cursor.at))

    def _binary(self, least: int) -> Expression:
        cursor = self.cursor
        start, left, made = cursor.at, self._prefixed(), 0
        while (binds := _BINDS.get(operator := cursor.peek(), 0)) >= least:
            cursor.at += 1
            if operator in ("is", "as"):
                left = self._typed(start, left, operator)
                continue
            right = self._binary(binds + 1)
            made += 1
            left = self._joined(left, operator, right, start, made)
        return left

    def _joined(self, left: Expression, operator: str, right: Expression, start: int, made: int) -> Expression:
        """One more operand. Equal operators make one operation, so that a long sum is no deep one."""
        at = self.cursor.place(start, self.cursor.at)
        goes_on = made > 1 and isinstance(left, Operation | Opaque) and left.at.start == at.start
        if goes_on and isinstance(left, Operation) and left.operator == operator and len(left.operands) <= LONGEST:
            return Operation(operator=operator, operands=(*left.operands, right), at=at)
        if goes_on and made > LONGEST:
            return Opaque(parts=(), at=at)
        return Operation(operator=operator, operands=(left, right), at=at)

    def _typed(self, start: int, left: Expression, operator: str) -> Expression:
        cursor = self.cursor
        cursor.at += cursor.peek() == "!"
        end = cursor.type_end(cursor.at)
        if end is not None and cursor.sign(end - 1) == "?" and cursor.sign(end) not in _ENDS_TYPE:
            end -= 1  # the question mark of a conditional
        cursor.at = min(end or cursor.at, cursor.end)
        return left if operator == "as" else Opaque(parts=(left,), at=cursor.place(start, cursor.at))

    def _prefixed(self) -> Expression:
        cursor = self.cursor
        start, negated, changed = cursor.at, False, False
        while (sign := cursor.peek()) in _PREFIXES or sign in ("!", "await"):
            negated, changed = negated ^ (sign == "!"), changed or sign in _PREFIXES
            cursor.at += 1
        found = self.chains.read(start, self.operands.read())
        if changed:
            return Opaque(parts=(found,), at=cursor.place(start, cursor.at))
        return Operation(operator="!", operands=(found,), at=cursor.place(start, cursor.at)) if negated else found
