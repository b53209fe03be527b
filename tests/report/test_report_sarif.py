"""SARIF: valid by its schema, and what code scanning services and editors make of it."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from samples import finding, fix, options, place, result

from configlint.model.finding import Label
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import FORMATS, RuleHelp

SCHEMA = json.loads((Path(__file__).parents[1] / "data/sarif/sarif-2.1.0-rtm.5.json").read_text())


def sarif(run: Result, code: int = 1) -> dict[str, Any]:
    shown = replace(options(rules=samples.RULES), code=code)
    document: dict[str, Any] = json.loads(FORMATS["sarif"](run, shown))
    Draft4Validator(SCHEMA).validate(document)
    only: dict[str, Any] = document["runs"][0]
    return only


def test_it_is_valid_and_holds_every_finding() -> None:
    run = sarif(samples.full())
    assert run["columnKind"] == "unicodeCodePoints"
    assert [(each["ruleId"], each["kind"], each["level"]) for each in run["results"]] == [
        ("secret-parity", "fail", "error"),
        ("port-conflict", "fail", "error"),
        ("worker-count", "open", "none"),
        ("mobile-localhost", "fail", "warning"),
    ]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])


def test_a_rule_is_described_by_its_file() -> None:
    rule = RuleHelp(
        title="one | two", why="It *fails*.", severity="info", help="use {from.name} `here`", fix="write {to.x}",
        fixable=True,
    )  # fmt: skip
    document = json.loads(FORMATS["sarif"](result([], {}), options(rules={"mine": rule})))
    Draft4Validator(SCHEMA).validate(document)
    (described,) = document["runs"][0]["tool"]["driver"]["rules"]
    assert described["shortDescription"] == {"text": "one | two"}
    assert described["fullDescription"] == {"text": "It *fails*."}
    assert described["defaultConfiguration"] == {"level": "note"}
    said, formatted = described["help"]["text"], described["help"]["markdown"]
    assert said.startswith("It *fails*.\n\nWhat to do: use … `here`.\n\nFix: write … (configlint fix).")
    assert formatted.startswith("It \\*fails\\*.\n\n**What to do:** use … &#96;here&#96;.\n\n**Fix:** write … (")
    assert "--unsafe" in said
    assert "`configlint explain mine`" in formatted
    assert "helpUri" not in described


def test_a_rule_that_mends_nothing_says_so() -> None:
    run = sarif(samples.full())
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "Fix: none" in described["port-conflict"]["help"]["text"]


def test_descriptions_are_as_short_as_github_wants_them() -> None:
    rule = RuleHelp(title="t" * 2000, why="w" * 2000, severity="error")
    document = json.loads(FORMATS["sarif"](result([], {}), options(rules={"mine": rule})))
    (described,) = document["runs"][0]["tool"]["driver"]["rules"]
    assert len(described["shortDescription"]["text"]) == len(described["fullDescription"]["text"]) == 1024
    assert rule.why in described["help"]["text"]


def test_the_message_names_the_other_places_as_links_to_them() -> None:
    first = sarif(samples.full())["results"][0]
    related = first["relatedLocations"][0]
    assert first["message"]["text"].endswith(f"(12 characters here, 40 there); see [livekit.yaml:4]({related['id']})")
    assert related["message"] == {"text": "the server's secret"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "livekit.yaml"
    assert related["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 51}


def test_no_content_of_a_file_is_a_link() -> None:
    other = Label(place=Place("a](1)[", 0, 0), message="[x](2)")
    odd = finding(Place("f", 0, 0), "see [here](https://evil.example)", related=[other])
    text = sarif(result([odd], {}))["results"][0]["message"]["text"]
    assert "[here](" not in text
    assert text.endswith("; see [a\\](1)\\[:1](1)")


def test_fingerprints_are_those_of_the_findings_and_tell_two_apart() -> None:
    twice = [finding(place("f", "x y\n", part), fingerprint="same") for part in ("x", "y")]
    found = [each["partialFingerprints"] for each in sarif(result(twice, {"f": "x y\n"}))["results"]]
    assert found == [{"configlint/v1": "same"}, {"configlint/v1": "same-2"}]


def test_a_fix_is_offered_only_where_it_is_safe_and_writes_no_secret() -> None:
    at = place("lib/constants.dart", samples.DART, "localhost")
    safe = finding(at, fix=fix((at, "192.168.1.44"), title="write [it](1)"))
    secret, _, _, unsafe, harmless = sarif(
        replace(samples.full(), findings=(*samples.full().findings, safe)),
    )["results"]
    (offered,) = harmless["fixes"]
    assert offered["description"] == {"text": "write [it] (1)"}
    (change,) = offered["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 44, "endLine": 2, "endColumn": 53},
            "insertedContent": {"text": "192.168.1.44"},
        }
    ]
    assert "fixes" not in secret
    assert secret["properties"]["fix"]["title"] == "use the server's secret"
    assert "fixes" not in unsafe
    assert unsafe["properties"]["fix"]["safety"] == "unsafe"


@pytest.mark.parametrize("code", [0, 1])
def test_the_run_succeeded_whatever_it_found(code: int) -> None:
    (invocation,) = sarif(samples.full(), code)["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["exitCode"] == code
    assert "--fail-on" in invocation["exitCodeDescription"]


def test_it_says_what_was_not_checked_and_how_to_give_it() -> None:
    run = sarif(replace(samples.full(), absent=(".env",)))
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert said[0].startswith("1 rule could not be checked here: worker-count")
    assert said[1].startswith("Missing, because git ignores it: .env.")
    assert said[2] == "2 rules found nothing to check here: redis-parity, webhook-key."
    assert said[3].startswith("git refuses this repository")


def test_nothing_of_this_machine_is_told() -> None:
    run = sarif(samples.full())
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The root of the repository."}}}
    assert set(run["invocations"][0]) == {
        *("executionSuccessful", "exitCode", "exitCodeDescription", "toolExecutionNotifications")
    }


@pytest.mark.parametrize("path", ["a b/ü:c#d?.env", "100%/x%20y.env", "日本/é", "a\\b", "[x]{y}.yaml", "x\n.env"])
def test_paths_are_relative_uri_references(path: str) -> None:
    entry = sarif(result([finding(Place(path, 0, 0))], {}))["results"][0]
    artifact = entry["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uriBaseId"] == "%SRCROOT%"
    assert re.fullmatch(r"[A-Za-z0-9_.~/%-]+", artifact["uri"])
    assert unquote(artifact["uri"]) == path


@given(st.text(), st.text(min_size=1))
@settings(max_examples=100)
def test_it_is_valid_for_any_text(message: str, path: str) -> None:
    odd = finding(Place(path, 0, 0), message, label=message, hint=message, fingerprint=message)
    text = FORMATS["sarif"](result([odd], {path: message}, notes=[message]), options())
    Draft4Validator(SCHEMA).validate(json.loads(text))
    assert not any((ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in text)
