"""The Caddyfile: lines of words, with blocks of lines.

Source: Caddy 2.8, `caddyconfig/caddyfile/lexer.go`: words are separated by white space; quotes and backquotes begin at
the start of a word; `#` begins a comment there; a backslash at the end of a line continues it; `{` at the end of a line
opens a block. `{$NAME}` and `{$NAME:default}` are replaced before anything else is read.
"""

import re
from collections.abc import Callable, Iterator

from configlint.formats.comments import hash_comments
from configlint.formats.nginx import Directive
from configlint.model.document import Document
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Text, joined

_TOKEN = regex(
    r"""(?P<end>\n)|(?P<on>\\\r?\n)|(?P<remark>\#[^\n]*+)|"(?P<double>(?:\\.|[^"\\])*+)"|`(?P<back>[^`]*+)`"""
    r"""|(?P<word>[^\s]++)""",
    re.DOTALL,
)
_VARIABLE = regex(r"\{\$(?P<name>\w+)(?::(?P<default>[^}\n]*))?\}")


@record
class CaddyDocument(Document):
    """A Caddyfile."""


def read(path: str, content: str) -> CaddyDocument:
    return CaddyDocument(path=path, content=content, comments=tuple(hash_comments(path, content, lambda at: True)))


def filled(text: Text, lookup: Callable[[str], Text | None]) -> Text:
    """A text in which the variables are replaced; one that is not set and has no default is empty."""
    parts, at = [], 0
    for found in _VARIABLE.finditer(text.raw):
        value = lookup(found["name"])
        place = text[found.start() : found.end()].place
        if value is None or (value.known and not value.raw):
            value = text[slice(*found.span("default"))] if found["default"] else Text()
        elif place is not None:
            value = value.through(place)
        parts += [text[at : found.start()], value]
        at = found.end()
    return joined((*parts, text[at:])) if parts else text


def directives(text: Text) -> tuple[Directive, ...]:
    """Every line as a directive; a block belongs to the line that opens it."""
    levels: list[list[Directive]] = [[]]
    heads: list[list[Text]] = []
    for line in _lines(text):
        words = line
        if words and words[0].raw == "}":
            if heads:
                block = tuple(levels.pop())
                _add(levels[-1], heads.pop(), block)
            words = words[1:]
        if words and words[-1].raw == "{":
            heads.append(words[:-1] or words)
            levels.append([])
        else:
            _add(levels[-1], words, ())
    while heads:
        block = tuple(levels.pop())
        _add(levels[-1], heads.pop(), block)
    return tuple(levels[0])


def _add(level: list[Directive], words: list[Text], block: tuple[Directive, ...]) -> None:
    if words:
        level.append(Directive(name=words[0], args=tuple(words[1:]), block=block))


def _lines(text: Text) -> Iterator[list[Text]]:
    words: list[Text] = []
    for found in _TOKEN.finditer(text.raw):
        kind = found.lastgroup or ""
        if kind == "end":
            yield words
            words = []
        elif kind not in ("on", "remark"):
            words.append(text[slice(*found.span(kind))])
    yield words
