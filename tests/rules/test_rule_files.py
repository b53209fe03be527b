"""A rule file is taken as it is meant, or refused with its line and the name that was probably meant."""

import pytest

from configlint.kinds import KINDS
from configlint.rules.errors import InputError, nearest
from configlint.rules.prepare import prepare
from configlint.rules.rule import Rule, examples, load

HEAD = """\
id: sample
title: a sample
why: it shows something
severity: error
"""

EQUALS = """\
kind: equals
from:
  - {file: .env, key: A}
  - {file: b.yml, key: c.d}
"""


def rule(text: str) -> Rule:
    (loaded,) = load([prepare("r.yaml", text)])
    return loaded


def refused(text: str) -> tuple[int, str]:
    with pytest.raises(InputError) as caught:
        prepare("r.yaml", text)
    assert caught.value.path == "r.yaml"
    assert str(caught.value) == f"r.yaml:{caught.value.line}: {caught.value.message}"
    return caught.value.line, caught.value.message


WORKERS = "kind: equals\nfrom: {table: workers}\n"
WHERE = "kind: requires\ncolumn: image\nfrom:\n  table: services\n  where:\n"
URLS = "kind: forbids\nfrom: {table: urls}\n"
JOIN = "kind: references\nfrom: {table: urls}\nto: {table: ports}\n"

