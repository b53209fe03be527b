"""The adjacent strings of which a string literal is put together, and the replacement fields inside them."""

import re

from configlint.model.record import record
from configlint.model.regex import regex

_OPENING = regex(r"(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"{3}|'{3}|\"|')")
_BETWEEN = regex(r"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)*+")
_BODY = {
    '"': regex(r'(?:[^"\\]++|\\.)*+', re.DOTALL),
    "'": regex(r"(?:[^'\\]++|\\.)*+", re.DOTALL),
    '"""': regex(r'(?:[^"\\]++|\\.|"(?!""))*+', re.DOTALL),
    "'''": regex(r"(?:[^'\\]++|\\.|'(?!''))*+", re.DOTALL),
}
_ESCAPE = r"\\(?:\r\n|N\{[^}]*\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-7]{1,3}|.)"
_ODD = regex(rf"{_ESCAPE}|\r\n?", re.DOTALL)
_ODD_FORMATTED = regex(rf"{_ESCAPE}|\r\n?|\{{\{{|\}}\}}", re.DOTALL)
_ODD_RAW = regex(r"\r\n?")
_ODD_RAW_FORMATTED = regex(r"\r\n?|\{\{|\}\}")


@record
class Piece:
    """One of the adjacent strings of a literal. Offsets into the content; `end` is behind the closing quotes."""

    prefix: str
    quote: str
    start: int
    inner: int
    inner_end: int
    end: int
    fields: tuple[tuple[int, int], ...] = ()
    """The replacement fields of an f-string, braces included."""

    @property
    def style(self) -> str:
        words = [
            "f" if "f" in self.prefix else "",
            "raw" if "r" in self.prefix else "",
            "triple" if len(self.quote) == 3 else "",
            "double" if self.quote[0] == '"' else "single",
        ]
        return "python/" + "-".join(filter(None, words))

    @property
    def odd(self) -> re.Pattern[str]:
        """What in this piece does not stand for itself."""
        if "r" in self.prefix:
            return _ODD_RAW_FORMATTED if "f" in self.prefix else _ODD_RAW
        return _ODD_FORMATTED if "f" in self.prefix else _ODD


def pieces(content: str, start: int, end: int) -> list[Piece] | None:
    """The adjacent strings between two offsets, or None where something else stands there."""
    found: list[Piece] = []
    while start < end:
        piece = _piece(content, start)
        if piece is None or piece.end > end:
            return None
        found.append(piece)
        between = _BETWEEN.match(content, piece.end, end)
        start = between.end() if between is not None else piece.end
    return found


def _piece(content: str, start: int) -> Piece | None:
    opening = _OPENING.match(content, start)
    if opening is None:
        return None
    prefix, quote = opening.group("prefix").lower(), opening.group("quote")
    inner = opening.end()
    fields: list[tuple[int, int]] = []
    if "f" in prefix:
        inner_end = _formatted_end(content, inner, quote, fields)
    else:
        body = _BODY[quote].match(content, inner)
        inner_end = body.end() if body is not None else -1
    if inner_end < 0 or not content.startswith(quote, inner_end):
        return None
    return Piece(
        prefix=prefix,
        quote=quote,
        start=start,
        inner=inner,
        inner_end=inner_end,
        end=inner_end + len(quote),
        fields=tuple(fields),
    )


_FORMATTED = regex(r"\\N\{[^}]*\}|\\[^{}]|\{\{|\}\}|\{|\"{3}|'{3}|\"|'", re.DOTALL)
_FIELD = regex(r"[\[({})\]:]|\"{3}|'{3}|\"|'|!=|:=")
_SPECIFICATION = regex(r"[{}]")


def _formatted_end(content: str, start: int, quote: str, fields: list[tuple[int, int]]) -> int:
    """Where the body of an f-string ends, or -1; its fields are added to `fields`."""
    position = start
    while (token := _FORMATTED.search(content, position)) is not None:
        sign = token.group()
        if sign == quote or (len(quote) == 1 and sign[0] == quote):
            return token.start()
        position = token.end() if len(sign) < 3 or sign[0] == "\\" else token.start() + 1
        if sign == "{":
            position = _field_end(content, token.end())
            if position < 0:
                return -1
            fields.append((token.start(), position))
    return -1


def _field_end(content: str, start: int) -> int:
    """Behind the brace that closes a replacement field whose expression starts at `start`, or -1."""
    position, depth = start, 0
    while (token := _FIELD.search(content, position)) is not None:
        sign, position = token.group(), token.end()
        if sign in _BODY:
            body = _BODY[sign].match(content, position)
            position = body.end() + len(sign) if body is not None else position
        elif sign in "[({":
            depth += 1
        elif sign in "])}" and depth:
            depth -= 1
        elif sign == "}":
            return position
        elif sign == ":" and not depth:
            return _specification_end(content, position)
    return -1


def _specification_end(content: str, start: int) -> int:
    """The same for the format specification of a field, in which quotes are ordinary and braces nest."""
    depth = 1
    for token in _SPECIFICATION.finditer(content, start):
        depth += 1 if token.group() == "{" else -1
        if not depth:
            return token.end()
    return -1
