"""Dotenv values written anew, so that every reader takes them alike."""

from configlint.model.regex import regex
from configlint.model.text import Literal

_PORTABLE = regex(r"[A-Za-z0-9_./:@%+,=^-]*")
_UNPRINTABLE = regex(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff\ud800-\udfff]")


def render(literal: Literal, value: str) -> str | None:
    """The value as all readers of dotenv files take it: in the quotes that stand, else bare, else in double quotes.

    `$` is kept from docker compose by single quotes. `${` is expanded by python-dotenv even there, so that no text
    is possible; nor is one for a value that needs both single quotes and an escape.
    """
    if "${" in value or _UNPRINTABLE.search(value):
        return None
    bare = value if _PORTABLE.fullmatch(value) else None
    single = None if _NOT_SINGLE.search(value) else f"'{value}'"
    double = None if "$" in value else f'"{_escaped(value)}"'
    standing = {"dotenv/single": single, "dotenv/double": double}.get(literal.style)
    return next((text for text in (standing, bare, double, single) if text is not None), None)


_NOT_SINGLE = regex(r"['\n]|\\\\|\\\Z")
"""What single quotes cannot carry: escapes are undone there by python-dotenv and not by docker compose."""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
