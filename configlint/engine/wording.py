"""How two values differ, in words that show neither of two secrets."""

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
    return ", ".join(dict.fromkeys(text for row in rows if (text := _value(getattr(row, column)))))


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
