"""Puts together what a running application serves: its own routes, and those of everything it includes."""

import ast

from configlint.code.environments import Answers, Environment
from configlint.code.language import Route, Routes
from configlint.code.memo import kept
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.inlining import built
from configlint.code.python.modules import Documents, Modules, together
from configlint.code.python.objects import dotted, follow
from configlint.code.python.relevance import Subject, wanted
from configlint.code.python.routes.django import DjangoRoutes, has_patterns
from configlint.code.python.routes.endings import LENIENT, ended
from configlint.code.python.routes.harmless import adds_no_paths
from configlint.code.python.routes.model import (
    BOTH,
    DEEPEST,
    ROOT,
    TOO_DEEP,
    Included,
    Registered,
    anything_below,
    below,
)
from configlint.code.python.routes.registry import Registry
from configlint.code.python.scope import END, Function, Scope
from configlint.code.python.scopes import module_scope
from configlint.code.python.traversal import traverse
from configlint.model.cell import PathPattern
from configlint.model.reason import Reason
from configlint.model.text import Text

_SUBJECT = Subject(
    words="fastapi|starlette|flask|quart|aiohttp"
    r"|(?:include_router|add_api_route|add_api_websocket_route|register_blueprint|add_url_rule|add_routes)\b"
    r"|@[\w.() ]+\.\s*(?:get|post|put|delete|patch|route|api_route|websocket)\s*\(\s*\w?[\"']/"
)
_MOST_ROUTES, _MOST_STEPS = 5_000, 20_000
_DJANGO = ("get_wsgi_application", "get_asgi_application", "ProtocolTypeRouter")


def routes(modules: Documents, path: str = "", name: str = "", environment: Environment = lambda _: None) -> Routes:
    """The routes of the application `name` (`app`, `create_app()`) of the module at `path`.

    Without a name, those of every application of the modules that is not included in another one. `modules` are the
    documents of one program by their paths; one that cannot be parsed makes the answer incomplete.
    """
    return _answers(together(modules), path, name).of(environment)


@kept
def _answers(modules: Modules, path: str, name: str) -> Answers[Routes]:
    def served(environment: Environment) -> Routes:
        serving = _Serving(modules, Evaluator(environment))
        if name:
            serving.start(path, name)
        else:
            serving.start_all()
        return serving.answer()

    return Answers(served)


