"""The routers of Django REST framework: each view set serves a list, its items and actions of its own."""

import ast
from collections.abc import Iterator

from configlint.code.python.evaluate import Evaluator
from configlint.code.python.modules import Modules
from configlint.code.python.objects import constructor, dotted
from configlint.code.python.routes.arguments import Call
from configlint.code.python.routes.model import Route, anything_below, below
from configlint.code.python.routes.patterns import expression
from configlint.code.python.scope import Scope
from configlint.code.python.visits import visited
from configlint.model.cell import PathPattern
from configlint.model.text import Text

_ROUTERS = ("DefaultRouter", "SimpleRouter", "NestedDefaultRouter", "NestedSimpleRouter", "NestedRouterMixin")


class Viewsets:
    """What is registered on the routers of a program."""

    def __init__(self, modules: Modules, evaluator: Evaluator) -> None:
        self.modules = modules
        self.evaluator = evaluator
        self._registered: dict[int, list[Call]] | None = None

    def are(self, node: ast.expr, scope: Scope) -> bool:
        """Whether an expression is the `urls` of a router."""
        return isinstance(node, ast.Attribute) and node.attr == "urls" and _router(node.value, scope) is not None

    def routes(self, node: ast.expr, scope: Scope, prefix: PathPattern) -> Iterator[Route]:
        """The routes of a router that is included below a prefix."""
        router = _router(node.value, scope) if isinstance(node, ast.Attribute) else None
        if router is None:
            return
        place = scope.document.source.place(node)
        path = scope.document.path
        yield Route(methods=(), protocol="http", pattern=prefix, path=Text.assumed(""), place=place, module=path)
        for call in self._all().get(id(router), []):
            for text in call.texts(0, "prefix"):
                own = expression(text, whole=False)
                pattern = anything_below(below(prefix, own)) if own is not None else anything_below(prefix)
                where = text.place or call.place
                module = call.scope.document.path
                yield Route(methods=(), protocol="http", pattern=pattern, path=text, place=where, module=module)

    def _all(self) -> dict[int, list[Call]]:
        if self._registered is None:
            self._registered = {}
            for document in self.modules.values():
                if ".register(" in document.content:
                    for node, scope in visited(document, self.modules):
                        self._take(node, scope)
        return self._registered

    def _take(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "register":
            router = _router(node.func.value, scope)
            if router is not None and self._registered is not None:
                call = Call(node=node, scope=scope, evaluator=self.evaluator)
                self._registered.setdefault(id(router), []).append(call)


def _router(node: ast.expr, scope: Scope) -> ast.Call | None:
    """The call that makes a router."""
    call, inner = constructor(node, scope)
    return call if call is not None and dotted(call.func, inner).rpartition(".")[2] in _ROUTERS else None
