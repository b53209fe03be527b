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
_MEAN, _LONG_PIECE = 2.5, 16
_MEANS = ((28, 5.0), (_LONG_PIECE, 3.5), (0, _MEAN))
"""Letters that the words of a piece of more than so many characters have on average; a generated value has fewer."""
_ODD = frozenset("!~")
_NUMBERS = 2
"""Numbers that stand in a piece at most."""


def legible(name: str) -> bool:
    """Whether this can be a name that somebody thought of. A generated value in the place of a name is none."""
    return _NAME.fullmatch(name) is not None and thought_of(name)


def thought_of(text: str) -> bool:
    """Whether somebody may have thought of a text: neither it nor a piece of it is one that a generator makes."""
    pieces = _PIECE.findall(text)
    return all(map(_thought_of, pieces)) and not _jumbled("".join(pieces), text)


def _jumbled(letters: str, text: str) -> bool:
    """Whether capitals and small letters change places as only a generator has them do."""
    if len(letters) <= _LONG_PIECE or letters.islower() or letters.isupper():
        return False
    return not _ODD.isdisjoint(text) or len(letters) / len(_WORD.findall(text)) < _MEAN


def _thought_of(piece: str) -> bool:
    if len(piece) <= _SHORT:
        return True
    found = _WORD.findall(piece)
    mean = len(piece) / len(found)
    return (
        max(map(len, found)) <= _LONG
        and mean >= next(least for size, least in _MEANS if len(piece) > size)
        and sum(map(str.isdigit, found)) <= _NUMBERS
    )
