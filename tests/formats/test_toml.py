"""TOML as tomllib reads it, with the place of every value; and values written anew."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.formats import facts, render
from configlint.formats.toml.nodes import read
from configlint.model.document import Lines, UnreadableError

EVERY_SHAPE = """\
# configlint: ignore-file[x] because
title = "a \\"quoted\\" text" # configlint: ignore[y] and no "string"
'literal key' = 'C:\\path'
"quoted.key" = 1
dotted . key = 1_000
hex = 0xFF
float = 6.5e2
yes = true
day = 1979-05-27 07:32:00
many = \"\"\"
  # configlint: no comment
\"\"\"
[server]
port = 8000
hosts = [ # the first
  "a", 'b', # the second
  ["c", {d = 2}],
]
inline = { x = "1", y.z = 'zwei' }
[server.tls]
key = "é😀"
[[worker]]
name = "one"
[[worker]]
name = "two"
[[worker.queue]]
size = 3
[worker.last]
size = 4
"""


def written(content: str) -> dict[str, tuple[str, str]]:
    """By dotted key: the value, and the characters that stand at its place; empty where none can be rewritten."""
    found = {}
    for fact in facts(read("a.toml", content)):
        site = fact.text.site
        place = site.literal.place if site is not None and site.literal is not None else None
        found[".".join(fact.key)] = (fact.text.raw, content[place.start : place.end] if place is not None else "")
    return found


def test_every_shape_of_a_value() -> None:
    assert written(EVERY_SHAPE) == {
        "title": ('a "quoted" text', ""),
        "literal key": ("C:\\path", "'C:\\path'"),
        "quoted.key": ("1", "1"),
        "dotted.key": ("1000", ""),
        "hex": ("255", ""),
        "float": ("650.0", ""),
        "yes": ("true", "true"),
        "day": ("1979-05-27 07:32:00", "1979-05-27 07:32:00"),
        "many": ("  # configlint: no comment\n", ""),
        "server.port": ("8000", "8000"),
        "server.hosts.0": ("a", '"a"'),
        "server.hosts.1": ("b", "'b'"),
        "server.hosts.2.0": ("c", '"c"'),
        "server.hosts.2.1.d": ("2", "2"),
        "server.inline.x": ("1", '"1"'),
        "server.inline.y.z": ("zwei", "'zwei'"),
        "server.tls.key": ("é😀", '"é😀"'),
        "worker.0.name": ("one", '"one"'),
        "worker.1.name": ("two", '"two"'),
        "worker.1.queue.0.size": ("3", "3"),
        "worker.1.last.size": ("4", "4"),
    }


def test_comments_that_speak_to_configlint() -> None:
    assert [comment.text for comment in read("a.toml", EVERY_SHAPE).comments] == [
        "configlint: ignore-file[x] because",
        'configlint: ignore[y] and no "string"',
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(end: str, mark: str) -> None:
    content = mark + 'a = "x"\n[t]\nb = "y"\n'.replace("\n", end)
    assert written(content) == {"a": ("x", '"x"'), "t.b": ("y", '"y"')}


def test_a_secret_is_known_by_its_name() -> None:
    content = '[db]\npassword = "made-up-8812"\nurl = "postgresql://app:made-up-8812@db/app"\n'
    assert [str(fact.text) for fact in facts(read("a.toml", content))] == [
        "<secret, under 32 characters>",
        "postgresql://app:<secret, under 32 characters>@db/app",
    ]


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("a = 1\nb = \n", "invalid value", 2),
        ("a = 1\na = 2\n", "cannot overwrite a value", 2),
        ('a = "\0"', "illegal character '\\x00'", 1),
        ("a = " + "[" * 5000 + "]" * 5000, "nested more than 200 levels deep", 1),
        ("a = " + "{a = " * 150 + "[" * 150 + "]" * 150 + "}" * 150, "nested more than 200 levels deep", 1),
        ("a" + ".a" * 100_000 + " = 1", "holds a line of more than 1000 dots", 1),
        ("a" + ".a" * 500 + " = 1", "nested more than 200 levels deep", 1),
        ("a = " + "1" * 5000, "holds a number of too many digits", 1),
        ("a" * 1_000_001, "is longer than 1000000 characters", 1),
    ],
)
def test_what_cannot_be_read(content: str, message: str, line: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        read("a.toml", content)
    assert caught.value.message.startswith(message)
    assert Lines(content).position(caught.value.offset).line == line


NASTY = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["1", "true", "a'b", 'a"b', "\\", "é", ""])


@given(st.integers(0, 20), NASTY)
def test_a_value_written_anew_is_read_back_and_no_other_changes(number: int, value: str) -> None:
    before = list(facts(read("a.toml", EVERY_SHAPE)))
    fact = before[number]
    site = fact.text.site
    new = render(site.literal, value) if site is not None and site.literal is not None else None
    if new is None or site is None or site.literal is None:
        return
    place = site.literal.place
    after = list(facts(read("a.toml", EVERY_SHAPE[: place.start] + new + EVERY_SHAPE[place.end :])))
    expected = [(one.key, value if one is fact else one.text.raw) for one in before]
    assert [(one.key, one.text.raw) for one in after] == expected


@pytest.mark.parametrize(
    ("content", "value", "expected"),
    [
        ("a = 1", "2", "2"),
        ("a = 1", "x", '"x"'),
        ("a = 1", "007", '"007"'),
        ("a = 1.5", "2", "2"),
        ("a = true", "false", "false"),
        ("a = true", "no", '"no"'),
        ("a = 'x'", "y", "'y'"),
        ("a = 'x'", "it's", '"it\'s"'),
        ('a = "x"', 'a\tb"\\', '"a\\u0009b\\"\\\\"'),
        ("a = 1979-05-27", "x", None),
    ],
)
def test_a_value_keeps_its_type_and_its_quotes(content: str, value: str, expected: str | None) -> None:
    (fact,) = facts(read("a.toml", content))
    site = fact.text.site
    assert site is not None
    assert site.literal is not None
    assert render(site.literal, value) == expected


KEY = st.sampled_from(["a", "b", "c.d", "'q'", '"r s"'])
SCALAR = st.sampled_from(["1", "1_0", "'x'", '"y"', '"\\n"', "true", "2.50", "'''m\nn'''", '"""\nk"""', "1979-05-27"])
VALUE = st.recursive(
    SCALAR,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda some: f"[ {', '.join(some)} ]")
        | st.lists(st.tuples(KEY, inner), max_size=2).map(
            lambda some: "{ " + ", ".join(f"{key} = {value}" for key, value in some) + " }"
        )
    ),
    max_leaves=4,
)
LINE = (
    st.tuples(KEY, VALUE).map(lambda pair: f"{pair[0]} = {pair[1]}")
    | KEY.map(lambda key: f"[ {key} ]")
    | KEY.map(lambda key: f"[[{key}]]")
    | st.just("# ' \" [x]")
)


@given(st.lists(LINE, max_size=8))
def test_what_stands_at_the_place_of_a_value_is_that_value(lines: list[str]) -> None:
    content = "\n".join(lines)
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        return
    for fact in facts(read("a.toml", content)):
        place = fact.text.place
        site = fact.text.site
        assert place is not None
        if site is not None and site.literal is not None:
            literal = site.literal.place
            alone = tomllib.loads(f"x = {content[literal.start : literal.end]}")["x"]
            assert alone == at(data, fact.key)


def at(data: Any, key: tuple[str, ...]) -> Any:
    for name in key:
        data = data[int(name)] if isinstance(data, list) else data[name]
    return data
