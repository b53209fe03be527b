"""What an expression refers to: a function, a class, an object made by a call, or something imported."""

import ast

from configlint.code.python.found import Found, Made, as_called, method_scope, returned
from configlint.code.python.imports import located
from configlint.code.python.scope import END, Binding, Function, Position, Scope
from configlint.code.python.scopes import class_scope, module_scope
from configlint.code.python.stores import Store, overridden, stores
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason

_STEPS = 20
"""How many names are followed from one to the next."""

Reference = ast.Name | ast.Attribute


def position(node: ast.expr | ast.stmt) -> Position:
    return node.lineno, node.col_offset


def dotted(node: ast.expr, scope: Scope) -> str:
    """The dotted path of what is imported or built in, such as `os.environ.get`; empty for everything else."""
    found = follow(node, scope)
    return found.imported if found.node is None else ""


def made_by(node: ast.expr, scope: Scope) -> str:
    """The dotted path of the imported function or class whose call made an object, such as `fastapi.FastAPI`."""
    call, inner = constructor(node, scope)
    return dotted(call.func, inner) if call is not None else ""


def constructor(node: ast.expr, scope: Scope) -> tuple[ast.Call | None, Scope]:
    """The call that made an object, and where it stands."""
    found = follow(node, scope)
    made = found.node
    if isinstance(made, ast.Await):
        made = made.value
    return (made if isinstance(made, ast.Call) else None), found.scope


def follow(node: ast.expr, scope: Scope, steps: int = _STEPS) -> Found:
    """Goes from name to name, and from module to module, until something else than a reference is found."""
    if not isinstance(node, Reference) or not steps:
        return Found(scope, node)
    found = look_up(node, scope, steps)
    if isinstance(found.node, Reference) and not found.reason:
        return follow(found.node, found.scope, steps - 1)
    return found


def look_up(node: Reference, scope: Scope, steps: int = _STEPS) -> Found:
    """What one reference stands for; its node may be a reference again."""
    if isinstance(node, ast.Name):
        return _named(node.id, position(node), scope, steps)
    base = follow(node.value, scope, steps - 1)
    if base.imported:
        return imported(f"{base.imported}.{node.attr}", base.scope, steps)
    owner = class_of(base, steps)
    if owner is not None:
        found = attribute(owner, node.attr, steps)
        if found is None:
            return Found(owner.scope, reason=Reason("not-set", node.attr))
        return found._replace(owner=owner) if isinstance(found.node, Function) else found
    return Found(base.scope, reason=base.reason or Reason("part-of-unknown", node.attr))


def _named(name: str, at: Position, scope: Scope, steps: int) -> Found:
    ignored: list[Binding] = []
    pair = scope.find(name, at)
    while pair is not None and pair[0].star is not None and _lacks(pair[0].star, name, pair[1]):
        ignored.append(pair[0].star)
        pair = scope.find(name, at, ignored)
    if pair is None:
        return Found(scope, imported=f"builtins.{name}")
    binding, where = pair
    if binding.imported:
        return imported(binding.imported, where, steps)
    return Found(
        where,
        binding.node,
        instance=binding.instance,
        made=binding.made,
        each=binding.each,
        parameter=binding.parameter,
        annotation=binding.annotation,
        reason=binding.reason,
    )


def _lacks(star: Binding, name: str, scope: Scope) -> bool:
    """Whether a star import is one of a module that can be seen, and that has no such name."""
    home = located(star.imported, scope.document.path, scope.modules)
    if home is None or home[1] or home[0].problem is not None:
        return False
    names = module_scope(home[0], scope.modules).names
    return name not in names.bindings and not names.stars


def imported(path: str, scope: Scope, steps: int = _STEPS) -> Found:
    """What a dotted path stands for in the known modules."""
    home = located(path, scope.document.path, scope.modules) if steps > 0 else None
    if home is None or not home[1]:
        return Found(scope, imported=path)
    document, names = home
    try:
        inside = module_scope(document, scope.modules)
    except UnreadableError:
        return Found(scope, reason=Reason("unreadable-file", document.path))
    found = _named(names[0], END, inside, steps - 1)
    if found.imported.startswith("builtins."):
        return Found(inside, reason=Reason("not-set", names[0], document.path))
    for name in names[1:]:
        owner = class_of(found, steps - 1)
        found = (attribute(owner, name, steps - 1) if owner else None) or Found(inside, reason=Reason("not-set", name))
    return found


