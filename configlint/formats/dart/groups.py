"""Groups of tokens as expressions: a span, what is between brackets, the arguments of a call."""

from collections.abc import Callable, Iterator

from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.syntax import Expression, Opaque, Span

DEEPEST = 40
"""Groups within groups that are looked into; a screen of nested widgets has about twenty-five."""


class Groups:
    """Reads whole groups. `value` reads one expression with its operators, up to a sign that cannot be part of it."""

    def __init__(self, cursor: Cursor, value: Callable[[], Expression]) -> None:
        self.cursor = cursor
        self.value = value

    def expression(self, span: Span) -> Expression:
        """All of a span as one expression."""
        cursor = self.cursor
        outer = cursor.at, cursor.end
        cursor.at, cursor.end = span.start, span.end
        found = self.whole()
        cursor.at, cursor.end = outer
        return found

    def whole(self) -> Expression:
        """An expression up to the next comma or semicolon, whatever stands before that."""
        cursor = self.cursor
        start, parts = cursor.at, [self.value()]
        while cursor.peek() not in (",", ";") and cursor.at < cursor.end:
            before = cursor.at
            parts.append(self.value())
            cursor.at = max(cursor.at, before + 1)
        return parts[0] if len(parts) == 1 else Opaque(parts=tuple(parts), at=cursor.place(start, cursor.at))

    def bracketed(self) -> Expression:
        """What stands in the brackets at the position, as one expression; the position moves behind them."""
        cursor = self.cursor
        opening = cursor.at
        found = self.expression(cursor.within(opening))
        cursor.at = min(cursor.after(opening), cursor.end)
        return found

    def arguments(self, span: Span) -> list[tuple[Expression, str]]:
        """The arguments between two brackets, each with its name or none."""
        cursor = self.cursor
        outer = cursor.at, cursor.end
        cursor.at, cursor.end = span.start - 1, span.end + 1
        found = list(self.items())
        cursor.at, cursor.end = outer
        return found

    def items(self) -> Iterator[tuple[Expression, str]]:
        """The same for the brackets at the position, which moves behind them when all are taken."""
        cursor = self.cursor
        opening, outer = cursor.at, cursor.end
        span = cursor.within(opening)
        cursor.at, cursor.end = span.start, span.end
        while cursor.at < cursor.end:
            name = ""
            if cursor.is_name(cursor.at) and cursor.peek(1) == ":":
                name = cursor.text[cursor.at]
                cursor.at += 2
            yield self.whole(), name
            cursor.at += 1
        cursor.at, cursor.end = min(cursor.after(opening), outer), outer
