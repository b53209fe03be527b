"""How two values differ, in words that show neither of two secrets."""

from collections.abc import Iterable, Sequence

from configlint.model.cell import Cell
from configlint.model.tables import Row
from configlint.model.text import length
from configlint.rules.sentence import fill, holes


def difference(here: Cell, there: Cell) -> str:
    """What sets two values apart; of secrets only their lengths."""
    if here.unknown or there.unknown:
        return "one of them is not known"
    one, two = ("" if cell.null else str(cell.value) for cell in (here, there))
    if not (here.text.secret or there.text.secret):
        return f"{_plain(here)} here, {_plain(there)} there"
    if length(one) == length(two):
        return f"both are {length(one)} characters long, but not the same"
    return f"{_length(one)} here, {length(two) if two else 'none'} there"


def _plain(cell: Cell) -> str:
    return "none" if cell.null else str(cell.value) or "empty"


def _length(value: str) -> str:
    return f"{length(value)} characters" if value else "empty"


def slip(here: Cell, there: Cell) -> str:
    """What sets two secrets apart where it is but a slip. Whoever holds one of them then knows the other."""
    if here.value is None or there.value is None or not (here.text.secret or there.text.secret):
        return ""
    return _slip(str(here.value), str(there.value))


def _slip(one: str, two: str) -> str:
    if not one or not two:
        return ""
    if one.strip() == two.strip():
        return "they differ only by white space at an end"
    if one.strip("\"'") == two.strip("\"'"):
        return "they differ only by quotes"
    if one.casefold() == two.casefold():
        return "they differ only in upper and lower case"
    return ""


def shown(rows: list[Row], column: str) -> str:
    """What a sentence says of a column: the values of all merged rows, each once."""
    return several(text for row in rows if (text := _value(getattr(row, column))))


_MOST_NAMED = 3


def several(names: Iterable[str]) -> str:
    """Names in a row, each once; of many the first three, and how many there are besides."""
    every = list(dict.fromkeys(names))
    if len(every) <= _MOST_NAMED:
        return ", ".join(every)
    return f"{', '.join(every[:_MOST_NAMED])} and {len(every) - _MOST_NAMED} more"


def holder_and_users(rows: Sequence[Row], column: str) -> tuple[str, str]:
    """Of merged addresses: the name that holds what is wrong, and in brackets those to which it is passed on.

    The holder is the one to which the fewest names lead; a call is one only where nothing else is.
    """
    names = [(_distance(row, column), number, str(getattr(row, "name", ""))) for number, row in enumerate(rows)]
    holder = min(names)[2]
    others = list(dict.fromkeys(name for _, _, name in names if name != holder))
    if len(others) > _MOST_NAMED:
        return holder, f" (used by {len(others)} others)"
    return holder, f" (used by {', '.join(others)})" if others else ""


def _distance(row: Row, column: str) -> tuple[bool, int]:
    found = getattr(row, column, None)
    return bool(getattr(row, "method", "")), len(found.text.via) if isinstance(found, Cell) else 0


def _value(found: object) -> str:
    return ("yes" if found else "no") if isinstance(found, bool) else str(found)


def sentence(template: str, sides: dict[str, list[Row]], words: dict[str, str]) -> str:
    """A rule's sentence about the rows of each side."""
    values = dict(words)
    for name in holes(template):
        side, dot, column = name.partition(".")
        if dot and sides.get(side):
            values[name] = shown(sides[side], column)
    return fill(template, values)
