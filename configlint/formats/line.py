"""A line of any text file, addressed by what is written in it: `listen {value};` has one hole, which holds a value.

The line has to fit as a whole, but for a comment at its end. Blanks fit any blanks, and all else fits itself.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from configlint.formats.comments import hash_comments
from configlint.formats.secrecy import mark
from configlint.model.document import Document
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Text

HOLE = "{value}"
STYLE = "line/"
"""Begins the style of a value in a line; the line as it is written in the rule follows."""

_LINE = regex(r"[^\r\n]+")
_END = regex(r"[ \t]*+(?:$|#|;|//|--|/\*|<!--)")
"""What may follow the last words of a line: nothing, or a comment."""
_COMMENT = regex(r"(?:(?<![ \t])[ \t]++|(?<=[ \t]))(?:#|;|//)")
"""A comment behind a value with which its line would end."""


_PASSING_ON = frozenset({"proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"})
"""Directives of nginx (nginx.org/en/docs/dirindex.html) that are named as a password would be."""


class _Form(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str] | None


def read(path: str, content: str) -> Document:
    """A file of which only lines are known."""
    return Document(path=path, content=content, comments=tuple(hash_comments(path, content, lambda at: True)))


def values(line: str, path: str, content: str) -> Iterator[Text]:
    """The values in all lines that fit. One that is named like a secret is a secret."""
    for found in _LINE.finditer(content):
        span = _span(line, found[0])
        if span is not None:
            place = Place(path, found.start() + span[0], found.start() + span[1])
            text = Text.literal(found[0][slice(*span)], Literal(place=place, inner=place, style=STYLE + line))
            yield mark(text, _name(line))


def _name(line: str) -> str:
    """What names the value: all that is written before it, unless it is a directive that passes a request on."""
    before = line.partition(HOLE)[0].strip()
    return "" if before in _PASSING_ON else before


def render(literal: Literal, value: str) -> str | None:
    """The value, if its line then still fits and holds it."""
    line = literal.style.removeprefix(STYLE)
    written = line.replace(HOLE, value)
    span = _span(line, written) if len(written.splitlines()) == 1 else None
    return value if span is not None and written[slice(*span)] == value else None


def _span(line: str, written: str) -> tuple[int, int] | None:
    """Where the value is in a written line; None where that does not fit, or the value is empty."""
    form = _form(line)
    head = form.before.match(written)
    if head is None:
        return None
    start, end = head.end(), len(written)
    if form.after is None:
        comment = _COMMENT.search(written, start)
        end = comment.start() if comment is not None else end
    else:
        tails = (tail for tail in form.after.finditer(written, start) if _END.match(written, tail.end()))
        end = next((tail.start() for tail in tails), start)
    end = start + len(written[start:end].rstrip())
    return (start, end) if start < end else None


@lru_cache(maxsize=256)
def _form(line: str) -> _Form:
    before, _, after = line.strip().partition(HOLE)
    head = re.compile(r"\ufeff?[ \t]*+" + _fitting(before, r"[ \t]++") + r"[ \t]*+")
    return _Form(head, re.compile(_fitting(after, r"(?<![ \t])[ \t]++")) if after else None)


def _fitting(words: str, blanks: str) -> str:
    return blanks.join(map(re.escape, re.split(r"\s+", words)))
