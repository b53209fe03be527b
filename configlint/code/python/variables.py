"""Where a program reads a variable of its environment, directly or through the libraries that do it for others."""

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from configlint.code.python.objects import constructor, dotted
from configlint.code.python.relevance import Subject
from configlint.code.python.scope import EVERY, Scope


class VariableRead(NamedTuple):
    """A read of one variable. `name` is None where the library knows which; `implied` is its name then."""

    name: ast.expr | None
    default: ast.expr | None
    scope: Scope
    """Where the default is to be evaluated."""
    implied: str = ""
    strict: bool = False
    """Whether it raises where the variable is not set."""


SUBJECT = Subject(
    words=r"dotenv|env_file"
    r"|\b(?:environ[bs]?|getenvb?|decouple|BaseSettings|envvar|expandvars|starlette|dynaconf|_env_prefix)\b"
)
ENVIRONMENTS = ("os.environ", "os.environb", "starlette.config.environ")
_GETTERS = ("get", "pop", "setdefault", "__getitem__")
_FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "os.getenv": ("default",),
    "os.getenvb": ("default",),
    "decouple.config": ("default", "cast"),
    "environs.env": ("default",),
}
"""Functions whose first argument is the name of a variable, with the parameters behind it."""
_STRICT = ("decouple.config", "environs.env")
"""Those that raise where the variable is not set and no default is given."""
_READERS: Mapping[str, tuple[str, ...]] = {
    "environs.Env": ("default",),
    "environs.FileAwareEnv": ("default",),
    "environ.Env": ("cast", "default"),
    "environ.FileAwareEnv": ("cast", "default"),
    "starlette.config.Config": ("cast", "default"),
    "decouple.AutoConfig": ("default", "cast"),
    "decouple.Config": ("default", "cast"),
}
"""Classes whose objects are called with the name of a variable, with the parameters behind it."""
_OTHER_METHODS = ("read_env", "read_envfile", "prefixed", "seal", "dump", "add_parser", "parser_for")
_IMPLIED = {
    "db": "DATABASE_URL", "db_url": "DATABASE_URL", "cache": "CACHE_URL", "cache_url": "CACHE_URL",
    "email": "EMAIL_URL", "email_url": "EMAIL_URL", "search_url": "SEARCH_URL",
}  # fmt: skip
"""Methods of django-environ that read a variable without being told its name."""


def variable_read(node: ast.expr, scope: Scope) -> VariableRead | None:
    """The variable that an expression reads, if it does nothing else."""
    if isinstance(node, ast.Call):
        return _called(node, scope)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and is_environment(node.value, scope):
        return VariableRead(node.slice, None, scope, strict=dotted(node.value, scope) in ENVIRONMENTS)
    return None


def is_environment(node: ast.expr, scope: Scope) -> bool:
    """Whether an expression is a mapping of variables: `os.environ`, or what a dotenv file holds."""
    if dotted(node, scope) in ENVIRONMENTS:
        return True
    call, inner = constructor(node, scope)
    return call is not None and dotted(call.func, inner) in ("dotenv.dotenv_values", "dotenv.main.dotenv_values")


def _called(node: ast.Call, scope: Scope) -> VariableRead | None:
    path = dotted(node.func, scope)
    order = _FUNCTIONS.get(path)
    if order is not None:
        return _strict(_read(node, order, scope)) if path in _STRICT else _read(node, order, scope)
    owner, _, method = path.rpartition(".")
    if method in _GETTERS and owner in ENVIRONMENTS:
        return _read(node, ("default",), scope)
    if isinstance(node.func, ast.Attribute):
        if node.func.attr in _GETTERS and is_environment(node.func.value, scope):
            return _read(node, ("default",), scope)
        if node.func.attr not in _OTHER_METHODS and _reader(node.func.value, scope) is not None:
            return _strict(_read(node, ("default",), scope, _IMPLIED.get(node.func.attr, "")))
    order = _reader(node.func, scope)
    if order is None:
        return None
    read = _read(node, order, scope)
    if read is not None and read.default is None and isinstance(read.name, ast.Constant):
        read = _by_scheme(node.func, str(read.name.value), read)
    return _strict(read)


def _strict(read: VariableRead | None) -> VariableRead | None:
    """A read by a library that raises where it has no default."""
    return read._replace(strict=read.default is None) if read is not None else None


def _reader(node: ast.expr, scope: Scope) -> tuple[str, ...] | None:
    """The parameters behind the name, if an object reads variables."""
    path = dotted(node, scope)
    if path:
        return _FUNCTIONS["environs.env"] if path == "environs.env" else None
    call, inner = constructor(node, scope)
    return _READERS.get(dotted(call.func, inner)) if call is not None else None


def _read(node: ast.Call, order: tuple[str, ...], scope: Scope, implied: str = "") -> VariableRead | None:
    named = {word.arg: word.value for word in node.keywords if word.arg}
    name = node.args[0] if node.args else next((named[word] for word in ("key", "name", "var") if word in named), None)
    if name is None and not implied:
        return None
    given = dict(zip(order, node.args[1:], strict=False)) | named
    return VariableRead(name, given.get("default"), scope, "" if name is not None else implied)


def _by_scheme(reader: ast.expr, variable: str, read: VariableRead) -> VariableRead:
    """django-environ: `Env(DEBUG=(bool, False))` states the defaults where the reader is made."""
    call, inner = constructor(reader, read.scope)
    for word in call.keywords if call is not None else []:
        if word.arg == variable and isinstance(word.value, ast.Tuple) and len(word.value.elts) == 2:
            return read._replace(default=word.value.elts[1], scope=inner)
    return read


READING_ANYTHING = frozenset(
    {
        "os.path.expandvars",
        "environ.config",
        "environ.to_config",
        "dynaconf.Dynaconf",
        "dynaconf.LazySettings",
    }
)
"""Functions that may read any variable."""


def assigned_names(node: ast.expr, scope: Scope) -> Iterator[str]:
    """The variables that an expression sets; `EVERY` where they cannot be told."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        if dotted(node.value, scope) in ENVIRONMENTS:
            yield _constant(node.slice)
    elif isinstance(node, ast.Call):
        owner, _, method = dotted(node.func, scope).rpartition(".")
        if (owner in ENVIRONMENTS and method == "setdefault") or (owner == "os" and method == "putenv"):
            yield _constant(node.args[0]) if node.args else EVERY
        elif owner in ENVIRONMENTS and method == "update":
            given = node.args[0] if node.args else None
            yield from (word.arg or EVERY for word in node.keywords)
            if given is not None:
                keys = given.keys if isinstance(given, ast.Dict) else [None]
                yield from (EVERY if key is None else _constant(key) for key in keys)


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else EVERY


def command_line_options(node: ast.Call, scope: Scope) -> Iterator[VariableRead]:
    """`envvar=` of click and typer: a variable, or several, beside an option of the command line."""
    named = {word.arg: word.value for word in node.keywords}
    if "envvar" in named:
        option = named["envvar"]
        for name in option.elts if isinstance(option, ast.List | ast.Tuple) else [option]:
            yield VariableRead(name, named.get("default"), scope)
