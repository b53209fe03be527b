"""A comment silences a finding where it stands; one that silences nothing is a finding."""

from typing import ClassVar

import pytest
from trees import PORT, built_in, found, rule, run

from configlint.model.result import Result

RULES = (*built_in("duplicate-key", "unused-suppression"), PORT)


def rules_of(result: Result) -> list[tuple[str, str]]:
    return [(name, at) for name, _, at in found(result)]


@pytest.mark.parametrize(
    "content",
    [
        "A=1\nA=2  # configlint: ignore[duplicate-key] appended by deploy\n",
        "A=1\n# configlint: ignore[duplicate-key]\nA=2\n",
        "A=1\n  #configlint:ignore[duplicate-key]\nA=2\n",
        "A=1  # configlint: ignore[duplicate-key] at the related place\nA=2\n",
        "# configlint: ignore[duplicate-key] above the related place\nA=1\nB=3\nA=2\n",
        "# configlint: ignore-file[duplicate-key]\nA=1\nA=2\n",
        "A=1\nA=2\nB=3\nC=4\nD=5\nE=6\nF=7\nG=8\nH=9\n# configlint: ignore-file[duplicate-key]\n",
        "A=1\nA=2 # because: configlint: ignore[duplicate-key]\n",
        "A=1\nA=2 # configlint: ignore[port, duplicate-key ]\nPORT=1\n",
        "A=1\n# configlint: ignore[duplicate-key]\n# configlint: ignore[port]\nA=2\nPORT=1\n",
    ],
)
def test_a_finding_is_silenced(content: str) -> None:
    result = run({".env": content, "app.yaml": "port: 2  # configlint: ignore[port]\n"}, *RULES[:1], RULES[2])
    assert rules_of(result) == []
    assert result.summary.suppressed >= 1


@pytest.mark.parametrize(
    "content",
    [
        "A=1\n\n# configlint: ignore[duplicate-key]\n\nA=2\n",
        "A=1\nB=1  # configlint: ignore[duplicate-key] only its own line\nA=2\n",
        "A=1\nA=2\n# configlint: ignore[duplicate-key] below\n",
        "A=1\nA=2  # configlint: ignore[duplicate-keys]\n",
        "A=1\nA=2  # configlint: ignore[other]\n",
        "A=1\nA=2\n" + "#\n" * 8 + "# configlint: ignore-file[duplicate-key] on the eleventh line\n",
    ],
)
def test_a_comment_that_silences_nothing_is_found(content: str) -> None:
    result = run({".env": content}, *RULES)
    assert [name for name, _ in rules_of(result) if name == "duplicate-key"] == ["duplicate-key"]
    assert [name for name, _ in rules_of(result) if name == "unused-suppression"] == ["unused-suppression"]
    assert result.summary.suppressed == 0


@pytest.mark.parametrize(
    "content",
    [
        'A=1\nA="2 # configlint: ignore[duplicate-key]"\n',
        "A=1\nA=2#configlint: ignore[duplicate-key]\n",
        "A=1\nA=2  # configlint ignore[duplicate-key]\n",
    ],
)
def test_what_is_no_such_comment_says_nothing(content: str) -> None:
    assert rules_of(run({".env": content}, *RULES)) == [("duplicate-key", ".env:2")]


def test_it_may_stand_in_any_file_that_the_finding_labels() -> None:
    for files in (
        {".env": "PORT=1\n", "app.yaml": "port: 2  # configlint: ignore[port]\n"},
        {".env": "PORT=1  # configlint: ignore[port]\n", "app.yaml": "port: 2\n"},
        {".env": "# configlint: ignore-file[port]\nPORT=1\n", "app.yaml": "port: 2\n"},
    ):
        result = run(files, *RULES)
        assert rules_of(result) == []
        assert result.summary.suppressed == 1


def test_each_rule_of_a_list_is_judged_by_itself() -> None:
    result = run({".env": "A=1\nA=2  # configlint: ignore[duplicate-key, port]\n", "app.yaml": "port: 1\n"}, *RULES)
    (finding,) = result.findings
    assert (finding.rule, finding.message) == (
        "unused-suppression",
        "this suppression has no effect: port reports nothing here",
    )
    content = result.contents[".env"]
    assert content[finding.place.start : finding.place.end] == "port"


