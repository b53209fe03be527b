"""JSON files, read into the same nodes as YAML: with tabs, long keys and surrogate pairs, which YAML readers refuse.

Comments and a comma after the last item are taken too, as the files of editors and compilers have them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from configlint.formats.comments import comment
from configlint.formats.format import Format
from configlint.formats.yaml.build import Builder
from configlint.formats.yaml.document import YamlDocument, document, facts
from configlint.formats.yaml.events import SIZE
from configlint.formats.yaml.nodes import core_type
from configlint.formats.yaml.text import Source
from configlint.model.document import Comment, UnreadableError
from configlint.model.regex import regex
from configlint.model.text import Literal

_TOKEN = regex(
    r"""\s*+(?:
        (?P<sign>[{}\[\],:])
      | (?P<string>"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+")
      | (?P<word>true|false|null|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)(?![\w.])
      | (?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)
      | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_ESCAPE = regex(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.")
_ESCAPED = dict(zip("bfnrt", "\b\f\n\r\t", strict=True))


class _Token(NamedTuple):
    kind: str
    written: str
    start: int
    end: int


def read(path: str, content: str) -> YamlDocument:
    """The one value of a JSON file. Raises `UnreadableError` with the offset of what does not fit."""
    if len(content) > SIZE:
        raise UnreadableError(f"is longer than {SIZE} characters", SIZE)
    source = Source(path, content, "json")
    comments: list[Comment] = []
    reader = _Reader(source)
    for token in _tokens(content):
        if token.kind == "comment":
            found = comment(path, content, token.start, token.end, token.written[:2])
            comments += [found] if found else []
        else:
            reader.take(token)
    reader.finish(len(content))
    return document(source, reader.builder, tuple(comments))


def _tokens(content: str) -> Iterator[_Token]:
    at = 1 if content.startswith("\ufeff") else 0
    while True:
        found = _TOKEN.match(content, at)
        if found is None:
            raise UnreadableError("is not JSON", _past_blanks(content, at))
        kind = found.lastgroup or "end"
        if kind == "end":
            return
        yield _Token(kind, found[kind], *found.span(kind))
        at = found.end()


def _past_blanks(content: str, at: int) -> int:
    return at + len(content[at:]) - len(content[at:].lstrip())


_EXPECTED = {
    "value": "a value was expected here",
    "key": "a key in double quotes was expected here",
    "colon": "a colon was expected here",
    "comma": "a comma was expected here",
    "nothing": "nothing may follow the value",
}


class _Reader:
    """Checks the order of tokens and hands values to the builder.

    `expects` is value, key, colon, comma (or the end of the collection) or nothing (behind the one value).
    `open` holds the signs that close the open collections, the innermost last.
    """

    def __init__(self, source: Source) -> None:
        self.builder = Builder(source)
        self.expects = "value"
        self.open: list[str] = []

    def take(self, token: _Token) -> None:
        if token.kind != "sign":
            self._scalar(token)
        elif token.written in "{[":
            self._check(token, "value")
            self.builder.open(token.start, mapping=token.written == "{", flow=True)
            self.open.append("}" if token.written == "{" else "]")
            self.expects = "key" if token.written == "{" else "value"
        elif token.written in "}]":
            self._close(token)
        else:
            self._check(token, "colon" if token.written == ":" else "comma")
            self.expects = "value" if token.written == ":" or self.open[-1] == "]" else "key"

    def finish(self, end: int) -> None:
        """The content is at its end, which may stand behind the one value or, in an empty file, behind nothing."""
        if self.open:
            raise UnreadableError(f"ends before {self.open[-1]}", end)

    def _scalar(self, token: _Token) -> None:
        string = token.kind == "string"
        self._check(token, "key" if string and self.expects == "key" else "value")
        value = _ESCAPE.sub(_decoded, token.written[1:-1]) if string else token.written
        self.builder.scalar(token.start, token.end, value, "double" if string else "plain")
        self.expects = "colon" if self.expects == "key" else self._after_value()

    def _close(self, token: _Token) -> None:
        empty_or_comma = self.expects in ("key", "comma") or (self.expects == "value" and token.written == "]")
        if not self.open or self.open[-1] != token.written or not empty_or_comma:
            raise UnreadableError(f"{token.written} stands where no collection can end", token.start)
        self.open.pop()
        self.builder.close(token.end)
        self.expects = self._after_value()

    def _after_value(self) -> str:
        return "comma" if self.open else "nothing"

    def _check(self, token: _Token, kind: str) -> None:
        if self.expects != kind:
            raise UnreadableError(_EXPECTED[self.expects], token.start)


def _decoded(found: re.Match[str]) -> str:
    escape = found[0]
    if escape[1] != "u":
        return _ESCAPED.get(escape[1], escape[1])
    if len(escape) > 6:
        return chr(0x10000 + ((int(escape[2:6], 16) & 0x3FF) << 10) + (int(escape[8:12], 16) & 0x3FF))
    return chr(int(escape[2:6], 16))


_TO_ESCAPE = regex(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_SURROGATE = regex("[\ud800-\udfff]")
_NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def render(literal: Literal, value: str) -> str | None:
    """The value as JSON: a number or a boolean where one of that type stood, else a string."""
    if _SURROGATE.search(value):
        return None
    kind = literal.style.partition(":")[2]
    type_ = core_type(value)
    same = type_ == kind or {type_, kind} == {"int", "float"} or (kind == "null" and type_ == "int")
    if kind and same and (value in ("true", "false", "null") or _NUMBER.fullmatch(value)):
        return value
    return '"' + _TO_ESCAPE.sub(_escaped, value) + '"'


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign in '"\\' else f"\\u{ord(sign):04x}"


def claims(path: str) -> bool:
    return path.lower().endswith(".json")


JSON = Format(name="json", claims=claims, read=read, facts=facts, render=render)
