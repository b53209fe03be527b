"""The written form of a rule file, and validation that rule files and configurations share."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from pydantic import Field, ValidationError

from configlint.formats.yaml import document as yaml
from configlint.kinds.forms import Form
from configlint.rules.errors import InputError, nearest
from configlint.rules.written import line_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

F = TypeVar("F", bound=Form)


class ExampleForm(Form):
    """A small repository that demonstrates the rule."""

    files: dict[str, str] = Field(description="its files, by path")
    config: str = Field(default="", description="the text of its configuration")
    ignored: list[str] = Field(default=[], description="files that git ignores")
    tracked: list[str] = Field(default=[], description="files that git tracks though its ignore files name them")
    finds: list[str] = Field(default=[], description="`path:line` of every place where the rule fails")
    unverifiable: list[str] = Field(default=[], description="`path:line` of every place that the rule cannot check")
    fixed: dict[str, str] = Field(default={}, description="files that `fix` changes, with their content after it")
    unsafe: bool = Field(default=False, description="run `fix` with --unsafe")


class RuleForm(Form):
    """A rule: what it selects, one constraint, which value is right, and its texts; also the options of its kind."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="the name of the rule, also of its file")
    title: str = Field(description="the requirement, in a few words")
    about: str = Field(default="", description="what the rule finds and what it does not report, for its page")
    why: str = Field(description="what goes wrong at run time if the requirement is not met")
    severity: Literal["error", "warning", "info"] = Field(
        description="error: it will fail; warning: it fails in some circumstances; info: worth knowing"
    )
    kind: str = Field(description="the type of constraint; each kind has its own options")
    says: dict[str, str] = Field(default={}, description="the message for each outcome of the kind")
    shows: dict[str, str] = Field(default={}, description="labels for the places of a side, `from` or `to`")
    help: str = Field(default="", description="what to do if there is no fix")
    fix: str = Field(default="write the right value", description="title of the fix, in the imperative")
    configured_by: list[Literal["workers", "mobile.host", "mobile.paths", "stacks"]] = Field(
        default=[], alias="configured-by", description="configuration keys that change what the rule finds"
    )
    not_for: str = Field(default="", alias="not-for", description="when not to use the rule, and what to do then")
    examples: list[ExampleForm] = Field(default=[], description="small repositories that test the rule")


def validated(form: type[F], data: Mapping[str, Any], document: yaml.YamlDocument) -> F:
    """`data` as a `form`. Raises `InputError` for what is wrong, with its line and the nearest valid name."""
    try:
        return form.model_validate(data)
    except ValidationError as error:
        faults = [_fault(one, data) for one in error.errors(include_url=False, include_input=False)]
        # If a value may have several forms, report against the closest one.
        worst = max(faults, key=lambda fault: (len(fault.path), fault.kind == "extra_forbidden", not fault.expected))
        alike = [fault for fault in faults if fault.path == worst.path]
        raise InputError(_wording(form, worst, alike), document.path, line_of(document, worst.path)) from None


class _Fault(NamedTuple):
    """One thing that pydantic found: `path` is where it is written."""

    path: tuple[str | int, ...]
    kind: str
    message: str
    expected: str


def _fault(error: "ErrorDetails", data: Any) -> _Fault:
    """pydantic's location names the forms that were tried as well as keys; only keys are written anywhere."""
    path: list[str | int] = []
    for step in error["loc"]:
        last = step is error["loc"][-1]
        if isinstance(data, dict) and (step in data or (last and error["type"] == "missing")):
            path.append(step)
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int):
            path.append(step)
            data = data[step]
    expected = _EXPECTED.get(error["type"], error.get("ctx", {}).get("expected", ""))
    return _Fault(tuple(path), error["type"], error["msg"], str(expected).replace("False", "false"))


_EXPECTED = {
    "string_type": "a string",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}


def _wording(form: type[Form], fault: _Fault, alike: Sequence[_Fault]) -> str:
    where = ".".join(str(part) for part in fault.path)
    if fault.kind == "extra_forbidden":
        return f"unknown key '{where}'{nearest(str(fault.path[-1]), _field_names(form, fault.path[:-1]))}"
    if fault.kind == "missing":
        return f"'{where}' is missing"
    if fault.kind == "value_error":
        return f"'{where}': {fault.message.removeprefix('Value error, ')}"
    if fault.expected:
        expected = dict.fromkeys(one.expected for one in alike)
        return f"'{where}' should be {', or '.join(expected)}"
    return f"'{where}': {fault.message[0].lower()}{fault.message[1:]}"


def _field_names(form: type[Form], path: tuple[str | int, ...]) -> list[str]:
    """The keys that are valid at `path` below a form, according to its schema."""
    schema = form.model_json_schema()
    here: list[dict[str, Any]] = _options(schema, schema)
    for part in path:
        here = [option for one in here for option in _options(schema, _below(one, part))]
    return [name for one in here for name in one.get("properties", {})]


def _below(schema: Mapping[str, Any], part: str | int) -> Mapping[str, Any]:
    if isinstance(part, int):
        found = schema.get("items", {})
    else:
        found = schema.get("properties", {}).get(part) or schema.get("additionalProperties")
    return found if isinstance(found, dict) else {}


def _options(schema: Mapping[str, Any], part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The forms that a value may have, references resolved."""
    reference = part.get("$ref", "")
    found: dict[str, Any] = schema["$defs"][reference.rpartition("/")[2]] if reference else dict(part)
    return [found, *(option for one in found.get("anyOf", ()) for option in _options(schema, one))]
