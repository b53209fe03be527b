"""Chains of Dart's expressions: what follows an operand, and the groups in which arguments stand."""

from collections.abc import Iterator

from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.syntax import (
    Call,
    Expression,
    Index,
    Member,
    Name,
    Opaque,
    Span,
)

DEEPEST = 40
"""Groups within groups that are looked into; a screen of nested widgets has about twenty-five."""
LONGEST = 200
"""Links of one chain (`a.b().c`), and operands of one operator, that are told apart."""


class Links(Cursor):
    """A recogniser with its position: `at` is the next token, `end` where the group ends in which it stands."""

    at = 0
    end = 0
    depth = 0

    def value(self) -> Expression:
        """An expression with its operators, up to the next sign that cannot be part of it."""
        raise NotImplementedError

    def expression(self, span: Span) -> Expression:
        """All of a span as one expression."""
        outer = self.at, self.end
        self.at, self.end = span.start, span.end
        found = self.whole()
        self.at, self.end = outer
        return found

    def peek(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.sign(index) if index < self.end else ""

    def whole(self) -> Expression:
        """An expression up to the next comma or semicolon, whatever stands before that."""
        start, parts = self.at, [self.value()]
        while self.peek() not in (",", ";") and self.at < self.end:
            before = self.at
            parts.append(self.value())
            self.at = max(self.at, before + 1)
        return parts[0] if len(parts) == 1 else Opaque(parts=tuple(parts), at=self.place(start, self.at))

    def links(self, start: int, target: Expression) -> Expression:
        """What follows an operand: members, calls, indexes, `!`."""
        for _ in range(LONGEST):
            sign = self.peek()
            if sign in (".", "?.") and self.is_name(self.at + 1):
                self.at += 2
                target = Member(target=target, name=self.text[self.at - 1], at=self.place(start, self.at))
            elif sign == "(":
                target = self._call(start, target)
            elif sign == "[" or (sign == "?" and self._null_aware_index()):
                self.at += sign == "?"
                key = self._group()
                target = Index(target=target, key=key, at=self.place(start, self.at))
            elif sign == "<" and isinstance(target, Name | Member) and self._calls_with_types():
                continue
            elif sign in ("!", "++", "--"):
                self.at += 1
            else:
                return target
        return Opaque(parts=(), at=target.at)

    def _null_aware_index(self) -> bool:
        """`a?[b]` is written without blanks, unlike `a ? [b] : c`."""
        start = self.tokens.start
        return self.peek(1) == "[" and start[self.at + 1] == start[self.at] + 1 == self.tokens.end(self.at - 1) + 1

    def _calls_with_types(self) -> bool:
        """Step over type arguments where a call or a constructor's name follows."""
        end = self.type_arguments(self.at)
        if end is None or self.sign(end) not in ("(", "."):
            return False
        self.at = end
        return True

    def _group(self) -> Expression:
        """What stands in the brackets at the position, as one expression; the position moves behind them."""
        opening = self.at
        found = self.expression(self._within(opening))
        self.at = min(self.after(opening), self.end)
        return found

    def _within(self, opening: int) -> Span:
        inside = self.inside(opening)
        return Span(inside.start, min(inside.end, self.end))

    def _call(self, start: int, target: Expression) -> Expression:
        arguments: list[Expression] = []
        named: dict[str, Expression] = {}
        for value, name in self._arguments():
            if name:
                named[name] = value
            else:
                arguments.append(value)
        return Call(target=target, arguments=tuple(arguments), named=named, at=self.place(start, self.at))

    def arguments(self, span: Span) -> list[tuple[Expression, str]]:
        """The arguments between two brackets, each with its name or none."""
        outer = self.at, self.end
        self.at, self.end = span.start - 1, span.end + 1
        found = list(self._arguments())
        self.at, self.end = outer
        return found

    def _arguments(self) -> Iterator[tuple[Expression, str]]:
        opening, outer = self.at, self.end
        span = self._within(opening)
        self.at, self.end = span.start, span.end
        while self.at < self.end:
            name = ""
            if self.is_name(self.at) and self.peek(1) == ":":
                name = self.text[self.at]
                self.at += 2
            yield self.whole(), name
            self.at += 1
        self.at, self.end = min(self.after(opening), outer), outer
