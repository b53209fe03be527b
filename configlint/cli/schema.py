"""`configlint schema`."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from configlint.cli import terminal
from configlint.cli.session import written
from configlint.cli.tables import VALUES, Table, Words, common, tables
from configlint.config.forms import ConfigForm
from configlint.kinds import KINDS
from configlint.rules.forms import RuleForm

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def run(what: str) -> int:
    """Print the JSON Schema of the configuration, or of rule files."""
    terminal.say(text(what), utf8=True)
    return 0


def text(what: str) -> str:
    schema = configuration() if what == "config" else rules()
    return json.dumps({"$schema": _DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"


class _Generator(GenerateJsonSchema):
    """Without titles, which repeat the keys and hide them in editors."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _schema(form: type[BaseModel]) -> dict[str, Any]:
    found = form.model_json_schema(schema_generator=_Generator)
    for one in (found, *found.get("$defs", {}).values()):
        one.pop("title", None)
    return found


def configuration() -> dict[str, Any]:
    """The schema of `.configlint.yaml`. It names the built-in rules, so that editors propose them."""
    schema = _schema(ConfigForm)
    setting = schema["properties"]["rules"]
    setting["properties"] = {
        form["id"]: {**setting["additionalProperties"], "description": f"{form['title']} ({form['severity']})"}
        for form in written()
    }
    return {"title": "The configuration of configlint", **schema}


def rules() -> dict[str, Any]:
    """The schema of a rule file: the keys of every rule, and the options of its kind."""
    common = _schema(RuleForm)
    definitions = dict(common.pop("$defs", {}))
    choices = []
    for name, kind in KINDS.items():
        options = _schema(kind.form())
        definitions |= options.pop("$defs", {})
        properties = {**common["properties"], **options["properties"]}
        properties["kind"] = {**common["properties"]["kind"], "const": name}
        required = [*common["required"], *options.get("required", ())]
        choices.append(
            {"type": "object", "title": name, "description": options["description"], "properties": properties}
            | {"required": required, "additionalProperties": False}
        )
    definitions["SelectorForm"]["allOf"] = [_conditions(table) for table in tables() if table.name != VALUES]
    return {"title": "A rule of configlint", "oneOf": choices, "$defs": definitions}


def _conditions(table: Table) -> dict[str, Any]:
    """The conditions that `where` accepts for a table: its columns, and the values of those with a closed set."""
    properties = {
        column.name: {"description": column.sentence, **(_condition(column.words) if column.words else {})}
        for column in (*table.columns, *common())
    }
    where = {"description": table.sentence, "properties": properties, "additionalProperties": False}
    return {
        "if": {"properties": {"table": {"const": table.name, "description": table.sentence}}, "required": ["table"]},
        "then": {"properties": {"where": where}},
    }


def _condition(words: Words) -> dict[str, Any]:
    word = {"enum": list(words)}
    several = {"anyOf": [word, {"type": "array", "items": word}], "description": "one value, or several"}
    negated = {"type": "object", "properties": {"not": several}, "required": ["not"], "additionalProperties": False}
    return {"anyOf": [several, negated]}
