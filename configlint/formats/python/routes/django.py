"""Routes of Django: the lists named `urlpatterns`, the routers of the REST framework, and those of Channels."""

import ast
from collections.abc import Iterator

from configlint.formats.python.blocks import statements
from configlint.formats.python.document import PythonDocument
from configlint.formats.python.evaluate import Evaluator
from configlint.formats.python.imports import located
from configlint.formats.python.objects import dotted, follow
from configlint.formats.python.routes.arguments import Call, elements
from configlint.formats.python.routes.model import ROOT, Protocol, Route, anything_below, below
from configlint.formats.python.routes.patterns import PARAMETER, angles, expression
from configlint.formats.python.routes.viewsets import Viewsets
from configlint.formats.python.scope import Modules, Scope
from configlint.formats.python.scopes import module_scope
from configlint.formats.python.visits import visited
from configlint.model.cell import PathPattern
from configlint.model.text import Text

PATTERNS = "urlpatterns"
_DEEPEST = 12
_ROUTES = ("path", "re_path", "url")
_LANGUAGE = PathPattern.of(PARAMETER)
_FILES = {"static": ("static", "media"), "staticfiles_urlpatterns": ("static",)}
"""Helpers that serve files in development, with the prefixes they usually have."""


def has_patterns(document: PythonDocument) -> bool:
    return PATTERNS in document.content


