"""The YAML reader: values as libyaml decodes them, and exactly where they stand. Every secret here is made up."""

import pytest
import yaml as pyyaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from configlint.formats.yaml.document import (
    YAML,
    Mapping,
    Node,
    Scalar,
    Sequence,
    TemplateError,
    YamlDocument,
    at,
    plain,
    read,
    render,
)
from configlint.model.document import Fact, Lines, UnreadableError
from configlint.model.text import Text

UGLY = """\
# é😀 configlint: ignore-file[a] because
version: '3'   # configlint: ignore[b]
x-db: &db !local
  password: "p\\u0041\\"w"
  user:   me
services:
  api: {image: "a:1", ports: [8000:8000, "22:22"], empty: , last: *db}
  web:
    <<: *db
    user: you
    environment:
      - API_SECRET=${API_SECRET:-fallback}
      - "K=a: b"
      -
    command: >-
      gunicorn
      --workers 1   # configlint: not a comment

       --more
      app
    note: |
      one
    plain: a
      b
    quoted: 'it''s
      folded'
    null:
    gone: !reset null
? complex
: yes
"""


def facts(content: str) -> dict[tuple[str, ...], Text]:
    return {fact.key: fact.text for fact in YAML.facts(read("f.yaml", content))}


def root(content: str) -> Mapping:
    node = read("f.yaml", content).root
    assert isinstance(node, Mapping)
    return node


def scalar(node: Node | None) -> Scalar:
    assert isinstance(node, Scalar)
    return node


def written(content: str, text: Text) -> list[str | None]:
    return [content[run.place.start : run.place.end] if run.place else None for run in text.runs]


def test_values_have_the_characters_that_stand_for_them() -> None:
    found = facts(UGLY)
    assert written(UGLY, found["services", "web", "command"]) == [
        "gunicorn",
        "\n      ",
        "--workers 1   # configlint: not a comment\n\n",
        " --more\n",
        "app",
    ]
    assert (
        found["services", "web", "command"].raw == "gunicorn --workers 1   # configlint: not a comment\n\n --more\napp"
    )
    assert written(UGLY, found["services", "web", "quoted"]) == ["it", "''", "s", "\n      ", "folded"]
    assert found["services", "web", "quoted"].raw == "it's folded"
    assert written(UGLY, found["services", "web", "plain"]) == ["a", "\n      ", "b"]
    assert found["services", "web", "note"].raw == "one\n"
    assert written(UGLY, found["services", "web", "note"]) == ["one\n"]


def test_keys_are_dotted_and_list_items_numbered_and_assignments_addressed_by_name() -> None:
    found = facts(UGLY)
    assert found["services", "api", "ports", "1"].raw == "22:22"
    assert found["services", "web", "environment", "1"].raw == "K=a: b"
    assert found["services", "web", "environment", "K"].raw == "a: b"
    assert str(found["services", "web", "environment", "API_SECRET"]) == "${API_SECRET:-<secret, under 32 characters>}"
    assert found["complex",].raw == "yes"
    assert ("services", "web", "environment", "K") in facts("services: {web: {environment: [K=1]}}")
    assert ("services", "web", "build", "args", "K") in facts("services: {web: {build: {args: [K=1]}}}")
    assert ("services", "web", "command", "K") not in facts("services: {web: {command: [K=1]}}")


def test_merged_values_keep_the_place_of_the_anchor_and_pass_through_the_alias() -> None:
    web = at(read("f.yaml", UGLY).root, ["services", "web"])
    assert isinstance(web, Mapping)
    assert scalar(web.get("user")).value == "you"
    password = scalar(web.get("password"))
    assert password.text.raw == 'pA"w'
    assert str(password.text) == "<secret, under 32 characters>"
    assert [UGLY[place.start : place.end] for place in password.text.via] == ["*db"]
    assert scalar(at(read("f.yaml", UGLY).root, ["services", "api", "last", "user"])).text.via
    assert not scalar(at(read("f.yaml", UGLY).root, ["x-db", "user"])).text.via
    assert [name for name, _ in web.items()].count("user") == 1
    assert [scalar(entry.key).value for entry in web.entries][:2] == ["<<", "user"]


