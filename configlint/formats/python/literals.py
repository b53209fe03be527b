"""String and number literals: each as a text that knows where its characters stand, and written anew.

`ast` tells where a literal starts and ends and what it means, but not where the characters of its value stand: a value
may be put together from adjacent pieces, escapes and f-string fields. The pieces are found here, and held against the
meaning that `ast` gives; where the two differ the text is shown but cannot be written.
"""

import ast
import unicodedata
from collections.abc import Iterator

from configlint.formats.python.pieces import Piece, pieces
from configlint.formats.python.source import Source
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Run, Text

_SIMPLE_ESCAPES = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\n": "", "\r": "", "\r\n": "",
}  # fmt: skip


def string_text(source: Source, node: ast.Constant) -> Text:
    """A string constant."""
    value = str(node.value)
    place = source.place(node)
    found = pieces(source.content, place.start, place.end)
    if found is not None:
        text = Text(run for piece in found for run in _runs(source, piece, piece.inner, piece.inner_end))
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
    found = pieces(source.content, place.start, place.end)
    if found is None:
        return None
    stretches = [Text()]
    for piece in found:
        start = piece.inner
        for field_start, field_end in piece.fields:
            stretches[-1] += Text(_runs(source, piece, start, field_start))
            stretches.append(Text())
            start = field_end
        stretches[-1] += Text(_runs(source, piece, start, piece.inner_end))
    return stretches


def _runs(source: Source, piece: Piece, start: int, end: int) -> Iterator[Run]:
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


_INTEGER = regex(r"-?(?:0|[1-9][0-9]{0,18})")


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
