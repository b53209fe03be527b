"""Rules of a user's own on the keys of files: what has to be there, and what must not."""

import pytest
from trees import built_in, found, rule, run

from configlint.rules.rule import Rule

COMPOSE = "services:\n  api:\n    image: x\n    privileged: true\n    environment: [DEBUG=1]\n    ports: ['80:80']\n"
IGNORED = (".env",)


def requires(file: str, key: str) -> Rule:
    return rule(f"kind: requires\nfrom: {{file: {file}, key: {key}}}\n")


def forbids(file: str, key: str, where: str = "") -> Rule:
    return rule(f"kind: forbids\nfrom: {{file: {file}, key: {key}{', where: ' + where if where else ''}}}\n")


REQUIRED = {
    "a value": ("services.api.image", []),
    "a mapping or list": ("services.api.ports", []),
    "an item of a list that is read as a map": ("services.api.environment.DEBUG", []),
    "absent": ("services.api.healthcheck", [("mine", "error", "c.yaml:1")]),
    "a name that another one begins with": ("services.ap", [("mine", "error", "c.yaml:1")]),
    "any service": ("services.*.image", []),
}


@pytest.mark.parametrize(("key", "said"), REQUIRED.values(), ids=REQUIRED)
def test_a_key_that_has_to_be_there(key: str, said: list[tuple[str, str, str]]) -> None:
    result = run({"c.yaml": COMPOSE}, requires("c.yaml", key))
    assert found(result) == said
    assert result.summary.vacuous == ()


def test_what_is_absent_is_named() -> None:
    (finding,) = run({"c.yaml": COMPOSE}, requires("c.yaml", "services.api.user")).findings
    assert finding.message == "services.api.user is missing in c.yaml: the two agree"
    assert finding.fix is None


FORBIDDEN = {
    "a value that stands there": ("services.api.image", "", [("mine", "error", "c.yaml:3")]),
    "a list that stands there": ("services.api.ports", "", [("mine", "error", "c.yaml:6")]),
    "a key that does not": ("services.api.network_mode", "", []),
    "one value": ("services.api.privileged", "{value: true}", [("mine", "error", "c.yaml:4")]),
    "another value": ("services.api.privileged", "{value: false}", []),
    "one of several": ("services.api.environment.DEBUG", '{value: ["1", true]}', [("mine", "error", "c.yaml:5")]),
    "any value but": ("services.api.image", "{value: {not: [x, y]}}", []),
    "any value but, and it is another": ("services.api.image", "{value: {not: y}}", [("mine", "error", "c.yaml:3")]),
    "any value but, of an absent key": ("services.api.user", "{value: {not: y}}", []),
}


@pytest.mark.parametrize(("key", "where", "said"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_must_not_be_there(key: str, where: str, said: list[tuple[str, str, str]]) -> None:
    result = run({"c.yaml": COMPOSE}, forbids("c.yaml", key, where))
    assert found(result) == said
    assert result.summary.vacuous == ()


BOTH = {
    "must be there": requires(".env", "PORT"),
    "must not be there": forbids(".env", "PORT"),
    "must not be so": forbids(".env", "PORT", "{value: '80'}"),
}


@pytest.mark.parametrize("one", BOTH.values(), ids=BOTH)
def test_a_key_that_lacks_in_a_file_that_git_ignores_is_unverifiable(one: Rule) -> None:
    result = run({".env": "A=1\n"}, one, ignored=IGNORED)
    assert found(result) == [("mine", "unverifiable", ".env:1")]
    assert ".env (git-ignored) does not set it here" in result.findings[0].message


@pytest.mark.parametrize("ignored", [(), IGNORED])
@pytest.mark.parametrize("one", BOTH.values(), ids=BOTH)
def test_a_file_that_is_not_here_makes_it_vacuous(one: Rule, ignored: tuple[str, ...]) -> None:
    result = run({}, one, ignored=ignored)
    assert (found(result), result.summary.vacuous) == ([], ("mine",))


def test_a_file_without_content_is_not_judged() -> None:
    assert run({"a.env": "\n"}, requires("a.env", "PORT")).summary.vacuous == ("mine",)


def test_every_file_of_a_pattern_has_to_have_the_key() -> None:
    files = {"a/app.toml": "port = 1\n", "b/app.toml": "# none\nprot = 1\n"}
    assert found(run(files, requires("'*/app.toml'", "port"))) == [("mine", "error", "b/app.toml:1")]


SAME = "kind: equals\nfrom:\n  - {file: .env, key: PORT}\n  - {file: app.yaml, key: port}\n"


def test_a_value_that_only_somebody_else_has_makes_a_comparison_unverifiable() -> None:
    files = {".env": "A=1\n", "app.yaml": "# the app\nport: 8001\n"}
    result = run(files, rule(SAME), ignored=IGNORED)
    assert found(result) == [("mine", "unverifiable", "app.yaml:2")]
    assert result.summary.vacuous == ()
    assert run(files, rule(SAME)).summary.vacuous == ("mine",)


TOML = '[project]\nname = "x"  # keep\n\n[tool.app]\nport = 8000\n'


def test_toml_is_compared_and_corrected_like_any_other_file() -> None:
    by = rule("kind: equals\nfrom: [{file: .env, key: PORT}, {file: app.toml, key: tool.app.port}]\ntruth: .env\n")
    (finding,) = run({".env": "PORT=9000\n", "app.toml": TOML}, by).findings
    assert finding.message == "tool.app.port is not PORT of .env (8000 here, 9000 there)"
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    assert TOML[: edit.place.start] + edit.new + TOML[edit.place.end :] == TOML.replace("8000", "9000")


def test_toml_that_nobody_names_is_not_read() -> None:
    broken = {"broken.toml": "a = \n"}
    assert found(run(broken, rule(SAME))) == []
    named = run(broken, requires("broken.toml", "a"), *built_in("unreadable-file"))
    assert (found(named), named.summary.vacuous) == ([("unreadable-file", "error", "broken.toml:1")], ("mine",))