FAULTS = [
    ("kind: equals\nfrom: {table: wrokers}\ncolumn: a", 6, "there is no table 'wrokers', did you mean 'workers'?"),
    (WORKERS + "column: cont", 6, "table workers has no column 'cont', did you mean 'count'?"),
    (WORKERS + "column: count\ntruth: expcted", 6, "table workers has no column 'expcted', did you mean 'expected'?"),
    (
        "kind: forbids\nfrom: {table: urls, where: {hots: x}}\ncolumn: url",
        6,
        "table urls has no column 'hots', did you",
    ),
    (URLS + "column: url\nbeside: [prt]", 6, "table urls has no column 'prt', did you mean 'port'?"),
    ("kind: forbids\nfrom: {tabel: urls}\ncolumn: url", 6, "unknown key 'from.tabel', did you mean 'table'?"),
    ("kind: equals\nfrom: [{tabel: urls}]", 6, "unknown key 'from.0.tabel', did you mean 'table'?"),
    ("kind: equals\nfrom: 3", 6, "'from' should be a mapping, or a list"),
    (
        "kind: forbids\nfrom: {table: urls, where: {host: {nott: a}}}\ncolumn: url",
        6,
        "unknown key 'from.where.host.nott'",
    ),
    ("kind: forbids\nform: {table: urls}\ncolumn: url", 6, "unknown key 'form', did you mean 'from'?"),
    (URLS, 1, "'column' is missing"),
    (
        "kind: forbids\nfrom: {}\ncolumn: url",
        6,
        "'from': should be a `table`",
    ),
    (
        "kind: forbids\nfrom: {table: values}\ncolumn: key",
        6,
        "'from': should be a `table`",
    ),
    ("kind: forbids\nfrom: {file: a}\ncolumn: key", 6, "'from': a `file` needs a `key`"),
    ("kind: forbids\nfrom: {file: a, key: b, table: urls}\ncolumn: key", 6, "'from': a `file` needs"),
    ("kind: equals\nfrom: []", 6, "'from': list should have at least 1 item"),
    (JOIN + "match: []", 8, "'match': list should have at least 1 item"),
    (JOIN + "match: {}", 8, "'match': dictionary should have at least 1 item"),
    ("kind: unique\nfrom: {table: ports}\nmatch: []", 7, "'match': list should have at least 1 item"),
    ("kind: equals\nfrom_: {table: workers}", 6, "unknown key 'from_', did you mean 'from'?"),
    ("kind: forbid\nfrom: {table: urls}\ncolumn: url", 5, "there is no kind 'forbid', did you mean 'forbids'?"),
    (JOIN + "match: {service: servce}", 7, "table ports has no column 'servce', did you mean 'service'?"),
    (JOIN + "match: service\ntruth: other", 9, "'truth' should be 'from' or 'to'"),
    ("kind: unique\nfrom: {table: ports}\nmatch: [adress]", 6, "table ports has no column 'adress', did you mean"),
    (WHERE + "    network: hots\n", 10, "column network of table services has no value 'hots', did you mean 'host'?"),
    (WHERE + "    network: {not: hots}\n", 10, "column network of table services has no value 'hots'"),
    (WHERE + "    network: [host, hots]\n", 10, "column network of table services has no value 'hots'"),
    (WHERE + "    network:\n      not:\n        - host\n        - hots\n", 13, "column network of table services has"),
    (
        WHERE + "    reach: [allways]\n",
        10,
        "column reach of table services has no value 'allways', did you mean 'always'",
    ),
    (WHERE + "    built: 'true'\n", 10, "column built of table services is true or false, without quotes"),
    (WHERE + "    network: true\n", 10, "column network of table services has no value 'true' (valid: bridge, host,"),
    (WHERE + "    profile: true\n", 10, "column profile of table services is a string: write it in quotes"),
    (JOIN.replace("ports", "ports, where: {source: publsh}") + "match: service", 7, "column source of table ports has"),
    (
        "kind: forbids\nfrom: {table: routes, where: {protocol: wss}}\ncolumn: path",
        6,
        "column protocol of table routes has no value 'wss', did you mean 'ws'?",
    ),
    (
        URLS + "column: url\nunverifiable: {table: urls, where: {audience: [host, mobil]}}",
        8,
        "column audience of table urls has no value 'mobil', did you mean 'mobile'?",
    ),
    (
        "kind: equals\nfrom:\n  - {file: a.env, key: B}\n  - file: a.ini\n    key: b",
        8,
        "files like",
    ),
    ("kind: forbids\nfrom: {file: '**/*.ini', key: b}", 6, "files like '**/*.ini' have no keys: select"),
    ("kind: forbids\nfrom: {file: a.ini}", 6, "'from': a `file` needs a `key` or a `line`"),
    ("kind: forbids\nfrom: {file: a.env, key: b, line: 'b {value}'}", 6, "'from': a `file` needs"),
    (
        "kind: forbids\nfrom: {file: a.ini, line: b}",
        6,
        "'from': a `line` must be one line with `{value}` exactly once",
    ),
    (
        "kind: forbids\nfrom: {file: a.ini, line: '{value}'}",
        6,
        "'from': a `line` must be one line with `{value}` exactly once",
    ),
    (
        "kind: forbids\nfrom: {file: a.ini, line: 'a {value} {value}'}",
        6,
        "'from': a `line` must be one line with `{value}`",
    ),
    (
        "kind: forbids\nfrom: {file: a.env, key: b, part: passwd}",
        6,
        "'from.part' should be 'scheme', 'user', 'password'",
    ),
    ("kind: forbids\nfrom: {table: urls, part: host}\ncolumn: url", 6, "'from': should be a `table`"),
    ("kind: equals\nfrom: {file: .env, key: A}", 6, "'from' selects one value: list a second one that must be"),
    ("kind: equals\nfrom: [{file: .env, key: A}]", 6, "'from' selects one value: list a second one that must be"),
    (EQUALS + "truth: d.yml", 9, "truth names 'd.yml', which is none of the files listed: .env, b.yml"),
    (EQUALS + "says: {differ: x}", 9, "kind equals has no outcome 'differ', did you mean 'differs'?"),
    (EQUALS + "says: {differs: '{to.kye}'}", 9, "{to.kye}: table values has no column 'kye'"),
    (EQUALS + "says: {differs: '{too.key}'}", 9, "{too.key} does not name a side of this rule"),
    (EQUALS + "says: {differs: '{diference}'}", 9, "{diference} does not name a side of this rule"),
    (EQUALS + "says: {differs: '{to.key'}", 9, "unbalanced braces in '{to.key'"),
    (EQUALS + "says: {differs: '{to.key!r}'}", 9, "{to.key!r}: table values has no column 'key!r'"),
    (EQUALS + "says: {differs: '{}'}", 9, "{} does not name a side of this rule"),
    (EQUALS + "shows: {to: '{from.fiel}'}", 9, "{from.fiel}: table values has no column 'fiel'"),
    (EQUALS + "help: '{x}'", 9, "{x} does not name a side of this rule"),
    (EQUALS + "fix: '{x}'", 9, "{x} does not name a side of this rule"),
    (EQUALS + "when: {table: urls}", 9, "unknown key 'when'"),
    (EQUALS + "examples:\n  - file: {a: b}", 10, "unknown key 'examples.0.file', did you mean 'files'?"),
    (EQUALS + "examples:\n  - finds: [a:1]", 10, "'examples.0.files' is missing"),
    (EQUALS + "examples:\n  - files: {a: [1]}", 10, "'examples.0.files.a' should be a string"),
]


