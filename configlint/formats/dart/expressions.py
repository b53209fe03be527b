"""Expressions of Dart, recognised over tokens."""

from configlint.formats.dart.links import DEEPEST, LONGEST
from configlint.formats.dart.operands import Operands
from configlint.formats.dart.syntax import Assignment, Cascade, Conditional, Expression, Member, Opaque, Operation

_ASSIGNS = frozenset({"=", "??=", "+=", "-=", "*=", "/=", "~/="})
_BINDS = {
    "??": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, ">": 5, "<=": 5, ">=": 5, "is": 5, "as": 5, "|": 6, "^": 7,
    "&": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10, "~/": 10,
}  # fmt: skip
_PREFIXES = frozenset({"-", "~", "++", "--"})
_ENDS_TYPE = frozenset({")", ",", ";", "]", "}", "??", "&&", "||", ".", "?.", "==", "!=", ""})


class Expressions(Operands):
    """Operands joined by operators. A group that is nested too deeply is not looked into."""

    def value(self) -> Expression:
        """An expression with its assignment or cascade."""
        start = self.at
        if self.depth >= DEEPEST:
            self.at = self.find(self.at, self.end, ",", ";")
            return Opaque(parts=(), at=self.place(start, self.at))
        self.depth += 1
        found = self._conditional()
        if (operator := self.peek()) in _ASSIGNS:
            self.at += 1
            right = self.value()
            found = Assignment(target=found, operator=operator, value=right, at=self.place(start, self.at))
        if self.peek() in ("..", "?.."):
            found = self._cascade(start, found)
        self.depth -= 1
        return found

    def _cascade(self, start: int, target: Expression) -> Expression:
        sections = []
        while self.peek() in ("..", "?.."):
            self.at += 1
            first: Expression = target
            if self.is_name(self.at):
                self.at += 1
                first = Member(target=target, name=self.text[self.at - 1], at=self.place(self.at - 1, self.at))
            section = self.links(self.at - 1, first)
            if (operator := self.peek()) in _ASSIGNS:
                self.at += 1
                right = self._conditional()
                section = Assignment(target=section, operator=operator, value=right, at=self.place(start, self.at))
            sections.append(section)
        return Cascade(target=target, sections=tuple(sections), at=self.place(start, self.at))

    def _conditional(self) -> Expression:
        start = self.at
        test = self._binary(1)
        if self.peek() != "?":
            return test
        self.at += 1
        then = self.value()
        if self.peek() != ":":
            return Opaque(parts=(test, then), at=self.place(start, self.at))
        self.at += 1
        other = self.value()
        return Conditional(test=test, then=then, other=other, at=self.place(start, self.at))

    def _binary(self, least: int) -> Expression:
        start, left, made = self.at, self._prefixed(), 0
        while (binds := _BINDS.get(operator := self.peek(), 0)) >= least:
            self.at += 1
            if operator in ("is", "as"):
                left = self._typed(start, left, operator)
                continue
            right = self._binary(binds + 1)
            made += 1
            left = self._joined(left, operator, right, start, made)
        return left

    def _joined(self, left: Expression, operator: str, right: Expression, start: int, made: int) -> Expression:
        """One more operand. Equal operators make one operation, so that a long sum is no deep one."""
        at = self.place(start, self.at)
        goes_on = made > 1 and isinstance(left, Operation | Opaque) and left.at.start == at.start
        if goes_on and isinstance(left, Operation) and left.operator == operator and len(left.operands) <= LONGEST:
            return Operation(operator=operator, operands=(*left.operands, right), at=at)
        if goes_on and made > LONGEST:
            return Opaque(parts=(), at=at)
        return Operation(operator=operator, operands=(left, right), at=at)

    def _typed(self, start: int, left: Expression, operator: str) -> Expression:
        self.at += self.peek() == "!"
        end = self.type_end(self.at)
        if end is not None and self.sign(end - 1) == "?" and self.sign(end) not in _ENDS_TYPE:
            end -= 1  # the question mark of a conditional
        self.at = min(end or self.at, self.end)
        return left if operator == "as" else Opaque(parts=(left,), at=self.place(start, self.at))

    def _prefixed(self) -> Expression:
        start, negated, changed = self.at, False, False
        while (sign := self.peek()) in _PREFIXES or sign in ("!", "await"):
            negated, changed = negated ^ (sign == "!"), changed or sign in _PREFIXES
            self.at += 1
        found = self.links(start, self.primary())
        if changed:
            return Opaque(parts=(found,), at=self.place(start, self.at))
        return Operation(operator="!", operands=(found,), at=self.place(start, self.at)) if negated else found
