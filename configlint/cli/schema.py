"""`configlint schema`."""

import json
from typing import Any

from configlint.cli import terminal
from configlint.config.forms import ConfigForm
from configlint.kinds import KINDS
from configlint.rules.forms import RuleForm

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def run(what: str) -> int:
    """Print the JSON Schema of the configuration, or of rule files."""
    schema = ConfigForm.model_json_schema() if what == "config" else rules()
    terminal.say(json.dumps({"$schema": _DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n")
    return 0


def rules() -> dict[str, Any]:
    """A rule file: what all rules have, and the options of its kind."""
    common = RuleForm.model_json_schema()
    definitions = dict(common.pop("$defs", {}))
    choices = []
    for name, kind in KINDS.items():
        options = kind.form().model_json_schema()
        definitions |= options.pop("$defs", {})
        properties = {**common["properties"], **options["properties"], "kind": {"const": name}}
        required = [*common["required"], *options.get("required", ())]
        choices.append(
            {"type": "object", "title": name, "properties": properties, "required": required}
            | {"additionalProperties": False}
        )
    return {"title": "A rule of configlint", "oneOf": choices, "$defs": definitions}
