"""Comments that speak to configlint. Each reader knows what is a comment in its format; the rest is here."""

from collections.abc import Callable, Iterator

from configlint.model.document import Comment
from configlint.model.text import Place

MARK = "configlint:"


def comment(path: str, content: str, start: int, end: int, sign: str) -> Comment | None:
    """The comment from `start` (where its sign stands) to `end`, or None where it does not speak to configlint."""
    text = content[start + len(sign) : end].strip()
    if MARK not in text:
        return None
    before = content[content.rfind("\n", 0, start) + 1 : start]
    stop = content.find("\n", end)
    after = content[end : stop if stop >= 0 else len(content)]
    alone = not before.removeprefix("\ufeff").strip() and not after.strip()
    return Comment(text=text, place=Place(path, start, end), alone=alone)


def hash_comments(path: str, content: str, outside: Callable[[int], bool]) -> Iterator[Comment]:
    """Comments that begin with `#` at the start of a line or after white space, and end with their line.

    `outside` tells of an offset that it lies in no string. It is asked for lines that hold the mark, no others.
    """
    at = content.find(MARK)
    while at >= 0:
        first = content.rfind("\n", 0, at) + 1
        end = content.find("\n", at)
        end = len(content) if end < 0 else end
        start = _sign(content, first, content.rfind(MARK, at, end), outside)
        if start is not None:
            found = comment(path, content, start, len(content[:end].rstrip("\r\n")), "#")
            if found is not None:
                yield found
        at = content.find(MARK, end)


def _sign(content: str, first: int, last: int, outside: Callable[[int], bool]) -> int | None:
    """The first `#` between two offsets of a line that begins a comment."""
    at = content.find("#", first, last)
    while at >= 0:
        if (at == first or content[at - 1] in " \t\ufeff") and outside(at):
            return at
        at = content.find("#", at + 1, last)
    return None
