"""What a configuration file of gunicorn sets.

gunicorn runs the file as a module and takes those of its top-level names that are settings, in the spelling of the
settings (`gunicorn.app.base.Application.load_config_from_module_name_or_filename`). Each value goes through the
setting's validator (`gunicorn.config`).
"""

import ast
from collections.abc import Iterable, Mapping

from configlint.code.environments import Environment
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.found import Found
from configlint.code.python.functions import as_integer
from configlint.code.python.modules import NO_DOCUMENTS, Documents, together
from configlint.code.python.objects import imported
from configlint.code.python.scope import END, EVERY, MAIN, Binding, Scope
from configlint.code.python.scopes import module_scope
from configlint.code.python.values import Value, computed
from configlint.formats.python.document import PythonDocument
from configlint.model.reason import Reason
from configlint.model.text import Place, Text

COUNTS = ("workers", "threads", "timeout", "backlog")
SWITCHES = ("reload", "preload_app", "daemon")
LISTS = ("bind", "raw_env")
STRINGS = ("worker_class", "chdir", "wsgi_app", "pythonpath", "certfile", "keyfile", "proc_name", "user", "group")
SETTINGS = (*COUNTS, *SWITCHES, *LISTS, *STRINGS)


def settings(
    document: PythonDocument,
    environment: Environment,
    modules: Documents = NO_DOCUMENTS,
    names: Iterable[str] = SETTINGS,
) -> Mapping[str, Text]:
    """Those of `names` that a file sets, as gunicorn reads them; what it leaves alone is missing.

    Counts are decimal numbers, switches `True` or `False`, the items of lists are separated by line feeds. A value
    that gunicorn refuses stands as it is written. Raises `UnreadableError` where the file cannot be parsed.
    """
    scope = _as_configuration(module_scope(document, together(modules)))
    evaluator = Evaluator(environment)
    hooked = _set_by_hooks(document.tree)
    found: dict[str, Text] = {}
    for name in names:
        if name in hooked:
            place = document.source.place(hooked[name])
            found[name] = Text.unknown(Reason("hook", name), place)
            continue
        text = _setting(name, scope, evaluator)
        if text is not None:
            found[name] = text
    return found


def _as_configuration(scope: Scope) -> Scope:
    """The names that the file has after gunicorn ran it, under another name than `__main__`."""
    names = scope.names.copy()
    for name, found in names.bindings.items():
        names.bindings[name] = [binding for binding in found if MAIN not in binding.block]
    return scope._replace(names=names)


def _setting(name: str, scope: Scope, evaluator: Evaluator) -> Text | None:
    binding = scope.decisive(name, END)
    if binding is None:
        reason = scope.names.disturbed.get(EVERY)
        return Text.unknown(reason, Place(scope.document.path, 0, 0)) if reason else None
    place = scope.names.place(name, binding)
    value = evaluator.referenced(_found(binding, scope), place)
    if value.kind == "none" and value.text.known and name not in COUNTS:
        return None
    return _validated(name, value, place)


def _validated(name: str, value: Value, place: Place) -> Text:
    if name in COUNTS:
        return _count(value, place)
    if name in LISTS:
        return _lines(value)
    if name in SWITCHES and value.string is not None and value.string.strip().lower() in ("true", "false"):
        return computed("bool", value.string.strip().capitalize(), place, [value]).text
    return value.text.strip() if value.kind == "str" else value.text


def _count(value: Value, place: Place) -> Text:
    """`validate_pos_int`: a string is read as Python reads a number, `True` is 1."""
    if value.kind == "bool":
        return computed("int", str(value.number), place, [value]).text
    number = as_integer(value.string, 0) if value.string is not None else None
    if number is not None and str(number) != value.string:
        return computed("int", str(number), place, [value]).text
    return value.text


def _lines(value: Value) -> Text:
    """`validate_list_string`: one string, or several."""
    if value.kind != "list":
        return value.text.strip() if value.kind == "str" else value.text
    whole = Text()
    for index, item in enumerate(value.items):
        separator = Text.assumed("\n") if index else Text()
        whole = whole + separator + (item.text.strip() if item.kind == "str" else item.text)
    return whole


def _found(binding: Binding, scope: Scope) -> Found:
    """What a top-level name stands for once the file has run."""
    if binding.imported and not binding.reason:
        return imported(binding.imported, scope)
    return Found(scope.at(binding.block), binding.node, reason=binding.reason)


def _set_by_hooks(tree: ast.Module) -> dict[str, ast.expr]:
    """Settings that a function of the file changes on a server that starts: `server.cfg.set("workers", 4)`."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="set"), args=[ast.Constant(value=str(name)), _]) if name in SETTINGS:
                found[name] = node
            case ast.Attribute(attr="num_workers", ctx=ast.Store()):
                found["workers"] = node
    return found
