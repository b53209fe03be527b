"""Path patterns as git writes them: `*` stays within one name, `**` is any number of directories."""

import re
from functools import lru_cache

_LONGEST = 4096
"""Characters of a path, and so of a pattern that can fit one. A longer one fits nothing."""


def _expression(pattern: str) -> str:
    """What stands between two `**` is found as far to the left as it can be, and never looked for again: nothing that
    follows could fit any better. So no pattern takes longer than its length times that of the path.
    """
    parts: list[list[str]] = [[]]
    for name in pattern.split("/"):
        if name == "**":
            parts.append([])
        else:
            parts[-1].append(_name(name))
    first, *others = parts
    if not others:
        return "/".join(first) + r"\Z"
    found = [f"(?>(?:[^/]+/)*?{_directories(part)})" for part in others[:-1] if part]
    last = "(?:[^/]+/)*?" + "/".join(others[-1]) if others[-1] else ".+"
    return "".join((_directories(first), *found, last, r"\Z"))


def _directories(names: list[str]) -> str:
    return "".join(f"{name}/" for name in names)


def _name(pattern: str) -> str:
    """One name of a path. The parts between its stars are found as those between two `**` are."""
    first, *others = re.split(r"\*+", pattern)
    if not others:
        return _characters(first)
    found = [f"(?>[^/]*?{_characters(part)})" for part in others[:-1]]
    return "".join((_characters(first), *found, "[^/]*", _characters(others[-1])))


def _characters(part: str) -> str:
    return "[^/]".join(map(re.escape, part.split("?")))


def matches(pattern: str, path: str) -> bool:
    """Whether a path from the root fits a pattern; a pattern that names a directory covers what lies in it."""
    return _compiled((pattern,)).match(path) is not None


def matches_any(patterns: tuple[str, ...], path: str) -> bool:
    """Whether a path fits one of some patterns. They are one expression, so that many cost hardly more than one."""
    return bool(patterns) and _compiled(patterns).match(path) is not None


@lru_cache(maxsize=4096)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    plain = (pattern.removeprefix("./").rstrip("/") for pattern in patterns)
    short = [pattern for pattern in plain if len(pattern) <= _LONGEST]
    ways = [_expression(way) for pattern in short for way in (pattern, f"{pattern}/**")]
    return re.compile("|".join(f"(?:{way})" for way in ways) or "(?!)")


def wild(pattern: str) -> bool:
    return any(character in pattern for character in "*?")
