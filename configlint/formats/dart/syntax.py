"""Expressions of Dart, as far as they matter to addresses."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from configlint.model.record import record
from configlint.model.text import Place, Text


class Span(NamedTuple):
    """Tokens from `start` to `end`, the end exclusive."""

    start: int
    end: int


@record
class Written:
    """A string, or several side by side: its characters and what is interpolated between them."""

    parts: tuple["Text | Expression", ...]
    at: Place


@record
class Number:
    text: Text
    at: Place


@record
class Word:
    """`true`, `false` or `null`."""

    word: str
    at: Place


@record
class Name:
    name: str
    at: Place


@record
class Member:
    """`target.name`, also with `?.`."""

    target: "Expression"
    name: str
    at: Place


@record
class Call:
    target: "Expression"
    arguments: tuple["Expression", ...]
    named: Mapping[str, "Expression"]
    at: Place


@record
class Index:
    target: "Expression"
    key: "Expression"
    at: Place


@record
class Operation:
    """Operands joined by one operator (`+`, `??`, `&&`, `==`…), or one operand behind `!`."""

    operator: str
    operands: tuple["Expression", ...]
    at: Place


@record
class Conditional:
    """`test ? then : other`, also as an element of a collection, where `other` may be `NOTHING`."""

    test: "Expression"
    then: "Expression"
    other: "Expression"
    at: Place


@record
class Choice:
    """A switch expression: each pattern with its value."""

    subject: "Expression"
    arms: tuple[tuple["Expression", "Expression"], ...]
    at: Place


@record
class Closure:
    """A function without a name. Its body is an expression or a block."""

    parameters: Span
    value: "Expression | None"
    block: Span | None
    at: Place


@record
class Items:
    """The elements of a list, a set or a record."""

    items: tuple["Expression", ...]
    at: Place


@record
class Entry:
    key: "Expression"
    value: "Expression"
    at: Place


@record
class Assignment:
    target: "Expression"
    operator: str
    value: "Expression"
    at: Place


@record
class Cascade:
    """`target..a()..b = c`: the sections are written with the target inside."""

    target: "Expression"
    sections: tuple["Expression", ...]
    at: Place


@record
class Opaque:
    """What is not understood as a whole; its parts still are."""

    parts: tuple["Expression", ...]
    at: Place


Expression: TypeAlias = (
    Written | Number | Word | Name | Member | Call | Index | Operation | Conditional | Choice | Closure | Items | Entry
    | Assignment | Cascade | Opaque
)  # fmt: skip