class _Serving:
    """One program, expanded from its applications."""

    def __init__(self, modules: Modules, evaluator: Evaluator) -> None:
        self.modules = _readable(modules)
        self.gaps = [Reason("unreadable-file", path) for path in modules if path not in self.modules]
        self.registry = Registry(evaluator)
        self.django = DjangoRoutes(self.modules, evaluator)
        self.lenient = any(word in one.content for word in LENIENT for one in self.modules.values())
        self.found: dict[tuple[object, ...], Route] = {}
        self.steps = 0
        for document in self.modules.values():
            lines = wanted(document, self.modules, _SUBJECT)
            if lines is not None:
                self.registry.read(traverse(document, self.modules, lines.within))

    def answer(self) -> Routes:
        gaps = [*self.gaps, *self.django.gaps]
        gaps += [Reason("not-followed", f"{name}") for name in self.registry.unplaced]
        found = sorted((*self.found.values(), *self.django.found), key=lambda route: (route.place, str(route.pattern)))
        return Routes(routes=tuple(found), complete=not gaps, reason=gaps[0] if gaps else None)

    def start(self, path: str, name: str) -> None:
        """Expands the application that a server is told to run."""
        document = self.modules.get(path)
        node = _entry(name)
        if document is None or node is None:
            self.gaps.append(Reason("missing-file", path or "the module"))
            return
        scope = module_scope(document, self.modules)
        if isinstance(follow(node, scope).node, Function):
            # A factory, which the server calls.
            node = ast.copy_location(ast.Call(func=node, args=[], keywords=[]), node)
        call, inner = built(node, scope)
        if call is not None and dotted(call.func, inner).rpartition(".")[2] in _DJANGO:
            self.django.read()
        elif not self.expand_any(node, scope, ROOT, ()):
            self.gaps.append(Reason("not-followed", f"{name}"))

    def start_all(self) -> None:
        """Expands every application that a server could run and that is no part of another one."""
        included = {
            child
            for entries in self.registry.entries.values()
            for entry in entries
            if isinstance(entry, Included)
            for child in self.registry.children(entry) or ()
        }
        for key, application in list(self.registry.applications.items()):
            if application.root and key not in included:
                self.expand(key, ROOT, ())
        if any(has_patterns(document) for document in self.modules.values()):
            self.django.read()
        elif not any(application.root for application in self.registry.applications.values()):
            self.gaps.append(Reason("no-application"))

    def expand_any(self, node: ast.expr, scope: Scope, prefix: PathPattern, above: tuple[int, ...]) -> bool:
        """Expands an application, or what a middleware is wrapped around; false where neither is found.

        `above` are the calls that make what it is included in, or wrapped with.
        """
        key = self.registry.application(node, scope)
        if key is not None:
            self.expand(key, prefix, above)
            return True
        call, inner = built(node, scope)
        if call is None or self.ended(above):
            return False
        around = (*above, id(call))
        wrapped = [*call.args, *(word.value for word in call.keywords)]
        found = [self.expand_any(argument, inner, prefix, around) for argument in wrapped if _may_wrap(argument)]
        if dotted(call.func, inner) == "socketio.ASGIApp":
            self.anything(
                below(prefix, PathPattern.of("/socket.io")),
                Included(child=node, scope=scope, prefix=prefix, place=inner.document.source.place(call)),
            )
            return True
        if any(found) and not adds_no_paths(call.func, inner):
            self.gaps.append(Reason("may-add-routes", f"{ast.unparse(call.func)[:40]}()"))
        return any(found)

    def expand(self, key: int, prefix: PathPattern | None, above: tuple[int, ...]) -> None:
        """Adds the routes of an application that is served below a prefix; None where the prefix is not known."""
        if key in above or self.ended(above):
            return
        for entry in self.registry.entries[key]:
            if isinstance(entry, Registered):
                application = self.registry.applications[key]
                self.add(entry, prefix, application.module, application.framework)
            elif isinstance(entry, Included):
                self.include(entry, prefix, (*above, key))
            else:
                self.gaps.append(entry.reason)

    def ended(self, above: tuple[int, ...]) -> bool:
        """Whether no more is followed, in this depth or at all; what was left out is then a gap."""
        self.steps += 1
        if self.steps > _MOST_STEPS or len(self.found) > _MOST_ROUTES:
            self.gaps.append(Reason("more-routes", "the application"))
        elif len(above) >= DEEPEST:
            self.gaps.append(TOO_DEEP)
        else:
            return False
        return True

    def add(self, entry: Registered, prefix: PathPattern | None, module: str, framework: str) -> None:
        if entry.pattern is None or prefix is None:
            self.gaps.append(Reason("runtime", "a route"))
            return
        whole = below(prefix, entry.pattern)
        for protocol in entry.protocols:
            pattern = ended(whole, entry.path, framework, protocol) if not self.lenient else whole
            route = Route(
                methods=entry.methods,
                protocol=protocol,
                pattern=pattern,
                path=entry.path,
                place=entry.place,
                module=entry.place.path or module,
            )
            self.found[entry.methods, protocol, pattern, entry.place] = route

    def include(self, entry: Included, prefix: PathPattern | None, above: tuple[int, ...]) -> None:
        whole = below(prefix, entry.prefix) if prefix is not None and entry.prefix is not None else None
        keys = self.registry.children(entry)
        for key in keys or ():
            child = self.registry.applications[key]
            own = ROOT if entry.replaces or child.framework == "starlette" else child.prefix
            self.expand(key, below(whole, own) if whole is not None and own is not None else None, above)
        if keys is not None or (whole is not None and self.expand_any(entry.child, entry.scope, whole, above)):
            return
        if whole is not None and whole.segments:
            self.anything(whole, entry)
        else:
            self.gaps.append(Reason("runtime", "what is included"))

    def anything(self, prefix: PathPattern, entry: Included) -> None:
        """Below a prefix, whatever the included application serves."""
        text = Text.unknown(Reason("not-followed", "what is served below it"), entry.place)
        everything = Registered(
            methods=(), protocols=BOTH, pattern=anything_below(prefix), path=text, place=entry.place
        )
        self.add(everything, ROOT, entry.place.path, "")


@kept
def _readable(modules: Modules) -> Modules:
    """The modules that can be parsed."""
    return Modules({path: document for path, document in modules.items() if document.problem is None})


def _may_wrap(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.Call)


def _entry(name: str) -> ast.expr | None:
    """The name of an application as an expression at the end of its module."""
    try:
        node = ast.parse(name, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for part in ast.walk(node):
        if isinstance(part, ast.expr):
            part.lineno, part.col_offset = END
    if isinstance(node, ast.Name | ast.Attribute | ast.Call):
        return node
    return None
