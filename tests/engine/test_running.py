"""A run as a whole: what the configuration switches, what the files of a user's own rule hold, which fixes remain."""

from typing import ClassVar

import pytest
from trees import PORT, SAME, built_in, found, rule, run

FILES = {".env": "A=1\nPORT=8000\n", "app.yaml": "# the app\nport: 8001\n"}


def test_a_rule_of_the_user_s_own() -> None:
    result = run(FILES, PORT)
    assert found(result) == [("port", "error", "app.yaml:2")]
    (finding,) = result.findings
    assert finding.message == "port is not PORT of .env (8001 here, 8000 there)"
    assert finding.fix is not None
    assert [edit.new for edit in finding.fix.edits] == ["8000"]
    assert (result.summary.error, result.summary.rules, result.summary.vacuous) == (1, 1, ())


@pytest.mark.parametrize(
    ("files", "ignored"),
    [
        ({".env": "PORT=8000\n"}, []),
        ({"app.yaml": "port: 8001\n"}, []),
        ({".env": "OTHER=8000\n", "app.yaml": "port: 8001\n"}, []),
        ({".env": "PORT=8000\n", "app.yaml": "prot: 8001\n"}, []),
        ({".env": "PORT=8000\n", "app.yaml": "{{ template }}\n"}, []),
        ({}, [".env", "app.yaml"]),
    ],
)
def test_where_a_side_is_absent_the_rule_is_vacuous(files: dict[str, str], ignored: list[str]) -> None:
    result = run(files, PORT, ignored=ignored)
    assert found(result) == []
    assert result.summary.vacuous == ("port",)


@pytest.mark.parametrize("truth", [".env", "app.yaml"])
def test_a_file_that_git_ignores_and_that_is_absent_makes_it_unverifiable(truth: str) -> None:
    by = rule(SAME + f"truth: {truth}\n", "port")
    result = run({"app.yaml": "# the app\nport: 8001\n"}, by, ignored=[".env"])
    assert found(result) == [("port", "unverifiable", "app.yaml:2")]
    (finding,) = result.findings
    assert ".env is missing (git-ignored)" in finding.message
    assert (finding.severity, finding.fix, result.summary.vacuous) == ("info", None, ())
    assert (result.summary.info, result.summary.unverifiable) == (0, 1)


class TestAddresses:
    """How a user's rule names values."""

    @pytest.mark.parametrize(
        ("path", "key", "content"),
        [
            ("a.yaml", "services.api.environment.PORT", "services: {api: {environment: {PORT: 8001}}}"),
            ("a.yaml", "services.api.environment.PORT", "services: {api: {environment: [A=1, PORT=8001]}}"),
            ("a.yaml", "services.api.build.args.PORT", "services: {api: {build: {args: ['PORT=8001']}}}"),
            ("a.yaml", "services.api.labels.PORT", "services: {api: {labels: ['PORT=8001']}}"),
            ("a.yaml", "services.*.port", "services: {api: {port: 8001}}"),
            ("a.yaml", "ports.0", "ports: ['8001']"),
            ("a.yaml", "[a.b, c]", "a.b: {c: 8001}"),
            ("a.yaml", "x.port", "d: &d {port: 8001}\nx: {<<: *d}"),
            ("a.json", "port", '{"port": 8001}'),
            ("env/.env.local", "PORT", "PORT=8001"),
        ],
    )
    def test_by_key(self, path: str, key: str, content: str) -> None:
        by = rule(f"kind: equals\nfrom: [{{file: .env, key: PORT}}, {{file: {path}, key: {key}}}]\n")
        result = run({".env": "PORT=8000\n", path: content + "\n"}, by)
        assert [one.place.path for one in result.findings] == [path]

    def test_by_glob(self) -> None:
        by = rule(
            "kind: equals\nfrom: [{file: .env, key: PORT}, {file: 'services/**/*.yaml', key: port}]\ntruth: .env\n"
        )
        files = {
            ".env": "PORT=8000\n",
            "services/a.yaml": "port: 8001\n",
            "services/b/c.yaml": "port: 8000\n",
            "services/b/d.yaml": "port: 8002\n",
            "e.yaml": "port: 8003\n",
        }
        assert [at for _, _, at in found(run(files, by))] == ["services/a.yaml:1", "services/b/d.yaml:1"]

    def test_one_glob_alone(self) -> None:
        by = rule("kind: equals\nfrom: {file: '*/.env', key: PORT}\n")
        assert [at for _, _, at in found(run({"a/.env": "PORT=1\n", "b/.env": "PORT=2\n"}, by))] == ["b/.env:1"]
        assert run({"a/.env": "PORT=1\n"}, by).summary.vacuous == ("mine",)

    def test_a_part_of_a_key_is_no_key(self) -> None:
        by = rule("kind: equals\nfrom: [{file: .env, key: PORT}, {file: a.yaml, key: api}]\n")
        assert run({".env": "PORT=1\n", "a.yaml": "api: {port: 2}\n"}, by).summary.vacuous == ("mine",)