@pytest.mark.parametrize(
    ("merge", "expected"),
    [
        ("<<: *a", "1"),
        ("<<: [*a, *b]", "1"),
        ("<<: [*b, *a]", "2"),
        ("<<: {k: 3}", "3"),
        ("<<: *c", "1"),
        ("'<<': *a", None),
        ("<<: [*a, *b]\n  k: 9", "9"),
        ("k: 9\n  <<: *a", "9"),
    ],
)
def test_explicit_keys_win_then_the_mapping_named_first(merge: str, expected: str | None) -> None:
    found = root(f"a: &a {{k: 1}}\nb: &b {{k: 2}}\nc: &c {{<<: *a}}\nd:\n  {merge}\n").get("d")
    assert isinstance(found, Mapping)
    value = found.get("k")
    assert (scalar(value).value if value else None) == expected


def test_tags_stay_visible() -> None:
    document = read("f.yaml", "a: !reset null\nb: !override [1]\nc: !!str 5\nd: !include x.yaml\ne: !reset {}\n")
    tags = {name: node.tag for name, node in _mapping(document).items()}
    assert tags == {"a": "!reset", "b": "!override", "c": "tag:yaml.org,2002:str", "d": "!include", "e": "!reset"}
    assert scalar(_mapping(document).get("a")).null
    assert scalar(_mapping(document).get("c")).type == "str"


def _mapping(document: YamlDocument) -> Mapping:
    assert isinstance(document.root, Mapping)
    return document.root


def test_anchors_and_tags_are_no_part_of_a_value() -> None:
    content = "a: &x   foo\nb: !!str\n  # c\n  'bar'\nc: &y\n  - 1\nd: !t &z {e: f}\n"
    found = root(content)
    assert [content[node.place.start : node.place.end] for _, node in found.items()] == [
        "foo",
        "'bar'",
        "- 1",
        "{e: f}",
    ]


def test_comments_that_speak_are_comments_only() -> None:
    content = UGLY + 'z: "# configlint: ignore[q]" # configlint: ignore[c] d\ny: a#configlint:no\n'
    comments = read("f.yaml", content).comments
    assert [(comment.text, comment.alone) for comment in comments] == [
        ("é😀 configlint: ignore-file[a] because", True),
        ("configlint: ignore[b]", False),
        ("configlint: ignore[c] d", False),
    ]


def test_a_comment_in_the_header_of_a_block_is_one() -> None:
    assert [comment.text for comment in read("f.yaml", "a: | # configlint: ignore[x]\n  b\n").comments] == [
        "configlint: ignore[x]"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\na: 2\n", [(("a",), "1", "2")]),
        ("a: 1\na: '1'\n", []),
        ("a: {b: [{c: 1, c: 2}]}\n", [(("a", "b", "0", "c"), "1", "2")]),
        ("a: {b: 1}\nc: 1\na: {b: 2}\n", [(("a",), "a", "a")]),
        ("a: {b: 1}\na: {b: 1}\n", []),
        ("a: 1\n---\na: 2\n", []),
        ("a: 1\na: 2\na: 1\n", [(("a",), "1", "2"), (("a",), "2", "1")]),
        ("environment: [A=1, B=1, A=2]\n", [(("environment", "A"), "1", "2")]),
        ("environment: [A=1, A=1, A]\n", []),
        ("build: {args: [A=1, A=2]}\n", [(("build", "args", "A"), "1", "2")]),
        ("args: [A=1, A=2]\n", []),
    ],
)
def test_a_key_with_two_values(content: str, expected: list[tuple[tuple[str, ...], str, str]]) -> None:
    found = read("f.yaml", content).duplicates
    assert [(item.key, item.first.raw, item.second.raw) for item in found] == expected


def test_a_duplicated_secret_is_not_shown() -> None:
    (found,) = read("f.yaml", "password: abc\npassword: defg\n").duplicates
    assert (str(found.first), str(found.second)) == ("<secret, under 32 characters>", "<secret, under 32 characters>")


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        ("keys:\n  devkey: abcde\n", True),
        ("password: abcde\n", True),
        ("tokens: {access_token: [abcde]}\n", True),
        ("api_secrets: [abcde]\n", True),
        ("services: {a: {secrets: [abcde]}}\n", False),
        ("webhook: {api_key: abcde}\n", False),
        ("api_key: abcde\napi_secret: x\n", False),
        ("openai: {api_key: abcde}\n", True),
        ("x: &x abcde\npassword: *x\n", True),
        ("url: postgres://u:abcde@h\n", True),
        ("environment: ['LIVEKIT_KEYS=k: abcde']\n", True),
        ("key_file: abcde\n", False),
        ("password: !vault |\n  abcde\n", True),
    ],
)
def test_secrets_are_flagged_by_their_keys(content: str, hidden: bool) -> None:
    shown = [str(fact.text) for fact in YAML.facts(read("f.yaml", content)) if "abcde" in fact.text.raw]
    assert shown
    assert ("abcde" not in shown[-1]) is hidden


