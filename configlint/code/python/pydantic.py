"""Settings classes of pydantic: each field is a variable, in a spelling that the class decides."""

import ast
from collections.abc import Iterator, Mapping

from configlint.code.python.found import Found
from configlint.code.python.objects import class_of, dotted, follow
from configlint.code.python.scope import Scope
from configlint.code.python.scopes import class_scope
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Place

_OPTIONS = ("model_config", "Config")
_OTHER_SOURCES = ("secrets_dir", "toml_file", "yaml_file", "json_file", "cli_parse_args")
_ALIASES = ("validation_alias", "alias", "env")
_DEEPEST = 8
_OPTIONAL = regex(r"\b(?:Optional|None|Any)\b")


@record
class SettingsField:
    """A field of a settings class. `names` are its variables, the first that is set wins; `place` is where it stands.

    With `folded`, letters count alike in upper and lower case, and `names` are in upper case.
    """

    name: str
    names: tuple[str, ...]
    folded: bool
    default: ast.expr | None
    scope: Scope
    place: Place
    required: bool = False
    """Whether an object cannot be made without a value: one name, no default, and None is not allowed."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The names under which the environment is asked, the first one's usual spelling last."""
        others = [spelling for name in self.names for spelling in (name, name.lower())] if self.folded else self.names
        return (*(spelling for spelling in others if spelling != self.names[0]), self.names[0])


@record
class SettingsClass:
    """A settings class with the fields and options that it inherits. Options are expressions with their scopes."""

    fields: Mapping[str, SettingsField]
    options: Mapping[str, tuple[ast.expr, Scope]]

    @property
    def spelled_out(self) -> bool:
        """Whether the names of its variables can be told; those of nested models and of generated aliases cannot."""
        prefix_known = "env_prefix" not in self.options or constant_option(self.options, "env_prefix") is not None
        return prefix_known and self.options.keys().isdisjoint(("env_nested_delimiter", "alias_generator"))

    @property
    def from_environment(self) -> bool:
        """Whether values come from variables and dotenv files alone."""
        return self.spelled_out and self.options.keys().isdisjoint(_OTHER_SOURCES)


def settings_field(node: ast.Attribute, scope: Scope) -> SettingsField | None:
    """The field that `settings.name` reads, if `settings` is an object of a settings class."""
    owner = class_of(follow(node.value, scope))
    if owner is None or not owner.instance:
        return None
    if owner.made is not None and any(word.arg == node.attr for word in owner.made.node.keywords):
        # What the object is made with comes before its variables.
        return None
    described = settings_class(owner)
    return described.fields.get(node.attr) if described is not None else None


def settings_class(owner: Found) -> SettingsClass | None:
    """The fields of a class, or None where it does not inherit from `BaseSettings`."""
    lineage = _lineage(owner)
    if lineage is None:
        return None
    options: dict[str, tuple[ast.expr, Scope]] = {}
    for node, scope in lineage:
        options.update(_options(node, scope))
    fields: dict[str, SettingsField] = {}
    for node, scope in lineage:
        fields.update({field.name: field for field in _fields(node, scope, options)})
    return SettingsClass(fields=fields, options=options)


def _lineage(owner: Found, depth: int = _DEEPEST) -> list[tuple[ast.ClassDef, Scope]] | None:
    """The class and those it inherits from, the eldest first; None where `BaseSettings` is not among them."""
    if not isinstance(owner.node, ast.ClassDef) or not depth:
        return None
    lineage: list[tuple[ast.ClassDef, Scope]] = []
    settings = False
    for base in reversed(owner.node.bases):
        if dotted(base, owner.scope).rpartition(".")[2] == "BaseSettings":
            settings = True
            continue
        inherited = _lineage(follow(base, owner.scope), depth - 1)
        if inherited is not None:
            settings = True
            lineage += inherited
    return [*lineage, (owner.node, owner.scope)] if settings else None


def _options(node: ast.ClassDef, outer: Scope) -> Iterator[tuple[str, tuple[ast.expr, Scope]]]:
    """`model_config = SettingsConfigDict(env_prefix=…)`, `class Config: env_prefix = …`, class keywords."""
    scope = class_scope(node, outer)
    for statement in node.body:
        match statement:
            case ast.ClassDef(name="Config"):
                inner = class_scope(statement, scope)
                for line in statement.body:
                    if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                        yield line.targets[0].id, (line.value, inner)
            case (
                ast.Assign(targets=[ast.Name(id="model_config")], value=value)
                | ast.AnnAssign(target=ast.Name(id="model_config"), value=value)
            ):
                yield from ((name, (option, scope)) for name, option in _entries(value))
    yield from ((word.arg, (word.value, outer)) for word in node.keywords if word.arg)


def _entries(node: ast.expr | None) -> Iterator[tuple[str, ast.expr]]:
    """The entries of a mapping that is written as a call or as a literal."""
    if isinstance(node, ast.Call):
        yield from ((word.arg, word.value) for word in node.keywords if word.arg)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value


def _fields(node: ast.ClassDef, outer: Scope, options: Mapping[str, tuple[ast.expr, Scope]]) -> Iterator[SettingsField]:
    scope = class_scope(node, outer)
    prefix = constant_option(options, "env_prefix") or ""
    folded = constant_option(options, "case_sensitive") is not True
    for statement in node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        name = statement.target.id
        if name.startswith("_") or name in _OPTIONS or "ClassVar" in ast.unparse(statement.annotation)[:30]:
            continue
        described = _described(statement, scope)
        names = _aliases(described) or (f"{prefix}{name}",)
        default = _default(statement, described)
        yield SettingsField(
            name=name,
            names=tuple(alias.upper() for alias in names) if folded else names,
            folded=folded,
            default=default,
            scope=scope,
            place=scope.document.source.place(statement.target),
            required=default is None and len(names) == 1 and not _OPTIONAL.search(ast.unparse(statement.annotation)),
        )


def constant_option(options: Mapping[str, tuple[ast.expr, Scope]], name: str) -> str | bool | None:
    """A literal option of a settings class."""
    node = options[name][0] if name in options else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str | bool) else None


def _described(statement: ast.AnnAssign, scope: Scope) -> ast.Call | None:
    """The `Field(…)` of a field, as its value or within `Annotated[…]`."""
    candidates = [statement.value]
    if isinstance(statement.annotation, ast.Subscript) and isinstance(statement.annotation.slice, ast.Tuple):
        candidates += statement.annotation.slice.elts
    for candidate in candidates:
        if isinstance(candidate, ast.Call) and dotted(candidate.func, scope).rpartition(".")[2] == "Field":
            return candidate
    return None


def _aliases(described: ast.Call | None) -> tuple[str, ...]:
    named = {word.arg: word.value for word in described.keywords} if described is not None else {}
    for word in _ALIASES:
        if word in named:
            return tuple(_strings(named[word]))
    return ()


def _strings(node: ast.expr) -> Iterator[str]:
    """The names in an alias: a string, a list of them, `AliasChoices(…)` or `AliasPath(…)`."""
    match node:
        case ast.Constant(value=str() as name):
            yield name
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Call(args=parts):
            first_only = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AliasPath"
            for part in parts[:1] if first_only else parts:
                yield from _strings(part)


def _default(statement: ast.AnnAssign, described: ast.Call | None) -> ast.expr | None:
    if described is None:
        return statement.value
    named = {word.arg: word.value for word in described.keywords}
    default = statement.value if statement.value is not described else None
    default = default or (described.args[0] if described.args else None) or named.get("default")
    default = default or named.get("default_factory")
    return None if isinstance(default, ast.Constant) and default.value is ... else default
