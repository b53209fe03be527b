"""The top-level constants of a module."""

import ast
from collections.abc import Iterator

from configlint.formats.python.document import PythonDocument
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.scopes import module_scope
from configlint.formats.secrecy import mark
from configlint.model.document import Fact


def constants(document: PythonDocument) -> Iterator[Fact]:
    """Every `NAME = literal` at the top level, in the order of the text."""
    scope = module_scope(document)
    evaluator = Evaluator(lambda _: None)
    for statement in document.tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                pass
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                pass
            case _:
                continue
        number = isinstance(value, ast.UnaryOp) and isinstance(value.operand, ast.Constant)
        if not isinstance(value, ast.Constant) and not number:
            continue
        text = evaluator.text(value, scope)
        if text.known:
            yield Fact(key=(target.id,), text=mark(text, target.id))
