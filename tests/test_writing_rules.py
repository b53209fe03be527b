"""The page on rules of one's own says what the code does, and its rules are run."""

from pathlib import Path
from typing import get_args

import pytest
import writing_rules
import yaml
from pydantic import BaseModel
from running import run

from configlint.cli.tables import tables
from configlint.kinds import KINDS
from configlint.kinds.forms import SelectorForm
from configlint.model.selector import Part
from configlint.rules.forms import RuleForm
from configlint.rules.prepare import prepare

RULES = sorted(writing_rules.EXAMPLES.glob("*.yaml"))


def options(form: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in form.model_fields.items()}


def test_the_page_is_the_one_that_is_made_of_the_code() -> None:
    there = writing_rules.PAGE.read_text(encoding="utf-8")
    assert there == writing_rules.page(), "the code says something else than docs/writing-rules.md: run `make docs`"


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_of_a_kind_is_used_in_a_rule_of_the_page(kind: str) -> None:
    used = {key for text in writing_rules.examples(kind) for key in yaml.safe_load(text)}
    assert options(KINDS[kind].form()) - used == set()


def test_every_key_of_a_selector_is_used_in_a_rule_of_the_page() -> None:
    forms = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in RULES]
    selected = [form["from"] for form in forms]
    used = {key for one in selected for part in (one if isinstance(one, list) else [one]) for key in part}
    assert options(SelectorForm) - used == set()
    assert {"says", "shows", "help", "fix", "truth"} - {key for form in forms for key in form} == set()


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_rule_of_the_page_is_named_after_its_kind_and_shows_both_sides(path: Path) -> None:
    form = prepare(path.name, path.read_text(encoding="utf-8"))
    assert path.stem.partition("-")[0] == form["kind"]
    assert any(one["finds"] for one in form["examples"])
    assert any(not one["finds"] and not one["unverifiable"] for one in form["examples"])
    ran = run(path.parent, "test", path.name)
    assert (ran.exit, ran.stdout) == (0, f"{len(form['examples'])} examples, 0 wrong\n")


def test_everything_that_can_be_named_is_on_the_page() -> None:
    page = writing_rules.page()
    columns = [column for table in tables() for column in table.columns]
    words = [word for column in columns for word in column.words if isinstance(word, str) and word]
    keys = [*options(RuleForm), *options(SelectorForm), *get_args(Part)]
    named = {*(column.name for column in columns), *words, *KINDS, *keys}
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []
