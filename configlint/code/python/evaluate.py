"""What an expression is worth: known with all its places, known in parts, or unknown with a reason for people.

Nothing is run. What is not understood is unknown; it is never guessed at, and never taken for absent.
"""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from configlint.code.environments import Environment
from configlint.code.python import functions, operators
from configlint.code.python.found import Found, inside_scope
from configlint.code.python.inlining import inlined, is_property
from configlint.code.python.objects import follow, look_up
from configlint.code.python.pydantic import settings_field
from configlint.code.python.scope import Scope
from configlint.code.python.values import Value, string, unknown, unset
from configlint.code.python.variables import variable_read
from configlint.formats.python.literals import formatted_parts, number_text, string_text
from configlint.formats.secrecy import mark
from configlint.model.reason import Reason
from configlint.model.text import Place, Text, joined

_ASSUMED = {"sys.executable": "python", "os.sep": "/"}
_DEEPEST = 60
_MOST_STEPS = 40_000


def evaluate(expression: ast.expr, scope: Scope, environment: Environment) -> Text:
    """The text of a string or a number, as the program would have it in a container with this environment."""
    return Evaluator(environment).value(expression, scope).text


class Evaluator:
    """Evaluates the expressions of one question, and remembers what each name was worth."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self._depth = 0
        self._steps = 0
        self._kept: dict[int, Value] = {}

    def value(self, node: ast.expr, scope: Scope) -> Value:
        self._steps += 1
        if self._depth >= _DEEPEST or self._steps > _MOST_STEPS:
            return unknown(Reason("too-deep"), scope.document.source.place(node))
        handler = _HANDLERS.get(type(node))
        if handler is None:
            return unknown(Reason("runtime"), scope.document.source.place(node))
        self._depth += 1
        try:
            return handler(self, node, scope)
        finally:
            self._depth -= 1

    def text(self, node: ast.expr, scope: Scope) -> Text:
        return self.value(node, scope).text

    def items(self, nodes: Sequence[ast.expr], scope: Scope) -> tuple[Value, ...]:
        """The values of the items of a list, with those that are spread into it."""
        items: list[Value] = []
        for node in nodes:
            value = self.value(node.value if isinstance(node, ast.Starred) else node, scope)
            if not isinstance(node, ast.Starred):
                items.append(value)
            elif value.kind == "list":
                items += value.items
            else:
                items.append(unknown(Reason("runtime", "the number of items"), scope.document.source.place(node)))
        return tuple(items)

    def referenced(self, found: Found, place: Place) -> Value:
        """The value of what a reference at `place` leads to."""
        if found.reason:
            return unknown(found.reason, place)
        if isinstance(found.node, ast.expr):
            value = self._remembered(found.node, found.scope)
            return Value(kind=value.kind, text=value.text.through(place), items=value.items)
        if isinstance(found.node, ast.FunctionDef) and is_property(found.node):
            return inlined(self, found, inside_scope(found.node, found), place)
        if found.imported in _ASSUMED:
            return string(Text.assumed(_ASSUMED[found.imported]).through(place))
        what = found.imported.removeprefix("builtins.") or "it"
        return unknown(Reason("runtime", what), place)

    def _remembered(self, node: ast.expr, scope: Scope) -> Value:
        if scope.called:
            return self.value(node, scope)
        if id(node) not in self._kept:
            self._kept[id(node)] = self.value(node, scope)
        return self._kept[id(node)]

    def of_variable(self, name: Text, default: Value | None, place: Place) -> Value:
        """What the environment or else the default gives for a variable that is read at `place`."""
        variable = name.value
        if variable is None:
            return unknown(Reason("runtime", "the name of the variable"), place)
        given = self.environment(variable)
        if given is not None:
            return string(mark(given, variable).through(place))
        if default is None:
            return unset(variable, place)
        return Value(kind=default.kind, text=mark(default.text, variable).defaulting(variable), items=default.items)


def _constant(_: Evaluator, node: ast.Constant, scope: Scope) -> Value:
    source = scope.document.source
    constant = node.value
    if isinstance(constant, str):
        return string(mark(string_text(source, node)))
    if isinstance(constant, bool):
        return Value(kind="bool", text=Text.exactly(str(constant), source.place(node)))
    if isinstance(constant, int):
        return Value(kind="int", text=number_text(source, node, constant))
    if isinstance(constant, float):
        return Value(kind="float", text=number_text(source, node, constant))
    if constant is None:
        return Value(kind="none", text=Text.exactly("None", source.place(node)))
    return unknown(Reason("not-text", "neither a string nor a number"), source.place(node))


def _name(evaluator: Evaluator, node: ast.Name, scope: Scope) -> Value:
    value = evaluator.referenced(look_up(node, scope), scope.document.source.place(node))
    return Value(kind=value.kind, text=mark(value.text, node.id), items=value.items)


def _attribute(evaluator: Evaluator, node: ast.Attribute, scope: Scope) -> Value:
    place = scope.document.source.place(node)
    field = settings_field(node, scope)
    if field is None:
        value = evaluator.referenced(look_up(node, scope), place)
        return Value(kind=value.kind, text=mark(value.text, node.attr), items=value.items)
    default = evaluator.value(field.default, field.scope) if field.default is not None else None
    names = [Text.exactly(name, field.place) for name in field.spellings]
    for name in names[:-1]:
        if evaluator.environment(name.raw) is not None:
            return evaluator.of_variable(name, default, place)
    return evaluator.of_variable(names[-1], default, place)


def _formatted(evaluator: Evaluator, node: ast.JoinedStr, scope: Scope) -> Value:
    source = scope.document.source
    parts: list[Text] = []
    for part in formatted_parts(source, node):
        if isinstance(part, Text):
            parts.append(part)
        elif part.conversion != -1 or part.format_spec is not None:
            parts.append(Text.unknown(Reason("not-followed", "how it is formatted"), source.place(part.value)))
        else:
            parts.append(evaluator.text(part.value, scope))
    return string(mark(joined(parts)))


def _list(evaluator: Evaluator, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> Value:
    place = scope.document.source.place(node)
    return Value(
        kind="list", text=Text.unknown(Reason("not-text", "a list"), place), items=evaluator.items(node.elts, scope)
    )


def _subscript(evaluator: Evaluator, node: ast.Subscript, scope: Scope) -> Value:
    place = scope.document.source.place(node)
    read = variable_read(node, scope)
    if read is not None and read.name is not None:
        value = evaluator.of_variable(evaluator.text(read.name, scope), None, place)
        return unknown(value.text.reason, place) if value.kind == "none" else value
    found = follow(node.value, scope)
    key = evaluator.value(node.slice, scope)
    if isinstance(found.node, ast.Dict) and not found.reason and key.string is not None:
        items = {
            name.value: item
            for name, item in zip(found.node.keys, found.node.values, strict=True)
            if isinstance(name, ast.Constant)
        }
        if key.string in items:
            return evaluator.referenced(found._replace(node=items[key.string]), place)
    items_of = evaluator.value(node.value, scope).items
    if key.number is not None and -len(items_of) <= key.number < len(items_of):
        return items_of[key.number]
    return unknown(Reason("runtime", "the item"), place)


def _inner(evaluator: Evaluator, node: ast.Await | ast.NamedExpr, scope: Scope) -> Value:
    return evaluator.value(node.value, scope)


# Each handler takes nodes of the type under which it stands here.
_HANDLERS: dict[type[ast.expr], Callable[[Evaluator, Any, Scope], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.JoinedStr: _formatted,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Set: _list,
    ast.Subscript: _subscript,
    ast.Await: _inner,
    ast.NamedExpr: _inner,
    ast.BoolOp: operators.either,
    ast.IfExp: operators.conditional,
    ast.UnaryOp: operators.unary,
    ast.BinOp: operators.binary,
    ast.Compare: operators.comparison,
    ast.Call: functions.call,
}
