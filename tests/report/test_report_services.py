"""GitLab, JUnit and Markdown: what other programs make of them."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import finding, options, place, result

from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.text import Place
from configlint.report import FORMATS
from configlint.report.markdown import LARGEST


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


@given(st.text(), st.text())
@settings(max_examples=200)
def test_gitlab_reads_every_entry_whatever_the_text(text: str, path: str) -> None:
    """As its parser does: no byte order mark, and the fields of the documentation in their types."""
    found = finding(Place(path, 0, 0), text, label=text, rule="r", fingerprint=text)
    document = FORMATS["gitlab"](result([found, found], {path: text}, notes=[text]), options())
    assert document.startswith("[")
    one, two = json.loads(document)
    assert (one["fingerprint"], two["fingerprint"]) == (text, f"{text}-2")
    assert (one["check_name"], one["severity"], one["location"]["path"]) == ("r", "major", path)
    assert one["location"]["lines"]["begin"] == 1
    assert isinstance(one["description"], str)
    assert not any((ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in document)


def suite(document: str) -> ElementTree.Element:
    return ElementTree.fromstring(document)[0]


def test_junit_tells_failed_skipped_and_passed() -> None:
    rules = {**samples.RULES, "redis-parity": samples.RULES["secret-parity"], "quiet": samples.RULES["secret-parity"]}
    found = suite(FORMATS["junit"](samples.full(), options(rules=rules)))
    cases = {case.attrib["name"]: case for case in found.iter("testcase")}
    outcomes = {(case.attrib["classname"], name): [child.tag for child in case] for name, case in cases.items()}
    assert outcomes == {
        ("secret-parity", "f1"): ["failure"],
        ("port-conflict", "f2"): ["failure"],
        ("worker-count", "f4"): ["skipped"],
        ("mobile-localhost", "f3"): ["failure"],
        ("configlint", "redis-parity"): ["skipped"],
        ("configlint", "webhook-key"): ["skipped"],
        ("configlint", "quiet"): [],
    }
    counts = {"tests": "7", "failures": "3", "errors": "0", "skipped": "3", "time": "0"}
    assert found.attrib == {"name": "configlint", **counts}
    assert all(case.attrib["time"] == "0" for case in cases.values())
    assert (cases["f1"].attrib["file"], cases["f1"].attrib["line"]) == (".env", "2")


def test_junit_repeats_the_message_in_the_element_for_readers_that_show_nothing_else() -> None:
    failure = next(suite(FORMATS["junit"](samples.full(), options())).iter("failure"))
    assert failure.attrib["type"] == "error"
    assert failure.text == (
        f"{failure.attrib['message']}\n.env:2:20 another secret\nlivekit.yaml:4:11 the server's secret"
        "\nfix: use the server's secret"
    )


def test_junit_has_its_elements_in_the_order_that_schemas_ask_for() -> None:
    found = suite(FORMATS["junit"](samples.full(), options()))
    assert [child.tag for child in found] == ["properties", *["testcase"] * 6, "system-out"]
    assert {one.attrib["name"]: one.attrib["value"] for one in found[0]} == {
        "version": "1.2.3", "files": "5", "values": "31", "rules": "6",
    }  # fmt: skip
    said = found[-1].text or ""
    assert said.startswith("Found 2 errors and 1 warning in 3 files.\n")
    assert "note: git refuses this repository" in said
    assert "--verbose" not in said


def test_junit_names_two_alike_apart() -> None:
    twice = [finding(place("f", "x y\n", part), fingerprint="same") for part in ("x", "y")]
    found = suite(FORMATS["junit"](result(twice, {"f": "x y\n"}), options()))
    assert [case.attrib["name"] for case in found.iter("testcase")] == ["same", "same-2"]


def test_junit_counts_an_info_as_passed() -> None:
    run = result([finding(place("f", "x\n", "x"), severity="info")], {"f": "x\n"})
    found = suite(FORMATS["junit"](run, options()))
    assert found.attrib["failures"] == "0"
    assert [child.tag for child in next(found.iter("testcase"))] == ["system-out"]


@given(st.text())
@settings(max_examples=200)
def test_junit_is_xml_whatever_the_text(text: str) -> None:
    found = finding(Place(text, 0, 0), text, label=text, hint=text, fingerprint=text)
    document = FORMATS["junit"](result([found], {}, notes=[text]), options())
    document.encode()
    message = next(suite(document).iter("failure")).attrib["message"]
    printable = all(char.isprintable() for char in text) and "##" not in text
    assert message == text or not printable


def test_markdown_is_short_first_and_folds_the_rest() -> None:
    page = FORMATS["markdown"](samples.full(), options())
    shown, _, folded = page.partition("<details>")
    assert "**Found 2 errors and 1 warning in 3 files.** `configlint fix` fixes 1; with --unsafe 1 more." in shown
    assert "| error | `secret-parity` | `.env:2:20`<br>`livekit.yaml:4:11` |" in shown
    assert shown.index("| error |") < shown.index("| warning | `mobile-localhost` |")
    assert "| unverifiable | `worker-count` |" in folded
    assert "help: write a number, or set WEB\\_CONCURRENCY for the service" in folded
    assert "<summary>1 unverifiable place</summary>" in folded
    assert "<summary>2 rules found nothing to check here</summary>\n\n`redis-parity`, `webhook-key`" in folded
    assert "- note: git refuses this repository" in folded


def test_markdown_says_what_was_not_checked_and_how_to_give_it() -> None:
    lacks = [replace(samples.workers(), reason=Reason("unset", name)) for name in ("a|b", "a|b", ".env")]
    page = FORMATS["markdown"](replace(result(lacks, samples.CONTENTS), absent=(".env",)), options())
    assert "### Not checked\n\n1 rule could not be checked here: worker-count (to fail on that, use --require)." in page
    assert "Missing, because git ignores it: .env. Write it before the check (in CI, from a secret)." in page
    assert "| `worker-count` | nothing here sets a&#124;b<br>nothing here sets .env |" in page


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
        "\\|",
        "</details><script>",
        " x ",
    ],
)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    """Read as GitHub's Markdown reads a row: cells end at bars, entities and escapes stand for themselves."""
    found = finding(Place(text, 0, 0), text, rule="r")
    row = next(
        line for line in FORMATS["markdown"](result([found], {}), options()).split("\n") if line.startswith("| error")
    )
    cells = row.split("|")
    assert len(cells) == 6
    for cell, shown in ((cells[4], text), (cells[3], f"{text}:1:1")):
        span = re.fullmatch(r" `([^`]*)` ", cell)
        inner = span[1] if span else re.sub(r"</?code>", "", cell)[1:-1]
        assert span or not re.search(r"(?<!\\)[`*\[\]_<>]", inner)
        said = inner if span else unescape(re.sub(r"\\([^\w\s])", r"\1", inner))
        assert said == shown.replace("\n", "\\n")


@given(st.text(alphabet=st.sampled_from("a|`\\<>&*_[]()~$\n:/#-"), max_size=12))
@settings(max_examples=300)
def test_no_text_breaks_a_row_of_a_table(text: str) -> None:
    found = finding(Place(text or "f", 0, 0), text, rule="r")
    page = FORMATS["markdown"](result([found], {}), options())
    rows = [line for line in page.split("\n") if line.startswith("| error")]
    assert [row.count("|") for row in rows] == [5]


def test_markdown_is_cut_before_a_summary_grows_too_large() -> None:
    run = result([finding(place("f", "x\n", "x"), "é" * 900) for _ in range(1200)], {"f": "x\n"})
    page = FORMATS["markdown"](run, options())
    assert LARGEST - 5000 < len(page.encode()) < LARGEST + 5000 < 1 << 20
    rows = page.count("| error |")
    assert 0 < rows < 1200
    assert f"| | | | … and {1200 - rows} more |" in page
