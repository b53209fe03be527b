"""Statements and declarations of Dart, as far as they matter to addresses.

Bodies are kept as spans of tokens and recognised when somebody asks, so that a file costs what is asked of it.
"""

from typing import TypeAlias

from configlint.formats.dart.syntax import Expression, Span
from configlint.model.record import record
from configlint.model.text import Place, Text


@record
class If:
    """Tests with their statements, and what `else` holds."""

    arms: tuple[tuple[Expression, Span], ...]
    other: Span | None


@record
class Switch:
    subject: Expression
    cases: tuple[tuple[tuple[Expression, ...], Span], ...]
    """The patterns of each case, none for `default`, and its statements."""


@record
class Block:
    """Statements with names of their own, and further `names` that they see.

    runs: `once`; `tried` where an exception may end it early; `perhaps` for a loop or a `catch`.
    """

    body: Span
    names: tuple[str, ...] = ()
    runs: str = "perhaps"


@record
class Return:
    value: Expression | None


@record
class Leave:
    """`throw`, `rethrow`, `break` or `continue`."""


@record
class Let:
    """A local variable. `type` is the name of its type, or empty."""

    name: str
    type: str
    value: Expression | None
    at: Place


@record
class Do:
    value: Expression


@record
class Assert:
    test: Expression


@record
class Parameter:
    """`field` tells that it is `this.name`; `named` that callers write its name."""

    name: str
    type: str
    default: Span | None
    named: bool
    field: bool
    at: Place


@record
class Variable:
    """A field, a constant or a top-level variable."""

    name: str
    type: str
    value: Span | None
    at: Place


@record
class Function:
    """kind: function (also methods), getter, setter, constructor.

    `arrow` is the expression behind `=>`, `block` what stands in braces, both without the signs. `initialisers` are
    the fields that a constructor sets before its body.
    """

    name: str
    kind: str
    type: str
    parameters: tuple[Parameter, ...]
    arrow: Span | None
    block: Span | None
    initialisers: tuple[Variable, ...]
    at: Place


@record
class Constant:
    """A value of an enum, with the arguments that it passes to the constructor."""

    name: str
    arguments: Span | None
    at: Place


@record
class Class:
    """A class, mixin, enum or extension (`kind`). `parents` are the names behind `extends`, `with` and `on`."""

    name: str
    kind: str
    parents: tuple[str, ...]
    members: tuple[Variable | Function, ...]
    constants: tuple[Constant, ...]
    at: Place


@record
class Directive:
    """kind: import, export or part."""

    kind: str
    uri: Text
    prefix: str = ""


Declaration: TypeAlias = Class | Variable | Function
Statement: TypeAlias = If | Switch | Block | Return | Leave | Let | Do | Assert | Function


@record
class Unit:
    """What one file declares."""

    directives: tuple[Directive, ...] = ()
    declarations: tuple[Declaration, ...] = ()
