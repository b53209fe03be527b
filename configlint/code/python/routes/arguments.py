"""The arguments of a registering call."""

import ast
from collections.abc import Iterator

from configlint.code.python.evaluate import Evaluator
from configlint.code.python.objects import follow
from configlint.code.python.scope import Scope
from configlint.code.python.wrappers import possible_names
from configlint.model.record import record
from configlint.model.text import Place, Text


@record
class Call:
    """One call, with what is needed to look into it."""

    node: ast.Call
    scope: Scope
    evaluator: Evaluator

    @property
    def place(self) -> Place:
        return self.scope.document.source.place(self.node)

    def argument(self, index: int, *names: str) -> ast.expr | None:
        """The argument at a position, or under one of its names."""
        if 0 <= index < len(self.node.args):
            return self.node.args[index]
        return next((word.value for word in self.node.keywords if word.arg in names), None)

    def text(self, index: int, *names: str) -> Text | None:
        """The text of an argument; None where it is not given or given as None."""
        node = self.argument(index, *names)
        if node is None:
            return None
        value = self.evaluator.value(node, self.scope)
        return None if value.kind == "none" and value.text.known else value.text

    def texts(self, index: int, *names: str) -> list[Text]:
        """The texts that an argument takes: several where a loop goes through a literal list."""
        node = self.argument(index, *names)
        if node is None:
            return []
        return list(possible_names(node, self.scope, self.evaluator)) or [self.evaluator.text(node, self.scope)]

    def methods(self, index: int, default: tuple[str, ...]) -> tuple[str, ...]:
        """The HTTP methods of `methods=`; none, which is every one, where they are not known."""
        node = self.argument(index, "methods")
        if node is None:
            return default
        value = self.evaluator.value(node, self.scope)
        if value.kind == "none" and value.text.known:
            return default
        names = [item.string for item in value.items]
        return tuple(name.upper() for name in names if name is not None) if None not in names else ()


def elements(node: ast.expr, scope: Scope, depth: int = 8) -> Iterator[tuple[ast.expr | None, Scope]]:
    """The items of a list that is written out, put together with `+` or spread; None for one that is not seen."""
    referent = follow(node, scope)
    inner = referent.node
    if referent.reason or not depth:
        yield None, scope
    elif isinstance(inner, ast.List | ast.Tuple | ast.Set):
        for element in inner.elts:
            if isinstance(element, ast.Starred):
                yield from elements(element.value, referent.scope, depth - 1)
            else:
                yield element, referent.scope
    elif isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add):
        yield from elements(inner.left, referent.scope, depth - 1)
        yield from elements(inner.right, referent.scope, depth - 1)
    else:
        yield None, scope
