"""Where the parts of each statement of a dotenv file stand, by the grammar of python-dotenv 1.2.4.

python-dotenv tells what a binding means but not at which columns it stands; this is the other half.
Every pattern runs in linear time: quantifiers are possessive or end at a character that they exclude.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from configlint.model.regex import regex

Span = tuple[int, int]


class Statement(NamedTuple):
    """One statement, blank lines before it and its line end included; offsets into the content.

    `name` is None for comments, blank lines and malformed lines. `value` is the literal with its quotes, `inner` what
    the quotes hold. `plain` is a statement that has only one reading.
    """

    start: int
    end: int
    name: Span | None = None
    value: Span | None = None
    inner: Span | None = None
    quote: str = ""
    exported: bool = False
    malformed: bool = False
    plain: bool = True
    comment: Span | None = None


_SPACE = regex(r"[^\S\r\n]*+")
_BLANK = regex(r"\s*+")
_EXPORT = regex(r"export[^\S\r\n]++")
_QUOTED_NAME = regex(r"'([^']++)'")
_NAME = regex(r"([^=#\s]++)")
_LINE = regex(r"[^\r\n]*+")
_LINE_END = regex(r"[^\S\r\n]*+(?:\r\n|\n|\r|\Z)")
# Of `\r\n` only the first character: python-dotenv leaves the other one to the next statement.
_REST = regex(r"[^\r\n]*+[\r\n]?")
_QUOTED = {
    "'": regex(r"'((?:[^'\\]++|\\.)*+)'", re.DOTALL),
    '"': regex(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL),
}
_QUOTES = {"'": "single", '"': "double"}

_PLAIN = regex(
    r"""\s*+(?P<export>export\ )?(?P<name>[A-Za-z_][A-Za-z0-9_]*+)=
        (?P<value> (?P<bare>[A-Za-z0-9_./:@%+,=^-]*+) | '(?P<single>[^'\\\r\n]*+)' | "(?P<double>[^"\\\r\n]*+)" )
        (?:[ ]++(?P<comment>\#[^\r\n]*+))?+ (?:\r\n|\n|\Z)""",
    re.VERBOSE,
)
"""Statements that need no second opinion: the portable subset, and simple quotes with nothing to decode."""
_STYLES = ("bare", "single", "double")


def statements(content: str) -> Iterator[Statement]:
    """All statements of a file, in order and without a gap; a byte order mark belongs to none."""
    at = 1 if content.startswith("\ufeff") else 0
    while at < len(content):
        statement = locate(content, at)
        yield statement
        at = statement.end


def locate(content: str, start: int) -> Statement:
    """The statement that begins at `start`."""
    plain = _PLAIN.match(content, start)
    if plain is not None:
        return _plain(plain, start)
    at = _end(_BLANK, content, start)
    if at == len(content):
        return Statement(start, at)
    exported = _EXPORT.match(content, at)
    after_export = exported.end() if exported else at
    if content.startswith("#", after_export):
        end = _end(_LINE, content, after_export)
        return Statement(start, _end(_LINE_END, content, end), comment=(after_export, end), plain=exported is None)
    name = (_QUOTED_NAME if content.startswith("'", after_export) else _NAME).match(content, after_export)
    if name is None:
        return _malformed(content, start, after_export)
    equals = _end(_SPACE, content, name.end())
    statement = Statement(start, equals, name.span(1), exported=bool(exported), plain=False)
    if content.startswith("=", equals):
        return _value(content, equals + 1, statement)
    return _finish(content, equals, statement)


def _plain(found: re.Match[str], start: int) -> Statement:
    quote = next(style for style in _STYLES if found[style] is not None)
    return Statement(
        start,
        found.end(),
        name=found.span("name"),
        value=found.span("value"),
        inner=found.span(quote),
        quote=quote,
        exported=found["export"] is not None,
        comment=found.span("comment") if found["comment"] is not None else None,
    )


def _value(content: str, after_equals: int, statement: Statement) -> Statement:
    """The statement with the value that stands after its `=`."""
    at = _end(_SPACE, content, after_equals)
    sign = content[at : at + 1]
    if sign in ("", "\r", "\n") or (sign == "#" and at > after_equals):
        nothing = (after_equals, after_equals)
        return _finish(content, at, statement._replace(value=nothing, inner=nothing, quote="bare"))
    if sign in _QUOTED:
        quoted = _QUOTED[sign].match(content, at)
        if quoted is None:
            return _malformed(content, statement.start, at)
        found = statement._replace(value=quoted.span(), inner=quoted.span(1), quote=_QUOTES[sign])
        return _finish(content, quoted.end(), found)
    end = _bare_end(content, at)
    return _finish(content, end, statement._replace(value=(at, end), inner=(at, end), quote="bare"))


def _bare_end(content: str, start: int) -> int:
    """Where an unquoted value ends: before white space and `#`, and before white space at the end of its line."""
    line_end = _end(_LINE, content, start)
    end = content.find("#", start + 1, line_end)
    while end >= 0 and not content[end - 1].isspace():
        end = content.find("#", end + 1, line_end)
    return start + len(content[start : end if end >= 0 else line_end].rstrip())


def _finish(content: str, at: int, statement: Statement) -> Statement:
    """The statement with what follows its value: a comment, or nothing but the end of the line."""
    sign = _end(_SPACE, content, at)
    comment = (sign, _end(_LINE, content, sign)) if content.startswith("#", sign) else None
    line_end = _LINE_END.match(content, comment[1] if comment else at)
    if line_end is None:
        return _malformed(content, statement.start, at)
    return statement._replace(end=line_end.end(), comment=comment)


def _malformed(content: str, start: int, at: int) -> Statement:
    """A statement that python-dotenv gives up at offset `at`: it skips the rest of that line."""
    return Statement(start, _end(_REST, content, at), malformed=True, plain=False)


def _end(pattern: re.Pattern[str], content: str, at: int) -> int:
    """Where a pattern that matches anywhere stops matching."""
    match = pattern.match(content, at)
    return match.end() if match else at