@pytest.mark.parametrize("name", ["a.ini", "**/*.conf", "etc/nginx.conf"])
def test_a_line_is_addressed_in_any_file(name: str) -> None:
    loaded = rule(HEAD + f"kind: forbids\nfrom: {{file: '{name}', line: 'a {{value}};', part: port}}\n")
    ((_, selector, _),) = loaded.constraint.selectors()
    assert (selector.file, selector.line, selector.part, selector.key) == (name, "a {value};", "port", ())


@pytest.mark.parametrize(
    "name", ["*", "**/.env*", "Dockerfile.*", "**/gunicorn.conf.py", "a/*.toml", "x*/package.json"]
)
def test_a_pattern_may_fit_files_that_are_read(name: str) -> None:
    assert rule(HEAD + f"kind: forbids\nfrom: {{file: '{name}', key: a}}\n")


SEVERAL = ["file: '*.env', key: A", "file: c.yml, key: services.*.image", "file: a.ini, line: 'a {value}'"]


@pytest.mark.parametrize("selector", SEVERAL)
def test_one_selector_of_several_values_may_be_compared_with_itself(selector: str) -> None:
    assert rule(HEAD + f"kind: equals\nfrom: {{{selector}}}\n")


@pytest.mark.parametrize(("body", "line", "message"), FAULTS)
def test_a_fault_is_named_with_its_line_and_the_nearest_name(body: str, line: int, message: str) -> None:
    found, said = refused(HEAD + body + "\n")
    assert said.startswith(message), said
    assert found == line


COMMON = [
    (HEAD.replace("id: sample", "id: Sample"), 1, "'id': string should match pattern"),
    (HEAD.replace("id: sample", "id: sample rule"), 1, "'id': string should match pattern"),
    (HEAD.replace("id: sample\n", ""), 1, "'id' is missing"),
    (HEAD.replace("why: it shows something\n", ""), 1, "'why' is missing"),
    (HEAD.replace("error", "fatal"), 4, "'severity' should be 'error', 'warning' or 'info'"),
    (HEAD.replace("title: a sample", "title: [a]"), 2, "'title' should be a string"),
    (HEAD.replace("why: it shows something", "why: 3"), 3, "'why' should be a string"),
    (HEAD.replace("title: a sample", "title:"), 2, "'title' should be a string"),
]


@pytest.mark.parametrize(("head", "line", "message"), COMMON)
def test_what_every_rule_has(head: str, line: int, message: str) -> None:
    found, said = refused(head + EQUALS)
    assert said.startswith(message), said
    assert found == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("# nothing\n", 1),
        ("- id: sample\n", 1),
        ("sample\n", 1),
        (HEAD + EQUALS + "---\n" + HEAD + EQUALS, 1),
        (HEAD + "kind: [\n", 6),
        (HEAD + "\tkind: equals\n", 5),
        (HEAD + EQUALS + "why: again\n", 9),
        (HEAD + EQUALS + "? [a, b]\n: c\n", 9),
        (HEAD + "says: {{ template }}\n" + EQUALS, 5),
    ],
)
def test_what_is_no_rule_file_at_all(text: str, line: int) -> None:
    assert refused(text)[0] == line


class TestSchema:
    """Rule files are read with the core schema of YAML 1.2: words stay words."""

    @pytest.mark.parametrize("word", ["on", "off", "yes", "no", "22:22", "2026-01-01", "1_000", "0b1", "y"])
    def test_words_that_yaml_1_1_mangles(self, word: str) -> None:
        loaded = rule(HEAD + f"kind: forbids\nfrom: {{table: problems, where: {{detail: {word}}}}}\ncolumn: value\n")
        (_, selector, _) = next(iter(loaded.constraint.selectors()))
        assert selector.where[0].values == (word,)

    @pytest.mark.parametrize(("word", "value"), [("true", True), ("False", False)])
    def test_truth_values(self, word: str, value: bool) -> None:
        loaded = rule(
            HEAD + f"kind: forbids\nfrom: {{table: credentials, where: {{template: {word}}}}}\ncolumn: value\n"
        )
        (_, selector, _) = next(iter(loaded.constraint.selectors()))
        assert selector.where[0].values == (value,)

    def test_an_octal_looking_number_is_none(self) -> None:
        line, message = refused(HEAD + "kind: forbids\nfrom: {table: ports, where: {target: 010}}\ncolumn: target\n")
        assert line == 6
        assert "'from.where.target' should be a string, or true or false" in message


