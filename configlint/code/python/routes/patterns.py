"""The path syntaxes of the frameworks, each as a `PathPattern`."""

import re
from collections.abc import Iterator

from configlint.model.cell import PathPattern
from configlint.model.regex import regex
from configlint.model.text import UNKNOWN, Text

PARAMETER = UNKNOWN
"""Stands for a parameter within one segment while a pattern is put together."""
REST = "\ufdd0"
"""Stands for a parameter that takes any number of segments; a noncharacter too."""


def pattern(marked: str) -> PathPattern:
    """A path with marks for its parameters. What follows a `REST` is not told from it."""
    head, rest, _ = marked.partition(REST)
    body = head + (PARAMETER if rest and not head.endswith("/") and head else "")
    return PathPattern(PathPattern.of(body).segments, bool(rest))


def braces(text: Text) -> PathPattern | None:
    """`/a/{name}`, `/a/{name:path}` (Starlette) and `/a/{name:regex}` (aiohttp). None where the path is not known."""
    if text.value is None:
        return None
    return pattern("".join(_braced(text.value)))


def _braced(path: str) -> Iterator[str]:
    position = 0
    while (start := path.find("{", position)) >= 0:
        end = _closing(path, start)
        if end < 0:
            break
        yield path[position:start]
        _, _, kind = path[start + 1 : end].partition(":")
        yield REST if kind == "path" else _mark(f"({kind})", "")
        position = end + 1
    yield path[position:]


def _closing(path: str, start: int) -> int:
    depth = 0
    for index in range(start, len(path)):
        depth += {"{": 1, "}": -1}.get(path[index], 0)
        if not depth:
            return index
    return -1


_ANGLES = regex(r"<(?:(?P<kind>[A-Za-z_]\w*)(?:\([^<>]*\))?:)?[A-Za-z_]\w*>")


def angles(text: Text) -> PathPattern | None:
    """`/a/<name>`, `/a/<path:name>` (Flask, Django). None where the path is not known."""
    if text.value is None:
        return None
    return pattern(_ANGLES.sub(lambda match: REST if match.group("kind") == "path" else PARAMETER, text.value))


_ATOM = regex(
    r"\\(?P<escaped>[^A-Za-z0-9])|(?P<start>\^|\\A)|(?P<end>\$|\\Z)|(?P<open>\()|(?P<class>\[\^?\]?[^\]]*\]|\\[a-zA-Z]|\.)"
    r"|(?P<other>[|*+?{)])|(?P<literal>.)",
    re.DOTALL,
)
_REPEAT = regex(r"[*+?]\??|\{[0-9,]*\}\??")


def expression(text: Text, *, whole: bool = True) -> PathPattern | None:
    """A regular expression (Django's `re_path`). Without `$` anything may follow, unless it is only a prefix.

    What is more than literals and groups in a row is taken for a path of which only the beginning is known.
    """
    if text.value is None:
        return None
    return pattern("".join(_matched(text.value, whole)))


def _matched(source: str, whole: bool) -> Iterator[str]:
    position, ended = 0, False
    while (atom := _ATOM.match(source, position)) is not None:
        kind, sign = atom.lastgroup, atom.group()
        position = atom.end()
        if kind == "open":
            position = _group_end(source, atom.start())
            sign = source[atom.start() : position]
        repeat = _REPEAT.match(source, position)
        position = repeat.end() if repeat is not None else position
        if kind in ("open", "class"):
            yield _mark(sign, repeat.group() if repeat is not None else "")
        elif kind == "end":
            ended = True
        elif kind == "other" or (repeat is not None and kind != "start"):
            yield REST
        elif kind != "start":
            yield atom.group("escaped") or sign
    if whole and not ended:
        yield REST


def _group_end(source: str, start: int) -> int:
    depth, position = 0, start
    while position < len(source):
        if source[position] == "\\":
            position += 1
        else:
            depth += {"(": 1, ")": -1}.get(source[position], 0)
            if not depth:
                return position + 1
        position += 1
    return len(source)


def _mark(sign: str, repeat: str) -> str:
    """Whether a group or a character class stays within one segment."""
    body = sign.replace("\\.", "")
    anything = re.search(r"\.[*+]|\[\^(?![^\]]*/)[^\]]*\]", body) is not None or (body == "." and repeat)
    crosses = "/" in re.sub(r"\[\^[^\]]*\]", "", body)
    optional = repeat[:1] in ("?", "*") or sign.startswith(("(?=", "(?!", "(?i", "(?<"))
    return REST if anything or crosses or optional else PARAMETER
