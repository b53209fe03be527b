"""Chains of Dart's expressions: an operand with its members, calls and indexes."""

from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.groups import Groups
from configlint.formats.dart.syntax import Call, Expression, Index, Member, Name, Opaque

LONGEST = 200
"""Links of one chain (`a.b().c`), and operands of one operator, that are told apart."""


class Chains:
    """Reads what follows an operand."""

    def __init__(self, cursor: Cursor, groups: Groups) -> None:
        self.cursor = cursor
        self.groups = groups

    def read(self, start: int, target: Expression) -> Expression:
        """The operand `target`, which began at `start`, with its members, calls, indexes and `!`."""
        cursor = self.cursor
        for _ in range(LONGEST):
            sign = cursor.peek()
            if sign in (".", "?.") and cursor.is_name(cursor.at + 1):
                cursor.at += 2
                target = Member(target=target, name=cursor.text[cursor.at - 1], at=cursor.place(start, cursor.at))
            elif sign == "(":
                target = self._call(start, target)
            elif sign == "[" or (sign == "?" and self._null_aware_index()):
                cursor.at += sign == "?"
                key = self.groups.bracketed()
                target = Index(target=target, key=key, at=cursor.place(start, cursor.at))
            elif sign == "<" and isinstance(target, Name | Member) and self._calls_with_types():
                continue
            elif sign in ("!", "++", "--"):
                cursor.at += 1
            else:
                return target
        return Opaque(parts=(), at=target.at)

    def _null_aware_index(self) -> bool:
        """`a?[b]` is written without blanks, unlike `a ? [b] : c`."""
        cursor = self.cursor
        start = cursor.tokens.start
        return (
            cursor.peek(1) == "["
            and start[cursor.at + 1] == start[cursor.at] + 1 == cursor.tokens.end(cursor.at - 1) + 1
        )

    def _calls_with_types(self) -> bool:
        """Step over type arguments where a call or a constructor's name follows."""
        cursor = self.cursor
        end = cursor.type_arguments(cursor.at)
        if end is None or cursor.sign(end) not in ("(", "."):
            return False
        cursor.at = end
        return True

    def _call(self, start: int, target: Expression) -> Expression:
        arguments: list[Expression] = []
        named: dict[str, Expression] = {}
        for value, name in self.groups.items():
            if name:
                named[name] = value
            else:
                arguments.append(value)
        return Call(target=target, arguments=tuple(arguments), named=named, at=self.cursor.place(start, self.cursor.at))