class TestForms:
    """Short and long ways of writing the same rule."""

    def test_selectors(self) -> None:
        loaded = rule(
            HEAD
            + """\
kind: forbids
from: {table: urls, where: {audience: mobile, host_class: [loopback, docker], scheme: {not: https}}}
column: url
"""
        )
        (side, selector, columns) = next(iter(loaded.constraint.selectors()))
        assert (side, selector.table, columns) == ("from", "urls", ("url",))
        assert [(one.column, one.values, one.negated) for one in selector.where] == [
            ("audience", ("mobile",), False),
            ("host_class", ("loopback", "docker"), False),
            ("scheme", ("https",), True),
        ]

    def test_keys_are_dotted_or_listed(self) -> None:
        loaded = rule(
            HEAD
            + """\
kind: equals
from:
  - {file: .env, key: A, secret: true}
  - {file: "**/*.yml", key: services.*.environment.A}
  - {file: c.json, key: [a.b, c]}
truth: "c.json:a.b.c"
"""
        )
        found = [(one.file, one.key, one.secret) for _, one, _ in loaded.constraint.selectors()]
        assert found == [
            (".env", ("A",), True),
            ("**/*.yml", ("services", "*", "environment", "A"), False),
            ("c.json", ("a.b", "c"), False),
        ]

    def test_truth_tells_two_keys_of_one_file_apart(self) -> None:
        text = HEAD + "kind: equals\nfrom: [{file: .env, key: A}, {file: .env, key: B}]\ntruth: "
        prepared = [
            prepare("r.yaml", text + truth + "\n")["options"]["right"] for truth in (".env", ".env:A", ".env:B")
        ]
        assert prepared == [0, 0, 1]

    @pytest.mark.parametrize(
        ("written", "pairs"),
        [
            ("service", [("service", "service")]),
            ("[service, stack]", [("service", "service"), ("stack", "stack")]),
            ("{port: published, service: service}", [("port", "published"), ("service", "service")]),
        ],
    )
    def test_pairs_of_columns(self, written: str, pairs: list[tuple[str, str]]) -> None:
        text = HEAD + f"kind: references\nfrom: {{table: urls}}\nto: {{table: ports}}\nmatch: {written}\n"
        assert prepare("r.yaml", text)["options"]["match"] == pairs

    def test_one_column_may_be_written_without_a_list(self) -> None:
        text = HEAD + "kind: unique\nfrom: {table: ports}\nmatch: published\n"
        assert prepare("r.yaml", text)["options"]["match"] == ["published"]


def test_every_kind_has_a_sentence_for_each_of_its_outcomes() -> None:
    bodies = {
        "equals": "from: {table: workers}\ncolumn: count\ntruth: expected",
        "forbids": "from: {table: urls}\ncolumn: url",
        "references": "from: {table: urls}\nto: {table: ports}\nmatch: service",
        "requires": "from: {table: urls}\ncolumn: port",
        "unique": "from: {table: ports}\nmatch: published",
    }
    assert bodies.keys() == KINDS.keys()
    for kind, body in bodies.items():
        loaded = rule(HEAD + f"kind: {kind}\n{body}\n")
        assert set(KINDS[kind].says) <= set(loaded.says), kind
        assert all(loaded.says[word] for word in KINDS[kind].says)


def test_a_title_with_braces_is_said_as_it_stands() -> None:
    braces = HEAD.replace("a sample", "'no {curly} words'")
    loaded = rule(braces + "kind: requires\nfrom: {table: urls}\ncolumn: port\n")
    assert loaded.title == "no {curly} words"


def test_a_rule_is_fixable_only_where_an_example_proves_it() -> None:
    plain = HEAD + EQUALS + "truth: .env\nexamples:\n  - files: {.env: A=1}\n"
    assert not rule(plain).fixable
    assert rule(plain + "    fixed: {b.yml: 'c: {d: 1}'}\n").fixable


def test_examples_are_read_with_their_defaults() -> None:
    text = HEAD + EQUALS + "examples:\n  - files: {.env: 'A=1'}\n  - {files: {}, finds: ['.env:1'], unsafe: true}\n"
    one, two = examples(prepare("r.yaml", text))
    assert (one.files, one.config, one.finds, one.unsafe) == ({".env": "A=1"}, "", (), False)
    assert (two.files, two.finds, two.unsafe) == ({}, (".env:1",), True)


@pytest.mark.parametrize(
    ("word", "valid", "said"),
    [
        ("prot", ["port", "host"], ", did you mean 'port'?"),
        ("zzz", ["port", "host"], " (valid: host, port)"),
        ("zzz", [], ""),
    ],
)
def test_nearest(word: str, valid: list[str], said: str) -> None:
    assert nearest(word, valid) == said
