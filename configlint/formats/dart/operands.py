"""Operands of Dart's expressions: names, strings, collections, closures.

Nothing fails here: what is not understood becomes `Opaque`.
"""

from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.groups import DEEPEST, Groups
from configlint.formats.dart.lexer import CHARS, NUMBER, STRING
from configlint.formats.dart.strings import decoded, literal, number
from configlint.formats.dart.syntax import (
    Choice,
    Closure,
    Conditional,
    Entry,
    Expression,
    Items,
    Name,
    Number,
    Opaque,
    Span,
    Word,
    Written,
)
from configlint.model.text import Text

_MOST_ITEMS = 2_000
"""Items of one collection that are looked at; more is data."""
_STOPS = frozenset({",", ";", ":", ")", "]", "}", "=>", ""})


class Operands:
    """Reads single operands."""

    def __init__(self, cursor: Cursor, groups: Groups) -> None:
        self.cursor = cursor
        self.groups = groups

    def read(self) -> Expression:
        """The operand at the position, which moves behind it."""
        cursor = self.cursor
        start = cursor.at
        if start >= cursor.end:
            return Opaque(parts=(), at=cursor.place(start, start))
        kind = cursor.kind[start]
        if kind == STRING:
            return self._written()
        if kind == NUMBER:
            cursor.at += 1
            return Number(text=number(cursor.tokens, start, cursor.path), at=cursor.place(start, cursor.at))
        if cursor.is_name(start):
            return self._named()
        return self._signed()

    def _written(self) -> Expression:
        cursor = self.cursor
        start, parts = cursor.at, list[Text | Expression]()
        while cursor.at < cursor.end and cursor.kind[cursor.at] == STRING:
            opening = cursor.at
            written = literal(cursor.tokens, opening, cursor.path)
            inside = cursor.inside(opening)
            index = inside.start
            while index < inside.end:
                if cursor.kind[index] == CHARS:
                    begin = cursor.tokens.start[index]
                    parts.append(decoded(written, cursor.tokens.content, begin, cursor.tokens.end(index)))
                elif cursor.is_name(index):
                    parts.append(Name(name=cursor.text[index], at=cursor.place(index, index + 1)))
                else:
                    parts.append(self.groups.expression(cursor.inside(index)))
                index = cursor.after(index)
            if inside.start == inside.end:
                parts.append(Text.literal("", written))
            cursor.at = cursor.after(opening)
        return Written(parts=tuple(parts), at=cursor.place(start, cursor.at))

    def _named(self) -> Expression:
        cursor = self.cursor
        start = cursor.at
        word = cursor.text[start]
        cursor.at += 1
        if word in ("const", "new"):
            return self.read()
        if word in ("true", "false", "null"):
            return Word(word=word, at=cursor.place(start, cursor.at))
        if word == "throw":
            self.groups.value()
            return Opaque(parts=(), at=cursor.place(start, cursor.at))
        if word == "switch" and cursor.peek() == "(":
            return self._choice(start)
        return Name(name=word, at=cursor.place(start, cursor.at))

    def _signed(self) -> Expression:
        """A closure, a collection, something in brackets, or what nobody understands."""
        cursor = self.cursor
        start, sign = cursor.at, cursor.peek()
        if sign == "<" and (end := cursor.type_arguments(start)) is not None:
            cursor.at = end
            return self._signed() if cursor.peek() in ("(", "[", "{") else Opaque(parts=(), at=cursor.place(start, end))
        if sign == "(":
            return self._closure(start) if self._is_closure() else self._bracketed(start)
        if sign in ("[", "{"):
            return self._collection(start)
        if sign not in _STOPS:
            cursor.at += 1
        if sign == "." and cursor.is_name(cursor.at):
            return self._named()
        return Opaque(parts=(), at=cursor.place(start, cursor.at))

    def _bracketed(self, start: int) -> Expression:
        items = [value for value, _ in self.groups.items()]
        return items[0] if len(items) == 1 else Items(items=tuple(items), at=self.cursor.place(start, self.cursor.at))

    def _is_closure(self) -> bool:
        cursor = self.cursor
        behind = cursor.after(cursor.at)
        return behind < cursor.end and cursor.sign(behind) in ("=>", "{", "async", "sync")

    def _closure(self, start: int) -> Expression:
        cursor = self.cursor
        parameters = cursor.within(start)
        cursor.at = cursor.after(start)
        while cursor.peek() in ("async", "sync", "*"):
            cursor.at += 1
        if cursor.peek() == "=>":
            cursor.at += 1
            value = self.groups.value()
            return Closure(parameters=parameters, value=value, block=None, at=cursor.place(start, cursor.at))
        block = cursor.within(cursor.at) if cursor.peek() == "{" else None
        cursor.at = min(cursor.after(cursor.at), cursor.end) if block else cursor.at
        return Closure(parameters=parameters, value=None, block=block, at=cursor.place(start, cursor.at))

    def _collection(self, start: int) -> Expression:
        cursor = self.cursor
        opening, outer = cursor.at, cursor.end
        span = cursor.within(opening)
        cursor.at, cursor.end = span.start, span.end
        items: list[Expression] = []
        while cursor.at < cursor.end and len(items) < _MOST_ITEMS:
            items.append(self._element())
            cursor.at = cursor.find(cursor.at, cursor.end, ",") + 1
        cursor.at, cursor.end = min(cursor.after(opening), outer), outer
        return Items(items=tuple(items), at=cursor.place(start, cursor.at))

    def _element(self) -> Expression:
        cursor = self.cursor
        start = cursor.at
        while cursor.peek() in ("for", "await") or cursor.peek() in ("...", "...?", "?"):
            cursor.at = cursor.after(cursor.at + 1) if cursor.peek() == "for" else cursor.at + 1
        if cursor.peek() == "if" and cursor.peek(1) == "(" and cursor.depth < DEEPEST:
            return self._conditional_element(start)
        key = self.groups.value()
        if cursor.peek() != ":":
            return key
        cursor.at += 1
        value = self.groups.value()
        return Entry(key=key, value=value, at=cursor.place(start, cursor.at))

    def _conditional_element(self, start: int) -> Expression:
        cursor = self.cursor
        cursor.at += 1
        cursor.depth += 1
        test, then = self.groups.bracketed(), self._element()
        other: Expression = Opaque(parts=(), at=cursor.place(cursor.at, cursor.at))
        if cursor.peek() == "else":
            cursor.at += 1
            other = self._element()
        cursor.depth -= 1
        return Conditional(test=test, then=then, other=other, at=cursor.place(start, cursor.at))

    def _choice(self, start: int) -> Expression:
        cursor = self.cursor
        subject = self.groups.bracketed()
        if cursor.peek() != "{":
            return Opaque(parts=(subject,), at=cursor.place(start, cursor.at))
        arms = []
        for arm in cursor.pieces(cursor.within(cursor.at)):
            arrow = cursor.find(arm.start, arm.end, "=>")
            if arrow < arm.end:
                test, value = Span(arm.start, arrow), Span(arrow + 1, arm.end)
                arms.append((self.groups.expression(test), self.groups.expression(value)))
        cursor.at = min(cursor.after(cursor.at), cursor.end)
        return Choice(subject=subject, arms=tuple(arms), at=cursor.place(start, cursor.at))
