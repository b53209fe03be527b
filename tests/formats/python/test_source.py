"""Places in Python source, and files that cannot be parsed."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.python import PYTHON
from configlint.formats.python.document import claims, interesting, read
from configlint.model.document import UnreadableError


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        ("app.py", True),
        ("a/gunicorn.conf.py", True),
        ("gunicorn.conf", True),
        ("deploy/gunicorn.conf", True),
        ("app.pyi", False),
        ("my-gunicorn.conf", False),
        ("app.py.j2", False),
    ],
)
def test_claims_python_files_and_the_legacy_configuration_of_gunicorn(path: str, claimed: bool) -> None:
    assert claims(path) is claimed


LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
NAMES = st.sampled_from(["a", "é", "ñandú", "名前", "𝒳"])
STRINGS = st.sampled_from(["'é'", '"x"', "'''a\nb'''", "'𝒳 🙂'", "f'é{1}'"])
STATEMENTS = st.builds(lambda name, value: f"{name} = {value}", NAMES, STRINGS)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["", "\ufeff"]),
    st.lists(st.tuples(STATEMENTS, STATEMENTS, st.sampled_from(["", "\f", "# é\f"]), LINE_ENDS), max_size=6),
)
def test_every_expression_is_found_where_it_stands(mark: str, lines: list[tuple[str, str, str, str]]) -> None:
    content = mark + "".join(f"{one}; {two}{' ' if rest else ''}{end}{rest}{end}" for one, two, rest, end in lines)
    content = content.replace("\f\r", "\r").replace("\f\n", "\n")
    document = read("a.py", content)
    for statement in document.tree.body:
        assert isinstance(statement, ast.Assign)
        for node in (statement.targets[0], statement.value):
            place = document.source.place(node)
            again = ast.parse(content[place.start : place.end], mode="eval").body
            assert ast.dump(again) == ast.dump(node).replace("Store()", "Load()")


def test_columns_behind_wide_characters_count_characters() -> None:
    document = read("a.py", "\ufeffé = 1; workers = 3\r\n\fx = '𝒳' + 'y'")
    workers, last = document.tree.body[1], document.tree.body[2]
    assert isinstance(workers, ast.Assign)
    assert isinstance(last, ast.Assign)
    assert isinstance(last.value, ast.BinOp)
    spans = [document.source.span(node) for node in (workers.value, last.value.right)]
    assert [document.content[start:end] for start, end in spans] == ["3", "'y'"]


def test_reading_never_fails_and_the_tree_does() -> None:
    document = read("old.py", "import os\nprint 'hello'\n")
    assert document.problem is not None
    with pytest.raises(UnreadableError) as caught:
        _ = document.tree
    assert document.content[caught.value.offset :].startswith("print")


@pytest.mark.parametrize(
    "content",
    [
        "a = (\n",
        "x = 'abc",
        "if x:\n\ty = 1\n        z = 2\n",
        "a\0b",
        "a = '\ud800'",
        "(" * 100_000,
        "not " * 100_000 + "1",
        "a" + ".b" * 100_000,
        "1" + "+1" * 100_000,
        "f" + "()" * 100_000,
        "lambda: " * 100_000 + "1",
        "x = " + "1" * 10_000,
        "".join(" " * depth + "if x:\n" for depth in range(150)) + " " * 150 + "pass",
        "if x: pass\n" + "elif x: pass\n" * 30_000,
        "x = [" + "1," * 2_000_000 + "]",
        "\ufeff\ufeff",
    ],
    ids=lambda content: content[:12],
)
def test_a_file_that_cannot_be_parsed_says_where(content: str) -> None:
    document = read("a.py", content)
    with pytest.raises(UnreadableError) as caught:
        _ = document.tree
    assert 0 <= caught.value.offset <= len(content)
    assert caught.value.message


def test_what_is_wrong_with_a_string_is_told_without_the_string() -> None:
    document = read("a.py", "PASSWORD = 'hunter7-made-up\n")
    assert document.problem is not None
    assert "hunter7" not in document.problem.message


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab='\"(){}[]#\\\n\r\t :.,fé\0\ufeff", max_size=60))
def test_any_text_is_parsed_or_refused(content: str) -> None:
    document = read("a.py", content)
    problem = document.problem
    assert problem is None or 0 <= problem.offset <= len(content)
    if problem is None:
        list(PYTHON.facts(document))


def test_warnings_about_somebody_elses_code_stay_unseen(recwarn: pytest.WarningsRecorder) -> None:
    assert read("a.py", "x = '\\d' is 'y'\n").problem is None
    assert not list(recwarn)


def test_only_a_file_that_names_something_known_is_interesting() -> None:
    assert interesting(read("a.py", "import os\nX = os.environ['A']\n"))
    assert not interesting(read("a.py", "def add(a, b):\n    return a + b\n"))
