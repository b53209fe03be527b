"""Members of Dart's classes and top-level names: variables, functions, getters. Bodies stay spans of tokens."""

from collections.abc import Iterator

from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.structure import (
    Function,
    Parameter,
    Variable,
)
from configlint.formats.dart.syntax import Span

_MODIFIERS = frozenset({"external", "static", "late", "abstract", "covariant", "const", "final", "var", "factory"})
_ASYNC = frozenset({"async", "sync", "*"})
_HEAD_ENDS = frozenset({"=", ";", ",", "=>", "{", "("})


class Members:
    """Reads declarations. What it does not understand it steps over, up to the next semicolon or body."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor

    def parameters(self, span: Span, named: bool = False) -> tuple[Parameter, ...]:
        """The parameters between two brackets, those in `{…}` and `[…]` included."""
        return tuple(self._parameters(span, named))

    def annotations(self, at: int) -> int:
        cursor = self.cursor
        while cursor.sign(at) == "@":
            at = cursor.type_end(at + 1) or at + 1
            if cursor.sign(at) == "(" and cursor.tokens.start[at] == cursor.tokens.end(at - 1):
                at = cursor.after(at)
        return at

    def member(self, start: int, end: int, owner: str) -> tuple[list[Variable | Function], int]:
        """The next variable or function, and the index behind it, which is beyond `start`."""
        at = self._head_end(start, end)
        sign = self.cursor.sign(at)
        if at >= end:
            return [], end
        if sign == "(":
            found, behind = self.function(start, at, end, owner)
            return [found], behind
        if sign in ("=>", "{"):
            return self._getter(start, at, end)
        variables, behind = self.variables(start, at, end)
        return [*variables], behind

    def _head_end(self, at: int, end: int) -> int:
        """The first sign that tells what is declared: `=`, `;`, `,`, `=>`, `{`, or the `(` of parameters."""
        cursor = self.cursor
        while at < end:
            sign = cursor.sign(at)
            if sign == "operator" and cursor.sign(at + 1) != "=":
                return cursor.find(at, end, "(")
            if sign in _HEAD_ENDS and (sign != "(" or self._holds_parameters(at)):
                return at
            at = cursor.type_arguments(at) or cursor.after(at)
        return end

    def _holds_parameters(self, opening: int) -> bool:
        """Whether a bracket in a head holds the parameters of what is declared, not a record or a function type."""
        cursor = self.cursor
        if cursor.sign(opening - 1) == ">":
            return cursor.sign(cursor.after(opening)) in ("{", "=>", ";", *_ASYNC)
        return cursor.is_name(opening - 1) and cursor.sign(opening - 1) not in ("Function", *_MODIFIERS)

    def function(self, start: int, opening: int, end: int, owner: str) -> tuple[Function, int]:
        cursor = self.cursor
        named = opening - 1
        if cursor.sign(named) == ">":
            named = self._before_types(start, named)
        name = cursor.text[named] if named >= start else ""
        is_constructor = bool(owner) and owner in (
            name,
            cursor.sign(named - 2) if cursor.sign(named - 1) == "." else "",
        )
        at = cursor.after(opening)
        initialisers: list[Variable] = []
        if cursor.sign(at) == ":":
            initialisers, at = self._initialisers(at + 1, end)
        arrow, block, at = self._body(at, end)
        found = Function(
            name=name,
            kind="constructor" if is_constructor else "setter" if cursor.sign(named - 1) == "set" else "function",
            type="" if is_constructor else self.type_name(start, named),
            parameters=self.parameters(cursor.inside(opening)),
            arrow=arrow,
            block=block,
            initialisers=tuple(initialisers),
            at=cursor.place(named, named + 1),
        )
        return found, at

    def _before_types(self, start: int, closing: int) -> int:
        """The name before type parameters that end at `closing`."""
        for index in range(start, closing):
            if self.cursor.type_arguments(index) == closing + 1:
                return index - 1
        return closing

    def _getter(self, start: int, at: int, end: int) -> tuple[list[Variable | Function], int]:
        cursor = self.cursor
        named = at - 1
        while named > start and cursor.sign(named) in _ASYNC:
            named -= 1
        arrow, block, behind = self._body(at, end)
        if cursor.sign(named - 1) != "get" or not cursor.is_name(named):
            return [], behind
        found = Function(
            name=cursor.text[named],
            kind="getter",
            type=self.type_name(start, named - 1),
            parameters=(),
            arrow=arrow,
            block=block,
            initialisers=(),
            at=cursor.place(named, named + 1),
        )
        return [found], behind

    def _body(self, at: int, end: int) -> tuple[Span | None, Span | None, int]:
        """The expression or block of a function, and the index behind it."""
        cursor = self.cursor
        while cursor.sign(at) in _ASYNC:
            at += 1
        if cursor.sign(at) == "{":
            return None, cursor.inside(at), min(cursor.after(at), end)
        stop = cursor.find(at, end, ";")
        return (Span(at + 1, stop) if cursor.sign(at) == "=>" else None), None, stop + 1

    def _initialisers(self, at: int, end: int) -> tuple[list[Variable], int]:
        """Fields that a constructor sets, and the index of its body or semicolon."""
        cursor = self.cursor
        found = []
        while at < end and cursor.sign(at) not in ("{", ";"):
            at += 2 if cursor.sign(at) == "this" and cursor.sign(at + 1) == "." else 0
            stop = self._initialiser_end(at, end)
            if cursor.is_name(at) and cursor.sign(at + 1) == "=":
                found.append(
                    Variable(name=cursor.text[at], type="", value=Span(at + 2, stop), at=cursor.place(at, at + 1))
                )
            at = stop + (cursor.sign(stop) == ",")
        return found, at

    def _initialiser_end(self, at: int, end: int) -> int:
        """The comma, semicolon or brace behind an initialiser; a brace behind an operator opens a literal instead."""
        cursor = self.cursor
        while at < end:
            sign = cursor.sign(at)
            if sign in (",", ";"):
                return at
            if sign == "{" and cursor.sign(at - 1) not in ("=", ">", "const", "?", ":", "??", "=>", "(", "async"):
                return at
            at = cursor.type_arguments(at) or cursor.after(at)
        return end

    def variables(self, start: int, at: int, end: int) -> tuple[list[Variable], int]:
        """`Type a = 1, b;`: each name with its value."""
        cursor = self.cursor
        found: list[Variable] = []
        kind = self.type_name(start, at - 1)
        named = at - 1
        while named < end and cursor.is_name(named) and named >= start:
            value, at = None, named + 1
            if cursor.sign(at) == "=":
                stop = self._value_end(at + 1, end)
                value, at = Span(at + 1, stop), stop
            found.append(Variable(name=cursor.text[named], type=kind, value=value, at=cursor.place(named, named + 1)))
            if cursor.sign(at) != ",":
                break
            named = at + 1
        return found, cursor.find(max(at, start), end, ";") + 1

    def _value_end(self, at: int, end: int) -> int:
        """The semicolon behind a value, or the comma before the next name that is declared."""
        cursor = self.cursor
        while at < end:
            sign = cursor.sign(at)
            declares = sign == "," and cursor.is_name(at + 1) and cursor.sign(at + 2) in ("=", ",", ";")
            if sign == ";" or declares:
                return at
            at = cursor.type_arguments(at) or cursor.after(at)
        return end

    def type_name(self, start: int, end: int) -> str:
        """The first name of a type before a declared name, without its prefix; empty where there is none."""
        cursor = self.cursor
        while start < end and cursor.sign(start) in _MODIFIERS:
            start += 1
        while start + 2 < end and cursor.sign(start + 1) == ".":
            start += 2
        return cursor.text[start] if start < end and cursor.is_name(start) else ""

    def _parameters(self, span: Span, named: bool) -> Iterator[Parameter]:
        cursor = self.cursor
        for piece in cursor.pieces(span):
            start = self.annotations(piece.start)
            if cursor.sign(start) in ("{", "["):
                yield from self._parameters(cursor.inside(start), cursor.sign(start) == "{")
                continue
            stop = cursor.find(start, piece.end, "=", ":")
            at = stop - 1
            if cursor.sign(at) == ")":  # a parameter that is a function
                at = cursor.partner[at] - 1
            if at < start or not cursor.is_name(at):
                continue
            is_field = cursor.sign(at - 1) == "." and cursor.sign(at - 2) == "this"
            yield Parameter(
                name=cursor.text[at],
                type=""
                if cursor.sign(at - 1) == "."
                else self.type_name(start + (cursor.sign(start) == "required"), at),
                default=Span(stop + 1, piece.end) if stop < piece.end else None,
                named=named,
                field=is_field,
                at=cursor.place(at, at + 1),
            )
