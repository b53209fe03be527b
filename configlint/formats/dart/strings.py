"""Dart's string literals: what they mean, character by character, and how one is written anew."""

import re
from collections.abc import Iterator

from configlint.formats.dart.lexer import Tokens
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Run, Text

_QUOTES = {"'": "single", '"': "double", "'''": "triple-single", '"""': "triple-double"}
STYLES = {
    f"dart/{raw}{name}": (prefix + quote)
    for quote, name in _QUOTES.items()
    for raw, prefix in (("", ""), ("raw-", "r"))
}
_STYLE_OF = {opening: style for style, opening in STYLES.items()}
NUMBER_STYLE = "dart/number"

_ESCAPE = regex(
    r"\\(?:x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})|u\{(?P<many>[0-9a-fA-F]{1,6})\}|(?P<other>.))|\r\n?",
    re.DOTALL,
)
_RAW_BREAK = regex(r"\r\n?")
_NAMED = {"n": "\n", "r": "\r", "f": "\f", "b": "\b", "t": "\t", "v": "\v"}
_FIRST_LINE = regex(r"[ \t]*(?:\\?(?:\r\n|\n|\r))")
_MOST_RUNS = 1000
"""A literal with more escapes than this is shown but never rewritten."""
_INTEGER = regex(r"-?\d+")


def literal(tokens: Tokens, opening: int, path: str) -> Literal:
    """The literal whose `STRING` token stands at `opening`."""
    closing = tokens.partner[opening]
    start, inner = tokens.start[opening], tokens.end(opening)
    inner_end = tokens.start[closing] if closing < len(tokens) else len(tokens.content)
    end = tokens.end(closing) if closing < len(tokens) else inner_end
    return Literal(
        place=Place(path, start, end), inner=Place(path, inner, inner_end), style=_STYLE_OF[tokens.text[opening]]
    )


def decoded(written: Literal, content: str, start: int, end: int) -> Text:
    """The characters between two offsets of a literal: exact where each stands for itself."""
    if start == written.inner.start and "triple" in written.style:
        start = _after_first_line(content, start, end)
    pattern = _RAW_BREAK if written.style.startswith("dart/raw") else _ESCAPE
    marks = [mark.span() for _, mark in zip(range(_MOST_RUNS), pattern.finditer(content, start, end), strict=False)]
    if len(marks) == _MOST_RUNS:
        value = pattern.sub(_meaning, content[start:end])
        return Text((Run(text=value, place=Place(written.place.path, start, end), literal=written),))
    return Text(_runs(written, content, (start, end), marks))


def _after_first_line(content: str, start: int, end: int) -> int:
    """Dart drops the first line of a multi-line string where it holds nothing but white space."""
    found = _FIRST_LINE.match(content, start, end)
    return found.end() if found else start


def _runs(written: Literal, content: str, span: tuple[int, int], marks: list[tuple[int, int]]) -> Iterator[Run]:
    path, at = written.place.path, span[0]
    for start, end in [*marks, (span[1], span[1])]:
        if start > at:
            yield Run(text=content[at:start], place=Place(path, at, start), literal=written, exact=True)
        if end > start:
            meaning = _ESCAPE.sub(_meaning, content[start:end])
            yield Run(text=meaning, place=Place(path, start, end), literal=written)
        at = end


def _meaning(mark: re.Match[str]) -> str:
    if mark[0][0] == "\r":
        return "\n"
    named = mark.groupdict()
    code = named.get("two") or named.get("four") or named.get("many")
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
    return _NAMED.get(mark["other"], mark["other"])


def number(tokens: Tokens, index: int, path: str) -> Text:
    """A number as the text that it becomes in a string."""
    text = tokens.text[index]
    place = Place(path, tokens.start[index], tokens.end(index))
    if not _INTEGER.fullmatch(text):
        return Text.written(_spelled(text), place)
    return Text.literal(text, Literal(place=place, inner=place, style=NUMBER_STYLE))


def _spelled(text: str) -> str:
    """How `toString` spells a number that is written in hexadecimal or with separators."""
    plain = text.replace("_", "")
    return str(int(plain, 16)) if plain[:2] in ("0x", "0X") else plain


def render(written: Literal, value: str) -> str | None:
    """The literal, quotes included, written anew so that Dart reads `value`; None where a number cannot be it.

    A raw string that cannot hold the value becomes a string with escapes in the same quotes.
    """
    if written.style == NUMBER_STYLE:
        return value if _INTEGER.fullmatch(value) else None
    opening = STYLES[written.style]
    quote = opening.removeprefix("r")
    if opening != quote and _raw_holds(value, quote):
        return opening + value + quote
    if len(quote) == 3:
        return quote + _triple(value, quote) + quote
    return quote + _escaped(value, quote).replace("\n", "\\n") + quote


def _raw_holds(value: str, quote: str) -> bool:
    if "\r" in value:
        return False
    if len(quote) == 1:
        return quote not in value and "\n" not in value
    return quote not in value and not value.endswith(quote[0]) and _FIRST_LINE.match(value) is None


def _escaped(value: str, quote: str) -> str:
    for sign in ("\\", "$", quote[0]):
        value = value.replace(sign, "\\" + sign)
    return value.replace("\r", "\\r")


def _triple(value: str, quote: str) -> str:
    escaped = _escaped(value, quote)
    # A first line of white space would be dropped, so its end is written as an escape.
    return escaped.replace("\n", "\\n", 1) if _FIRST_LINE.match(escaped) else escaped
