"""The words of a name."""

from configlint.model.regex import regex

_WORD = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, whatever way they are joined."""
    return tuple(word.lower() for word in _WORD.findall(name))


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks."""
    return frozenset(text.split())


_NAME = regex(r"[A-Za-z_$@.<][\w.$@/:*+<>()-]{0,79}")
_PIECE = regex(r"[A-Za-z0-9]+")
_SHORT, _LONG = 8, 20
"""Characters of a piece of a name that may be anything, and of the longest word that somebody writes."""
_MEAN = 2.5
"""Letters that the words of a piece have at least; those of a generated value are shorter."""


def legible(name: str) -> bool:
    """Whether this can be a name that somebody thought of. A generated value in the place of a name is none."""
    return _NAME.fullmatch(name) is not None and all(_thought_of(piece) for piece in _PIECE.findall(name))


def _thought_of(piece: str) -> bool:
    if len(piece) <= _SHORT:
        return True
    found = _WORD.findall(piece)
    return max(map(len, found)) <= _LONG and len(piece) / len(found) >= _MEAN
