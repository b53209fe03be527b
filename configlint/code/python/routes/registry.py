"""Collects every application of a program and what is registered on it, wherever that happens."""

import ast
from collections.abc import Iterable, Iterator

from configlint.code.python.evaluate import Evaluator
from configlint.code.python.inlining import built
from configlint.code.python.objects import dotted, follow, made_by
from configlint.code.python.referents import as_called
from configlint.code.python.routes import aiohttp, flask, starlette
from configlint.code.python.routes.arguments import Call, elements
from configlint.code.python.routes.harmless import adds_no_paths
from configlint.code.python.routes.model import ROOT, Application, Entry, Included, Unseen
from configlint.code.python.scope import Function, Scope
from configlint.code.python.traversal import Visit, traverse_body
from configlint.model.reason import Reason

_TELLING = frozenset(
    {"include_router", "add_api_route", "add_api_websocket_route", "register_blueprint", "add_url_rule", "add_routes"}
)
"""Methods by whose name alone an application is recognised."""
_DECORATING = frozenset({"get", "post", "put", "delete", "patch", "route", "api_route", "websocket"})
_DEEPEST = 4
"""How many functions an application is followed into."""


class Registry:
    """Applications by the identity of the call that makes them, with all that is registered on them."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.applications: dict[int, Application] = {}
        self.entries: dict[int, list[Entry]] = {}
        self._unplaced: dict[int, str] = {}
        """By the identity of a registering call, what it registers on, if that is not known yet."""
        self._placed: set[int] = set()
        self._decorated: dict[int, Function] = {}

    def read(self, visits: Iterable[Visit], depth: int = _DEEPEST) -> None:
        """Takes up the registrations among the statements and expressions of a body."""
        visits = list(visits)
        for node, _ in visits:
            if isinstance(node, Function):
                self._decorated.update((id(decorator), node) for decorator in node.decorator_list)
        for node, scope in visits:
            if isinstance(node, ast.Call):
                self._call(node, scope, depth)

    @property
    def unplaced(self) -> Iterator[str]:
        """What registrations stand on whose application was never found."""
        return (name for key, name in self._unplaced.items() if key not in self._placed)

    def application(self, node: ast.expr, scope: Scope) -> int | None:
        """The application that an expression is, or whose `router` it is."""
        call, inner = built(node, scope)
        key = self._made(call, inner) if call is not None else None
        if key is None and isinstance(node, ast.Attribute) and node.attr == "router":
            return self.application(node.value, scope)
        return key

    def _made(self, call: ast.Call, scope: Scope) -> int | None:
        if id(call) in self.applications:
            return id(call)
        path = _class_path(call.func, scope)
        made = Call(node=call, scope=scope, evaluator=self.evaluator)
        for framework in (starlette, flask, aiohttp):
            if path in framework.CLASSES:
                application = framework.application(path, made)
                self.applications[id(call)] = application
                self.entries[id(call)] = list(application.entries)
                return id(call)
        return None

    def children(self, included: Included) -> list[int] | None:
        """The applications that are included: several where a loop goes through them; None if they are unknown."""
        key = self.application(included.child, included.scope)
        if key is not None:
            return [key]
        child = included.child
        looped = child.value if isinstance(child, ast.Attribute) else child
        referent = follow(looped, included.scope)
        if referent.each is None:
            return None
        keys: list[int] = []
        for element, scope in elements(referent.each, referent.scope):
            if element is None:
                return None
            if isinstance(child, ast.Attribute):
                element = ast.copy_location(ast.Attribute(value=element, attr=child.attr, ctx=ast.Load()), element)
            key = self.application(element, scope)
            if key is None:
                return None
            keys.append(key)
        return keys

    def _call(self, node: ast.Call, scope: Scope, depth: int) -> None:
        call = Call(node=node, scope=scope, evaluator=self.evaluator)
        if isinstance(node.func, ast.Attribute):
            method = node.func.attr
            owner = self.application(node.func.value, scope) if method in _REGISTERING else None
            if owner is not None:
                self._register(owner, call, method)
                return
            telling = method in _TELLING or (method in _DECORATING and id(node) in self._decorated and _is_path(node))
            if telling and not made_by(node.func.value, scope) and not dotted(node.func.value, scope):
                self._unplaced[id(node)] = ast.unparse(node.func.value)[:40]
                return
        key = self._made(node, scope)
        if key is not None:
            for holder, entry in flask.attached(_class_path(node.func, scope), call):
                self._add(self.application(holder, scope), entry)
            return
        self._passed_on(call, depth)

    def _register(self, owner: int, call: Call, method: str) -> None:
        application = self.applications[owner]
        self._placed.add(id(call.node))
        handler = self._decorated.get(id(call.node))
        if application.framework == "aiohttp" and method in aiohttp.REGISTERING:
            found = list(aiohttp.registered(call, method, handler))
        elif application.framework == "starlette" and method in starlette.REGISTERING:
            found = list(starlette.registered(call, method, application.prefix))
        elif method == "init_app" and call.node.args and isinstance(call.node.func, ast.Attribute):
            extension = Included(child=call.node.func.value, scope=call.scope, prefix=ROOT, place=call.place)
            self._add(self.application(call.node.args[0], call.scope), extension)
            return
        elif application.framework in ("flask", "sockets") and method in flask.REGISTERING:
            found = list(flask.registered(call, method, application.framework))
        else:
            return
        for entry in found:
            self._add(owner, entry)

    def _add(self, owner: int | None, entry: Entry) -> None:
        if owner is not None:
            self.entries[owner].append(entry)

    def _passed_on(self, call: Call, depth: int) -> None:
        """An application that is handed to a function, which may register something on it."""
        arguments = [*call.node.args, *(word.value for word in call.node.keywords)]
        references = [argument for argument in arguments if isinstance(argument, ast.Name | ast.Attribute)]
        owners = {self.application(argument, call.scope) for argument in references} - {None}
        if not owners:
            return
        referent = follow(call.node.func, call.scope)
        if isinstance(referent.node, Function) and depth:
            inside = as_called(referent.node, referent, call.node, call.scope)
            self.read(traverse_body(referent.node.body, inside), depth - 1)
        elif not adds_no_paths(call.node.func, call.scope):
            for owner in owners:
                self._add(owner, Unseen(reason=Reason("may-add-routes", f"{ast.unparse(call.node.func)[:40]}()")))


_REGISTERING = starlette.REGISTERING | flask.REGISTERING | aiohttp.REGISTERING


def _class_path(node: ast.expr, scope: Scope, depth: int = 5) -> str:
    """The dotted path of a class of a framework, for the class itself or one of the program's own that inherits it."""
    referent = follow(node, scope)
    if not isinstance(referent.node, ast.ClassDef) or not depth:
        return referent.imported
    paths = (_class_path(base, referent.scope, depth - 1) for base in referent.node.bases)
    known = (path for path in paths if path in starlette.CLASSES or path in flask.CLASSES or path in aiohttp.CLASSES)
    return next(known, "")


def _is_path(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.startswith("/")
