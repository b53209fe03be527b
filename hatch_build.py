"""Building a wheel: the rules are validated, and shipped in their prepared form too, so that a run parses no YAML."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "configlint/rules/prepared.json"


class PreparedRules(BuildHookInterface[Any]):
    """A rule file that is wrong stops the build. An editable install reads the rules from the source tree."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        self._directory = tempfile.TemporaryDirectory()
        prepared = Path(self._directory.name, "prepared.json")
        prepared.write_text(prepared_rules(Path(self.root)), encoding="utf-8")
        build_data["force_include"][str(prepared)] = TARGET

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_directory"):
            self._directory.cleanup()


def prepared_rules(root: Path) -> str:
    """All rules of the source tree as one JSON list, each in brief. Raises `InputError` for a wrong one."""
    sys.path.insert(0, str(root))
    try:
        from configlint.rules.prepare import prepare
        from configlint.rules.rule import brief
    finally:
        sys.path.remove(str(root))
    files = sorted(root.glob("rules/*.yaml"))
    return json.dumps([brief(prepare(file.name, file.read_text(encoding="utf-8"))) for file in files])