class DjangoRoutes:
    """The routes of a Django project. `gaps` tell what could not be followed."""

    def __init__(self, modules: Modules, evaluator: Evaluator) -> None:
        self.modules = modules
        self.evaluator = evaluator
        self.viewsets = Viewsets(modules, evaluator)
        self.found: list[Route] = []
        self.gaps: list[str] = []

    def read(self) -> None:
        """Everything below the root of the project's configuration, and all that Channels routes."""
        for document in self._roots():
            self._module(document, ROOT, 0)
        for document in self.modules.values():
            if "URLRouter" in document.content:
                for node, scope in visited(document, self.modules):
                    if isinstance(node, ast.Call) and dotted(node.func, scope).endswith(".URLRouter") and node.args:
                        self._list(node.args[0], scope, ROOT, 0, "ws")

    def _roots(self) -> list[PythonDocument]:
        """The modules that `ROOT_URLCONF` names, or else those that no other module includes."""
        named = []
        for document in self.modules.values():
            if "ROOT_URLCONF" in document.content:
                value = self._setting("ROOT_URLCONF", document)
                home = located(value, document.path, self.modules) if value else None
                if home is not None and not home[1]:
                    named.append(home[0])
        if named:
            return list({document.path: document for document in named}.values())
        included = {path for document in self.modules.values() for path in self._includes(document)}
        return [
            document
            for path, document in self.modules.items()
            if has_patterns(document) and path not in included and _assigns_patterns(document)
        ]

    def _setting(self, name: str, document: PythonDocument) -> str | None:
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

    def _module(self, document: PythonDocument, prefix: PathPattern, depth: int) -> None:
        """The patterns of one module: what is assigned to their list, and what is added to it."""
        scope = module_scope(document, self.modules)
        for binding in scope.names.bindings.get(PATTERNS, []):
            home = located(binding.imported, document.path, self.modules) if binding.imported else None
            if home is not None and home[1] == [PATTERNS] and depth < _DEEPEST:
                self._module(home[0], prefix, depth + 1)
        for statement, block in statements(document.tree.body):
            for value in _pattern_values(statement):
                self._list(value, scope.at(block), prefix, depth, "http")

    def _list(self, node: ast.expr, scope: Scope, prefix: PathPattern, depth: int, protocol: Protocol) -> None:
        if isinstance(node, ast.Name) and node.id == PATTERNS and scope.outer is None:
            # What it held before is read where it was put there.
            return
        if isinstance(node, ast.Call | ast.Attribute):
            self._element(node, scope, prefix, depth, protocol)
            return
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            for side in (node.left, node.right):
                self._list(side, scope, prefix, depth, protocol)
            return
        for element, inner in elements(node, scope):
            if element is None:
                self.gaps.append("a list of paths is put together when the program runs")
            else:
                self._element(element, inner, prefix, depth, protocol)

    def _element(self, node: ast.expr, scope: Scope, prefix: PathPattern, depth: int, protocol: Protocol) -> None:
        found = follow(node, scope)
        node = found.node if isinstance(found.node, ast.Call | ast.Attribute) else node
        name = dotted(node.func, found.scope).rpartition(".")[2] if isinstance(node, ast.Call) else ""
        call = Call(node=node, scope=found.scope, evaluator=self.evaluator) if isinstance(node, ast.Call) else None
        if call is not None and name in _ROUTES:
            self._route(call, name, prefix, depth, protocol)
        elif call is not None and name in _FILES:
            self._files(call, _FILES[name], prefix)
        elif call is not None and name in ("i18n_patterns", "format_suffix_patterns"):
            self._wrapped(call, name, prefix, depth, protocol)
        elif self.viewsets.are(node, found.scope):
            self.found += self.viewsets.routes(node, found.scope, prefix)
        else:
            self.gaps.append("a path is put together when the program runs")

    def _route(self, call: Call, name: str, prefix: PathPattern, depth: int, protocol: Protocol) -> None:
        target = call.argument(1, "view")
        included = target if isinstance(target, ast.Call) else None
        if included is not None and dotted(included.func, call.scope).rpartition(".")[2] not in (
            "include",
            "decorator_include",
        ):
            included = None
        opened = included is not None or (isinstance(target, ast.Attribute) and target.attr == "urls")
        for text in call.texts(0, "route", "regex"):
            own = angles(text) if name == "path" else expression(text, whole=not opened)
            if own is None:
                self.gaps.append("a path is put together when the program runs")
                continue
            whole = below(prefix, own)
            if included is not None:
                self._included(included, call, whole, text, depth, protocol)
            elif opened and target is not None and self.viewsets.are(target, call.scope):
                self.found += self.viewsets.routes(target, call.scope, whole)
            else:
                self._add(call, anything_below(whole) if opened else whole, text, protocol)

    def _add(self, call: Call, pattern: PathPattern, text: Text, protocol: Protocol) -> None:
        place = text.place or call.place
        module = call.scope.document.path
        self.found.append(Route(methods=(), protocol=protocol, pattern=pattern, path=text, place=place, module=module))

    def _included(
        self, node: ast.Call, call: Call, prefix: PathPattern, text: Text, depth: int, protocol: Protocol
    ) -> None:
        target = node.args[-1] if node.args else None
        found = follow(target, call.scope) if target is not None else None
        home = self._home(target, call.scope) if target is not None else None
        if isinstance(target, ast.Tuple) and target.elts:
            target = target.elts[0]
            found = follow(target, call.scope)
        if home is not None and depth < _DEEPEST:
            self._module(home, prefix, depth + 1)
        elif target is not None and self.viewsets.are(target, call.scope):
            self.found += self.viewsets.routes(target, call.scope, prefix)
        elif found is not None and isinstance(found.node, ast.List | ast.BinOp) and depth < _DEEPEST:
            self._list(found.node, found.scope, prefix, depth + 1, protocol)
        elif prefix.segments:
            self._add(call, anything_below(prefix), text, protocol)
        else:
            self.gaps.append("what is included is not followed")

    def _files(self, call: Call, usual: tuple[str, ...], prefix: PathPattern) -> None:
        """Files that are served in development, below a setting or where they usually are."""
        text = call.text(0, "prefix")
        node = call.argument(0, "prefix")
        if text is not None and text.value is None and isinstance(node, ast.Attribute):
            values = (self._setting(node.attr, document) for document in self.modules.values())
            names = [value for value in values if value] or list(usual)
        else:
            names = [text.value] if text is not None and text.value else list(usual)
        for name in names:
            self._add(call, anything_below(below(prefix, PathPattern.of(name))), text or Text.assumed(name), "http")

    def _wrapped(self, call: Call, name: str, prefix: PathPattern, depth: int, protocol: Protocol) -> None:
        """Patterns that a helper passes on; those of `i18n_patterns` stand below a language, or below nothing."""
        if name == "format_suffix_patterns":
            for argument in call.node.args[:1]:
                self._list(argument, call.scope, prefix, depth, protocol)
            return
        for argument in call.node.args:
            self._element(argument, call.scope, prefix, depth, protocol)
            self._element(argument, call.scope, below(prefix, _LANGUAGE), depth, protocol)


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
