"""The syntax of Dart: names, signs and quotes; no literal and no comment."""

from collections.abc import Iterator

from configlint.formats.dart.document import DartDocument
from configlint.formats.dart.lexer import CHARS, END, NAME, SIGN, STRING, Tokens
from configlint.formats.syntax.stretch import Stretch, variable


def stretches(document: DartDocument) -> Iterator[Stretch]:
    tokens = document.source.code.tokens
    strings = 0
    at = 0
    for index, kind in enumerate(tokens.kind):
        start = tokens.start[index]
        yield from _remark(tokens, at, start)
        at = tokens.end(index)
        strings -= kind == END
        if kind in (STRING, END):
            yield Stretch(start, at)
        elif kind in (NAME, SIGN):
            yield Stretch(start, at, "reference" if strings else "syntax")
        elif kind == CHARS:
            yield from variable(tokens.content, start, at)
        strings += kind == STRING
    yield from _remark(tokens, at, len(tokens.content))


def _remark(tokens: Tokens, start: int, end: int) -> Iterator[Stretch]:
    """What is visible between tokens is a comment, or the sign of a reference within a string."""
    between = tokens.content[start:end]
    if between == "$":
        yield Stretch(start, end, "reference")
    elif between.strip():
        yield Stretch(start + len(between) - len(between.lstrip()), start + len(between.rstrip()), "remark")
