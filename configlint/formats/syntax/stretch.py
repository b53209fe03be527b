"""One stretch of a file that is no value."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from configlint.formats.words import legible
from configlint.model.regex import regex


class Stretch(NamedTuple):
    """Characters from `start` to `end`, the end exclusive.

    syntax: keys, signs, identifiers. reference: the name of a variable within a value, or a word such as `true`.
    remark: a comment, which is never shown.
    """

    start: int
    end: int
    kind: Literal["syntax", "reference", "remark"] = "syntax"


_REFERENCE = regex(r"\$\{(?P<name>[A-Za-z_]\w*+)(?:\}|(?P<operator>:?[-+?]))")


_VARIABLE = regex(r"[A-Z][A-Z0-9]*+(?:_[A-Z0-9]++)++")


def variable(content: str, start: int, end: int) -> Iterator[Stretch]:
    """The content of a string of code where it is a name as only variables have it."""
    if _VARIABLE.fullmatch(content, start, end) and legible(content[start:end]):
        yield Stretch(start, end, "reference")


def references(raw: str, start: int) -> Iterator[Stretch]:
    """The references of a value that stands from `start` on: `${NAME}` as a whole, of `${NAME:-x}` all but `x`."""
    for found in _REFERENCE.finditer(raw):
        if legible(found["name"]):
            yield Stretch(start + found.start(), start + found.end(), "reference")
            close = raw.find("}", found.end()) if found["operator"] else -1
            if close >= 0:
                yield Stretch(start + close, start + close + 1, "reference")
