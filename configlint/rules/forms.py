"""The written form of a rule file, and of what is common to all files that people write for configlint."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast

from pydantic import Field, ValidationError

from configlint.formats import yaml
from configlint.kinds.forms import Form
from configlint.model.document import Lines
from configlint.rules.errors import InputError, nearest

F = TypeVar("F", bound=Form)


class ExampleForm(Form):
    """A small repository that shows the rule at work."""

    files: dict[str, str]
    config: str = ""
    ignored: list[str] = Field(default=[], description="files that git ignores")
    finds: list[str] = Field(default=[], description="`path:line` of every place where the rule fails")
    unverifiable: list[str] = Field(default=[], description="`path:line` of every place it cannot judge")
    fixed: dict[str, str] = Field(default={}, description="files that `fix` changes, as it leaves them")
    unsafe: bool = Field(default=False, description="`fix` is run with --unsafe")


class RuleForm(Form):
    """A rule: what it selects, one constraint, who is right, what is said. The options of its kind stand beside."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
    title: str
    why: str
    severity: Literal["error", "warning", "info"]
    kind: str
    says: dict[str, str] = Field(default={}, description="a sentence for each outcome of the kind")
    shows: dict[str, str] = Field(default={}, description="labels of the places of a side")
    help: str = Field(default="", description="what to do where no fix can be derived")
    fix: str = Field(default="", description="title of the fix")
    examples: list[ExampleForm] = Field(default=[])


def plain(root: yaml.Mapping) -> dict[str, Any]:
    """The plain value of a mapping."""
    return cast("dict[str, Any]", yaml.plain(root))


def validated(form: type[F], data: Mapping[str, Any], root: yaml.Node, document: yaml.YamlDocument) -> F:
    """`data` as a `form`. Raises `InputError` for the first thing wrong, with its line and the nearest valid name."""
    try:
        return form.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InputError(_wording(form, first), document.path, line_of(document, root, first["loc"])) from None


def line_of(document: yaml.YamlDocument, root: yaml.Node, path: tuple[str | int, ...]) -> int:
    """The line on which the deepest node of `path` that exists is written."""
    place = root.place
    node: yaml.Node | None = root
    for step in path:
        key = node.key(str(step)) if isinstance(node, yaml.Mapping) else None
        node = yaml.at(node, (step,))
        if node is None:
            break
        place = key.place if key is not None else node.place
    return Lines(document.content).position(place.start).line


def _wording(form: type[Form], error: Mapping[str, Any]) -> str:
    loc = [str(part) for part in error["loc"]]
    where = ".".join(loc)
    if error["type"] == "extra_forbidden":
        return f"unknown key '{where}'{nearest(loc[-1], _field_names(form, error['loc'][:-1]))}"
    if error["type"] == "missing":
        return f"'{where}' is missing"
    return f"'{where}': {error['msg'][0].lower()}{error['msg'][1:]}"


def _field_names(form: type[Form], path: tuple[str | int, ...]) -> list[str]:
    """The keys that are valid at `path` below a form, as far as its annotations tell."""
    schema = form.model_json_schema()
    here = schema
    for part in path:
        here = _resolved(schema, here)
        options = [here, *(_resolved(schema, one) for one in here.get("anyOf", ()))]
        here = next((one["properties"][part] for one in options if part in one.get("properties", {})), {})
    here = _resolved(schema, here)
    options = [here, *(_resolved(schema, one) for one in here.get("anyOf", ()))]
    return [name for one in options for name in one.get("properties", {})]


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    reference = part.get("$ref", "")
    found: dict[str, Any] = schema["$defs"][reference.rpartition("/")[2]] if reference else dict(part)
    return found
