"""Statements of Dart: those that decide when something is reached, and those that name or return a value."""

from collections.abc import Iterator

from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.groups import Groups
from configlint.formats.dart.lexer import STRING
from configlint.formats.dart.members import Members
from configlint.formats.dart.structure import Assert, Block, Do, If, Leave, Let, Return, Statement, Switch
from configlint.formats.dart.syntax import Expression, Span

_DECLARES = frozenset({"final", "var", "const", "late"})
_LEAVES = frozenset({"throw", "rethrow", "break", "continue"})
_NO_TYPES = frozenset({"await", "return", "throw", "yield", "new", "const", "case", "else", "in", "is", "as", "assert"})
_NESTED = 100
"""Branches without braces, one within the other, that are told apart."""


class Statements:
    """Reads the statements of a body. Those within statements stay spans, for the next question."""

    def __init__(self, cursor: Cursor, groups: Groups, members: Members) -> None:
        self.cursor = cursor
        self.groups = groups
        self.members = members

    def read(self, span: Span) -> Iterator[Statement]:
        at = span.start
        while at < span.end:
            found, behind = self._statement(at, span.end)
            at = max(behind, at + 1)
            yield from found

    def _statement(self, at: int, end: int) -> tuple[list[Statement], int]:
        cursor = self.cursor
        word = cursor.sign(at) if cursor.kind_of(at) != STRING else ""
        if word in _BRANCHES and cursor.sign(at + 1) == "(":
            return _BRANCHES[word](self, at, end)
        match word:
            case "{":
                return [Block(body=cursor.inside(at), runs="once")], cursor.after(at)
            case "do":
                return [Block(body=Span(at + 1, self._end(at + 1, end)))], self._end(at, end)
            case "try":
                return self._try(at, end)
            case "return" | "assert" | "yield":
                return self._with_value(word, at, end)
            case _ if word in _LEAVES:
                return [Leave()], cursor.find(at, end, ";") + 1
            case _:
                return self._declared(at, end) or self._expression_statement(at, end)

    def _with_value(self, word: str, at: int, end: int) -> tuple[list[Statement], int]:
        stop = self.cursor.find(at, end, ";")
        start = at + 1 + (self.cursor.sign(at + 1) == "*")
        if word == "return":
            return [Return(value=self.groups.expression(Span(start, stop)) if start < stop else None)], stop + 1
        value = self.groups.expression(Span(start, stop))
        return [Assert(test=value) if word == "assert" else Do(value=value)], stop + 1

    def _expression_statement(self, at: int, end: int) -> tuple[list[Statement], int]:
        stop = self.cursor.find(at, end, ";")
        return ([Do(value=self.groups.expression(Span(at, stop)))] if at < stop else []), stop + 1

    def _if(self, at: int, end: int) -> tuple[list[Statement], int]:
        cursor = self.cursor
        arms = []
        while cursor.sign(at) == "if" and cursor.sign(at + 1) == "(":
            then = cursor.after(at + 1)
            stop = self._end(then, end)
            arms.append((self.groups.expression(cursor.inside(at + 1)), Span(then, stop)))
            if cursor.sign(stop) != "else" or stop >= end:
                return [If(arms=tuple(arms), other=None)], stop
            at = stop + 1
        stop = self._end(at, end)
        return [If(arms=tuple(arms), other=Span(at, stop))], stop

    def _end(self, at: int, end: int) -> int:
        """The index behind the statement that begins at `at`."""
        cursor = self.cursor
        waiting = 0
        while at < end and waiting < _NESTED:
            word = cursor.sign(at)
            if word in ("if", "for", "while", "switch") and cursor.sign(at + 1) == "(":
                waiting += word == "if"
                at = cursor.after(at + 1)
                continue
            if word in ("do", "try", "finally", "await", "else"):
                at += 1
                continue
            at = cursor.after(at) if word == "{" else cursor.find(at, end, ";") + 1
            if cursor.sign(at) == "else" and waiting:
                waiting -= 1
                at += 1
            elif cursor.sign(at) in ("catch", "on", "finally") and word == "{":
                at = cursor.find(at, end, "{")
            else:
                return min(at, end)
        return end

    def _for(self, at: int, end: int) -> tuple[list[Statement], int]:
        cursor = self.cursor
        header = cursor.inside(at + 1)
        body = cursor.after(at + 1)
        stop = self._end(body, end)
        parts, start = [], header.start
        while start < header.end:
            cut = cursor.find(start, header.end, ";", "in")
            parts.append(Span(start, cut))
            start = cut + 1
        names = tuple(name for part in parts[:1] if (name := self._loop_name(part)))
        values: list[Statement] = [
            Do(value=self.groups.expression(part)) for part in parts[1:] if part.start < part.end
        ]
        return [*values, Block(body=Span(body, stop), names=names)], stop

    def _loop_name(self, part: Span) -> str:
        cursor = self.cursor
        last = cursor.find(part.start, part.end, "=") - 1
        return cursor.text[last] if last >= part.start and cursor.is_name(last) else ""

    def _while(self, at: int, end: int) -> tuple[list[Statement], int]:
        body = self.cursor.after(at + 1)
        stop = self._end(body, end)
        return [Do(value=self.groups.expression(self.cursor.inside(at + 1))), Block(body=Span(body, stop))], stop

    def _try(self, at: int, end: int) -> tuple[list[Statement], int]:
        cursor = self.cursor
        blocks: list[Statement] = []
        at += 1
        while cursor.sign(at) == "{":
            blocks.append(Block(body=cursor.inside(at), runs="perhaps" if blocks else "tried"))
            at = cursor.after(at)
            if cursor.sign(at) in ("on", "catch", "finally"):
                at = cursor.find(at, end, "{", ";")
        return blocks, at

    def _switch(self, at: int, end: int) -> tuple[list[Statement], int]:
        cursor = self.cursor
        opening = cursor.after(at + 1)
        if cursor.sign(opening) != "{":
            return self._expression_statement(at, end)
        subject = self.groups.expression(cursor.inside(at + 1))
        return [Switch(subject=subject, cases=tuple(self._cases(cursor.inside(opening))))], cursor.after(opening)

    def _cases(self, span: Span) -> Iterator[tuple[tuple[Expression, ...], Span]]:
        """Each group of labels with the statements behind them."""
        labels: list[Expression] = []
        at = self._case(span.start, span.end)
        while at < span.end:
            colon = self.cursor.find(at, span.end, ":")
            if self.cursor.sign(at) == "case":
                labels.append(self.groups.expression(Span(at + 1, colon)))
            following = self._case(colon + 1, span.end)
            if following > colon + 1:
                yield tuple(labels), Span(colon + 1, following)
                labels = []
            at = following

    def _case(self, at: int, end: int) -> int:
        """The next `case` or `default`."""
        cursor = self.cursor
        while at < end:
            at = cursor.find(at, end, "case", "default")
            if cursor.sign(at) == "case" or cursor.sign(at + 1) == ":":
                return at
            at += 1
        return end

    def _declared(self, at: int, end: int) -> tuple[list[Statement], int] | None:
        """Local variables or a local function, if that is what begins here."""
        cursor = self.cursor
        start = at
        while cursor.sign(at) in _DECLARES:
            at += 1
        typed = cursor.type_end(at) if cursor.sign(at) not in _NO_TYPES else None
        if typed is not None and cursor.is_name(typed) and cursor.sign(typed) not in _NO_TYPES:
            kind, named = self.members.type_name(at, typed), typed
        elif at > start and cursor.is_name(at):
            kind, named = "", at
        else:
            return self._local_function(at, at, end)
        if cursor.sign(named + 1) in ("=", ";", ","):
            return self._lets(kind, named, end)
        return self._local_function(at, named, end)

    def _lets(self, kind: str, named: int, end: int) -> tuple[list[Statement], int]:
        variables, behind = self.members.variables(named, named + 1, end)
        return [
            Let(
                name=variable.name,
                type=kind,
                value=self.groups.expression(variable.value) if variable.value else None,
                at=variable.at,
            )
            for variable in variables
        ], behind

    def _local_function(self, start: int, named: int, end: int) -> tuple[list[Statement], int] | None:
        cursor = self.cursor
        opening = cursor.type_arguments(named + 1) or named + 1
        if not cursor.is_name(named) or cursor.sign(opening) != "(":
            return None
        if cursor.sign(cursor.after(opening)) not in ("{", "=>", "async", "sync"):
            return None
        found, behind = self.members.function(start, opening, end, "")
        return [found], behind


_BRANCHES = {
    "if": Statements._if,
    "for": Statements._for,
    "while": Statements._while,
    "switch": Statements._switch,
}
