"""The words of a name."""

from configlint.model.regex import regex

_WORD = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, whatever way they are joined."""
    return tuple(word.lower() for word in _WORD.findall(name))


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks."""
    return frozenset(text.split())
