"""What a call is worth: conversions, string methods, reads of the environment, small functions of its own."""

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from configlint.code.python import strings
from configlint.code.python.inlining import inlined
from configlint.code.python.methods import METHODS
from configlint.code.python.objects import dotted, follow
from configlint.code.python.referents import as_called
from configlint.code.python.scope import Function, Scope
from configlint.code.python.values import Value, computed, string, unknown
from configlint.code.python.variables import variable_read
from configlint.model.reason import Reason
from configlint.model.text import Place

if TYPE_CHECKING:
    from configlint.code.python.evaluate import Evaluator

_OF_THE_MACHINE = frozenset(
    {"cpu_count", "process_cpu_count", "sched_getaffinity", "gethostname", "node", "virtual_memory"}
)


def call(evaluator: "Evaluator", node: ast.Call, scope: Scope) -> Value:
    place = scope.document.source.place(node)
    read = variable_read(node, scope)
    if read is not None and read.name is not None:
        default = evaluator.value(read.default, read.scope) if read.default is not None else None
        return evaluator.of_variable(evaluator.text(read.name, scope), default, place)
    function = _FUNCTIONS.get(dotted(node.func, scope))
    if function is not None:
        arguments = [evaluator.value(argument, scope) for argument in node.args]
        return function(arguments, place) or _not_followed(node, arguments, place)
    own = follow(node.func, scope)
    if isinstance(own.node, Function) and not own.reason:
        return inlined(evaluator, own, as_called(own.node, own, node, scope), place)
    if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        return _method(evaluator, node, node.func, scope, place)
    return _not_followed(node, (), place)


def _method(evaluator: "Evaluator", node: ast.Call, function: ast.Attribute, scope: Scope, place: Place) -> Value:
    """The method of a string; of something unknown, what is unknown about it."""
    value = evaluator.value(function.value, scope)
    if value.kind != "str":
        return _not_followed(node, (value,), place)
    arguments = [evaluator.value(argument, scope) for argument in node.args]
    named = {word.arg: evaluator.value(word.value, scope) for word in node.keywords if word.arg}
    return METHODS[function.attr](value.text, arguments, named, place) or _not_followed(node, arguments, place)


def _not_followed(node: ast.Call, arguments: Sequence[Value], place: Place) -> Value:
    """Names the function that nobody follows, or what is unknown already in its arguments."""
    reason = next((argument.text.reason for argument in arguments if argument.kind in ("unknown", "none")), None)
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "a function")
    if name in _OF_THE_MACHINE:
        return unknown(Reason("machine", f"{name}()"), place)
    return unknown(reason or Reason("runtime", f"{name}()"), place)


def _integer(arguments: Sequence[Value], place: Place) -> Value | None:
    """`int(…)` of a string or a number. A text that is the plain decimal number already stays where it stands."""
    if len(arguments) != 1:
        return None
    (value,) = arguments
    if value.kind == "int":
        return value
    if value.number is not None:
        return computed("int", str(value.number), place, [value])
    if value.string is None:
        return None
    number = as_integer(value.string, 10)
    if number is None:
        return unknown(Reason("not-text", "not a number"), place)
    if str(number) == value.string:
        return Value(kind="int", text=value.text)
    return computed("int", str(number), place, [value])


def as_integer(text: str, base: int) -> int | None:
    """`int(text, base)` for a text of sensible length."""
    try:
        return int(text, base) if len(text) <= 100 else None
    except ValueError:
        return None


def _string(arguments: Sequence[Value], _: Place) -> Value | None:
    if len(arguments) != 1 or arguments[0].kind in ("list", "unknown", "none"):
        return None
    return Value(kind="str", text=arguments[0].text)


def _greatest(arguments: Sequence[Value], place: Place) -> Value | None:
    return _extreme(arguments, 1, place)


def _least(arguments: Sequence[Value], place: Place) -> Value | None:
    return _extreme(arguments, -1, place)


def _extreme(arguments: Sequence[Value], sign: int, place: Place) -> Value | None:
    """The first of the greatest numbers, or of the least where `sign` is -1."""
    items = arguments[0].items if len(arguments) == 1 else arguments
    numbers = [sign * item.number for item in items if item.number is not None]
    if not numbers or len(numbers) < len(items):
        return None
    chosen = items[numbers.index(max(numbers))]
    return computed(chosen.kind, chosen.text.raw, place, items)


def _path(arguments: Sequence[Value], _: Place) -> Value | None:
    return string(strings.joined_path([argument.text for argument in arguments])) if arguments else None


def _joined_url(arguments: Sequence[Value], _: Place) -> Value | None:
    return string(strings.joined_url(arguments[0].text, arguments[1].text)) if len(arguments) == 2 else None


_FUNCTIONS: dict[str, Callable[[Sequence[Value], Place], Value | None]] = {
    "builtins.int": _integer,
    "builtins.str": _string,
    "builtins.max": _greatest,
    "builtins.min": _least,
    "os.path.join": _path,
    "pathlib.Path": _path,
    "pathlib.PurePath": _path,
    "urllib.parse.urljoin": _joined_url,
    "httpx.URL": _string,
    "yarl.URL": _string,
}