@pytest.mark.parametrize("content", ["", "\n", "# only\n", "---\n", "---\n...\n", "\ufeff", "~", "null\n"])
def test_a_file_without_content_has_no_root_or_a_null_one(content: str) -> None:
    document = read("f.yaml", content)
    assert document.root is None or scalar(document.root).null


def test_every_document_of_a_file_is_read() -> None:
    document = read("f.yaml", "a: &x 1\n---\nb: 2\n...\n---\n- c\n")
    assert [plain(node) for node in document.roots] == [{"a": 1}, {"b": 2}, ["c"]]


# --- against PyYAML


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [found for item in node.items for found in scalars(item)]
    return [found for entry in node.entries for part in entry for found in scalars(part)]


LINES = st.lists(
    st.sampled_from(
        ["a:", "b: c", "  d: e", "  - f", "- g", "    h: 'i''j'", "k: \"l\\n\\\"\\\n   m\"", "n: |", "  o", "   p",
         "", "q: >-",
         "r: {s: t, u: [v, 'w'], x}", "y: &z 1", "A: *z", "B: !!str 5", "# C", "D: E # F", "  G", "H: 'I", "  J'",
         "? K", ": L",
         "---", "\t", "M: é😀", "N: \"\\u00e9 \\x41\"", "O: |+2", "P: >", "  ", "Q: a  ", "   b c", "R:  # x"]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=400)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_values_and_spans_are_those_of_libyaml(lines: list[str], end: str, mark: bool) -> None:
    content = ("\ufeff" if mark else "") + end.join(lines) + end
    try:
        document = read("f.yaml", content)
    except UnreadableError:
        with pytest.raises(pyyaml.YAMLError):
            list(pyyaml.compose_all(content, Loader=pyyaml.CSafeLoader))
        return
    shift = 1 if mark else 0
    tokens = [
        token
        for token in pyyaml.scan(content[shift:], Loader=pyyaml.CSafeLoader)
        if isinstance(token, pyyaml.ScalarToken)
    ]
    ours = [
        (item.value, item.place.start)
        for node in document.roots
        for item in scalars(node)
        if not item.via and (item.place.start < item.place.end or item.value)
    ]
    assert ours == [
        (token.value, token.start_mark.index + shift) for token in tokens if token.value or token.style in ("'", '"')
    ] or any(token.style in ("|", ">") and not token.value for token in tokens)


@settings(max_examples=400)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_every_exact_run_stands_in_the_file_as_it_is(lines: list[str], end: str, mark: bool) -> None:
    content = ("\ufeff" if mark else "") + end.join(lines) + end
    try:
        document = read("f.yaml", content)
    except UnreadableError:
        assume(False)
    for item in [found for node in document.roots for found in scalars(node)]:
        assert item.text.raw == item.value
        for run in item.text.runs:
            assert run.place is not None
            if run.exact:
                assert content[run.place.start : run.place.end] == run.text


STYLES = ["k: {}", "- {}", "k: [a, {}, b]", "k: {{a: {}, b: c}}", "k: &x {}", "k:\n  {}", "k:   {}   # c", "- - {}"]


@settings(max_examples=300)
@given(st.text(min_size=1, max_size=20), st.sampled_from(["'", '"']), st.sampled_from(STYLES))
def test_quoted_values_are_traced_through_their_escapes(value: str, quote: str, shape: str) -> None:
    dumped = pyyaml.dump(value, default_style=quote, allow_unicode=True, width=8).strip().removesuffix("\n...")
    content = shape.format(dumped.replace("\n", "\n      ")) + "\n"
    try:
        items = [item for node in read("f.yaml", content).roots for item in scalars(node)]
    except UnreadableError:
        assume(False)
    assert [item.text.raw for item in items] == [item.value for item in items]
    if value.isprintable():
        (found,) = [item for item in items if item.style in ("single", "double")]
        assert found.value == value
        places = [run.place for run in found.text.runs if not run.exact]
        assert all(place and content[place.start] in "\\' \n" for place in places)


BLOCK = st.lists(st.sampled_from(["a", "b c", "", "  d", "e  ", "# f", "g: h", " ", "é"]), min_size=1, max_size=6)


@settings(max_examples=400)
@given(BLOCK, st.sampled_from("|>"), st.sampled_from(["", "-", "+", "2", "2-"]), st.sampled_from(["\n", "\r\n"]))
def test_blocks_are_traced_line_by_line(lines: list[str], style: str, header: str, end: str) -> None:
    content = f"k: {style}{header}{end}" + end.join(f"  {line}" for line in lines) + f"{end}z: 1{end}"
    try:
        node = scalar(root(content).get("k"))
    except UnreadableError:
        assume(False)
    assert node.text.raw == node.value
    if lines[0].strip():  # blanks that are content before the first line are left to one inexact run
        exact = "".join(run.text or "" for run in node.text.runs if run.exact)
        assert exact.replace("\n", "").replace(" ", "") == node.value.replace("\n", "").replace(" ", "")


# --- rewriting


def replaced(content: str, fact: Fact, new: str) -> str | None:
    site = fact.text.site
    if site is None or site.literal is None or site.place != site.literal.inner:
        return None
    text = render(site.literal, new)
    place = site.literal.place
    return None if text is None else content[: place.start] + text + content[place.end :]


NASTY = [
    "yes", "no", "on", "off", "true", "null", "~", "017", "0x1F", "1_000", "1:30", "22:22", "2001-01-01", ".inf",
    "=", "<<", "", " a", "a ", "a: b", "a #b", "# c", "* x", "& x", "! x", "| x", "> x", "% x", "@ x", "` x",
    "{ x", "[ x", ", x", "' x", '" x', "]", "}", ",", "?a", ":a", "${X:-y}", "60:80", "08", "1e3", "0o17", "a#b",
    "a:b", "http://h:1/x?y=z", "it's", 'say "x"', "a\\b", "a\nb", "\t", "é", "😀", "\x07", "\x85", "\u2028",
    "\ufeff", "-", "- a", "---", "...", "?", ":", "a:", "1.5", "1", "-1", "+1", "\r", "\0", "x" * 300, "'", '"',
    "''", "\\", "a, b", "{a: b}", "a\n", "\n",
]  # fmt: skip


@pytest.mark.parametrize("new", NASTY)
def test_a_rewritten_value_is_read_back_and_nothing_else_changes(new: str) -> None:
    document = read("f.yaml", UGLY)
    before = [(fact.key, fact.text.raw) for fact in YAML.facts(document)]
    rewritten = 0
    for fact in YAML.facts(document):
        after = replaced(UGLY, fact, new)
        if after is None or fact.text.via or fact.key[0] == "x-db":
            continue
        rewritten += 1
        expected = [(key, new if key == fact.key else raw) for key, raw in before]
        found = {item.key: item.text.raw for item in YAML.facts(read("f.yaml", after))}
        if fact.key[-2:-1] == ("environment",):
            continue
        assert found == dict(expected), (fact.key, after)
    assert rewritten > 5


@pytest.mark.parametrize("shape", ["k: {}", "- {}", "k: [a, {}, b]", "k: {{a: {}, b: c}}", "k: &x {}  # c", "{}"])
@pytest.mark.parametrize("old", ["old", "'old'", '"old"', "5", "true"])
@pytest.mark.parametrize("new", NASTY)
def test_every_style_carries_every_value_for_yaml_1_1_and_1_2(shape: str, old: str, new: str) -> None:
    content = shape.format(old) + "\n"
    fact = next(fact for fact in YAML.facts(read("f.yaml", content)) if fact.text.raw == old.strip("'\""))
    after = replaced(content, fact, new)
    assert after is not None
    assert next(item.text.raw for item in YAML.facts(read("f.yaml", after)) if item.key == fact.key) == new
    if old.strip("'\"") == "old":
        reread = pyyaml.load(after, Loader=pyyaml.CSafeLoader)
        assert (new in str(reread)) if not isinstance(reread, str) and repr(new)[1:-1] == new else True
        assert "str" in {item.type for item in scalars(read("f.yaml", after).roots[0]) if item.value == new}
        assert _yaml_1_1_text(after, new)


def _yaml_1_1_text(content: str, value: str) -> bool:
    """Whether YAML 1.1 takes the value for a text as well."""
    pending: list[pyyaml.Node | None] = [pyyaml.compose(content, Loader=pyyaml.CSafeLoader)]
    found: list[str] = []
    while pending:
        node = pending.pop()
        if isinstance(node, pyyaml.ScalarNode):
            found += [node.tag] if node.value == value else []
        elif isinstance(node, pyyaml.MappingNode):
            pending += [part for pair in node.value for part in pair]
        elif isinstance(node, pyyaml.SequenceNode):
            pending += node.value
    return "tag:yaml.org,2002:str" in found


@settings(max_examples=300)
@given(
    st.text(max_size=12), st.sampled_from(["k: old", "k: [old]", "k: 'old'", 'k: "old"', "k: >-\n  old", "k: |\n  old"])
)
def test_any_text_is_written_or_refused(new: str, content: str) -> None:
    fact = next(YAML.facts(read("f.yaml", content + "\nz: 1\n")))
    after = replaced(content + "\nz: 1\n", fact, new)
    if after is not None:
        assert [item.text.raw for item in YAML.facts(read("f.yaml", after))] == [new, "1"]
    else:
        assert "\n" in content or "\ud800" <= max(new) <= "\udfff" or any("\ud800" <= sign <= "\udfff" for sign in new)


@pytest.mark.parametrize(
    ("content", "new", "after"),
    [
        ("k: 8000\n", "9000", "k: 9000\n"),
        ("k: '8000'\n", "9000", "k: '9000'\n"),
        ("k: old\n", "9000", "k: '9000'\n"),
        ("k: old # c\n", "new", "k: new # c\n"),
        ("k: true\n", "false", "k: false\n"),
        ("k: 8000\n", "text", "k: text\n"),
        ("k: 8000\n", "22:22", "k: '22:22'\n"),
        ("k:\n", "new", "k: new\n"),
        ("k: \n", "3", "k: 3 \n"),
        ("k:\nz: 1\n", "new", "k: new\nz: 1\n"),
        ("- \n- a\n", "new", "- new \n- a\n"),
        ("k: # c\n", "new", "k: new # c\n"),
        ("k: {a: , b: c}\n", "new", "k: {a: new, b: c}\n"),
        ("k: ~\n", "new", "k: new\n"),
        ("k: 'it''s'\n", "new", None),
        ("k: ''\n", "it's", "k: 'it''s'\n"),
        ('k: "old"\n', 'a"\\é\n', 'k: "a\\"\\\\é\\n"\n'),
        ("k: a\n  b\n", "new", None),
        ("k: >-\n    old\n\nz: 1\n", "new", "k: >-\n    new\n\nz: 1\n"),
        ("k: |\n  old\n", "new\n", "k: |\n  new\n"),
        ("k: |\n  old\n", "new", None),
        ("k: |\n  old\n  other\n", "new\n", None),
        ("k: [old]\n", "${X:-y}", "k: ['${X:-y}']\n"),
        ("k: old\n", "${X:-y}", "k: ${X:-y}\n"),
        ('k: "8000:8000"\n', "9000:8000", 'k: "9000:8000"\n'),
        ("\ufeffk: é😀\r\nl: old\r\n", "new", "\ufeffk: new\r\nl: old\r\n"),
    ],
)
def test_the_style_that_stands_is_kept_where_it_can_be(content: str, new: str, after: str | None) -> None:
    assert replaced(content, next(YAML.facts(read("f.yaml", content))), new) == after


# --- typing for configuration and rules


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("False", False), ("yes", "yes"), ("off", "off"), ("on", "on"), ("010", 10), ("0o17", 15),
     ("0x1F", 31),
     ("22:22", "22:22"), ("2001-01-01", "2001-01-01"), ("1.5", 1.5), ("-3", -3), ("~", None), ("", None), ("null",
     None),
     ("'5'", "5"), ("!!str 5", "5"), ("!!int '5'", 5), ("1_000", "1_000"), (".5", 0.5), ("1e3", 1000.0), ("0b1",
     "0b1"), ("! 5", "5"),
     ("+.inf", float("inf")), ("[1, a]", [1, "a"]), ("{a: {b: 1}}", {"a": {"b": 1}}), ("{1: a}", {"1": "a"}), ("=",
     "="),
     ("9" * 5000, "9" * 5000), ("!!int x", "x")],
)  # fmt: skip
def test_the_core_schema_of_yaml_1_2(written: str, value: object) -> None:
    assert plain(root(f"k: {written}\n").get("k")) == value


