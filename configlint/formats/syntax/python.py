"""The syntax of Python: names, operators and quotes; no literal and no comment."""

import tokenize
from collections.abc import Iterator
from itertools import accumulate, chain

from configlint.formats.python.pieces import Piece, pieces
from configlint.formats.syntax.stretch import Stretch, variable
from configlint.model.document import Document
from configlint.model.regex import regex

_SHOWN = frozenset((tokenize.NAME, tokenize.OP))
_OPENS, _CLOSES = getattr(tokenize, "FSTRING_START", -1), getattr(tokenize, "FSTRING_END", -1)
"""From 3.12 on an f-string is several tokens."""
_FIELD = regex(r"\{[A-Za-z_][\w.]*+\}")


def stretches(document: Document) -> Iterator[Stretch]:
    """None from where on it is no Python."""
    content, at = document.content, 0
    try:
        for kind, start, end in _tokens(content):
            if start < at:
                continue
            at = end
            if kind in _SHOWN:
                yield Stretch(start, end)
            elif kind == tokenize.COMMENT:
                yield Stretch(start, end, "remark")
            elif kind == tokenize.STRING:
                for piece in pieces(content, start, end) or ():
                    yield from _string(content, piece)
    except (tokenize.TokenError, SyntaxError):
        return


def _tokens(content: str) -> Iterator[tuple[int, int, int]]:
    """Kind, start and end of each token; an f-string is one, whatever the version of Python."""
    lines = content.split("\n")
    starts = list(accumulate(chain((0,), (len(line) + 1 for line in lines))))
    if content.startswith("\ufeff"):
        # It is a character of the content and of no token.
        lines[0], starts[0] = lines[0][1:], 1
    read = iter([f"{line}\n" for line in lines])
    opened: list[int] = []
    for token in tokenize.generate_tokens(lambda: next(read, "")):
        start, end = starts[token.start[0] - 1] + token.start[1], starts[min(token.end[0], len(starts)) - 1]
        end += token.end[1]
        if token.type == _OPENS:
            opened.append(start)
        elif token.type == _CLOSES:
            start = opened.pop()
        if not opened:
            yield tokenize.STRING if token.type == _CLOSES else token.type, start, end


def _string(content: str, piece: Piece) -> Iterator[Stretch]:
    yield Stretch(piece.start, piece.inner)
    yield Stretch(piece.inner_end, piece.end)
    yield from variable(content, piece.inner, piece.inner_end)
    for start, end in piece.fields:
        if _FIELD.fullmatch(content, start, end):
            yield Stretch(start, end, "reference")
