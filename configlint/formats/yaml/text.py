"""Where each character of a YAML scalar is written."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Run, Text

_MANY = 10_000
"""Runs beyond which nobody asks where each of them stands."""


class Source(NamedTuple):
    """A file's content, and the format whose literals stand in it (`yaml` or `json`)."""

    path: str
    content: str
    format: str


class _Piece(NamedTuple):
    """Decoded characters and the span of what is written for them."""

    text: str
    start: int
    end: int
    exact: bool


_FOLD = r"(?<![ \t])[ \t]*+(?:\r\n|\r|\n)[ \t\r\n]*+"
_SPECIAL = {
    "plain": regex(_FOLD),
    "single": regex(rf"''|{_FOLD}"),
    "double": regex(
        rf"\\(?:\r\n|[\r\n])[ \t]*+|\\x..|\\u....(?:\\u[dD][c-fC-F]..)?|\\U........|\\.|{_FOLD}", re.DOTALL
    ),
}
_BREAK = regex(r"\r\n|\r|\n")


def trace(source: Source, place: Place, value: str, style: str) -> Text:
    """The text of the scalar at `place`, which is decoded as `value`. `style` is that of its literal, see `Scalar`.

    Escapes and folded line ends are runs of their own that cannot be written. Where the parts do not add up to the
    value, all of it is one such run.
    """
    kind = style.partition(":")[0].partition("-")[0]
    if kind in ("literal", "folded"):
        return _trace_block(source, place, value)
    quoted = kind in ("single", "double")
    inner = Place(place.path, place.start + 1, place.end - 1) if quoted else place
    if source.content[inner.start : inner.end] == value:
        return _whole(source, place, inner, value, style)
    literal = Literal(place=place, inner=inner, style=f"{source.format}/{style}")
    return _text(_flow_pieces(source.content, inner, value, _SPECIAL[kind]), value, literal)


def _whole(source: Source, place: Place, inner: Place, value: str, style: str) -> Text:
    """A scalar that is written as it is meant. One of no characters can be filled in after `:` or `-` and a space."""
    before = ""
    if place.start == place.end:
        before = " " if source.content[place.start - 1 : place.start] in (":", "-") else ""
        if not before and not source.content[: place.start].rstrip(" ").endswith((":", "-")):
            return Text.written(value, place)
    return Text.literal(value, Literal(place=place, inner=inner, style=f"{source.format}/{style}", before=before))


def _flow_pieces(content: str, inner: Place, value: str, special: re.Pattern[str]) -> Iterator[_Piece]:
    at, decoded = inner.start, 0
    for found in special.finditer(content, inner.start, inner.end):
        start, end = found.span()
        if at < start:
            yield _Piece(content[at:start], at, start, True)
            decoded += start - at
        text = _decoded(found[0], value, decoded)
        if text:
            yield _Piece(text, start, end, False)
            decoded += len(text)
        at = end
    if at < inner.end:
        yield _Piece(content[at : inner.end], at, inner.end, True)


def _decoded(written: str, value: str, at: int) -> str:
    """What an escape or a fold stands for."""
    if written == "''":
        return "'"
    if written.startswith("\\"):
        return "" if written[1] in "\r\n" else value[at : at + 1]
    breaks = len(_BREAK.findall(written))
    return " " if breaks == 1 else "\n" * (breaks - 1)


def _text(pieces: Iterator[_Piece], value: str, literal: Literal) -> Text:
    path = literal.place.path
    found = tuple(
        Run(text=piece.text, place=Place(path, piece.start, piece.end), literal=literal, exact=piece.exact)
        for piece in islice(pieces, _MANY)
    )
    if "".join(run.raw for run in found) == value:
        return Text(found)
    return Text((Run(text=value, place=literal.inner, literal=literal),))


def _trace_block(source: Source, place: Place, value: str) -> Text:
    header = _BREAK.search(source.content, place.start, place.end)
    if header is None or not value.strip():
        return Text.written(value, place)
    pieces = list(_block_pieces(source.content, header.end(), place.end, value))
    inner = Place(place.path, pieces[0].start, pieces[-1].end) if pieces else place
    style = "block" if len(pieces) != 1 or "\n" in value[:-1] else "block-line" if value.endswith("\n") else "block-end"
    return _text(iter(pieces), value, Literal(place=inner, inner=inner, style=f"{source.format}/{style}"))


def _block_pieces(content: str, start: int, stop: int, value: str) -> Iterator[_Piece]:
    """Lines of a block scalar without their indentation, and what stands between them, joined where both are exact."""
    indent = None
    at, held = 0, None
    for line_start, line_end in _lines(content, start, stop):
        line = content[line_start:line_end]
        if not line.strip(" ") and (indent is None or len(line) <= indent):
            continue
        if indent is None:
            first = _FIRST_LINE.search(value)
            indent = _leading(line) - (len(first[0]) if first else 0)
        body = line[indent:]
        gap = _gap(value, at, body)
        piece = _Piece(body, line_start + indent, line_end, True)
        if gap:
            previous = held.end if held else line_start
            between = _Piece(gap, previous, piece.start, False)
            exact = content[previous : previous + len(gap)] == gap
            if held and exact and held.exact:
                held = held._replace(text=held.text + gap, end=held.end + len(gap))
            else:
                if held:
                    yield held
                held = None
                yield between
        if held:
            yield held
        held = piece
        at += len(gap) + len(body)
    if held:
        yield from _last(content, held, value[at:])


def _last(content: str, held: _Piece, rest: str) -> Iterator[_Piece]:
    """The last line with the line ends that follow it in the value."""
    if not rest:
        yield held
    elif content[held.end : held.end + len(rest)] == rest:
        yield held._replace(text=held.text + rest, end=held.end + len(rest))
    else:
        yield held
        yield _Piece(rest, held.end, held.end, False)


_FIRST_LINE = regex(r"^ *+(?=[^ \n])", re.MULTILINE)


def _gap(value: str, at: int, body: str) -> str:
    """The decoded line ends between what precedes `at` and the next line."""
    end = at
    while value.startswith("\n", end):
        end += 1
    if end == at and value.startswith(" ", at) and not value.startswith(body, at):
        end += 1
    return value[at:end]


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lines(content: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop:
        found = _BREAK.search(content, start, stop)
        if found is None:
            yield start, stop
            return
        yield start, found.start()
        start = found.end()
