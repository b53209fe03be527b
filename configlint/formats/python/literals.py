"""String and number literals: each as a text that knows where its characters stand, and written anew.

`ast` tells where a literal starts and ends and what it means, but not where the characters of its value stand: a value
may be put together from adjacent pieces, escapes and f-string fields. The pieces are found here, and held against the
meaning that `ast` gives; where the two differ the text is shown but cannot be written.
"""

import ast
import re
import unicodedata
from collections.abc import Iterator

from configlint.formats.python.source import Source
from configlint.model.record import record
from configlint.model.text import Literal, Place, Run, Text

_OPENING = re.compile(r"(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"{3}|'{3}|\"|')")
_BETWEEN = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)*+")
_BODY = {
    '"': re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\]++|\\.)*+", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]++|\\.|'(?!''))*+", re.DOTALL),
}
_ESCAPE = r"\\(?:\r\n|N\{[^}]*\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-7]{1,3}|.)"
_ODD = re.compile(rf"{_ESCAPE}|\r\n?", re.DOTALL)
_ODD_FORMATTED = re.compile(rf"{_ESCAPE}|\r\n?|\{{\{{|\}}\}}", re.DOTALL)
_ODD_RAW = re.compile(r"\r\n?")
_ODD_RAW_FORMATTED = re.compile(r"\r\n?|\{\{|\}\}")
_SIMPLE_ESCAPES = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\n": "", "\r": "", "\r\n": "",
}  # fmt: skip


@record
class _Piece:
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


def string_text(source: Source, node: ast.Constant) -> Text:
    """A string constant."""
    value = str(node.value)
    place = source.place(node)
    pieces = _pieces(source.content, place.start, place.end)
    if pieces is not None:
        text = Text(run for piece in pieces for run in _runs(source, piece, piece.inner, piece.inner_end))
        if text.raw == value:
            return text
    return Text.written(value, place)


def formatted_parts(source: Source, node: ast.JoinedStr) -> Iterator[Text | ast.FormattedValue]:
    """The constant stretches and the fields of an f-string, in order."""
    place = source.place(node)
    stretches = _stretches(source, place)
    fields = [value for value in node.values if isinstance(value, ast.FormattedValue)]
    meant = _constants(node)
    if stretches is None or [text.raw for text in stretches] != meant:
        stretches = [Text.written(value, place) for value in meant]
    for index, text in enumerate(stretches):
        if len(text):
            yield text
        if index < len(fields):
            yield fields[index]


def _constants(node: ast.JoinedStr) -> list[str]:
    """The constant text before, between and behind the fields."""
    constants = [""]
    for value in node.values:
        if isinstance(value, ast.Constant):
            constants[-1] += str(value.value)
        else:
            constants.append("")
    return constants


def _stretches(source: Source, place: Place) -> list[Text] | None:
    pieces = _pieces(source.content, place.start, place.end)
    if pieces is None:
        return None
    stretches = [Text()]
    for piece in pieces:
        start = piece.inner
        for field_start, field_end in piece.fields:
            stretches[-1] += Text(_runs(source, piece, start, field_start))
            stretches.append(Text())
            start = field_end
        stretches[-1] += Text(_runs(source, piece, start, piece.inner_end))
    return stretches


def _pieces(content: str, start: int, end: int) -> list[_Piece] | None:
    """The adjacent strings between two offsets, or None where something else stands there."""
    pieces: list[_Piece] = []
    while start < end:
        piece = _piece(content, start)
        if piece is None or piece.end > end:
            return None
        pieces.append(piece)
        between = _BETWEEN.match(content, piece.end, end)
        start = between.end() if between is not None else piece.end
    return pieces


def _piece(content: str, start: int) -> _Piece | None:
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
    return _Piece(
        prefix=prefix,
        quote=quote,
        start=start,
        inner=inner,
        inner_end=inner_end,
        end=inner_end + len(quote),
        fields=tuple(fields),
    )


_FORMATTED = re.compile(r"\\N\{[^}]*\}|\\[^{}]|\{\{|\}\}|\{|\"{3}|'{3}|\"|'", re.DOTALL)
_FIELD = re.compile(r"[\[({})\]:]|\"{3}|'{3}|\"|'|!=|:=")
_SPECIFICATION = re.compile(r"[{}]")


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


def _runs(source: Source, piece: _Piece, start: int, end: int) -> Iterator[Run]:
    path = source.path
    literal = Literal(
        place=Place(path, piece.start, piece.end),
        inner=Place(path, piece.inner, piece.inner_end),
        style=piece.style,
    )
    content = source.content
    if start == end and not piece.fields:
        yield Run(text="", place=literal.inner, literal=literal, exact=True)
        return
    while start < end:
        odd = piece.odd.search(content, start, end)
        stop = odd.start() if odd is not None else end
        if start < stop:
            yield Run(text=content[start:stop], place=Place(path, start, stop), literal=literal, exact=True)
        if odd is None:
            return
        if decoded := _decoded(odd.group()):
            yield Run(text=decoded, place=Place(path, odd.start(), odd.end()), literal=literal)
        start = odd.end()


def _decoded(sign: str) -> str:
    """What an escape, a line end or a doubled brace of a string stands for."""
    if sign[0] != "\\":
        return sign[0] if sign[0] in "{}" else "\n"
    body = sign[1:]
    if body in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[body]
    if body.startswith("N{") and len(body) > 2:
        return unicodedata.lookup(body[2:-1])
    if body[0] in "xuU" and len(body) > 1:
        return chr(int(body[1:], 16))
    if body[0] in "01234567":
        return chr(int(body, 8))
    return sign


def number_text(source: Source, node: ast.expr, value: float) -> Text:
    """A number that stands at `node`. It can be rewritten where it is an integer in the spelling `str` gives it."""
    place = source.place(node)
    spelling = repr(value)
    if type(value) is int and source.content[place.start : place.end] == spelling:
        return Text.literal(spelling, Literal(place=place, inner=place, style="python/int"))
    return Text.written(spelling, place)


_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")


def render(literal: Literal, value: str) -> str | None:
    """The source text that is read back as `value`; None where a number literal is to take what is no number."""
    style = literal.style.removeprefix("python/")
    if style == "int":
        return value if _INTEGER.fullmatch(value) else None
    words = style.split("-")
    quote = '"' if "double" in words else "'"
    prefix = "f" if "f" in words else ""
    raw = "raw" in words and quote not in value and "\\" not in value[-1:] and value.isprintable()
    body = value if raw else "".join(_escaped(character, quote) for character in value)
    if prefix:
        body = body.replace("{", "{{").replace("}", "}}")
    quotes = quote * 3 if "triple" in words else quote
    return f"{prefix}{'r' if raw else ''}{quotes}{body}{quotes}"


def _escaped(character: str, quote: str) -> str:
    if character in ("\\", quote):
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
