"""Routes of Django: the lists named `urlpatterns`, the routers of the REST framework, and those of Channels."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from configlint.code.python.blocks import statements
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.imports import located
from configlint.code.python.modules import Modules
from configlint.code.python.objects import dotted, follow
from configlint.code.python.routes.arguments import Call, elements
from configlint.code.python.routes.model import ROOT, Protocol, Route, anything_below, below
from configlint.code.python.routes.patterns import PARAMETER, angles, expression
from configlint.code.python.routes.viewsets import Viewsets
from configlint.code.python.scope import Scope
from configlint.code.python.scopes import module_scope
from configlint.code.python.visits import visited
from configlint.formats.python.document import PythonDocument
from configlint.model.cell import PathPattern
from configlint.model.reason import Reason
from configlint.model.text import Text

PATTERNS = "urlpatterns"
_DEEPEST = 12
_ROUTES = ("path", "re_path", "url")
_PASSING_ON = ("i18n_patterns", "format_suffix_patterns")
_LANGUAGE = PathPattern.of(PARAMETER)
_FILES = {"static": ("static", "media"), "staticfiles_urlpatterns": ("static",)}
"""Helpers that serve files in development, with the prefixes they usually have."""
_RUN_TIME = Reason("runtime", "a route")


class Spot(NamedTuple):
    """Where in the tree of included lists a pattern stands."""

    prefix: PathPattern = ROOT
    protocol: Protocol = "http"
    depth: int = 0

    def inside(self, prefix: PathPattern) -> "Spot":
        return Spot(prefix, self.protocol, self.depth + 1)


def has_patterns(document: PythonDocument) -> bool:
    return PATTERNS in document.content


class DjangoRoutes:
    """The routes of a Django project. `gaps` tell what could not be followed."""

    def __init__(self, modules: Modules, evaluator: Evaluator) -> None:
        self.modules = modules
        self.evaluator = evaluator
        self.viewsets = Viewsets(modules, evaluator)
        self.found: list[Route] = []
        self.gaps: list[Reason] = []

    def read(self) -> None:
        """Everything below the root of the project's configuration, and all that Channels routes."""
        for document in self._roots():
            self._module(document, Spot())
        for document in self.modules.values():
            if "URLRouter" in document.content:
                for node, scope in visited(document, self.modules):
                    if isinstance(node, ast.Call) and dotted(node.func, scope).endswith(".URLRouter") and node.args:
                        self._list(node.args[0], scope, Spot(protocol="ws"))

    def _roots(self) -> list[PythonDocument]:
        """The modules that `ROOT_URLCONF` names, or else those that no other module includes."""
        named: dict[str, PythonDocument] = {}
        for document in self.modules.values():
            value = self._setting("ROOT_URLCONF", document)
            home = located(value, document.path, self.modules) if value else None
            if home is not None and not home[1]:
                named[home[0].path] = home[0]
        if named:
            return list(named.values())
        included = {path for document in self.modules.values() for path in self._includes(document)}
        return [
            document
            for path, document in self.modules.items()
            if has_patterns(document) and path not in included and _assigns_patterns(document)
        ]

    def _setting(self, name: str, document: PythonDocument) -> str | None:
        """A string that a module sets at its top level."""
        if name not in document.content:
            return None
        for statement in document.tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                    return self.evaluator.value(value, module_scope(document, self.modules)).string
        return None

    def _includes(self, document: PythonDocument) -> Iterator[str]:
        """The paths of the modules that a module includes."""
        if not has_patterns(document):
            return
        for node, scope in visited(document, self.modules):
            if isinstance(node, ast.Call) and dotted(node.func, scope).endswith(".include") and node.args:
                home = self._home(node.args[0], scope)
                if home is not None:
                    yield home.path

    def _home(self, node: ast.expr, scope: Scope) -> PythonDocument | None:
        """The module that `include` is given, by its dotted path or itself."""
        path = self.evaluator.value(node, scope).string or dotted(node, scope)
        home = located(path, scope.document.path, self.modules) if path else None
        return home[0] if home is not None and not home[1] else None

    def _module(self, document: PythonDocument, spot: Spot) -> None:
        """The patterns of one module: what is imported or assigned as their list, and what is added to it."""
        if spot.depth > _DEEPEST:
            return
        scope = module_scope(document, self.modules)
        for binding in scope.names.bindings.get(PATTERNS, []):
            home = located(binding.imported, document.path, self.modules) if binding.imported else None
            if home is not None and home[1] == [PATTERNS]:
                self._module(home[0], spot.inside(spot.prefix))
        for statement, block in statements(document.tree.body):
            for value in _pattern_values(statement):
                self._list(value, scope.at(block), spot)

    def _list(self, node: ast.expr, scope: Scope, spot: Spot) -> None:
        if isinstance(node, ast.Name) and node.id == PATTERNS and scope.outer is None:
            # What it held before is read where it was put there.
            return
        if isinstance(node, ast.Call | ast.Attribute):
            self._element(node, scope, spot)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and spot.depth <= _DEEPEST:
            self._list(node.left, scope, spot)
            self._list(node.right, scope, spot)
        else:
            for element, inner in elements(node, scope):
                self._element(element, inner, spot)

    def _element(self, node: ast.expr | None, scope: Scope, spot: Spot) -> None:
        found = follow(node, scope) if node is not None else None
        made = found.node if found is not None else None
        if found is not None and isinstance(made, ast.Call):
            call = Call(node=made, scope=found.scope, evaluator=self.evaluator)
            self._called(call, dotted(made.func, found.scope).rpartition(".")[2], spot)
        elif node is not None and self.viewsets.are(node, scope):
            self.found += self.viewsets.routes(node, scope, spot.prefix)
        else:
            self.gaps.append(_RUN_TIME)

    def _called(self, call: Call, name: str, spot: Spot) -> None:
        if name in _ROUTES:
            self._route(call, name, spot)
        elif name in _FILES:
            self._files(call, _FILES[name], spot)
        elif name in _PASSING_ON:
            self._passed_on(call, name, spot)
        else:
            self.gaps.append(_RUN_TIME)

    def _route(self, call: Call, name: str, spot: Spot) -> None:
        """`path(route, view)`: the view is a function, other patterns, or the `urls` of something that has some."""
        view = call.argument(1, "view")
        includes = isinstance(view, ast.Call) and dotted(view.func, call.scope).endswith("include")
        opens = includes or (isinstance(view, ast.Attribute) and view.attr == "urls")
        for text in call.texts(0, "route", "regex"):
            own = angles(text) if name == "path" else expression(text, whole=not opens)
            if own is None:
                self.gaps.append(_RUN_TIME)
            elif not opens or view is None:
                self._add(call, below(spot.prefix, own), text, spot.protocol)
            else:
                target = view.args[-1] if isinstance(view, ast.Call) and view.args else view
                self._included(target, call, text, spot.inside(below(spot.prefix, own)))

    def _add(self, call: Call, pattern: PathPattern, text: Text, protocol: Protocol) -> None:
        place = text.place or call.place
        module = call.scope.document.path
        self.found.append(Route(methods=(), protocol=protocol, pattern=pattern, path=text, place=place, module=module))

    def _included(self, target: ast.expr, call: Call, text: Text, spot: Spot) -> None:
        """What stands below a path: a module, a list, the view sets of a router, or something unknown."""
        if isinstance(target, ast.Tuple) and target.elts:
            # `include((patterns, "namespace"))`
            target = target.elts[0]
        home = self._home(target, call.scope)
        found = follow(target, call.scope)
        if home is not None:
            self._module(home, spot)
        elif self.viewsets.are(target, call.scope):
            self.found += self.viewsets.routes(target, call.scope, spot.prefix)
        elif isinstance(found.node, ast.List | ast.BinOp) and spot.depth <= _DEEPEST:
            self._list(found.node, found.scope, spot)
        elif spot.prefix.segments:
            self._add(call, anything_below(spot.prefix), text, spot.protocol)
        else:
            self.gaps.append(Reason("not-followed", "what is included"))

    def _files(self, call: Call, usual: tuple[str, ...], spot: Spot) -> None:
        """Files that are served in development, below a setting or where they usually are."""
        text, node = call.text(0, "prefix"), call.argument(0, "prefix")
        names: list[str] = [text.value] if text is not None and text.value else []
        if not names and isinstance(node, ast.Attribute):
            values = (self._setting(node.attr, document) for document in self.modules.values())
            names = [value for value in values if value]
        for name in names or usual:
            pattern = anything_below(below(spot.prefix, PathPattern.of(name)))
            self._add(call, pattern, text or Text.assumed(name), "http")

    def _passed_on(self, call: Call, name: str, spot: Spot) -> None:
        """Patterns that a helper passes on; those of `i18n_patterns` stand below a language, or below nothing."""
        if name == "format_suffix_patterns":
            for argument in call.node.args[:1]:
                self._list(argument, call.scope, spot)
            return
        for argument in call.node.args:
            self._element(argument, call.scope, spot)
            self._element(argument, call.scope, spot.inside(below(spot.prefix, _LANGUAGE)))


def _assigns_patterns(document: PythonDocument) -> bool:
    return any(True for statement, _ in statements(document.tree.body) for _ in _pattern_values(statement))


def _pattern_values(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement assigns or adds to `urlpatterns`."""
    match statement:
        case ast.Assign(targets=[ast.Name(id="urlpatterns")], value=value):
            yield value
        case ast.AnnAssign(target=ast.Name(id="urlpatterns"), value=ast.expr() as value):
            yield value
        case ast.AugAssign(target=ast.Name(id="urlpatterns"), value=value):
            yield value
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="urlpatterns")), args=[*_, value])):
            yield value
