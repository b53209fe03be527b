"""SARIF, GitLab, JUnit and Markdown: what other programs make of them."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from samples import finding, options, place, result

from configlint.model.finding import Label
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import FORMATS

SCHEMA = json.loads((Path(__file__).parents[1] / "data/sarif/sarif-2.1.0-rtm.5.json").read_text())


def sarif(run: Result) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FORMATS["sarif"](run, options(rules=samples.RULES)))
    Draft4Validator(SCHEMA).validate(document)
    only: dict[str, Any] = document["runs"][0]
    return only


def test_sarif_is_valid_and_holds_every_finding() -> None:
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
    described = {rule["id"]: rule for rule in rules}["secret-parity"]
    assert described["shortDescription"]["text"] == samples.RULES["secret-parity"].title
    assert described["defaultConfiguration"] == {"level": "error"}


def test_sarif_names_the_other_places_and_the_fingerprint() -> None:
    first = sarif(samples.full())["results"][0]
    related = first["relatedLocations"][0]
    assert related["message"] == {"text": "the server's secret"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "livekit.yaml"
    assert related["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 51}
    assert first["partialFingerprints"] == {"configlint/v1": "f1"}


def test_sarif_offers_a_fix_only_where_it_writes_no_secret() -> None:
    results = sarif(samples.full())["results"]
    assert "fixes" not in results[0]
    (fix,) = results[3]["fixes"]
    assert "unsafe" in fix["description"]["text"]
    assert fix["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "192.168.1.44"}


def test_sarif_says_what_was_not_checked() -> None:
    said = [each["message"]["text"] for each in sarif(samples.full())["invocations"][0]["toolExecutionNotifications"]]
    assert said[0].startswith("1 rule could not be checked here: worker-count")
    assert said[1] == "2 rules found nothing to check here: redis-parity, webhook-key."


def test_sarif_paths_are_uri_references_and_messages_no_links() -> None:
    odd = finding(
        Place("a b/ü:c#d?.env", 0, 0),
        "see [here](https://evil.example)",
        related=[Label(place=Place("gone", 0, 0), message="")],
    )
    entry = sarif(result([odd], {}))["results"][0]
    location = entry["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": "a%20b/%C3%BC%3Ac%23d%3F.env", "uriBaseId": "%SRCROOT%"}}
    assert "](" not in entry["message"]["text"]


@given(st.text(), st.text(min_size=1))
@settings(max_examples=100)
def test_sarif_is_valid_for_any_text(message: str, path: str) -> None:
    entry = sarif(result([finding(Place(path, 0, 0), message, label=message)], {path: message}))["results"][0]
    assert re.fullmatch(r"[A-Za-z0-9_.~/%-]+", entry["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_gitlab_entries() -> None:
    entries = json.loads(FORMATS["gitlab"](samples.full(), options()))
    assert entries[0] == {
        "description": (
            "LIVEKIT_API_SECRET is not the server's secret for key devkey (12 characters here, 40 there)"
            "; see livekit.yaml:4:11 the server's secret"
        ),
        "check_name": "secret-parity",
        "fingerprint": "f1",
        "severity": "major",
        "location": {"path": ".env", "lines": {"begin": 2, "end": 2}},
    }
    assert [entry["severity"] for entry in entries] == ["major", "major", "info", "minor"]


def test_gitlab_fingerprints_are_unique() -> None:
    twice = [finding(place("f", "x y\n", part), fingerprint="same") for part in ("x", "y")]
    entries = json.loads(FORMATS["gitlab"](result(twice, {"f": "x y\n"}), options()))
    assert [entry["fingerprint"] for entry in entries] == ["same", "same-2"]


def test_junit_tells_failed_skipped_and_passed() -> None:
    rules = {**samples.RULES, "redis-parity": samples.RULES["secret-parity"], "quiet": samples.RULES["secret-parity"]}
    suite = ElementTree.fromstring(FORMATS["junit"](samples.full(), options(rules=rules)))[0]
    cases = {case.attrib["name"]: case for case in suite.iter("testcase")}
    outcomes = {name.split()[0]: [child.tag for child in case] for name, case in cases.items()}
    assert outcomes == {
        "secret-parity": ["failure"],
        "port-conflict": ["failure"],
        "worker-count": ["skipped"],
        "mobile-localhost": ["failure"],
        "redis-parity": ["skipped"],
        "webhook-key": ["skipped"],
        "quiet": [],
    }
    assert suite.attrib | {"name": ""} == {"name": "", "tests": "7", "failures": "3", "errors": "0", "skipped": "3"}
    failure = cases["secret-parity .env:2:20"][0]
    assert failure.attrib["type"] == "error"
    assert (
        failure.text == ".env:2:20 another secret\nlivekit.yaml:4:11 the server's secret\nfix: use the server's secret"
    )


def test_junit_counts_an_info_as_passed() -> None:
    run = result([finding(place("f", "x\n", "x"), severity="info")], {"f": "x\n"})
    suite = ElementTree.fromstring(FORMATS["junit"](run, options()))[0]
    assert suite.attrib["failures"] == "0"
    assert [child.tag for child in suite[0]] == ["system-out"]


@given(st.text())
@settings(max_examples=200)
def test_junit_is_xml_whatever_the_text(text: str) -> None:
    found = finding(Place(text, 0, 0), text, label=text, hint=text)
    document = FORMATS["junit"](result([found], {}, notes=[text]), options())
    document.encode()
    suite = ElementTree.fromstring(document)[0]
    message = suite[0][0].attrib["message"]
    printable = all(char.isprintable() for char in text) and "##" not in text
    assert message == text or not printable


def test_markdown_holds_all_and_says_what_was_not_checked() -> None:
    page = FORMATS["markdown"](samples.full(), options())
    assert "**Found 2 errors and 1 warning in 3 files.**" in page
    assert "| error | `secret-parity` | `.env:2:20`<br>`livekit.yaml:4:11` |" in page
    assert "| unverifiable | `worker-count` |" in page
    assert "help: write a number, or set WEB\\_CONCURRENCY for the service" in page
    assert "- 1 rule could not be checked here: worker-count (--require makes that fail)." in page


@pytest.mark.parametrize(
    "text",
    [
        "a|b",
        "<img src=x onerror=alert(1)>",
        "`code`",
        "[x](http://e.example)",
        "a\nb",
        "**b**",
        "&lt;",
        "``a|",
        "![i](x)",
    ],
)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    found = finding(Place(text, 0, 0), text, rule="r")
    row = next(
        line for line in FORMATS["markdown"](result([found], {}), options()).split("\n") if line.startswith("| error")
    )
    cells = re.split(r"(?<!\\)\|", row)
    assert len(cells) == 6
    said = cells[4]
    assert not re.search(r"(?<!\\)[`*\[\]]|<(?!br>)", said)
    assert "<img" not in said


def test_markdown_is_cut_before_a_summary_grows_too_large() -> None:
    run = result([finding(place("f", "x\n", "x")) for _ in range(1200)], {"f": "x\n"})
    page = FORMATS["markdown"](run, options())
    assert "… and 200 more" in page
    assert page.count("| error |") == 1000
