"""When an expression of a module runs: as the module is imported, when somebody calls it, or under a condition."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from configlint.code.python.blocks import is_main_guard
from configlint.code.python.scope import Function

Occasion = Literal["", "called", "start"]
"""`start`: whenever the module runs; `called`: whenever a function is called; empty: only under a condition, or where
an exception is caught."""

_Step = tuple[ast.AST, Occasion]

_UNRELATED = frozenset({
    "ImportError", "ModuleNotFoundError", "OSError", "IOError", "FileNotFoundError", "ValueError", "TypeError",
})  # fmt: skip
"""Exceptions that a missing variable does not raise."""
_LEAVING = (ast.Return, ast.Continue, ast.Break)


def occasions(tree: ast.Module) -> Mapping[int, Occasion]:
    """The occasion of every expression, by its `id`."""
    found: dict[int, Occasion] = {}
    waiting: list[_Step] = [(tree, "start")]
    while waiting:
        node, when = waiting.pop()
        if isinstance(node, ast.expr):
            found[id(node)] = when
        waiting += _inside(node, when)
    return found


def _inside(node: ast.AST, when: Occasion) -> Iterator[_Step]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            yield from _of_function(node, when)
        case ast.If() | ast.IfExp() | ast.BoolOp():
            yield from _choice(node, when)
        case ast.While(test=test, body=body, orelse=orelse):
            yield test, when
            yield from _body(body, when if isinstance(test, ast.Constant) and test.value else "")
            yield from _body(orelse, "")
        case ast.Try() | ast.TryStar():
            tried: Occasion = "" if any(map(_catches, node.handlers)) else when
            yield from _body([*node.body, *node.orelse], tried)
            yield from _each(node.handlers, "")
            yield from _body(node.finalbody, when)
        case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
            yield from _each(items, when)
            yield from _body(body, "" if any("suppress" in ast.unparse(item)[:30] for item in items) else when)
        case ast.Match(subject=subject, cases=cases):
            yield subject, when
            yield from _each(cases, "")
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            chosen_: Occasion = "" if any(part.ifs for part in node.generators) else when
            yield from ((child, chosen_) for child in ast.iter_child_nodes(node))
        case ast.comprehension(ifs=[_, *_]):
            yield node.iter, when
            yield from _each(node.ifs, "")
        case _:
            yield from _plain(node, when)


def _choice(node: ast.If | ast.IfExp | ast.BoolOp, when: Occasion) -> Iterator[_Step]:
    """What is looked at always runs, what is chosen by it does not."""
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield test, when
            yield from _body(body, when if is_main_guard(node) else "")
            yield from _body(orelse, "")
        case ast.IfExp(test=test, body=chosen, orelse=other):
            yield from ((test, when), (chosen, ""), (other, ""))
        case ast.BoolOp(values=[first, *others]):
            yield first, when
            yield from _each(others, "")


def _of_function(node: Function | ast.Lambda, when: Occasion) -> Iterator[_Step]:
    """Defaults and decorators run where the function is made."""
    yield node.args, when
    inside: Occasion = "called" if when else ""
    if isinstance(node, ast.Lambda):
        yield node.body, inside
    else:
        yield from _each(node.decorator_list, when)
        yield from _body(node.body, inside)


def _plain(node: ast.AST, when: Occasion) -> Iterator[_Step]:
    for _, value in ast.iter_fields(node):
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield from _body(value, when)
        elif isinstance(value, ast.AST):
            yield value, when
        elif isinstance(value, list):
            yield from _each((one for one in value if isinstance(one, ast.AST)), when)


def _body(statements: Sequence[ast.stmt], when: Occasion) -> Iterator[_Step]:
    """Behind `if …: return` everything stands under a condition."""
    for statement in statements:
        yield statement, when
        if isinstance(statement, ast.If) and isinstance(statement.body[-1], _LEAVING):
            when = ""


def _each(nodes: Iterable[ast.AST], when: Occasion) -> Iterator[_Step]:
    return ((node, when) for node in nodes)


def _catches(handler: ast.ExceptHandler) -> bool:
    """Whether a program goes on after what a missing variable raises."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {ast.unparse(kind).rpartition(".")[2] if kind is not None else "" for kind in kinds}
    return not names <= _UNRELATED and not _ends(handler.body[-1])


def _ends(statement: ast.stmt) -> bool:
    """Whether a statement ends what runs: `raise`, `sys.exit()`."""
    if isinstance(statement, ast.Raise):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in ("exit", "_exit", "quit")
