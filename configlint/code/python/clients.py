"""The calls that a program makes to other servers, over HTTP and WebSocket."""

import ast
from collections.abc import Iterator

from configlint.code.environments import Answers, Environment
from configlint.code.language import Call
from configlint.code.memo import kept
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.modules import NO_DOCUMENTS, Documents, Modules, together
from configlint.code.python.objects import dotted, follow
from configlint.code.python.referents import Referent, as_called, plain_scope
from configlint.code.python.relevance import Subject, wanted
from configlint.code.python.scope import Function, Scope
from configlint.code.python.sessions import (
    FUNCTIONS,
    VERBS,
    Session,
    Signature,
    argument,
    below,
    follows,
    method_of,
)
from configlint.code.python.traversal import Visit, traverse, traverse_body
from configlint.code.python.wrappers import given_by_caller
from configlint.formats.python.document import PythonDocument
from configlint.model.text import Place

_VERB = "|".join((*VERBS, "request", "stream", "build_request", "ws_connect", "connect"))
_SUBJECT = Subject(
    words=r"\Arequests\Z|\brequests\s*\.|(?:\bimport|\bfrom|,)\s+requests\b|\brequests\s+as\b|requests_toolbelt|httpx|aiohttp|urllib3"
    r"|urlopen|urlretrieve|\burllib\.request\b|\burllib\s+import\b|websocket"
    rf"|(?i:(?<!request\.)session|client|http)\w*[\s)]*\.\s*(?:{_VERB})\s*\("
)
"""The libraries, and the methods of what is called like a session of one."""
_DEEPEST = 3
"""How many functions of the program's own may lie between a URL and the library."""


def calls(document: PythonDocument, environment: Environment, modules: Documents = NO_DOCUMENTS) -> tuple[Call, ...]:
    """The calls of a module, in the order of its text. Raises `UnreadableError` where it cannot be parsed.

    What a client calls inside its own process, as test clients do, is left out.
    """
    program = together(modules if document.path in modules else {**modules, document.path: document})
    return _answers(program, document).of(environment)


@kept
def _answers(modules: Modules, document: PythonDocument) -> Answers[tuple[Call, ...]]:
    lines = wanted(document, modules, _SUBJECT)
    visits = list(traverse(document, modules, lines.within)) if lines is not None else []
    return Answers(lambda environment: _Caller(Evaluator(environment), modules).everything(visits))


class _Caller:
    """Goes through one module."""

    def __init__(self, evaluator: Evaluator, modules: Modules) -> None:
        self.evaluator = evaluator
        self.modules = modules
        self.passing: dict[int, bool] = {}
        """By function node, whether it calls a URL that its own caller states."""

    def everything(self, visits: list[Visit]) -> tuple[Call, ...]:
        direct: dict[int, Call] = {}
        through: dict[int, list[Call]] = {}
        for node, scope in visits:
            if isinstance(node, ast.Call):
                made = self.made(node, scope)
                if made is not None:
                    direct[id(node)] = made
                for key, call in self.through(node, scope, scope.document.source.place(node), _DEEPEST):
                    through.setdefault(key, []).append(call)
        # What is called through a function is told at its callers, where the whole URL is known.
        found = [call for key, call in direct.items() if key not in through]
        found += [call for inner in through.values() for call in inner]
        return tuple(sorted(found, key=lambda call: (call.place, call.url.raw)))

    def made(self, node: ast.Call, scope: Scope) -> Call | None:
        """The call of a server that an expression makes by itself."""
        path = dotted(node.func, scope)
        place = scope.document.source.place(node)
        if path == "urllib.request.urlopen":
            return self.opened(node, scope, place)
        signature, made = FUNCTIONS.get(path), Session("")
        if signature is None and not path:
            signature, made = method_of(node, scope, self.evaluator) or (None, made)
        address = argument(node, signature.url, signature.names) if signature is not None else None
        if signature is None or address is None:
            return None
        return Call(
            method="" if signature.protocol == "ws" else self.method(node, signature, scope),
            protocol=signature.protocol,
            url=below(made, self.evaluator.text(address, scope)),
            place=place,
            follows=follows(node, path or made.path, made),
        )

    def method(self, node: ast.Call, signature: Signature, scope: Scope) -> str:
        stated = argument(node, 0, ("method",)) if not signature.method else None
        value = self.evaluator.value(stated, scope).string if stated is not None else None
        return signature.method or (value or "").upper()

    def opened(self, node: ast.Call, scope: Scope, place: Place) -> Call | None:
        """`urlopen(url)`, `urlopen(Request(url, …))`: GET, or POST where there is data."""
        address = argument(node, 0, ("url",))
        if address is None:
            return None
        referent = follow(address, scope)
        request = referent.node if isinstance(referent.node, ast.Call) else None
        if request is None or dotted(request.func, referent.scope) != "urllib.request.Request":
            request, inner = node, scope
        else:
            inner = referent.scope
            address = argument(request, 0, ("url",))
        if address is None:
            return None
        stated = next((word.value for word in request.keywords if word.arg == "method"), None)
        method = self.evaluator.value(stated, inner).string or "" if stated is not None else ""
        data = argument(request, 1, ("data",)) is not None
        implied = "POST" if data else "GET"
        url = self.evaluator.text(address, inner)
        spoken = method.upper() if stated else implied
        # 307 and 308 raise an error for what is not GET or HEAD (urllib/request.py, HTTPRedirectHandler).
        return Call(method=spoken, protocol="http", url=url, place=place, follows=spoken in ("GET", "HEAD"))

    def through(self, node: ast.Call, scope: Scope, place: Place, depth: int) -> Iterator[tuple[int, Call]]:
        """The calls that a function of the program's own makes to what it is told here, by the library's call."""
        referent = follow(node.func, scope)
        if not isinstance(referent.node, Function) or not depth or not self.passes(referent.node, referent, depth):
            return
        inside = as_called(referent.node, referent, node, scope)
        plain = plain_scope(referent.node, referent)
        for inner, here in traverse_body(referent.node.body, inside):
            if not isinstance(inner, ast.Call):
                continue
            made = self.made(inner, here)
            if made is None:
                yield from self.through(inner, here, place, depth - 1)
            elif _stated_by_caller(inner, plain.at(here.block)):
                yield (
                    id(inner),
                    Call(method=made.method, protocol=made.protocol, url=made.url, place=place, follows=made.follows),
                )

    def passes(self, function: Function, referent: Referent, depth: int) -> bool:
        """Whether a function calls a URL that is made of its parameters."""
        if id(function) not in self.passing:
            self.passing[id(function)] = False
            for node, scope in self.inside(function, referent):
                if isinstance(node, ast.Call) and _stated_by_caller(node, scope):
                    inner = follow(node.func, scope)
                    if self.made(node, scope) is not None or (
                        depth and isinstance(inner.node, Function) and self.passes(inner.node, inner, depth - 1)
                    ):
                        self.passing[id(function)] = True
                        break
        return self.passing[id(function)]

    def inside(self, function: Function, referent: Referent) -> Iterator[Visit]:
        """What in a function can have to do with a call of a server."""
        lines = wanted(referent.scope.document, self.modules, _SUBJECT)
        if lines is not None:
            yield from traverse_body(function.body, plain_scope(function, referent), lines.within)


def _stated_by_caller(node: ast.Call, scope: Scope) -> bool:
    """Whether an argument of a call is made of a parameter of the function in which it stands."""
    arguments = [*node.args, *(word.value for word in node.keywords if word.arg in ("url", "uri", "path", "endpoint"))]
    return any(given_by_caller(argument, scope) for argument in arguments[:2])
