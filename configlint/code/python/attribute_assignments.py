"""What the methods of classes assign to attributes of their objects."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from configlint.code.memo import kept
from configlint.code.python.blocks import statements
from configlint.code.python.scope import Block, Function, Scope
from configlint.code.python.scopes import body_names
from configlint.formats.python.document import PythonDocument
from configlint.formats.python.source import Source


class AttributeAssignment(NamedTuple):
    """An assignment to an attribute of `self`."""

    method: Function
    node: ast.expr | None
    block: Block


def attribute_assignments(node: ast.ClassDef, scope: Scope) -> dict[str, list[AttributeAssignment]]:
    """What the methods of a class assign to attributes of their objects."""
    return _of_class(scope.document.source, node)


@kept
def _of_class(_: Source, node: ast.ClassDef) -> dict[str, list[AttributeAssignment]]:
    found: dict[str, list[AttributeAssignment]] = {}
    for method in node.body:
        if isinstance(method, Function) and method.args.args:
            for name, assignment in _assignments_of(method, method.args.args[0].arg):
                found.setdefault(name, []).append(assignment)
    return found


def _assignments_of(method: Function, itself: str) -> Iterator[tuple[str, AttributeAssignment]]:
    for statement, block in statements(method.body):
        targets: list[ast.expr] = []
        value: ast.expr | None = None
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        elif isinstance(statement, ast.AugAssign):
            targets = [statement.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == itself:
                yield target.attr, AttributeAssignment(method, value, block)


def overridden(node: ast.ClassDef, scope: Scope) -> set[str]:
    """The attributes that classes of the same module, which inherit from this one, set to something else."""
    return _by_subclasses(scope.document.source, scope.document).get(node.name, set())


@kept
def _by_subclasses(source: Source, document: PythonDocument) -> dict[str, set[str]]:
    """By the name of a class at the top of a module."""
    found: dict[str, set[str]] = {}
    for other in source.tree.body:
        if isinstance(other, ast.ClassDef):
            own = {*body_names(source, other, document).bindings, *_of_class(source, other)}
            for base in other.bases:
                if isinstance(base, ast.Name):
                    found.setdefault(base.id, set()).update(own - _PRIVATE)
    return found


_PRIVATE = {"__init__", "model_config", "Config", "Meta"}
"""What every class has of its own."""