def class_of(found: Found, steps: int = _STEPS) -> Found | None:
    """The class that something is, or of which it is an object."""
    if steps <= 0:
        return None
    if isinstance(found.node, Reference):
        return class_of(follow(found.node, found.scope, steps - 1), steps - 1)
    if isinstance(found.node, ast.ClassDef):
        return found
    if isinstance(found.node, ast.Call):
        return _class_of_made(Made(found.node, found.scope), steps - 1)
    if found.parameter and found.annotation is not None:
        stated = follow(unwrapped(found.annotation), found.scope, steps - 1)
        return stated._replace(instance=True) if isinstance(stated.node, ast.ClassDef) else None
    return None


def _class_of_made(made: Made, steps: int) -> Found | None:
    """The class of what a call makes: of the class itself, or of a function that hands the object over."""
    maker = follow(made.node.func, made.scope, steps)
    if isinstance(maker.node, ast.ClassDef):
        return None if maker.instance else maker._replace(instance=True, made=made)
    result = returned(maker.node) if isinstance(maker.node, Function) else None
    if not isinstance(maker.node, Function) or result is None:
        return None
    return class_of(follow(result, as_called(maker.node, maker, *made), steps), steps)


def unwrapped(annotation: ast.expr) -> ast.expr:
    """`X` of `X | None`, `Optional[X]` and `Annotated[X, …]`."""
    if isinstance(annotation, ast.BinOp):
        return annotation.left
    if isinstance(annotation, ast.Subscript):
        inner = annotation.slice
        return inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
    return annotation


def attribute(owner: Found, name: str, steps: int = _STEPS) -> Found | None:
    """What an attribute of a class or of its objects stands for; None if neither it nor its bases set one."""
    node = owner.node
    if not isinstance(node, ast.ClassDef) or steps <= 0:
        return None
    if name in overridden(node, owner.scope):
        return Found(owner.scope, reason=Reason("subclass", name))
    stored = stores(node, owner.scope).get(name, [])
    if stored and owner.instance:
        return _stored(stored, name, owner)
    body = class_scope(node, owner.scope)
    binding = body.decisive(name, END)
    if binding is not None and isinstance(binding.node, Function):
        return Found(owner.scope, binding.node)
    given = _given(owner, body, name)
    if given is not None:
        return given
    if binding is not None:
        return Found(body.at(binding.block), binding.node, binding.imported, each=binding.each, reason=binding.reason)
    for base in node.bases:
        parent = follow(base, owner.scope, steps - 1)
        found = attribute(parent._replace(instance=owner.instance, made=owner.made), name, steps - 1)
        if found is not None:
            return found
    return None


def _stored(stored: list[Store], name: str, owner: Found) -> Found:
    """What the methods of a class, or the call that made this object, assign to an attribute."""
    store = stored[0]
    if len(stored) > 1 or store.block or store.node is None:
        return Found(owner.scope, reason=Reason("several-values", name))
    if owner.made is None or store.method.name != "__init__":
        return Found(method_scope(store.method, owner, owner.scope), store.node)
    method = Found(owner.scope, store.method, owner=owner)
    return Found(as_called(store.method, method, *owner.made), store.node)


def _given(owner: Found, body: Scope, name: str) -> Found | None:
    """What the call that makes an object gives to a field of it, as data classes and models take them."""
    if not owner.instance or owner.made is None or "__init__" in body.names.bindings:
        return None
    if not isinstance(owner.node, ast.ClassDef) or not any(_annotates(line, name) for line in owner.node.body):
        return None
    call, scope = owner.made
    for word in call.keywords:
        if word.arg == name:
            return Found(scope, word.value)
    spread = call.args or any(word.arg is None for word in call.keywords)
    return Found(scope, reason=Reason("may-be-argument", name)) if spread else None


def _annotates(line: ast.stmt, name: str) -> bool:
    return isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.target.id == name
