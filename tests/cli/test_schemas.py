"""`schema`: what editors know of a configuration and of a rule file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from running import run

from configlint.cli.session import written
from configlint.cli.tables import common, tables
from configlint.model.database import columns

RULES = sorted((Path(__file__).parents[2] / "rules").glob("*.yaml"))


def schema(directory: Path, *arguments: str) -> dict[str, Any]:
    ran = run(directory, "schema", *arguments)
    assert ran.exit == 0
    printed: dict[str, Any] = json.loads(ran.stdout)
    return printed


def validator(directory: Path, *arguments: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(directory, *arguments))


@pytest.mark.parametrize("what", ["config", "rule"])
def test_it_follows_the_standard(what: str, tmp_path: Path) -> None:
    found = schema(tmp_path, what)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(found)


@pytest.mark.parametrize("what", ["config", "rule"])
def test_every_key_is_described(what: str, tmp_path: Path) -> None:
    properties = list(_properties(schema(tmp_path, what)))
    assert properties
    assert [name for name, one in properties if not one.get("description")] == []


def _properties(part: object) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for value in part.values():
            yield from _properties(value)
    elif isinstance(part, list):
        for value in part:
            yield from _properties(value)


def test_editors_propose_the_rules_by_name(tmp_path: Path) -> None:
    proposed = schema(tmp_path)["properties"]["rules"]["properties"]
    assert list(proposed) == [form["id"] for form in written()]
    assert "signs with a key pair" in proposed["secret-parity"]["description"]


def test_it_takes_a_configuration_and_refuses_a_slip(tmp_path: Path) -> None:
    held = validator(tmp_path)
    good = {"workers": {"api": 3}, "mobile": {"host": "192.168.1.4"}, "rules": {"port-parity": {"severity": "off"}}}
    assert held.is_valid(good)
    assert held.is_valid({"rules": {"one-of-my-own": "error"}})
    assert not held.is_valid({"worker": {"api": 3}})
    assert not held.is_valid({"workers": {"api": "three"}})
    assert not held.is_valid({"rules": {"port-parity": "of"}})


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_it_takes_every_rule_of_ours(rule: Path, tmp_path: Path) -> None:
    assert list(validator(tmp_path, "rule").iter_errors(yaml.safe_load(rule.read_text()))) == []


def test_it_takes_every_configuration_of_our_examples(tmp_path: Path) -> None:
    held = validator(tmp_path)
    configurations = [example["config"] for form in written() for example in form["examples"] if example["config"]]
    assert configurations
    assert [text for text in configurations if not held.is_valid(yaml.safe_load(text))] == []


SELECTED = {
    "table": "urls",
    "where": {"audience": ["mobile", "host"], "written": True, "reach": {"not": "debug"}, "method": ""},
}
HEAD = {"id": "x", "title": "x", "why": "x", "severity": "error"}


@pytest.mark.parametrize(
    "slip",
    [
        {"kind": "equal", "from": {"table": "workers"}},
        {"kind": "requires", "column": "port"},
        {"kind": "requires", "from": {"table": "url"}, "column": "port"},
        {"kind": "requires", "from": {"table": "urls"}, "column": "port", "truth": "port"},
        {"kind": "requires", "from": {"table": "urls"}, "column": "port", "configured-by": ["host"]},
        {"kind": "requires", "from": {"table": "urls", "where": {"audience": "mobil"}}, "column": "port"},
        {"kind": "requires", "from": {"table": "urls", "where": {"audience": ["mobile", "mobil"]}}, "column": "port"},
        {"kind": "requires", "from": {"table": "urls", "where": {"audience": {"not": "mobil"}}}, "column": "port"},
        {"kind": "requires", "from": {"table": "urls", "where": {"written": "true"}}, "column": "port"},
        {"kind": "requires", "from": {"table": "urls", "where": {"hots": "x"}}, "column": "port"},
        {"kind": "requires", "from": {"file": "a", "line": "a {value}", "part": "hots"}},
    ],
    ids=["kind", "missing", "table", "option", "key", "word", "words", "not", "bool", "column", "part"],
)
def test_it_refuses_a_rule_with_a_slip(slip: dict[str, Any], tmp_path: Path) -> None:
    held = validator(tmp_path, "rule")
    assert held.is_valid({**HEAD, "kind": "requires", "from": {"table": "urls"}, "column": "port"})
    assert held.is_valid({**HEAD, "kind": "requires", "from": SELECTED, "column": "port"})
    assert not held.is_valid({**HEAD, **slip})


def test_every_table_and_column_has_a_sentence() -> None:
    for table in tables():
        assert table.sentence.endswith("."), table.name
        assert {column.name for column in (*table.columns, *common())} == set(columns(table.name)), table.name
        assert [column.name for column in table.columns if not column.sentence.endswith(".")] == []
    assert [column.name for column in common() if not column.sentence.endswith(".")] == []
