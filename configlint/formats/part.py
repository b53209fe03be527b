"""How a part of a URL, of `host:port` or of an image reference is written, by the name of the part."""

from configlint.model.regex import regex
from configlint.model.text import Literal

STYLE = "part/"
"""Begins the style of a part; its name follows."""

_UNESCAPED = {"user": "", "password": "", "path": "/:@,+=~", "segment": "/:@,+=~"}
"""The parts of a URL in which percent signs escape (`segment`: its path without the first slash), with the characters
that may be written as they are besides letters, digits and `_.-~` (RFC 3986, 3.2.1 and 3.3). Others that it allows are
left out: `$`, `'` and `;` mean something in the files around."""

_FITTING = {
    "scheme": regex(r"[A-Za-z][A-Za-z0-9+.-]*"),
    "host": regex(r"(?![0-9]+\Z)[A-Za-z0-9_.-]+"),
    "port": regex(r"[0-9]{1,5}"),
    "name": regex(r"[A-Za-z0-9_./:-]+"),
    "tag": regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"),
}


def decoded(part: str, raw: str) -> str:
    """What a written part means."""
    if part not in _UNESCAPED or "%" not in raw:
        return raw
    from urllib.parse import unquote  # few runs ask for it

    return unquote(raw)


def render(literal: Literal, value: str) -> str | None:
    """The part written so that it means `value`; None where it cannot."""
    part = literal.style.removeprefix(STYLE)
    if part in _UNESCAPED:
        from urllib.parse import quote  # only a fix needs it

        escaped = quote(value, safe=_UNESCAPED[part])
        return literal.before + escaped if part != "path" or value.startswith("/") else None
    return literal.before + value if _FITTING[part].fullmatch(value) else None
