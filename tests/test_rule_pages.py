"""Every rule has a page, and every page says what the rule file says."""

import re
from pathlib import Path

import generate
import pytest

from configlint import config
from configlint.cli.session import written
from configlint.config.forms import descriptions
from configlint.model.memory_tree import MemoryTree
from configlint.rules.forms import RuleForm

RULES = [str(form["id"]) for form in written()]


def test_the_pages_are_those_of_the_rule_files() -> None:
    made = generate.documents()
    there = {path.name: path.read_text(encoding="utf-8") for path in generate.RULES.glob("*.md")}
    assert sorted(there) == sorted(made), "a rule without a page, or a page without a rule: run `make docs`"
    stale = [name for name, content in made.items() if there[name] != content]
    assert not stale, f"the rule files say something else than docs/rules: run `make docs` ({', '.join(stale)})"


def test_every_rule_has_one() -> None:
    assert {path.stem for path in generate.RULES.glob("*.md")} == {*RULES, "README"}


@pytest.mark.parametrize("form", written(), ids=RULES)
def test_our_rules_tell_what_they_find_and_when_not_to_use_them(form: dict[str, str]) -> None:
    for key in ("about", "why", "help", "not_for"):
        assert re.match(r".{20,}", form[key]), key
    assert form["about"].endswith(".")
    assert form["not_for"].endswith(".")


@pytest.mark.parametrize("rule", RULES)
def test_the_setting_that_a_page_shows_is_taken(rule: str) -> None:
    page = Path(generate.RULES, f"{rule}.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"## How to configure it\n.*?```yaml\n(.*?)```", page, re.DOTALL)
    configured = config.load(".configlint.yaml", shown, MemoryTree({}))
    config.check_names(configured, RULES)
    assert list(configured.settings.rules) == [rule]


def test_what_a_rule_may_listen_to_is_in_the_configuration() -> None:
    schema = RuleForm.model_json_schema()["properties"]["configured-by"]
    assert set(schema["items"]["enum"]) <= set(descriptions())
    assert all(descriptions().values())
