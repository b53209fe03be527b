"""The JSON reader against the standard library's. Every secret here is made up."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.json import JSON, read, render
from configlint.formats.yaml.document import Node, Scalar, Sequence, at, plain
from configlint.model.document import UnreadableError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300)
@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_every_value_of_the_standard_library_is_read_alike(value: object, indent: str | int | None, pure: bool) -> None:
    content = json.dumps(value, indent=indent, ensure_ascii=pure)
    if pure or not any("\ud800" <= sign <= "\udfff" for sign in content):
        assert plain(read("a.json", content).root) == json.loads(content)


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [found for item in node.items for found in scalars(item)]
    return [found for entry in node.entries for part in entry for found in scalars(part)]


@settings(max_examples=300)
@given(VALUES, st.booleans())
def test_every_exact_run_stands_in_the_file_as_it_is(value: object, pure: bool) -> None:
    content = json.dumps(value, ensure_ascii=pure)
    root = read("a.json", content).root
    assert root is not None
    for item in scalars(root):
        assert item.text.raw == item.value
        for run in item.text.runs:
            assert run.place is not None
            assert content[run.place.start : run.place.end] == run.text or not run.exact


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("8000", "9000", "9000"),
        ("8000", "0900", '"0900"'),
        ("8000", "text", '"text"'),
        ("1.5", "2", "2"),
        ("true", "false", "false"),
        ("true", "True", '"True"'),
        ("null", "3", "3"),
        ("null", "x", '"x"'),
        ('"8000"', "9000", '"9000"'),
        ('"old"', 'a"\\\n\x07é😀\u2028', '"a\\"\\\\\\u000a\\u0007é😀\\u2028"'),
        ('""', "new", '"new"'),
        ('"old"', "\ud800", None),
    ],
)
def test_a_value_is_rewritten_in_its_type(old: str, new: str, after: str | None) -> None:
    content = f'\ufeff{{\n\t"k": {old}, "z": 1\n}}'
    fact = next(JSON.facts(read("a.json", content)))
    assert fact.text.site is not None
    assert fact.text.site.literal is not None
    assert render(fact.text.site.literal, new) == after
    if after is not None:
        place = fact.text.site.literal.place
        changed = content[: place.start] + after + content[place.end :]
        assert [item.text.raw for item in JSON.facts(read("a.json", changed))] == [new, "1"]


def test_comments_and_a_last_comma_are_taken() -> None:
    content = (
        '{\n  // configlint: ignore[a]\n  "k": "// configlint: no", /* configlint: ignore[b] */\n  "z": [1,],\n}\n'
    )
    document = read("a.json", content)
    assert plain(document.root) == {"k": "// configlint: no", "z": [1]}
    assert [(comment.text.rstrip("*/ "), comment.alone) for comment in document.comments] == [
        ("configlint: ignore[a]", True),
        ("configlint: ignore[b]", False),
    ]


def test_duplicates_and_secrets_are_found_as_in_yaml() -> None:
    document = read("a.json", '{"db": {"password": "abc", "password": "abcd"}}')
    (found,) = document.duplicates
    assert found.key == ("db", "password")
    assert str(found.second) == "<secret, under 32 characters>"


@pytest.mark.parametrize("content", ["", " \n", "\ufeff", "// only\n"])
def test_a_file_without_content_has_no_root(content: str) -> None:
    assert read("a.json", content).root is None


@pytest.mark.parametrize(
    ("content", "offset"),
    [('{"a":1', 6), ("[1,2", 4), ('{"a" 1}', 5), ("[1}", 2), ("{,}", 1), ("1 2", 2), ('"a', 0), ("[01]", 1),
     ('{"a":}', 5),
     ("]", 0), ("{a: 1}", 1), ("['a']", 1),
     ('["a\nb"]', 1), ('["\\x"]', 1), ("[1 2]", 3), ("[,1]", 1), ('{"a",}', 4),
     ("tru", 0), ("[1,,2]", 3), (",", 0), ("nullx", 0), ("/* open", 0), ('{{ x }}', 1)],
)  # fmt: skip
def test_what_is_no_json_is_refused_where_it_breaks(content: str, offset: int) -> None:
    with pytest.raises(UnreadableError) as error:
        read("a.json", content)
    assert error.value.offset == offset


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a":' * 100_000, '"' + "\\" * 1_000_001, "x" * 2_000_001,
                                     "[" + "1," * 500_000, '["' + "a" * 1_900_000, "/*" * 500_000])  # fmt: skip
def test_hostile_files_are_refused_without_harm(content: str) -> None:
    with pytest.raises(UnreadableError):
        read("a.json", content)


def test_a_node_is_found_by_its_path() -> None:
    node = at(read("a.json", '{"a": [{"b": "c"}]}').root, ["a", 0, "b"])
    assert isinstance(node, Scalar)
    assert node.value == "c"