class TestSecret:
    """`secret: true` hides a value from every rule."""

    RULE = """\
kind: equals
from:
  - {file: .env, key: DB_WORD, secret: true}
  - {file: app.yaml, key: db.word, secret: true}
truth: .env
says: {differs: "{from.value} is not {to.value} ({difference})"}
"""
    FILES: ClassVar = {".env": "DB_WORD=made-up-one\n", "app.yaml": "db: {word: made-up-two-and-more}\n"}

    def test_nothing_of_it_is_said(self) -> None:
        result = run(self.FILES, rule(self.RULE))
        (finding,) = result.findings
        mask = "<secret, under 32 characters>"
        assert finding.message == f"{mask} is not {mask} (both are under 32 characters long, but not the same)"
        assert finding.fix is not None
        assert all(edit.secret for edit in finding.fix.edits)

    def test_another_rule_knows_that_it_is_secret(self) -> None:
        twice = rule("kind: forbids\nfrom: {table: problems, where: {what: duplicate-key}}\ncolumn: value\n", "twice")
        files = {**self.FILES, ".env": "DB_WORD=made-up-one\nDB_WORD=made-up-three\n"}
        result = run(files, rule(self.RULE), twice)
        hidden = [files[".env"][place.start : place.end] for place in result.secrets[".env"]]
        assert hidden == ["made-up-one", "made-up-three"]


class TestSettings:
    """What the configuration says of a rule."""

    @pytest.mark.parametrize(("word", "severity"), [("info", "info"), ("warning", "warning"), ("error", "error")])
    def test_severity(self, word: str, severity: str) -> None:
        result = run(FILES, PORT, configuration=f"rules: {{port: {word}}}")
        assert found(result) == [("port", severity, "app.yaml:2")]

    def test_off(self) -> None:
        result = run(FILES, PORT, configuration="rules: {port: off}")
        assert (found(result), result.summary.rules, result.summary.vacuous) == ([], 0, ())

    @pytest.mark.parametrize(
        ("pattern", "left"), [("app.yaml", 0), ("*.yaml", 0), ("**", 0), (".env", 1), ("app", 1), ("*/app.yaml", 1)]
    )
    def test_exclude(self, pattern: str, left: int) -> None:
        result = run(FILES, PORT, configuration=f"rules: {{port: {{exclude: ['{pattern}']}}}}")
        assert len(result.findings) == left
        assert result.summary.vacuous == ()

    def test_what_is_excluded_altogether_is_not_read(self) -> None:
        files = {".env": "A=1\nA=2\n", "old/.env": "A=1\nA=2\n", "old/livekit.yaml": "keys: [\n"}
        rules = built_in("duplicate-key", "unreadable-file")
        assert len(found(run(files, *rules))) == 3
        assert found(run(files, *rules, configuration="exclude: [old]")) == [("duplicate-key", "error", ".env:2")]


class TestFixes:
    """Which fixes are left when all findings are known."""

    TWO: ClassVar = {".env": "A=1\nB=2\n", "app.yaml": "port: 8001\n"}

    def test_two_rules_that_want_the_same(self) -> None:
        one = rule(SAME.replace("PORT", "A") + "truth: .env\n", "one")
        result = run(self.TWO, one, rule(SAME.replace("PORT", "A") + "truth: .env\n", "two"))
        assert all(finding.fix for finding in result.findings)

    def test_two_rules_that_disagree_cancel_each_other(self) -> None:
        one, two = (rule(SAME.replace("PORT", name) + "truth: .env\n", name.lower()) for name in "AB")
        result = run(self.TWO, one, two)
        assert [(finding.rule, finding.fix) for finding in result.findings] == [("a", None), ("b", None)]

    def test_a_whole_and_its_part_cancel_each_other_too(self) -> None:
        files = {".env": "HOST=10.0.0.7\n", "app/pubspec.yaml": "x: 1\n", "app.yaml": "items: ['HOST=localhost']\n"}
        whole = rule(
            "kind: equals\nfrom: [{file: .env, key: HOST}, {file: app.yaml, key: items.0}]\ntruth: .env\n", "a"
        )
        part = rule(
            "kind: equals\nfrom: [{file: .env, key: HOST}, {file: e.yaml, key: environment.HOST}]\ntruth: .env\n", "b"
        )
        files["e.yaml"] = "environment: ['HOST=localhost']\n"
        both = rule(
            "kind: equals\nfrom: [{file: .env, key: HOST}, {file: e.yaml, key: environment.0}]\ntruth: .env\n", "c"
        )
        assert all(finding.fix for finding in run(files, whole, part).findings)
        assert [finding.fix for finding in run(files, part, both).findings] == [None, None]


def test_findings_are_sorted_and_the_same_every_time() -> None:
    files = {".env": "A=1\nA=2\nB=1\nB=2\n", "a.yaml": "x: 1\n", "livekit.yaml": "port: 1\nport: 2\n"}
    rules = built_in("duplicate-key", "secret-placeholder")
    first, again = run(files, *rules), run(dict(reversed(files.items())), *reversed(rules))
    assert found(first) == found(again)
    assert [at for _, _, at in found(first)] == [".env:2", ".env:4", "livekit.yaml:2"]
