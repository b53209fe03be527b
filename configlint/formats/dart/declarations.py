"""What a Dart file declares at its top: imports, classes, and the names outside of classes."""

from configlint.formats.dart.cursor import Cursor
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


class Declarations:
    """Reads what a whole file declares."""

    def __init__(self, cursor: Cursor, members: Members) -> None:
        self.cursor = cursor
        self.members = members

    def unit(self) -> Unit:
        cursor = self.cursor
        directives: list[Directive] = []
        declarations: list[Declaration] = []
        at, end = 0, len(cursor.text)
        while at < end:
            at = self.members.annotations(at)
            if cursor.sign(at) in _SKIPPED or (cursor.sign(at) == "part" and cursor.sign(at + 1) == "of"):
                at = cursor.find(at, end, ";") + 1
            elif cursor.sign(at) in _DIRECTIVES and cursor.kind_of(at + 1) == STRING:
                directives.append(self._directive(at))
                at = cursor.find(at, end, ";") + 1
            elif (keyword := self._class_keyword(at)) is not None:
                found, at = self._class(keyword)
                declarations.append(found)
            else:
                members, at = self.members.member(at, end, "")
                declarations += members
        return Unit(directives=tuple(directives), declarations=tuple(declarations))

    def _directive(self, at: int) -> Directive:
        cursor = self.cursor
        inside = cursor.inside(at + 1)
        written = literal(cursor.tokens, at + 1, cursor.path)
        pieces = [
            decoded(written, cursor.tokens.content, cursor.tokens.start[index], cursor.tokens.end(index))
            for index in range(inside.start, inside.end)
            if cursor.kind[index] == CHARS
        ]
        behind = inside.end + 1
        prefix = cursor.sign(behind + 1) if cursor.sign(behind) == "as" else ""
        return Directive(
            kind=cursor.text[at], uri=joined(pieces) if pieces else Text.literal("", written), prefix=prefix
        )

    def _class_keyword(self, at: int) -> int | None:
        """The index of `class`, `mixin`, `enum` or `extension`, if a class begins at `at`."""
        cursor = self.cursor
        while cursor.sign(at) in _CLASS_MODIFIERS and cursor.sign(at + 1) in _CLASS_MODIFIERS | {"class"}:
            at += 1
        if cursor.sign(at) not in _CLASSES or not cursor.is_name(at + 1):
            return None
        return at

    def _class(self, keyword: int) -> tuple[Class, int]:
        cursor = self.cursor
        kind = cursor.text[keyword]
        named = keyword + 1 + (kind == "extension" and cursor.sign(keyword + 1) == "type")
        name = "" if cursor.sign(named) == "on" and cursor.sign(named + 1) != "on" else cursor.text[named]
        opening = cursor.find(named, len(cursor.text), "{", ";")
        parents = self._parents(named, opening)
        members: list[Variable | Function] = []
        constants: list[Constant] = []
        if cursor.sign(opening) == "{":
            at, end = cursor.inside(opening)
            if kind == "enum":
                constants, at = self._constants(at, end)
            while at < end:
                found, at = self.members.member(self.members.annotations(at), end, name)
                members += found
        found_class = Class(
            name=name,
            kind=kind,
            parents=parents,
            members=tuple(members),
            constants=tuple(constants),
            at=cursor.place(named, named + 1),
        )
        return found_class, cursor.after(opening) if opening < len(cursor.text) else opening

    def _parents(self, at: int, end: int) -> tuple[str, ...]:
        cursor = self.cursor
        found, wanted = [], False
        while at < end:
            if cursor.sign(at) in _PARENTS:
                wanted = True
            elif cursor.sign(at) == "implements":
                wanted = False
            elif wanted and cursor.is_name(at) and cursor.sign(at + 1) != ".":
                found.append(cursor.text[at])
            at = cursor.type_arguments(at) or cursor.after(at)
        return tuple(found)

    def _constants(self, at: int, end: int) -> tuple[list[Constant], int]:
        """The values of an enum, and the index behind them."""
        cursor = self.cursor
        last = cursor.find(at, end, ";")
        found = []
        for piece in cursor.pieces(Span(at, last)):
            start = self.members.annotations(piece.start)
            if cursor.is_name(start):
                opening = cursor.find(start, piece.end, "(")
                arguments = cursor.inside(opening) if opening < piece.end else None
                found.append(Constant(name=cursor.text[start], arguments=arguments, at=cursor.place(start, start + 1)))
        return found, last + 1
