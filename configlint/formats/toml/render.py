"""TOML values written anew."""

import re

from configlint.model.regex import regex
from configlint.model.text import Literal

_TO_ESCAPE = regex(r'["\\\x00-\x1f\x7f]')
_INT = regex(r"[+-]?(?:0|[1-9][0-9]*)")
_FLOAT = regex(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SURROGATE = regex("[\ud800-\udfff]")


def render(literal: Literal, value: str) -> str | None:
    """The value as TOML: a number or a boolean where one of that type stood, else a string; none in place of a date."""
    style, _, kind = literal.style.removeprefix("toml/").partition(":")
    if _SURROGATE.search(value) or (style == "plain" and not kind):
        return None
    if kind == "bool" and value in ("true", "false"):
        return value
    if (kind == "int" and _INT.fullmatch(value)) or (kind == "float" and _FLOAT.fullmatch(value)):
        return value
    if style == "single" and "'" not in value and value.isprintable():
        return f"'{value}'"
    return '"' + _TO_ESCAPE.sub(_escaped, value) + '"'


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign in '"\\' else f"\\u{ord(sign):04x}"
