"""`rules`, `explain` and `test`: what the rule files say."""

import json
import re
from pathlib import Path

import pytest
from running import run, write

from configlint.cli import explain
from configlint.cli.session import written
from configlint.repo import builtin_rules
from configlint.report import Options
from configlint.report.rulepage import text
from configlint.report.screen import width

MINE = """\
id: mine
title: both ports are one
why: Nobody would find the other.
severity: warning
kind: equals
from: [{file: main.env, key: PORT}, {file: app.yaml, key: port}]
truth: main.env
help: write the port of main.env
examples:
  - files: {main.env: "PORT=1\\n", app.yaml: "port: 1\\n"}
  - files: {main.env: "PORT=1\\n", app.yaml: "port: 2\\n"}
    finds: ["app.yaml:1"]
    fixed: {app.yaml: "port: 1\\n"}
"""


HEADINGS = [
    "What it finds",
    "Why",
    "Example",
    "The fix and its safety",
    "How to configure it",
    "When not to use it",
]


def own(directory: Path, text: str = MINE, more: str = "") -> Path:
    return write(directory, {"r/mine.yaml": text, ".configlint.yaml": f"rule-files: [r/mine.yaml]\n{more}"})


def lines(directory: Path) -> dict[str, str]:
    ran = run(directory, "rules")
    assert ran.exit == 0
    return {line.split()[0]: line for line in ran.stdout.splitlines() if not line.startswith(" ")}


def test_rules_in_force(tmp_path: Path) -> None:
    found = lines(own(tmp_path, more="rules: {secret-parity: off, worker-count: info, mine: {severity: error}}\n"))
    assert list(found) == sorted(found)
    assert len(found) == len(builtin_rules()) + 1
    assert found["secret-parity"].split()[1] == "off"
    assert found["worker-count"].split()[1] == "info"
    assert found["mine"].split()[1:3] == ["error", "fix"]
    assert found["mine"].endswith("(r/mine.yaml)")
    assert found["duplicate-key"].endswith("(built in)")


def test_selected_rules_are_listed_as_they_would_run(tmp_path: Path) -> None:
    ran = run(own(tmp_path), "rules", "--select", "mine")
    severities = {line.split()[0]: line.split()[1] for line in ran.stdout.splitlines() if not line.startswith(" ")}
    assert [name for name, severity in severities.items() if severity != "off"] == ["mine"]


@pytest.mark.parametrize("rule", [str(one["id"]) for one in written()])
def test_every_rule_can_be_explained(tmp_path: Path, rule: str) -> None:
    ran = run(tmp_path, "explain", rule)
    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"{rule}\n")
    headings = [line for line in ran.stdout.splitlines() if line in HEADINGS]
    assert headings == HEADINGS


def test_a_rule_of_one_s_own_is_explained_with_its_examples(tmp_path: Path) -> None:
    ran = run(own(tmp_path), "explain", "mine")
    assert ran.exit == 0
    for part in (
        "mine\nwarning, fixable. Requirement: both ports are one.\n",
        "Nobody would find the other.",
        "If there is no fix: write the port of main.env.",
        "warning[mine]: port is not PORT of main.env",
        "+port: 1",
        "Nothing is reported here:",
    ):
        assert part in ran.stdout, ran.stdout
    assert [heading for heading in HEADINGS if f"\n{heading}\n" in ran.stdout] == HEADINGS[1:-1]


@pytest.mark.parametrize("form", written(), ids=lambda form: str(form["id"]))
def test_an_explanation_fits_a_terminal(form: dict[str, object]) -> None:
    """All of it but the contents of files, which stand further in, and the edits of them."""
    options = Options(version="", verbose=True, width=80)
    lines = text(explain.page(form, options), options).splitlines()
    assert [line for line in lines if width(line) > 80 and not re.match(r"    |  [-+]", line)] == []


