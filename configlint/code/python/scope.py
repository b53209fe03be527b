"""Which definition a name stands for, at a place of a program that nobody runs.

A name is known where one definition decides it: the last one before the place of use, standing in the same block or
in one around it, so that whoever arrives at the use has passed it. Everything else is unknown, with the reason.
"""

import ast
import builtins
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from configlint.code.python.modules import Modules
from configlint.formats.python.document import PythonDocument
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Place

if TYPE_CHECKING:
    from configlint.code.python.found import Made

Position = tuple[int, int]
"""Line and column as `ast` counts them."""
Block = tuple[int, ...]
"""The blocks around a statement, the outermost first: each arm of an `if`, `for`, `try`, `with`, `match` is one."""
Function = ast.FunctionDef | ast.AsyncFunctionDef

BEGINNING: Position = (0, 0)
END: Position = (1 << 60, 0)
MAIN = -1
"""The block of `if __name__ == "__main__":`, which a program that is started runs from top to bottom."""
EVERY = "*"
_BUILTINS = frozenset(dir(builtins))


@record
class Binding:
    """One definition of a name. `node` is its expression, function or class, or None where it is unknown.

    `imported` is the dotted path of what an import binds, with a leading dot for each level of a relative one; `star`
    is the star import that may bind it. `each` is the iterable whose items a loop gives to the name. With `instance`,
    the name is an object of the class `node` (`self`), which the call `made` makes. A `parameter` gets its value from
    whoever calls, and may say by its `annotation` what that is. `scope` is where the node has to be evaluated, if that
    is not where the name is bound.
    """

    position: Position
    block: Block = ()
    node: ast.expr | Function | ast.ClassDef | None = None
    imported: str = ""
    each: ast.expr | None = None
    instance: bool = False
    made: "Made | None" = None
    parameter: bool = False
    annotation: ast.expr | None = None
    star: "Binding | None" = None
    scope: "Scope | None" = None
    reason: Reason | None = None


class Names:
    """All definitions of one module, function or class body."""

    __slots__ = ("bindings", "disturbed", "document", "loops", "sites", "stars")

    def __init__(self, document: PythonDocument) -> None:
        self.document = document
        self.bindings: dict[str, list[Binding]] = {}
        """Of each name, in the order of the text."""
        self.loops: set[int] = set()
        """Those blocks that run several times."""
        self.stars: list[Binding] = []
        """Star imports, which may define any name."""
        self.sites: dict[tuple[str, Position], ast.stmt] = {}
        """By name and position, the statement that makes a definition."""
        self.disturbed: dict[str, Reason] = {}
        """Why a name, or `EVERY` name, cannot be trusted."""

    def add(self, name: str, binding: Binding) -> None:
        self.bindings.setdefault(name, []).append(binding)

    def copy(self) -> "Names":
        other = Names(self.document)
        other.bindings = {name: list(found) for name, found in self.bindings.items()}
        other.loops, other.stars, other.sites = self.loops, self.stars, self.sites
        other.disturbed = self.disturbed
        return other

    def place(self, name: str, binding: "Binding") -> Place:
        """Where a definition stands: its statement, or the first line of one that holds others."""
        source = self.document.source
        statement = self.sites.get((name, binding.position))
        if statement is None:
            return Place(source.path, 0, 0)
        start, end = source.span(statement)
        if hasattr(statement, "body"):
            end = start + len(source.content[start:end].partition("\n")[0].rstrip())
        return Place(source.path, start, end)


class Scope(NamedTuple):
    """A place in a program: the names around it and the blocks in which it stands.

    The body of a function runs after what is around it; that of a class or a comprehension runs at its place.
    """

    names: Names
    modules: Modules
    outer: "Scope | None" = None
    block: Block = ()
    deferred: bool = True
    called: bool = False
    """Whether this is the inside of a function as one certain call sees it."""

    @property
    def document(self) -> PythonDocument:
        return self.names.document

    def at(self, block: Block) -> "Scope":
        return self._replace(block=block)

    def find(self, name: str, position: Position, ignored: Collection[Binding] = ()) -> tuple[Binding, "Scope"] | None:
        """The definition that decides a name at a position of this scope, and where it stands; None for a built-in.

        `ignored` are star imports that do not define the name.
        """
        scope: Scope | None = self
        while scope is not None:
            binding = scope.decisive(name, position, ignored)
            if binding is not None:
                return binding, binding.scope or scope.at(binding.block)
            if scope.deferred:
                position = END
            scope = scope.outer
        return None

    def decisive(self, name: str, position: Position, ignored: Collection[Binding] = ()) -> Binding | None:
        """The definition that decides a name within this scope alone; None if it has none."""
        names = self.names
        found = names.bindings.get(name, [])
        stars = [star for star in names.stars if star not in ignored and (found or name not in _BUILTINS)]
        if not found and not stars:
            return None
        last = _last_before(found, stars, position)
        if last is None:
            return Binding(position=position, reason=Reason("set-later", name))
        if last in stars:
            path = last.imported + ("." if last.imported.strip(".") else "") + name
            reason = Reason("may-come-from", name, last.imported)
            return Binding(position=last.position, imported=path, star=last, reason=reason)
        doubt = names.disturbed.get(name) or names.disturbed.get(EVERY) or self._doubt(name, last, found)
        if doubt is None:
            return last
        imported = next((binding.imported for binding in reversed(found) if binding.imported), "")
        return Binding(position=last.position, block=last.block, imported=imported, reason=doubt)

    def _doubt(self, name: str, last: Binding, found: Sequence[Binding]) -> Reason | None:
        """Why the last definition before this place may not be the one that decides."""
        if last.reason or last.imported:
            return None
        here, there = _without_main(self.block), _without_main(last.block)
        if here[: len(there)] != there:
            return Reason("condition", name, str(last.position[0]))
        for loop in self.names.loops.intersection(here).difference(there):
            if any(loop in binding.block for binding in found):
                return Reason("several-values", name)
        return None


def _position(binding: Binding) -> Position:
    return binding.position


def _last_before(found: Sequence[Binding], stars: Sequence[Binding], position: Position) -> Binding | None:
    index = bisect_right(found, position, key=_position)
    before = [star for star in stars if star.position <= position]
    return max([*found[max(index - 1, 0) : index], *before], key=_position, default=None)


def _without_main(block: Block) -> Block:
    return tuple(number for number in block if number != MAIN)
