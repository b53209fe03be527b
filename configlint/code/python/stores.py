"""What the methods of classes assign to attributes of their objects."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from configlint.code.python.blocks import statements
from configlint.code.python.scope import Block, Function, Scope
from configlint.code.python.scopes import class_scope


class Store(NamedTuple):
    """An assignment to an attribute of `self`."""

    method: Function
    node: ast.expr | None
    block: Block


def stores(node: ast.ClassDef, scope: Scope) -> dict[str, list[Store]]:
    """What the methods of a class assign to attributes of their objects."""
    kept = scope.document.source.stores
    if id(node) not in kept:
        found: dict[str, list[Store]] = {}
        for method in node.body:
            if isinstance(method, Function) and method.args.args:
                for name, store in _stores_of(method, method.args.args[0].arg):
                    found.setdefault(name, []).append(store)
        kept[id(node)] = found
    return kept[id(node)]


def _stores_of(method: Function, itself: str) -> Iterator[tuple[str, Store]]:
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
                yield target.attr, Store(method, value, block)


def overridden(node: ast.ClassDef, scope: Scope) -> set[str]:
    """The attributes that classes of the same module, which inherit from this one, set to something else."""
    source = scope.document.source
    if source.overridden is None:
        source.overridden = {}
        for other in source.tree.body:
            if isinstance(other, ast.ClassDef):
                own = {*class_scope(other, scope).names.bindings, *stores(other, scope)} - _PRIVATE
                for base in other.bases:
                    if isinstance(base, ast.Name):
                        source.overridden.setdefault(base.id, set()).update(own)
    return source.overridden.get(node.name, set())


_PRIVATE = {"__init__", "model_config", "Config", "Meta"}
"""What every class has of its own."""