def test_a_key_that_is_no_text_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableError) as error:
        plain(read("f.yaml", "a: {[b]: c}\n").root)
    assert error.value.offset == 4


def test_a_node_is_found_by_its_path() -> None:
    node = read("f.yaml", "a: [{b: c}, d]\n1: e\n").root
    assert scalar(at(node, ["a", 0, "b"])).value == "c"
    assert scalar(at(node, ["a", "1"])).value == "d"
    assert scalar(at(node, [1])).value == "e"
    assert at(node, []) is node
    missing: list[list[str | int]] = [["x"], ["a", 2], ["a", "b"], ["a", 0, "b", "c"], ["a", -1]]
    assert [at(node, path) for path in missing] == [None] * 5
    key = _mapping(read("f.yaml", "a: 1\n")).key("a")
    assert key is not None
    assert key.place.end == 1
    assert _mapping(read("f.yaml", "a: 1\n")).key("b") is None


# --- what cannot be read


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("keys:\n\tdevkey: abc\n", 2, 1),
        ("\ufeffkeys:\r\n\tdevkey: abc\r\n", 2, 1),
        ("a: b: c\n", 1, 5),
        ("a: [1\nb: 2\n", 2, 2),
        ("é: 'x\n", 2, 1),
        ("a: *nope\n", 1, 4),
        ("a: &x {b: *x}\n", 1, 11),
        ("a: 1\nb: \x00\n", 2, 4),
        ("a: \x1b[0m\n", 1, 4),
        ("a: \ud800\n", 1, 4),
    ],
)
def test_a_broken_file_is_refused_where_it_breaks(content: str, line: int, column: int) -> None:
    with pytest.raises(UnreadableError) as error:
        read("f.yaml", content)
    assert not isinstance(error.value, TemplateError)
    position = Lines(content).position(error.value.offset)
    assert (position.line, position.column) == (line, column)


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
MERGES = "a0: &a0 {k: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}\n" for n in range(1, 30))
LADDER = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 300))


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, "- " * 100_000, "{a: " * 50_000, "? " * 50_000,
     "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 1_000)),
     BOMB, MERGES, LADDER, "x" * 2_000_001, "a: " + "\x00" * 1_000_000, "%TAG !a! b\n" * 50_000, "a: &a [*a]", "<<: *a",
     "&a " * 100_000, "!a " * 100_000, "- &a *a\n", "a: '" + "x" * 1_000_000],
)  # fmt: skip
def test_hostile_files_are_refused_without_harm(content: str) -> None:
    with pytest.raises(UnreadableError):
        read("f.yaml", content)


