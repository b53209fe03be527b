"""The top-level constants of a module."""

import ast
from collections.abc import Iterator

from configlint.formats.python.document import PythonDocument
from configlint.formats.python.literals import number_text, string_text
from configlint.formats.python.source import Source
from configlint.formats.secrecy import mark
from configlint.model.document import Fact
from configlint.model.text import Text


def constants(document: PythonDocument) -> Iterator[Fact]:
    """Every `NAME = literal` at the top level, in the order of the text. Raises `UnreadableError`."""
    for statement in document.tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                pass
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                pass
            case _:
                continue
        text = _literal(document.source, value)
        if text is not None:
            yield Fact(key=(target.id,), text=mark(text, target.id))


def _literal(source: Source, node: ast.expr) -> Text | None:
    """A string, a number with or without a sign, or True, False or None; None for every other expression."""
    match node:
        case ast.Constant(value=str()):
            return mark(string_text(source, node))
        case ast.Constant(value=bool() | None as constant):
            return Text.exactly(str(constant), source.place(node))
        case ast.Constant(value=int() | float() as constant):
            return number_text(source, node, constant)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as constant)):
            return number_text(source, node, -constant)
        case _:
            return None
