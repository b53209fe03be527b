"""What an expression is worth, as far as it can be told without running it."""

from collections.abc import Iterable
from typing import Literal

from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Place, Run, Text

Kind = Literal["str", "int", "float", "bool", "none", "list", "unknown"]

LARGEST_NUMBER = 1_000_000
"""Beyond it no arithmetic is done: no port, no count is that large, and somebody else's numbers may be huge."""
LONGEST_TEXT = 4_000
"""Characters and runs that a string may have."""


@record
class Value:
    """A value with its Python type. `text` is the string itself, or the decimal number, `True`, `False`, `None`.

    A `str` may have unknown parts; everything else is known as a whole or is `unknown`. `none` is also the value of a
    variable that is not set; its text is unknown then, and says so. `items` are the items of a list or tuple.
    """

    kind: Kind
    text: Text
    items: tuple["Value", ...] = ()

    @property
    def number(self) -> int | None:
        """The value of an `int`, or of a `bool` where Python takes it for one."""
        if self.kind == "int":
            return int(self.text.raw)
        if self.kind == "bool":
            return int(self.text.raw == "True")
        return None

    @property
    def truth(self) -> bool | None:
        """What `if` makes of it; None where that cannot be told."""
        if self.kind == "none":
            return False
        if self.kind in ("int", "bool"):
            return bool(self.number)
        if self.kind == "float":
            return float(self.text.raw) != 0
        if self.kind == "list":
            return bool(self.items)
        if self.kind == "str":
            return True if any(run.text for run in self.text.runs) else False if self.text.known else None
        return None

    @property
    def string(self) -> str | None:
        """A wholly known string."""
        return self.text.value if self.kind == "str" else None


def unknown(reason: Reason | None, place: Place | None) -> Value:
    return Value(kind="unknown", text=Text.unknown(reason, place))


def string(text: Text) -> Value:
    if len(text) > LONGEST_TEXT or len(text.runs) > LONGEST_TEXT:
        return unknown(Reason("too-long"), text.place)
    return Value(kind="str", text=text)


def unset(variable: str, place: Place) -> Value:
    """The value of a variable that nobody sets and that has no default."""
    run = Run(text=None, place=place, reason=Reason("unset", variable), depends=variable)
    return Value(kind="none", text=Text((run,)))


def computed(kind: Kind, raw: str, place: Place, operands: Iterable[Value]) -> Value:
    """A value that is written nowhere: it is shown at the expression that makes it, and its operands passed it on."""
    texts = [operand.text for operand in operands]
    via = tuple(dict.fromkeys(spot for text in texts for spot in (*text.places, *text.via) if not place.holds(spot)))
    variables = tuple(dict.fromkeys(name for text in texts for name in text.depends))
    first = Run(text=raw, place=place, via=via, depends=variables[0] if variables else "")
    # A run holds one variable; further ones stand in empty runs behind it.
    return Value(kind=kind, text=Text((first, *(Run(text="", depends=name) for name in variables[1:]))))


def depending(value: Value, on: Value) -> Value:
    """A value that was chosen because of another one: it depends on that one's variables too."""
    names = on.text.depends
    if not names or value.text.depends:
        return value
    return Value(kind=value.kind, text=value.text.defaulting(names[0]), items=value.items)