class TestUnused:
    """A suppression is accused only if its rule really ran."""

    STALE: ClassVar = {".env": "PORT=1  # configlint: ignore[port]\n", "app.yaml": "port: 1\n"}

    def test_it_is_found(self) -> None:
        assert rules_of(run(self.STALE, *RULES)) == [("unused-suppression", ".env:1")]

    def test_a_vacuous_rule_did_run(self) -> None:
        assert rules_of(run({".env": self.STALE[".env"]}, *RULES)) == [("unused-suppression", ".env:1")]

    def test_a_rule_that_nobody_knows(self) -> None:
        assert rules_of(run(self.STALE, *RULES[:2])) == [("unused-suppression", ".env:1")]

    @pytest.mark.parametrize("configuration", ["rules: {port: off}", "rules: {port: {severity: false}}"])
    def test_not_if_it_was_switched_off(self, configuration: str) -> None:
        assert rules_of(run(self.STALE, *RULES, configuration=configuration)) == []

    def test_not_if_it_was_unverifiable(self) -> None:
        files = {"app.yaml": "port: 1\n", "b.yaml": "# configlint: ignore-file[port]\n# configlint: x\nc: 1\n"}
        other = rule("kind: equals\nfrom: [{file: b.yaml, key: c}, {file: app.yaml, key: port}]\n", "reads-b")
        result = run(files, *RULES, other, ignored=[".env"])
        assert [(one.rule, one.verdict) for one in result.findings] == [("port", "unverifiable")]

    def test_it_can_be_suppressed_itself(self) -> None:
        files = {".env": "PORT=1  # configlint: ignore[port]\n# configlint: ignore-file[unused-suppression]\n"}
        assert rules_of(run(files, *RULES)) == []

    def test_off_like_any_rule(self) -> None:
        assert rules_of(run(self.STALE, *RULES, configuration="rules: {unused-suppression: off}")) == []


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        ("app.yaml", "port: 2 # configlint: ignore[port]\n", 0),
        ("app.yaml", "# configlint: ignore[port]\nport: 2\n", 0),
        ("app.yaml", "port: '2 # configlint: ignore[port]'\n", 1),
        ("app.yaml", "x: |\n  # configlint: ignore[port]\nport: 2\n", 3),
    ],
)
def test_yaml(path: str, content: str, line: int) -> None:
    result = run({".env": "PORT=1\n", path: content}, *RULES)
    assert [at for name, at in rules_of(result) if name == "port"] == [f"app.yaml:{line}"] * bool(line)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("ignore", "the rule is missing: write `ignore[rule-id]`"),
        ("ignore the next line", "the rule is missing: write `ignore[rule-id]`"),
        ("ignore[]", "the rule is missing: write `ignore[rule-id]`"),
        ("ignore[ , ]", "the rule is missing: write `ignore[rule-id]`"),
        ("ignore[pw is tr0ub4dor]", "the rule is missing: write `ignore[rule-id]`"),
        ("ignore [duplicate-key]", "there is a blank before the bracket: write `ignore[rule-id]`"),
        ("ignore-file [duplicate-key]", "there is a blank before the bracket: write `ignore-file[rule-id]`"),
        ("ignore[duplicate-key", "the bracket is not closed: write `ignore[rule-id]`"),
        ("Ignore[duplicate-key]", "only `ignore[rule-id]` and `ignore-file[rule-id]` suppress"),
        ("ignore-next-line[duplicate-key]", "only `ignore[rule-id]` and `ignore-file[rule-id]` suppress"),
        ("ignore[duplicate-keys]", "no rule is called 'duplicate-keys', did you mean 'duplicate-key'?"),
        ("ignore[zzz]", "no rule is called 'zzz'"),
        ("ignore[port]", "port reports nothing here"),
    ],
)
def test_why_a_comment_has_no_effect(comment: str, said: str) -> None:
    result = run({".env": f"A=1\nA=2  # configlint: {comment}\n", "app.yaml": "port: 2\n"}, *RULES)
    assert [one.message for one in result.findings if one.rule == "unused-suppression"] == [
        f"this suppression has no effect: {said}"
    ]
    assert [one.rule for one in result.findings if one.rule == "duplicate-key"] == ["duplicate-key"]
    assert not any("tr0ub4dor" in one.fingerprint for one in result.findings)


def test_ignore_file_counts_at_the_top() -> None:
    result = run({".env": "A=1\nA=2\n" + "#\n" * 8 + "# configlint: ignore-file[duplicate-key]\n"}, *RULES)
    assert "counts only in the first 10 lines" in result.findings[-1].message


@pytest.mark.parametrize("comment", ["see the docs", "ignores nothing", "run it, and ignore[duplicate-key]"])
def test_a_comment_that_only_names_configlint_is_left_alone(comment: str) -> None:
    assert rules_of(run({".env": f"A=1  # configlint: {comment}\n"}, *RULES)) == []


def test_a_right_form_counts_beside_a_wrong_one() -> None:
    text = "A=1\nA=2  # configlint: ignore this (configlint: ignore[duplicate-key])\n"
    assert rules_of(run({".env": text}, *RULES)) == []
