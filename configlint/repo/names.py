"""Names against patterns as git and the shell write them. Bounded in time whatever the pattern."""

from functools import lru_cache
from typing import NamedTuple

_MAX_PATTERN = 1000
"""Characters. A name has 255 bytes at most."""


class _One(NamedTuple):
    """One character: of these ranges, or of any other if negated."""

    ranges: tuple[tuple[str, str], ...] = ()
    negated: bool = False

    def fits(self, character: str) -> bool:
        return self.negated != any(first <= character <= last for first, last in self.ranges)


_SIGNS = frozenset("*?[\\")
_ANY = _One(negated=True)
_STAR = _One()
_CLASSES = {
    "alnum": "AZaz09", "alpha": "AZaz", "blank": "  \t\t", "cntrl": "\0\x1f\x7f\x7f", "digit": "09", "graph": "!~",
    "lower": "az", "print": " ~", "punct": "!/:@[`{~", "space": "\t\r  ", "upper": "AZ", "xdigit": "09AFaf",
}  # fmt: skip


def name_matches(pattern: str, name: str) -> bool:
    """Whether a name fits a pattern of `*`, `?`, `[…]` and `\\`.

    The time is bounded by the product of both lengths. A pattern of more than `_MAX_PATTERN` characters fits nothing.
    """
    if _SIGNS.isdisjoint(pattern):
        return pattern == name
    if pattern.startswith("*") and _SIGNS.isdisjoint(pattern[1:]):
        return name.endswith(pattern[1:])
    tokens = _tokens(pattern) if len(pattern) <= _MAX_PATTERN else None
    if tokens is None:
        return False
    at = token = 0
    star = back = -1
    while at < len(name):
        if token < len(tokens) and tokens[token] is _STAR:
            star, back = token, at
            token += 1
        elif token < len(tokens) and tokens[token].fits(name[at]):
            at, token = at + 1, token + 1
        elif star >= 0:
            back += 1
            at, token = back, star + 1
        else:
            return False
    return all(rest is _STAR for rest in tokens[token:])


@lru_cache(maxsize=4096)
def _tokens(pattern: str) -> tuple[_One, ...] | None:
    """A pattern taken apart; None where it is broken, and then matches nothing."""
    tokens: list[_One] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if character == "*":
            tokens.append(_STAR)
        elif character == "?":
            tokens.append(_ANY)
        elif character == "[":
            found = _bracket(pattern, at)
            if found is None:
                return None
            tokens.append(found[0])
            at = found[1]
        elif character == "\\":
            if at == len(pattern):
                return None
            tokens.append(_literal(pattern[at]))
            at += 1
        else:
            tokens.append(_literal(character))
    return tuple(tokens)


def _literal(character: str) -> _One:
    return _One(((character, character),))


def _bracket(pattern: str, at: int) -> tuple[_One, int] | None:
    """The set that starts after `[` at `at`, and where it ends; None if it does not, or names no class."""
    negated = pattern[at : at + 1] in ("!", "^")
    at += negated
    ranges: list[tuple[str, str]] = []
    first = True
    while first or pattern[at : at + 1] != "]":
        first = False
        if pattern.startswith("[:", at):
            end = pattern.find(":]", at + 2)
            edges = _CLASSES.get(pattern[at + 2 : end]) if end >= 0 else None
            if edges is None:
                return None
            ranges += zip(edges[::2], edges[1::2], strict=True)
            at = end + 2
            continue
        low, at = _member(pattern, at)
        high = low
        if pattern.startswith("-", at) and pattern[at + 1 : at + 2] not in ("", "]"):
            high, at = _member(pattern, at + 1)
        if not low or not high:
            return None
        ranges.append((low, high))
    return _One(tuple(ranges), negated), at + 1


def _member(pattern: str, at: int) -> tuple[str, int]:
    """A character of a set, perhaps after a backslash, and what follows it; "" at the end of the pattern."""
    at += pattern.startswith("\\", at)
    return pattern[at : at + 1], at + 1
