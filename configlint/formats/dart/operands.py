"""Operands of Dart's expressions: names, strings, collections, closures.

Nothing fails here: what is not understood becomes `Opaque`.
"""

from configlint.formats.dart.lexer import CHARS, NUMBER, STRING
from configlint.formats.dart.links import DEEPEST, Links
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


class Operands(Links):
    """The recogniser of single operands."""

    def primary(self) -> Expression:
        start = self.at
        if start >= self.end:
            return Opaque(parts=(), at=self.place(start, start))
        kind = self.kind[start]
        if kind == STRING:
            return self._written()
        if kind == NUMBER:
            self.at += 1
            return Number(text=number(self.tokens, start, self.path), at=self.place(start, self.at))
        if self.is_name(start):
            return self._named()
        return self._signed()

    def _written(self) -> Expression:
        start, parts = self.at, list[Text | Expression]()
        while self.at < self.end and self.kind[self.at] == STRING:
            opening = self.at
            written = literal(self.tokens, opening, self.path)
            inside = self.inside(opening)
            index = inside.start
            while index < inside.end:
                if self.kind[index] == CHARS:
                    begin = self.tokens.start[index]
                    parts.append(decoded(written, self.tokens.content, begin, self.tokens.end(index)))
                elif self.is_name(index):
                    parts.append(Name(name=self.text[index], at=self.place(index, index + 1)))
                else:
                    parts.append(self._interpolated(index))
                index = self.after(index)
            if inside.start == inside.end:
                parts.append(Text.literal("", written))
            self.at = self.after(opening)
        return Written(parts=tuple(parts), at=self.place(start, self.at))

    def _interpolated(self, opening: int) -> Expression:
        return self.expression(self.inside(opening))

    def _named(self) -> Expression:
        start = self.at
        word = self.text[start]
        self.at += 1
        if word in ("const", "new"):
            return self.primary()
        if word in ("true", "false", "null"):
            return Word(word=word, at=self.place(start, self.at))
        if word == "throw":
            self.value()
            return Opaque(parts=(), at=self.place(start, self.at))
        if word == "switch" and self.peek() == "(":
            return self._choice(start)
        return Name(name=word, at=self.place(start, self.at))

    def _signed(self) -> Expression:
        """A closure, a collection, something in brackets, or what nobody understands."""
        start, sign = self.at, self.peek()
        if sign == "<" and (end := self.type_arguments(start)) is not None:
            self.at = end
            return self._signed() if self.peek() in ("(", "[", "{") else Opaque(parts=(), at=self.place(start, end))
        if sign == "(":
            return self._closure(start) if self._is_closure() else self._bracketed(start)
        if sign in ("[", "{"):
            return self._collection(start)
        if sign not in _STOPS:
            self.at += 1
        if sign == "." and self.is_name(self.at):
            return self._named()
        return Opaque(parts=(), at=self.place(start, self.at))

    def _bracketed(self, start: int) -> Expression:
        items = [value for value, _ in self._arguments()]
        return items[0] if len(items) == 1 else Items(items=tuple(items), at=self.place(start, self.at))

    def _is_closure(self) -> bool:
        behind = self.after(self.at)
        return behind < self.end and self.sign(behind) in ("=>", "{", "async", "sync")

    def _closure(self, start: int) -> Expression:
        parameters = self._within(start)
        self.at = self.after(start)
        while self.peek() in ("async", "sync", "*"):
            self.at += 1
        if self.peek() == "=>":
            self.at += 1
            value = self.value()
            return Closure(parameters=parameters, value=value, block=None, at=self.place(start, self.at))
        block = self._within(self.at) if self.peek() == "{" else None
        self.at = min(self.after(self.at), self.end) if block else self.at
        return Closure(parameters=parameters, value=None, block=block, at=self.place(start, self.at))

    def _collection(self, start: int) -> Expression:
        opening, outer = self.at, self.end
        span = self._within(opening)
        self.at, self.end = span.start, span.end
        items: list[Expression] = []
        while self.at < self.end and len(items) < _MOST_ITEMS:
            items.append(self._element())
            self.at = self.find(self.at, self.end, ",") + 1
        self.at, self.end = min(self.after(opening), outer), outer
        return Items(items=tuple(items), at=self.place(start, self.at))

    def _element(self) -> Expression:
        start = self.at
        while self.peek() in ("for", "await") or self.peek() in ("...", "...?", "?"):
            self.at = self.after(self.at + 1) if self.peek() == "for" else self.at + 1
        if self.peek() == "if" and self.peek(1) == "(" and self.depth < DEEPEST:
            return self._conditional_element(start)
        key = self.value()
        if self.peek() != ":":
            return key
        self.at += 1
        value = self.value()
        return Entry(key=key, value=value, at=self.place(start, self.at))

    def _conditional_element(self, start: int) -> Expression:
        self.at += 1
        self.depth += 1
        test, then = self._group(), self._element()
        other: Expression = Opaque(parts=(), at=self.place(self.at, self.at))
        if self.peek() == "else":
            self.at += 1
            other = self._element()
        self.depth -= 1
        return Conditional(test=test, then=then, other=other, at=self.place(start, self.at))

    def _choice(self, start: int) -> Expression:
        subject = self._group()
        if self.peek() != "{":
            return Opaque(parts=(subject,), at=self.place(start, self.at))
        arms = []
        for arm in self.pieces(self._within(self.at)):
            arrow = self.find(arm.start, arm.end, "=>")
            if arrow < arm.end:
                arms.append((self.expression(Span(arm.start, arrow)), self.expression(Span(arrow + 1, arm.end))))
        self.at = min(self.after(self.at), self.end)
        return Choice(subject=subject, arms=tuple(arms), at=self.place(start, self.at))
