"""Dotenv files as docker compose reads them (compose-go 2.13, package `dotenv`).

Only variables of the same file are known here, so that a reference to any other variable is empty.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from configlint.formats.compose_template import interpolate
from configlint.model.regex import regex
from configlint.model.text import Text


class Reading(NamedTuple):
    """What a program makes of one line: `value` is None where it sets nothing. `error`: it refuses the whole file, or
    makes a value of it that is too long for any program to be given.

    Holds secrets: never print it.
    """

    value: str | None
    error: bool = False

    def __repr__(self) -> str:
        return "Reading(…)"  # it holds what may be a secret


class Binds(NamedTuple):
    """A program sets `name`; the name stands at `offset`."""

    offset: int
    name: str
    reading: Reading


_GO_SPACE = " \t\v\f\r\x85\xa0"
_BLANK = regex(rf"[{_GO_SPACE}]*+")
_EXPORT = regex(r"export\s++")
_NAME = regex(rf"[{_GO_SPACE}\w.\[\]-]*+([=:\n]|\Z)?")
_QUOTED = {
    "'": regex(r"'((?:[^'\\]++|\\.)*+)'", re.DOTALL),
    '"': regex(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL),
}
_ESCAPE = regex(r'\\(?:([abfnrtv$"\\])|0([0-7]{3}))')
_CONTROL = dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))


def bindings(content: str) -> Iterator[Binds]:
    """`NAME: value` is a binding too, a comment begins with a space and `#`, and what is malformed refuses the file."""
    known: dict[str, str] = {}
    at = 1 if content.startswith("\ufeff") else 0
    while (at := _start(content, at)) < len(content):
        if export := _EXPORT.match(content, at):
            at = export.end()
        head = _NAME.match(content, at)
        sign = head[1] if head else None
        name = content[at : head.start(1)].rstrip() if head and sign is not None else ""
        if head is None or sign is None or " " in name:
            yield Binds(at, name, Reading(None, error=True))
            return
        if sign in ("\n", ""):
            at = head.end()
            continue
        start = _BLANK.match(content, head.end())
        value, end = _value(content, start.end() if start else head.end(), known)
        yield Binds(at, name, Reading(value, error=value is None))
        if value is None:
            return
        known[name] = value
        at = end


def _start(content: str, at: int) -> int:
    """The next offset that is neither blank nor in a comment."""
    while at < len(content):
        if content[at] == "#":
            end = content.find("\n", at)
            at = len(content) if end < 0 else end
        elif content[at].isspace():
            at += 1
        else:
            break
    return at


def _value(content: str, at: int, known: Mapping[str, str]) -> tuple[str | None, int]:
    """The value at an offset and where it ends; None where compose refuses it."""
    quote = content[at : at + 1]
    if quote in _QUOTED:
        quoted = _QUOTED[quote].match(content, at)
        if quoted is None:
            return None, at
        body = quoted[1].replace(f"\\{quote}", quote) if quote == "'" else _unescaped(quoted[1])
        return (body if quote == "'" else _expanded(body, known)), quoted.end()
    end = content.find("\n", at)
    end = len(content) if end < 0 else end
    return _expanded(content[at:end].partition(" #")[0].rstrip(), known), min(end + 1, len(content))


def _unescaped(body: str) -> str:
    """First `\\"` is unescaped, then what remains of escapes: that order is compose's."""
    pairs = re.sub(r"\\(.)", lambda found: '"' if found[1] == '"' else found[0], body, flags=re.DOTALL)
    return _ESCAPE.sub(_escape, pairs)


def _escape(found: re.Match[str]) -> str:
    if found[2]:
        return chr(int(found[2], 8)) if int(found[2], 8) < 256 else found[0]
    return "$$" if found[1] == "$" else _CONTROL.get(found[1], found[1])


def _expanded(value: str, known: Mapping[str, str]) -> str | None:
    if "$" not in value:
        return value
    result = interpolate(Text.assumed(value), lambda name: Text.assumed(known[name]) if name in known else None)
    return result.text.value if not result.error else None
