"""Path patterns as git writes them: `*` stays within one name, `**` crosses directories."""

import re
from functools import lru_cache


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    position = 0
    while position < len(pattern):
        if pattern.startswith("**/", position):
            parts.append("(?:[^/]+/)*+")
            position += 3
        elif pattern.startswith("**", position):
            parts.append(".*+" if position + 2 == len(pattern) else ".*")
            position += 2
        else:
            character = pattern[position]
            parts.append({"*": "[^/]*", "?": "[^/]"}.get(character) or re.escape(character))
            position += 1
    return re.compile("".join(parts) + r"\Z")


def matches(pattern: str, path: str) -> bool:
    """Whether a path from the root fits a pattern; a pattern that names a directory covers what lies in it."""
    plain = pattern.removeprefix("./").rstrip("/")
    return bool(_compiled(plain).match(path) or _compiled(plain + "/**").match(path))


def wild(pattern: str) -> bool:
    return any(character in pattern for character in "*?")
