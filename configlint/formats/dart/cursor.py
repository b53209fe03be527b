"""Steps over the tokens of a file that need no grammar: past a group, a type, or to the end of a statement."""

from configlint.formats.dart.lexer import NAME, Tokens
from configlint.formats.dart.syntax import Span
from configlint.model.text import Place

_TYPE_SIGNS = frozenset({",", ".", "?", "<", ">", "&"})
_LONGEST_TYPE = 40
"""Tokens in which `<` is held for the beginning of type arguments; more is a comparison."""


class Cursor:
    """The tokens of one file, by index, and the position of what reads expressions from them.

    `at` is the next token, `end` where the group ends in which it is, and `depth` how many groups are around it.
    """

    def __init__(self, path: str, tokens: Tokens) -> None:
        self.path = path
        self.tokens = tokens
        self.kind = tokens.kind
        self.text = tokens.text
        self.partner = tokens.partner
        self.at = self.end = self.depth = 0
        self._types: dict[int, int | None] = {}

    def sign(self, index: int) -> str:
        """The text of a token, empty behind the last one and for the characters of a string."""
        if index >= len(self.text) or self.kind[index] == "chars":
            return ""
        return self.text[index]

    def kind_of(self, index: int) -> str:
        return self.kind[index] if index < len(self.kind) else ""

    def peek(self, ahead: int = 0) -> str:
        """The text of the next token in the group, or of one further ahead; see `sign`."""
        index = self.at + ahead
        return self.sign(index) if index < self.end else ""

    def is_name(self, index: int) -> bool:
        return index < len(self.kind) and self.kind[index] == NAME

    def place(self, start: int, end: int) -> Place:
        """The characters of the tokens from `start` to `end`, the end exclusive."""
        if end <= start:
            offset = self.tokens.start[start] if start < len(self.text) else len(self.tokens.content)
            return Place(self.path, offset, offset)
        return Place(self.path, self.tokens.start[start], self.tokens.end(min(end, len(self.text)) - 1))

    def after(self, index: int) -> int:
        """The index behind a token, or behind the group that it opens."""
        partner = self.partner[index]
        return partner + 1 if partner > index else index + 1

    def inside(self, opening: int) -> Span:
        """What stands between a bracket and its partner."""
        return Span(opening + 1, max(self.partner[opening], opening + 1))

    def within(self, opening: int) -> Span:
        """The part of `inside` that belongs to the group."""
        inside = self.inside(opening)
        return Span(inside.start, min(inside.end, self.end))

    def find(self, start: int, end: int, *signs: str) -> int:
        """The first token with one of these texts outside inner groups, or `end`."""
        index = start
        while index < end:
            if self.sign(index) in signs:
                return index
            index = self.after(index)
        return end

    def type_arguments(self, index: int) -> int | None:
        """The index behind `<…>`, if that is what begins at `index`."""
        if self.sign(index) != "<":
            return None
        if index not in self._types:
            self._types[index] = self._type_arguments(index)
        return self._types[index]

    def _type_arguments(self, index: int) -> int | None:
        depth, last = 0, index + _LONGEST_TYPE
        while index < min(last, len(self.text)):
            sign = self.sign(index)
            depth += (sign == "<") - (sign == ">")
            if depth == 0:
                return index + 1
            if not (self.kind[index] == NAME or sign in _TYPE_SIGNS or sign in ("(", "{", "[")):
                return None
            index = self.after(index)
        return None

    def type_end(self, index: int) -> int | None:
        """The index behind a type that begins at `index`: `a.B<C>?`."""
        if not self.is_name(index):
            return None
        index += 1
        while self.sign(index) == "." and self.is_name(index + 1):
            index += 2
        index = self.type_arguments(index) or index
        while self.sign(index) == "Function" or (self.sign(index) == "(" and self.sign(index - 1) == "Function"):
            index = self.after(index)
        return index + 1 if self.sign(index) == "?" else index

    def pieces(self, span: Span) -> list[Span]:
        """The span cut at its commas, those of type arguments excepted."""
        found, start, index = [], span.start, span.start
        while index < span.end:
            if self.sign(index) == ",":
                found.append(Span(start, index))
                start = index + 1
            index = self.type_arguments(index) or self.after(index)
        if start < span.end:
            found.append(Span(start, span.end))
        return found
