"""Collects what the statements of a module, function or class body define."""

import ast
from collections.abc import Iterator, Sequence

from configlint.code.memo import kept
from configlint.code.python.blocks import loops, number, statements
from configlint.code.python.scope import EVERY, Binding, Block, Names, Position
from configlint.formats.python.document import PythonDocument
from configlint.formats.python.source import Source
from configlint.model.reason import Reason

_CHANGING = frozenset({"append", "extend", "insert", "remove", "pop", "clear", "update", "setdefault", "add"})
"""Methods of the built-in containers that change them."""

Bound = Iterator[tuple[str, Binding]]


def collected(document: PythonDocument, body: Sequence[ast.stmt]) -> Names:
    """Every definition of a body, those inside its functions and classes left out."""
    names = Names(document)
    names.loops = loops(body)
    outside: set[str] = set()
    for statement, block in statements(body):
        if isinstance(statement, ast.Global | ast.Nonlocal):
            outside.update(statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.names[0].name == EVERY:
            names.stars.append(Binding(position=_end(statement), block=block, imported=dotted_import(statement, "")))
        for name, binding in _bound(statement, block):
            names.add(name, binding)
            names.sites[name, binding.position] = statement
    for name, binding in _set_inside(document.source, body):
        names.add(name, binding)
    for name in outside:
        names.bindings.pop(name, None)
    for found in names.bindings.values():
        found.sort(key=lambda binding: binding.position)
    return names


def _bound(statement: ast.stmt, block: Block) -> Bound:
    """The names that one statement defines."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name, Binding(position=_start(statement), block=block, node=statement)
        case ast.Import() | ast.ImportFrom():
            yield from _imports(statement, block)
        case ast.For() | ast.AsyncFor():
            yield from each(statement.target, statement.iter, _start(statement), (*block, number(statement.body[0])))
        case ast.With() | ast.AsyncWith():
            yield from _entered(statement, (*block, number(statement.body[0])))
        case ast.Try() | ast.TryStar():
            for handler in statement.handlers:
                if handler.name:
                    yield (
                        handler.name,
                        Binding(position=_start(handler), block=block, reason=Reason("not-text", "an exception")),
                    )
        case ast.Match():
            yield from _matched(statement, block)
        case _:
            yield from _changed(statement, block)


def _changed(statement: ast.stmt, block: Block) -> Bound:
    """The names that a simple statement sets, changes or deletes."""
    end = _end(statement)
    match statement:
        case ast.Assign():
            for target in statement.targets:
                yield from _assigned(target, statement.value, end, block)
        case ast.AnnAssign() if statement.value is not None:
            yield from _assigned(statement.target, statement.value, end, block)
        case ast.AugAssign(target=target):
            yield from _obscured(target, end, block)
        case ast.Delete(targets=targets):
            for target in targets:
                yield from _obscured(target, end, block)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as target, attr=method))):
            if method in _CHANGING:
                yield from _obscured(target, end, block)


def _assigned(target: ast.expr, value: ast.expr, position: Position, block: Block) -> Bound:
    if isinstance(target, ast.Name):
        yield target.id, Binding(position=position, block=block, node=value)
        return
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        starred = any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts))
        if len(target.elts) == len(value.elts) and not starred:
            for inner, item in zip(target.elts, value.elts, strict=True):
                yield from _assigned(inner, item, position, block)
            return
    yield from _obscured(target, position, block)


def _obscured(target: ast.expr, position: Position, block: Block) -> Bound:
    """The names in a target that get a value nobody can tell, or whose items do."""
    waiting = [target]
    while waiting:
        match waiting.pop():
            case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
                reason = Reason("changed", name, str(position[0]))
                yield name, Binding(position=position, block=block, reason=reason)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                waiting += parts
            case ast.Starred(value=part):
                waiting.append(part)


def each(target: ast.expr, iterable: ast.expr, position: Position, block: Block) -> Bound:
    """The names that go through the items of an iterable."""
    if isinstance(target, ast.Name):
        reason = Reason("several-values", target.id)
        yield target.id, Binding(position=position, block=block, each=iterable, reason=reason)
    else:
        yield from _obscured(target, position, block)


def _entered(statement: ast.With | ast.AsyncWith, block: Block) -> Bound:
    """`with make() as name`: most context managers that matter here give themselves."""
    for item in statement.items:
        if isinstance(item.optional_vars, ast.Name):
            yield item.optional_vars.id, Binding(position=_start(statement), block=block, node=item.context_expr)
        elif item.optional_vars is not None:
            yield from _obscured(item.optional_vars, _start(statement), block)


def _matched(statement: ast.Match, block: Block) -> Bound:
    for node in (node for case in statement.cases for node in ast.walk(case.pattern)):
        match node:
            case (
                ast.MatchAs(name=str() as name)
                | ast.MatchStar(name=str() as name)
                | ast.MatchMapping(rest=str() as name)
            ):
                yield (
                    name,
                    Binding(
                        position=_start(statement), block=block, reason=Reason("condition", name, str(statement.lineno))
                    ),
                )


def _imports(statement: ast.Import | ast.ImportFrom, block: Block) -> Bound:
    for alias in statement.names:
        name, path = alias.asname or alias.name, alias.name
        if isinstance(statement, ast.ImportFrom):
            path = dotted_import(statement, alias.name)
        elif alias.asname is None:
            name = path = alias.name.partition(".")[0]
        if name != EVERY:
            yield name, Binding(position=_end(statement), block=block, imported=path)


def dotted_import(statement: ast.ImportFrom, name: str) -> str:
    """What an item of `from … import` stands for: `.config.URL` for `from .config import URL`."""
    return "." * statement.level + ".".join(part for part in (statement.module, name) if part)


def _set_inside(source: Source, body: Sequence[ast.stmt]) -> Bound:
    """The names that expressions of a body set."""
    for node in _named_expressions(source) if ":=" in source.content and body else ():
        if _start(body[0]) <= (node.lineno, node.col_offset) < _end(body[-1]):
            name = node.target.id
            yield (
                name,
                Binding(position=_end(node), reason=Reason("changed", name, str(node.lineno))),
            )


@kept
def _named_expressions(source: Source) -> tuple[ast.NamedExpr, ...]:
    return tuple(node for node in ast.walk(source.tree) if isinstance(node, ast.NamedExpr))


def _start(node: ast.stmt | ast.excepthandler) -> Position:
    return node.lineno, node.col_offset


def _end(node: ast.stmt | ast.expr) -> Position:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
