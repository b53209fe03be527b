"""Rules of a user's own on a part of a value, and on a line of a file that no reader takes."""

from collections.abc import Mapping

import pytest
from trees import found, rule, run

from configlint.fix.plan import plan
from configlint.model.memory_tree import MemoryTree
from configlint.model.settings import DEFAULTS
from configlint.rules.rule import Rule

PASSWORD = rule("""\
kind: equals
from:
  - {file: db.env, key: PASSWORD, secret: true}
  - {file: .env, key: URL, part: password, secret: true}
truth: db.env
""")
PORT = rule("""\
kind: equals
from:
  - {file: .env, key: PORT}
  - {file: "*.conf", line: "proxy_pass {value};", part: port}
truth: .env
""")
TAG = rule("""\
kind: equals
from:
  - {file: .env, key: PG}
  - {file: c.yaml, key: services.db.image, part: tag}
truth: .env
""")


def written(files: Mapping[str, str], one: Rule) -> dict[str, str]:
    """What a safe fix makes of the files."""
    return {change.path: change.new for change in plan(MemoryTree(files), DEFAULTS, [one], unsafe=True).changes}


ENV = "URL='postgres://me:{}@db/x'  # local\n"


def test_a_part_is_compared_as_it_is_meant_and_written_escaped() -> None:
    assert found(run({"db.env": "PASSWORD=a@b\n", ".env": ENV.format("a%40b")}, PASSWORD)) == []
    files = {"db.env": "PASSWORD=a@b\n", ".env": ENV.format("old")}
    result = run(files, PASSWORD)
    assert found(result) == [("mine", "error", ".env:1")]
    message = "the password in URL is not PASSWORD of db.env (both are under 32 characters long, but not the same)"
    assert result.findings[0].message == message
    assert written(files, PASSWORD) == {".env": ENV.format("a%40b")}


def test_only_the_part_is_secret() -> None:
    host = rule("kind: equals\nfrom: [{file: .env, key: URL, part: host}, {file: db.env, key: HOST}]\n", "host")
    result = run({"db.env": "PASSWORD=x\nHOST=pg\n", ".env": ENV.format("x")}, PASSWORD, host)
    assert [one.message for one in result.findings] == ["HOST is not the host in URL of .env (pg here, db there)"]
    places = result.secrets[".env"]
    assert [ENV.format("x")[place.start : place.end] for place in places] == ["x"]


def test_a_part_that_is_missing_differs_and_cannot_be_written() -> None:
    files = {"db.env": "PASSWORD=x\n", ".env": "URL=postgres://me@db/x\n"}
    assert found(run(files, PASSWORD)) == [("mine", "error", ".env:1")]
    assert written(files, PASSWORD) == {}


PORTS: dict[str, tuple[dict[str, str], list[tuple[str, str, str]]]] = {
    "every line that fits is meant": (
        {".env": "PORT=81\n", "a.conf": "proxy_pass http://x:80;\n  proxy_pass y:81; # so\nproxy_pass http://z;\n"},
        [("mine", "error", "a.conf:1"), ("mine", "error", "a.conf:3")],
    ),
    "every file that fits is looked at": (
        {".env": "PORT=80\n", "a.conf": "proxy_pass http://x;\n", "b.conf": "proxy_pass http://x:81;\n"},
        [("mine", "error", "b.conf:1")],
    ),
    "a reference is not known": (
        {".env": "PORT=80\n", "a.conf": "proxy_pass http://x:${PORT};\n"},
        [("mine", "unverifiable", "a.conf:1")],
    ),
    "a suppression": (
        {".env": "PORT=80\n", "a.conf": "proxy_pass http://x:1;  # configlint: ignore[mine] so it is\n"},
        [],
    ),
}


@pytest.mark.parametrize(("files", "said"), PORTS.values(), ids=PORTS)
def test_a_part_of_a_line(files: dict[str, str], said: list[tuple[str, str, str]]) -> None:
    result = run(files, PORT)
    assert found(result) == said
    assert (result.summary.vacuous, result.unmatched) == ((), {})


def test_a_line_is_rewritten_in_its_hole_alone() -> None:
    files = {".env": "PORT=81\n", "a.conf": "  proxy_pass\thttp://x:80/a ; # so\r\n"}
    assert written(files, PORT) == {"a.conf": "  proxy_pass\thttp://x:81/a ; # so\r\n"}
    usual = {".env": "PORT=81\n", "a.conf": "proxy_pass http://x;\n"}
    assert written(usual, PORT) == {"a.conf": "proxy_pass http://x:81;\n"}


TAGS = [
    ("postgres:16", [("mine", "error", "c.yaml:3")], "postgres:17"),
    ("postgres:17", [], ""),
    ("postgres", [("mine", "error", "c.yaml:3")], "postgres:17"),
    ("postgres:${PG:-17}", [("mine", "unverifiable", "c.yaml:3")], ""),
    ("'reg:5000/postgres:16'", [("mine", "error", "c.yaml:3")], "'reg:5000/postgres:17'"),
]


@pytest.mark.parametrize(("image", "said", "then"), TAGS)
def test_the_tag_of_an_image(image: str, said: list[tuple[str, str, str]], then: str) -> None:
    def compose(name: str) -> str:
        return f"services:\n  db:\n    image: {name} # db\n"

    files = {".env": "PG=17\n", "c.yaml": compose(image)}
    assert found(run(files, TAG)) == said
    assert written(files, TAG) == ({"c.yaml": compose(then)} if then else {})


def unmatched(files: dict[str, str], one: Rule) -> tuple[str, ...]:
    return run(files, one).unmatched.get("mine", ())


def test_what_finds_nothing_is_named() -> None:
    line = "the port in `proxy_pass {value};` in *.conf"
    assert unmatched({".env": "PORT=1\n", "a.conf": "# empty\n"}, PORT) == (line,)
    assert unmatched({".env": "PORT=1\n"}, PORT) == (line,)
    assert unmatched({".env": "A=1\n", "a.conf": "proxy_pass http://x;\n"}, PORT) == ("PORT in .env",)
    absent = rule("kind: forbids\nfrom: {file: .env, key: DEBUG}\n")
    assert unmatched({".env": "A=1\n"}, absent) == (), "that it is not there is what the rule asks for"
    assert unmatched({}, absent) == ("DEBUG in .env",)


def test_a_part_has_to_be_there_or_must_not_be() -> None:
    url = {".env": "A=redis://db\nB=redis://:x@db\n"}
    needed = rule("kind: requires\nfrom: {file: .env, key: '*', part: password}\n")
    assert found(run(url, needed)) == [("mine", "error", ".env:1")]
    assert run(url, needed).findings[0].message == "the password in A is missing in .env: the two agree"
    barred = rule("kind: forbids\nfrom: {file: .env, key: '*', part: password}\n")
    assert found(run(url, barred)) == [("mine", "error", ".env:2")]


def test_a_reference_in_yaml_is_not_its_own_text() -> None:
    same = rule("kind: equals\nfrom: [{file: .env, key: PG}, {file: c.yaml, key: pg}]\n")
    result = run({".env": "PG=17\n", "c.yaml": "pg: ${PG}\n"}, same)
    assert found(result) == [("mine", "unverifiable", "c.yaml:1")]
    assert "it depends on PG" in result.findings[0].message
