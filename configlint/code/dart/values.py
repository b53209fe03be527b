"""What an expression of Dart can be: values with where they are reached, and the scopes that give names to them."""

from typing import Any

from configlint.code.dart.build_variants import EVERYWHERE, narrowed
from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class, Constant, Function, Parameter, Variable
from configlint.formats.dart.syntax import Call, Expression
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Place, Text

PARAMETER = Reason("caller")
"""Why a parameter is unknown as long as nobody says who calls."""


@record
class Arm:
    """One value that an expression can take.

    role: `fallback` or `default` where the value stands in for another. `variable` is the one whose value, or whose
    absence, this is. `null`: there is no value. `given`: a variable that is set decides. `replaced` are places whose
    characters are exchanged when the app runs.
    """

    text: Text
    variants: int = EVERYWHERE
    role: str = ""
    variable: str = ""
    null: bool = False
    given: bool = False
    replaced: tuple[Place, ...] = ()

    def but(self, **changes: Any) -> "Arm":
        """The same arm with some fields changed."""
        return Arm(**({name: getattr(self, name) for name in _ARM_FIELDS} | changes))

    def within(self, variants: int) -> "Arm":
        return self.but(variants=narrowed(self.variants, variants))

    def possible(self, variants: int) -> bool:
        """Whether the arm is met there; what nobody reaches is kept, for it is written all the same."""
        return bool(self.variants & variants & EVERYWHERE) or not (self.variants & EVERYWHERE and variants & EVERYWHERE)


_ARM_FIELDS = tuple(Arm.__annotations__)


def unknown(reason: Reason | None, at: Place | None = None) -> Arm:
    return Arm(text=Text.unknown(reason, at))


@record
class Binding:
    """A value given to a local name, from `offset` on. `surely` are the variants in which nothing can skip it."""

    value: Expression | None
    scope: "Scope"
    variants: int
    surely: int
    offset: int


class Scope:
    """Local names of a block, and the block around it. A name without bindings has a value that nobody can tell."""

    __slots__ = ("function", "functions", "names", "outer", "parameters", "types")

    def __init__(self, outer: "Scope | None" = None, parameters: tuple[Parameter, ...] = ()) -> None:
        self.outer = outer
        self.names: dict[str, list[Binding]] = {}
        self.types: dict[str, str] = {}
        self.functions: dict[str, Function] = {}
        self.parameters = {parameter.name: parameter for parameter in parameters if not parameter.field}
        self.function: Function | None = None

    def holder(self, name: str) -> "Scope | None":
        """The innermost scope that declares a name."""
        scope: Scope | None = self
        while scope is not None and not any(
            name in names for names in (scope.names, scope.parameters, scope.functions)
        ):
            scope = scope.outer
        return scope

    @property
    def whose(self) -> Function | None:
        """The function with a name in which this scope stands."""
        scope: Scope | None = self
        while scope is not None and scope.function is None:
            scope = scope.outer
        return scope.function if scope else None


@record
class Where:
    """The surroundings in which an expression means something. `caller` is the call that gives the parameters."""

    document: DartDocument
    owner: Class | None = None
    scope: Scope | None = None
    caller: "Caller | None" = None

    def inside(self, scope: Scope) -> "Where":
        return Where(document=self.document, owner=self.owner, scope=scope, caller=self.caller)

    def called(self, caller: "Caller | None") -> "Where":
        return Where(document=self.document, owner=self.owner, scope=self.scope, caller=caller)


@record
class Caller:
    """A call of a function of the app. `home` is where it is declared, `where` are the surroundings of the call."""

    function: Function
    home: "Declared"
    call: Call
    where: Where
    variants: int = EVERYWHERE


@record
class Declared:
    """A member or a top-level name, and where it stands."""

    document: DartDocument
    owner: Class | None
    member: Variable | Function | Constant

    @property
    def where(self) -> Where:
        return Where(document=self.document, owner=self.owner)

    @property
    def name(self) -> str:
        return f"{self.owner.name}.{self.member.name}" if self.owner and self.owner.name else self.member.name
