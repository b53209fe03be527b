"""Words of command lines: as the standard library splits them, and where each is written."""

import shlex
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.shell.expansion import expand
from configlint.formats.shell.shell import Operator, Word, tokens, words
from configlint.model.text import Literal, Place, Text


def line(value: str) -> Text:
    place = Place("f", 0, len(value))
    return Text.literal(value, Literal(place=place, inner=place, style="yaml/plain"))


def raws(found: list[Word]) -> list[str]:
    return [word.text.raw for word in found]


def commands(value: str) -> list[str]:
    """Each token, a word in angle brackets where it is not plain."""
    return [token.sign if isinstance(token, Operator) else token.text.raw for token in tokens(line(value))]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", []),
        ("  gunicorn   app:app ", ["gunicorn", "app:app"]),
        ("a 'b c' \"d e\"f", ["a", "b c", "d ef"]),
        ('gunicorn "app:make(\\"x\\")" -w 1', ["gunicorn", 'app:make("x")', "-w", "1"]),
        ("a '' \"\"", ["a", "", ""]),
        ("a\\ b", ["a b"]),
        ("a \\\n  b", ["a", "b"]),
        ("a && b # c", ["a", "&&", "b", "#", "c"]),
        ("unfinished 'quote here", ["unfinished", "quote here"]),
        ('unfinished "quote \\"', ["unfinished", 'quote "']),
        ("tail\\", ["tail\\"]),
    ],
)
def test_words(written: str, expected: list[str]) -> None:
    assert raws(words(line(written))) == expected


def test_a_quoted_word_is_editable_within_its_quotes() -> None:
    word = words(line("gunicorn --workers '1'"))[2].text
    assert word.place == Place("f", 20, 21)
    assert word.site is not None


def test_an_escaped_word_is_not() -> None:
    assert words(line('"a\\"b"'))[0].text.site is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a && b || c; d & e | f", ["a", "&&", "b", "||", "c", ";", "d", "&", "e", "|", "f"]),
        ("a;b\nc", ["a", ";", "b", "\n", "c"]),
        ("a b#c # comment ; d\ne", ["a", "b#c", "\n", "e"]),
        ("a \\\n  b\\\nc", ["a", "bc"]),
        ("a >/dev/null 2>&1 <in && b >> log", ["a", "&&", "b"]),
        ("a &> log &", ["a", "&"]),
        ("x=$(nproc --all) b", ["x=$(nproc --all)", "b"]),
        ("echo ${A:-a b} `date -u`", ["echo", "${A:-a b}", "`date -u`"]),
        ("(cd a && b)", ["(", "cd", "a", "&&", "b", ")"]),
        ("cat <<EOF\nnot ; a command\nEOF\nb", ["cat", "\n", "b"]),
        ("cat <<-'EOF' > f\n\ttext\n\tEOF\nb", ["cat", "\n", "b"]),
        ("a 'x;y' \"p && q\"", ["a", "x;y", "p && q"]),
        ("a\r\nb\r\n", ["a", "\n", "b", "\n"]),
    ],
)
def test_tokens(written: str, expected: list[str]) -> None:
    assert commands(written) == expected


SIMPLE = st.text(st.sampled_from("ab '\"\\\n\t#;&-=é"), max_size=20)


@settings(max_examples=300)
@given(SIMPLE)
def test_words_are_split_as_the_standard_library_splits_them(value: str) -> None:
    try:
        expected = shlex.split(value)
    except ValueError:
        return
    if "\\\n" in value or value.endswith("\\"):
        return  # the standard library keeps the line feed, a shell joins the lines
    assert raws(words(line(value))) == expected


@settings(max_examples=200)
@given(st.text(st.sampled_from("ab $'\"\\\n#;&<>(){}`|1"), max_size=30))
def test_a_run_stands_where_it_says(value: str) -> None:
    for token in tokens(line(value)):
        for run in token.text.runs if isinstance(token, Word) else ():
            assert run.place is not None
            assert value[run.place.start : run.place.end] == run.text


def find(values: Mapping[str, str]) -> Callable[[str], Text | None]:
    return lambda name: Text.assumed(values[name]) if name in values else None


VALUES = {"W": "3", "OPTS": "--workers 4  --preload", "EMPTY": ""}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("$W", ["3"]),
        ("-w$W", ["-w3"]),
        ('"$W"', ["3"]),
        ("'$W'", ["$W"]),
        ("\\$W", ["$W"]),
        ("${W}x", ["3x"]),
        ("${W:-2}", ["3"]),
        ("${N:-2}", ["2"]),
        ("${N-2}", ["2"]),
        ("${N:=2}", ["2"]),
        ("${EMPTY:-2}", ["2"]),
        ("${EMPTY-2}", []),
        ("${N:-${M:-5}}", ["5"]),
        ('${N:-"2"}', ["2"]),
        ("${W:+x}", ["x"]),
        ("${N:+x}", []),
        ("$OPTS", ["--workers", "4", "--preload"]),
        ('"$OPTS"', ["--workers 4  --preload"]),
        ("a$OPTS", ["a--workers", "4", "--preload"]),
        ("$EMPTY", []),
        ('"$EMPTY"', [""]),
        ("100$", ["100$"]),
    ],
)
def test_expansion(written: str, expected: list[str]) -> None:
    word = next(iter(tokens(line(written))))
    assert isinstance(word, Word)
    assert [field.value for field in expand(word, find(VALUES))] == expected


@pytest.mark.parametrize(
    "written", ["$N", "${N}", "$(nproc)", "`nproc`", "$((2 * 2))", "${#W}", "${W%3}", "${N:?e}", "$1", "$@"]
)
def test_what_only_the_shell_knows_is_unknown(written: str) -> None:
    word = next(iter(tokens(line(written))))
    assert isinstance(word, Word)
    assert [field.known for field in expand(word, find(VALUES))] == [False]


def test_arguments_are_passed_on_one_by_one() -> None:
    first, second = tokens(line('"$@" x$2'))
    assert isinstance(first, Word)
    assert isinstance(second, Word)
    arguments = [line("a b"), line("c")]
    assert [field.raw for field in expand(first, find({}), arguments)] == ["a b", "c"]
    assert [field.raw for field in expand(second, find({}), arguments)] == ["xc"]
    assert expand(first, find({}), []) == []


def test_a_default_can_be_rewritten_and_depends_on_its_variable() -> None:
    word = words(line("${W:-2}"))[0]
    field = expand(word, find({}))[0]
    assert field.place == Place("f", 5, 6)
    assert field.site is not None
    assert field.depends == ("W",)


@pytest.mark.parametrize(
    "value", ["$(" * 200_000, "${A:-" * 200_000, '"' + "\\x" * 500_000, "'a" * 400_000, "a\\" * 300_000]
)
def test_hostile_lines_are_read_without_harm(value: str) -> None:
    for token in tokens(line(value)):
        if isinstance(token, Word):
            expand(token, find({}))
