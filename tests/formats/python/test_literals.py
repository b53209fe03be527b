"""String and number literals: where their characters stand, and what they are written as."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.code.python.evaluate import evaluate
from configlint.code.python.scopes import module_scope
from configlint.formats.python import PYTHON
from configlint.formats.python.document import read
from configlint.model.text import UNKNOWN, Literal, Place, Text


def value_of(content: str) -> tuple[str, Text]:
    """The content and the text of the last statement's value."""
    document = read("a.py", content)
    statement = document.tree.body[-1]
    assert isinstance(statement, ast.Assign)
    return content, evaluate(statement.value, module_scope(document), lambda _: None)


def exact_slices(content: str, text: Text) -> list[str]:
    return [content[run.place.start : run.place.end] for run in text.runs if run.exact and run.place is not None]


PREFIXES = st.sampled_from(["", "r", "R", "u", "f", "rf", "Fr"])
QUOTES = st.sampled_from(["'", '"', "'''", '"""'])
BODIES = st.text(alphabet="ab é🙂:/.0{}\\n\nx4'\"#\r\t", max_size=8)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(PREFIXES, QUOTES, BODIES), min_size=1, max_size=3), st.sampled_from([" ", "  # '\n", "\\\n"]))
def test_pieces_join_to_what_python_reads(pieces: list[tuple[str, str, str]], between: str) -> None:
    content = "é = (" + between.join(f"{prefix}{quote}{body}{quote}" for prefix, quote, body in pieces) + ")"
    document = read("a.py", content)
    if document.problem is not None:
        return
    (statement,) = document.tree.body
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Constant):
        return
    _, text = value_of(content)
    assert text.raw == ast.literal_eval(statement.value)
    for run in text.runs:
        assert run.place is not None
        if run.exact:
            assert content[run.place.start : run.place.end] == run.text


@pytest.mark.parametrize(
    ("source", "slices"),
    [
        ("'abc'", ["abc"]),
        ("''", [""]),
        ("'a' \"b\"", ["a", "b"]),
        ("'a\\tb'", ["a", "b"]),
        ("r'a\\tb'", ["a\\tb"]),
        ("'\\N{BULLET}b\\x41\\u00e9\\101\\d'", ["b"]),
        ("'''a\r\nb'''", ["a", "b"]),
        ("f'{x}:8000/{y!r:>10}b{{c}}'", [":8000/", "b", "c"]),
        ("f'{d[\"k\"]}/b'", ["/b"]),
        ("f'{x:{y}}/b' 'c'", ["/b", "c"]),
        ("f\"{x if y else '}'}/b\"", ["/b"]),
        ("f'{(lambda: 1)()}b'", ["b"]),
        ("f'{x!=y}b'", ["b"]),
        ("rf'\\d{x}\\d'", ["\\d", "\\d"]),
        ("f'''{\nx\n}b'''", ["b"]),
        ("'-' * 3", []),
    ],
)
def test_exact_characters_have_exact_places(source: str, slices: list[str]) -> None:
    assert exact_slices(*value_of(f"x = {source}")) == slices


def test_a_debug_field_is_shown_but_not_placed() -> None:
    content, text = value_of("y = 1\nx = f'{y=}b'")
    assert text.raw == f"y={UNKNOWN}b"
    assert exact_slices(content, text) == []


@pytest.mark.parametrize(
    ("source", "value", "writable"),
    [
        ("3", "3", True),
        ("-3", "-3", True),
        ("- 3", "-3", False),
        ("0x10", "16", False),
        ("1_000", "1000", False),
        ("(3)", "3", True),
        ("True", "True", False),
        ("2.50", "2.5", False),
        ("None", "None", False),
        ("9**9**9", None, False),
    ],
)
def test_numbers(source: str, value: str | None, writable: bool) -> None:
    _, text = value_of(f"x = {source}")
    assert text.value == value
    assert (text.site is not None) is writable


STYLES = st.sampled_from(
    [
        f"python/{prefix}{triple}{quote}"
        for prefix in ("", "raw-", "f-", "f-raw-")
        for triple in ("", "triple-")
        for quote in ("single", "double")
    ]
)


@settings(max_examples=300, deadline=None)
@given(STYLES, st.text(max_size=12) | st.text(alphabet="'\"\\{}\n\r\t a\0\ufeff", max_size=8))
def test_what_is_written_is_read_back(style: str, value: str) -> None:
    nowhere = Place("a.py", 0, 0)
    written = PYTHON.render(Literal(place=nowhere, inner=nowhere, style=style), value)
    assert written is not None
    assert "\n" not in written
    node = ast.parse(written, mode="eval").body
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    assert "".join(ast.literal_eval(part) for part in parts) == value


@pytest.mark.parametrize(
    ("source", "value", "written"),
    [
        ("'old'", "new", "'new'"),
        ('"old"', 'a"b', '"a\\"b"'),
        ("r'old'", "a.b", "r'a.b'"),
        ("r'old'", "it's", "'it\\'s'"),
        ("'''old'''", "new", "'''new'''"),
        ("f'old'", "{new}", "f'{{new}}'"),
        ("4", "8", "8"),
        ("4", "-1", "-1"),
        ("4", "eight", None),
        ("4", "08", None),
        ("4", "1; import os", None),
    ],
)
def test_the_style_that_stands_is_kept(source: str, value: str, written: str | None) -> None:
    _, text = value_of(f"x = {source}")
    assert text.site is not None
    assert text.site.literal is not None
    assert PYTHON.render(text.site.literal, value) == written
