"""What a Dart file declares at its top: imports, classes, and the names outside of classes."""

from configlint.formats.dart.lexer import CHARS, STRING
from configlint.formats.dart.members import Members
from configlint.formats.dart.strings import decoded, literal
from configlint.formats.dart.structure import (
    Class,
    Constant,
    Declaration,
    Directive,
    Function,
    Unit,
    Variable,
)
from configlint.formats.dart.syntax import Span
from configlint.model.text import Text, joined

_CLASS_MODIFIERS = frozenset({"abstract", "base", "final", "interface", "sealed", "mixin", "macro"})
_CLASSES = frozenset({"class", "mixin", "enum", "extension"})
_DIRECTIVES = frozenset({"import", "export", "part"})
_SKIPPED = frozenset({"library", "typedef"})
_PARENTS = frozenset({"extends", "with", "on", "="})


class Declarations(Members):
    """The recogniser of a whole file."""

    def unit(self) -> Unit:
        directives: list[Directive] = []
        declarations: list[Declaration] = []
        at, end = 0, len(self.text)
        while at < end:
            at = self.annotations(at)
            if self.sign(at) in _SKIPPED or (self.sign(at) == "part" and self.sign(at + 1) == "of"):
                at = self.find(at, end, ";") + 1
            elif self.sign(at) in _DIRECTIVES and self.kind_of(at + 1) == STRING:
                directives.append(self._directive(at))
                at = self.find(at, end, ";") + 1
            elif (keyword := self._class_keyword(at)) is not None:
                found, at = self._class(keyword)
                declarations.append(found)
            else:
                members, at = self.member(at, end, "")
                declarations += members
        return Unit(directives=tuple(directives), declarations=tuple(declarations))

    def _directive(self, at: int) -> Directive:
        inside = self.inside(at + 1)
        written = literal(self.tokens, at + 1, self.path)
        pieces = [
            decoded(written, self.tokens.content, self.tokens.start[index], self.tokens.end(index))
            for index in range(inside.start, inside.end)
            if self.kind[index] == CHARS
        ]
        behind = inside.end + 1
        prefix = self.sign(behind + 1) if self.sign(behind) == "as" else ""
        return Directive(kind=self.text[at], uri=joined(pieces) if pieces else Text.literal("", written), prefix=prefix)

    def _class_keyword(self, at: int) -> int | None:
        """The index of `class`, `mixin`, `enum` or `extension`, if a class begins at `at`."""
        while self.sign(at) in _CLASS_MODIFIERS and self.sign(at + 1) in _CLASS_MODIFIERS | {"class"}:
            at += 1
        if self.sign(at) not in _CLASSES or not self.is_name(at + 1):
            return None
        return at

    def _class(self, keyword: int) -> tuple[Class, int]:
        kind = self.text[keyword]
        named = keyword + 1 + (kind == "extension" and self.sign(keyword + 1) == "type")
        name = "" if self.sign(named) == "on" and self.sign(named + 1) != "on" else self.text[named]
        opening = self.find(named, len(self.text), "{", ";")
        parents = self._parents(named, opening)
        members: list[Variable | Function] = []
        constants: list[Constant] = []
        if self.sign(opening) == "{":
            at, end = self.inside(opening)
            if kind == "enum":
                constants, at = self._constants(at, end)
            while at < end:
                found, at = self.member(self.annotations(at), end, name)
                members += found
        found_class = Class(
            name=name,
            kind=kind,
            parents=parents,
            members=tuple(members),
            constants=tuple(constants),
            at=self.place(named, named + 1),
        )
        return found_class, self.after(opening) if opening < len(self.text) else opening

    def _parents(self, at: int, end: int) -> tuple[str, ...]:
        found, wanted = [], False
        while at < end:
            if self.sign(at) in _PARENTS:
                wanted = True
            elif self.sign(at) == "implements":
                wanted = False
            elif wanted and self.is_name(at) and self.sign(at + 1) != ".":
                found.append(self.text[at])
            at = self.type_arguments(at) or self.after(at)
        return tuple(found)

    def _constants(self, at: int, end: int) -> tuple[list[Constant], int]:
        """The values of an enum, and the index behind them."""
        last = self.find(at, end, ";")
        found = []
        for piece in self.pieces(Span(at, last)):
            start = self.annotations(piece.start)
            if self.is_name(start):
                opening = self.find(start, piece.end, "(")
                arguments = self.inside(opening) if opening < piece.end else None
                found.append(Constant(name=self.text[start], arguments=arguments, at=self.place(start, start + 1)))
        return found, last + 1