def test_what_a_rule_looks_for_in_vain_is_named(tmp_path: Path) -> None:
    write(own(tmp_path), {"main.env": "PROT=1\n", "app.yaml": "port: 1\n"})
    ran = run(tmp_path, "rules")
    (line,) = [line for line in ran.stdout.splitlines() if line.startswith(" ")]
    assert line.strip() == "not found here: PORT in main.env"
    assert "Not found here: mine looks for PORT in main.env." in run(tmp_path, "check").stdout
    assert json.loads(run(tmp_path, "check", "--format", "json").stdout)["summary"]["unmatched"] == {
        "mine": ["PORT in main.env"]
    }
    write(tmp_path, {"main.env": "PORT=1\n"})
    assert "found nothing" not in run(tmp_path, "rules").stdout
    assert "Not found here" not in run(tmp_path, "check").stdout


class TestExamples:
    """`test` runs the examples of rule files."""

    def test_all_of_ours_hold(self, tmp_path: Path) -> None:
        ran = run(tmp_path, "test")
        assert (ran.exit, ran.stderr) == (0, ""), ran.stdout
        assert ran.stdout.endswith(", 0 wrong\n")

    def test_a_file_that_holds(self, tmp_path: Path) -> None:
        assert run(own(tmp_path), "test", "r/mine.yaml") == (0, "2 examples, 0 wrong\n", "")

    @pytest.mark.parametrize(
        ("here", "there", "said"),
        [
            ('finds: ["app.yaml:1"]', 'finds: ["app.yaml:2"]', "example 2: finds app.yaml:1 instead of app.yaml:2"),
            ('finds: ["app.yaml:1"]', "ignored: [x]", "example 2: finds app.yaml:1 instead of nothing"),
            (
                'app.yaml: "port: 1\\n"}\n  -',
                'app.yaml: "port: 3\\n"}\n  -',
                "example 1: finds app.yaml:1 instead of nothing",
            ),
            ('finds: ["', 'unverifiable: ["', "example 2: unverifiable nothing instead of app.yaml:1"),
            ('fixed: {app.yaml: "port: 1', 'fixed: {app.yaml: "port: 3', "example 2: fix wrote app.yaml otherwise"),
            ("    fixed:", "    unsafe: true\n    # ", "example 2: fix wrote app.yaml otherwise"),
            (
                'app.yaml: "port: 1\\n"}\n  -',
                'b.yaml: ""}\n  -',
                "example 1: the rule selected nothing (port in app.yaml)",
            ),
        ],
    )
    def test_one_that_does_not(self, tmp_path: Path, here: str, there: str, said: str) -> None:
        assert here in MINE
        ran = run(own(tmp_path, MINE.replace(here, there)), "test", "r/mine.yaml")
        assert ran.exit == 1
        assert said in ran.stdout
        assert not ran.stdout.endswith(" 0 wrong\n")

    def test_a_value_that_no_example_holds_is_named(self, tmp_path: Path) -> None:
        three = MINE.replace("key: port}]", "key: port}, {file: app.conf, line: 'port {value}'}]")
        ran = run(own(tmp_path, three), "test", "r/mine.yaml")
        assert (ran.exit, ran.stdout) == (0, "mine: no example has `port {value}` in app.conf\n2 examples, 0 wrong\n")

    def test_a_wrong_file_is_wrong_usage(self, tmp_path: Path) -> None:
        ran = run(own(tmp_path, MINE.replace("truth", "trut")), "test", "r/mine.yaml")
        assert (ran.exit, ran.stderr) == (2, "configlint: r/mine.yaml:7: unknown key 'trut', did you mean 'truth'?\n")


def test_every_rule_of_ours_has_an_example_that_fails_and_one_that_holds() -> None:
    for form in written():
        examples = form["examples"]
        assert any(one["finds"] for one in examples), form["id"]
        assert any(not one["finds"] and not one["unverifiable"] for one in examples), form["id"]


def test_every_file_of_ours_is_named_after_its_rule() -> None:
    names = [path.rpartition("/")[2] for path, _ in builtin_rules()]
    assert names == [f"{form['id']}.yaml" for form in written()]
