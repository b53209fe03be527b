"""Words of a shell's command line, over traced text.

Quoting follows POSIX (Shell Command Language, 2.2). Nothing is refused: an unfinished quote ends with the text, as
somebody's half-written line should still be read up to there.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Text, joined


class Piece(NamedTuple):
    """A part of a word. `expands` outside single quotes, `splits` outside all quotes."""

    text: Text
    expands: bool
    splits: bool


@record
class Word:
    """One word, unquoted. Its text holds `$NAME` and `$(…)` as they are written; `written` has its quotes too."""

    pieces: tuple[Piece, ...]
    written: Text

    @property
    def text(self) -> Text:
        return joined(piece.text for piece in self.pieces)

    @property
    def keyword(self) -> str:
        """The word where it may be a reserved one: none is quoted."""
        return "".join(piece.text.raw for piece in self.pieces) if all(piece.splits for piece in self.pieces) else ""


def plain(text: Text) -> Word:
    """A word that no shell looks at: an item of a list."""
    return Word(pieces=(Piece(text, expands=False, splits=False),), written=text)


@record
class Operator:
    """What stands between commands: `&&`, `;`, a line feed, a parenthesis."""

    sign: str


Token = Word | Operator

_QUOTED = r"""\\(?:\r?\n|(?s:.))|'[^']*('?)|"[^"\\]*(?:\\(?s:.)[^"\\]*)*("?)"""
_WORD_PART = regex(rf"[^\s\\'\"]+|{_QUOTED}|\\")
_COMMAND_PART = regex(rf"[^\s\\'\"$`;&|<>()#]+|{_QUOTED}|\\|\$\(|\$\{{|\$|`|#")
_BLANK = regex(r"(?:\s|\\\r?\n)+")
_BLANK_IN_LINE = regex(r"(?:[^\S\n]|\\\r?\n)+")
_OPERATOR = regex(r"\n|&&|\|\||;;|[;&|()]")
_REDIRECTION = regex(r"(?:\d*|&)(?:<<<|<<-?|>>|>&|<&|<>|>\||[<>])")
_COMMENT = regex(r"#[^\n]*")
_ESCAPED_IN_DOUBLE = regex(r'\\([$`"\\])|\\\r?\n')
_NESTING = 50
_LONGEST, _MOST_RUNS = 100_000, 500
"""Characters and runs of a line or script that are read: nobody writes a longer one by hand."""


def words(text: Text) -> list[Word]:
    """The words of a line that is split but not run by a shell: `&&` and `#` are ordinary characters."""
    text = _bounded(text)
    found, start, raw = [], 0, text.raw
    while start < len(raw):
        if blank := _BLANK.match(raw, start):
            start = blank.end()
            continue
        word, start = _word(text, start, _WORD_PART)
        found.append(word)
    return found


def _bounded(text: Text) -> Text:
    return (text if len(text.runs) <= _MOST_RUNS else Text(text.runs[:_MOST_RUNS]))[:_LONGEST]


def tokens(text: Text) -> Iterator[Token]:
    """The words and operators of a command line or script, without comments, redirections and here-documents."""
    text = _bounded(text)
    raw, start = text.raw, 0
    documents: list[str] = []
    while start < len(raw):
        if blank := _BLANK_IN_LINE.match(raw, start) or _COMMENT.match(raw, start):
            start = blank.end()
        elif redirection := _REDIRECTION.match(raw, start):
            target, start = _target(text, redirection.end())
            if redirection[0].endswith(("<<", "<<-")):
                documents.append(target.text.raw)
        elif operator := _OPERATOR.match(raw, start):
            start = operator.end()
            if operator[0] == "\n" and documents:
                start = _after_documents(raw, start, documents)
                documents = []
            yield Operator(sign=operator[0])
        else:
            word, start = _word(text, start, _COMMAND_PART)
            yield word


def _target(text: Text, start: int) -> tuple[Word, int]:
    if blank := _BLANK_IN_LINE.match(text.raw, start):
        start = blank.end()
    return _word(text, start, _COMMAND_PART)


def _after_documents(raw: str, start: int, delimiters: list[str]) -> int:
    for delimiter in delimiters:
        while start < len(raw):
            end = raw.find("\n", start)
            line, start = (raw[start:end], end + 1) if end >= 0 else (raw[start:], len(raw))
            if line.strip("\t\r") == delimiter:
                break
    return start


class _Span(NamedTuple):
    start: int
    end: int
    expands: bool
    splits: bool


def _word(text: Text, start: int, part: re.Pattern[str]) -> tuple[Word, int]:
    spans: list[_Span] = []
    raw, begin = text.raw, start
    while match := part.match(raw, start):
        head, start = match[0][0], match.end()
        if head == "'":
            spans.append(_Span(match.start() + 1, start - len(match[1]), expands=False, splits=False))
        elif head == '"':
            spans.extend(_double(raw, match.start() + 1, start - len(match[2])))
        elif head == "\\":
            spans.extend(_escaped(match))
        else:
            start = _expansion_end(raw, match)
            spans.append(_Span(match.start(), start, expands=True, splits=True))
    pieces = tuple(Piece(text[span.start : span.end], span.expands, span.splits) for span in _united(spans))
    return Word(pieces=pieces, written=text[begin:start]), start


def _double(raw: str, start: int, end: int) -> Iterator[_Span]:
    if start == end:
        yield _Span(start, end, expands=False, splits=False)
    for match in _ESCAPED_IN_DOUBLE.finditer(raw, start, end):
        if start < match.start():
            yield _Span(start, match.start(), expands=True, splits=False)
        if match[1]:
            yield _Span(*match.span(1), expands=False, splits=False)
        start = match.end()
    if start < end:
        yield _Span(start, end, expands=True, splits=False)


def _escaped(match: re.Match[str]) -> Iterator[_Span]:
    start, end = match.span()
    if not match[0].endswith("\n"):
        yield _Span(start + (end - start > 1), end, expands=False, splits=False)


def _united(spans: list[_Span]) -> list[_Span]:
    """Neighbours of one kind that stand side by side become one span, so that an edit finds them whole."""
    united: list[_Span] = []
    for span in spans:
        last = united[-1] if united else None
        if last is not None and last.end == span.start and last[2:] == span[2:]:
            united[-1] = last._replace(end=span.end)
        else:
            united.append(span)
    return united


def _expansion_end(raw: str, match: re.Match[str]) -> int:
    """Where the part ends that `match` begins: behind the closing sign of `$(…)`, `${…}` and backquotes."""
    if match[0] == "`":
        end = raw.find("`", match.end())
        return end + 1 if end >= 0 else len(raw)
    if match[0] in ("$(", "${"):
        return closing(raw, match.end(), match[0][1])
    return match.end()


_INSIDE = {
    "(": regex(r"\\(?s:.)|'[^']*'?|[()]"),
    "{": regex(r"\\(?s:.)|'[^']*'?|[{}]"),
}


def closing(raw: str, start: int, opening: str) -> int:
    """The offset behind what closes the `opening` before `start`, else the end of the text."""
    depth = 1
    for match in _INSIDE[opening].finditer(raw, start):
        if match[0] == opening:
            depth += 1
        elif match[0] in ")}":
            depth -= 1
        if depth == 0 or depth > _NESTING:
            return match.end()
    return len(raw)
