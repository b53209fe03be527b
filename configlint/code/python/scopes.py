"""The scopes of a program: its modules, functions, classes and comprehensions."""

import ast
from collections.abc import Mapping, Sequence

from configlint.code.memo import kept
from configlint.code.python.bindings import collected, each
from configlint.code.python.modules import NO_DOCUMENTS, Documents, together
from configlint.code.python.scope import BEGINNING, EVERY, Binding, Function, Names, Scope
from configlint.formats.python.document import PythonDocument
from configlint.formats.python.source import Source
from configlint.model.reason import Reason


def module_scope(document: PythonDocument, modules: Documents = NO_DOCUMENTS) -> Scope:
    """The top level of a module, seen after it has run. Raises `UnreadableError` where it cannot be parsed."""
    return Scope(_of_module(document.source, document), together(modules))


@kept
def _of_module(source: Source, document: PythonDocument) -> Names:
    names = collected(document, document.tree.body)
    if any(word in source.content for word in ("global", "exec", "vars", "locals")):
        names.disturbed = _disturbances(document.tree)
    return names


def function_scope(function: Function | ast.Lambda, outer: Scope, itself: Binding | None = None) -> Scope:
    """The inside of a function. `itself` is what its first parameter stands for, if it is a method."""
    names = body_names(outer.document.source, function, outer.document).copy()
    for index, parameter in enumerate(parameters(function.args)):
        reason = Reason("caller", parameter.arg)
        own = Binding(position=BEGINNING, parameter=True, annotation=parameter.annotation, reason=reason)
        binding = itself if itself is not None and index == 0 else own
        names.bindings[parameter.arg] = [binding, *names.bindings.get(parameter.arg, [])]
    return Scope(names, outer.modules, outer)


def called_scope(inside: Scope, arguments: Mapping[str, Binding]) -> Scope:
    """The inside of a function as one call sees it, with these bindings in place of its parameters."""
    names = inside.names.copy()
    for name, binding in arguments.items():
        rest = [other for other in names.bindings[name] if other.position != BEGINNING]
        names.bindings[name] = [binding, *rest]
    return inside._replace(names=names, called=True)


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]


def class_scope(node: ast.ClassDef, outer: Scope) -> Scope:
    """The body of a class, which runs where it stands."""
    return Scope(body_names(outer.document.source, node, outer.document), outer.modules, outer, deferred=False)


@kept
def body_names(_: Source, node: Function | ast.Lambda | ast.ClassDef, document: PythonDocument) -> Names:
    """What the body of a function or class defines."""
    return collected(document, [] if isinstance(node, ast.Lambda) else node.body)


def comprehension_scope(generators: Sequence[ast.comprehension], outer: Scope) -> Scope:
    """The inside of a comprehension, whose targets go through the items of its iterables."""
    names = Names(outer.document)
    for generator in generators:
        for name, binding in each(generator.target, generator.iter, BEGINNING, ()):
            names.add(name, binding)
    return Scope(names, outer.modules, outer, outer.block, deferred=False)


def _disturbances(tree: ast.Module) -> dict[str, Reason]:
    """The names of a module that change behind the reader's back, and how."""
    found: dict[str, Reason] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.update({name: Reason("changed", name, str(node.lineno)) for name in node.names})
        elif _calls(node, ("exec", "globals")):
            found[EVERY] = Reason("may-set", "exec() or globals()")
    for statement in tree.body:
        if not isinstance(statement, Function | ast.ClassDef) and any(map(_exposes, ast.walk(statement))):
            found[EVERY] = Reason("may-set", "vars() or locals()")
    return found


def _exposes(node: ast.AST) -> bool:
    return _calls(node, ("vars", "locals")) and isinstance(node, ast.Call) and not node.args


def _calls(node: ast.AST, names: tuple[str, ...]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