@pytest.mark.parametrize(
    "content",
    ["a: " + "x" * 1_900_000, "a: '" + "''" * 500_000 + "'",
     'a: "' + "\\n" * 200_000 + '"', "a: '" + " " * 1_000_000 + "'",
     "a: |\n" + "  x\n" * 100_000, "a: >\n" + "  x\n\n" * 50_000, "a: 'x\n" + "\n  y" * 50_000 + "'",
     "a: " + "b " * 500_000,
     "a: 'token=" + "token=" * 100_000 + "'",
     "- x\n" * 50_000, "a: \"" + "\\\n" * 100_000 + '"', "# " + "configlint: " * 100_000,
     ("#" * 1000 + " configlint: x\n") * 1000, "a: '" + "#configlint: " * 50_000 + "'"],
)  # fmt: skip
def test_large_values_are_traced_without_harm(content: str) -> None:
    for fact in YAML.facts(read("f.yaml", content)):
        assert fact.text.raw is not None


# --- other tools' templates


@pytest.mark.parametrize(
    "content",
    ["{{- if .Values.x }}\na: 1\n{{- end }}\n", "{% if x %}\na: b: c\n{% endif %}\n", "a: {{ x }} b\n",
     "a: {{ x }}:{{ y }}\n",
     "a:\n  {{ toYaml .x | nindent 2 }}\n  b: 1\n", "- {{ x }} y\n"],
)  # fmt: skip
def test_a_template_of_another_tool_is_told_from_a_broken_file(content: str) -> None:
    with pytest.raises(TemplateError):
        read("f.yaml", content)


def test_braces_that_yaml_takes_for_a_mapping_are_an_unknown_value() -> None:
    content = "a: {{ port }}\nb: [{{ x }}, 1]\nc: '{{ y }}'\nd: {e: {f: g}}\n"
    found = facts(content)
    assert not found["a",].known
    assert written(content, found["a",]) == ["{{ port }}"]
    assert not found["b", "0"].known
    assert found["c",].raw == "{{ y }}"
    assert found["d", "e", "f"].raw == "g"


def test_braces_in_quotes_do_not_excuse_a_broken_file() -> None:
    with pytest.raises(UnreadableError) as error:
        read("f.yaml", "a: \"docker ps --format '{{.Names}}'\"\nb: c: d\n")
    assert not isinstance(error.value, TemplateError)
