"""What Dart's string literals mean, and how one is written anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.formats.dart import DART, DartDocument
from configlint.formats.dart.strings import NUMBER_STYLE, STYLES
from configlint.formats.dart.syntax import Span, Written
from configlint.model.text import Literal, Place, Text, joined


def decoded(literal: str) -> Text:
    """The value of a literal without interpolation."""
    document = DART.read("a.dart", literal)
    assert isinstance(document, DartDocument)
    code = document.source.code
    found = code.expression(Span(0, len(code.text)))
    assert isinstance(found, Written)
    return joined(part for part in found.parts if isinstance(part, Text))


MEANINGS = [
    pytest.param("'a'", "a", id="single"),
    pytest.param('"a"', "a", id="double"),
    pytest.param(r"'\n\r\t\b\f\v'", "\n\r\t\b\f\v", id="named escapes"),
    pytest.param(r"'\x41\u0042\u{43}\u{1F600}'", "ABC😀", id="escapes by number"),
    pytest.param(r"'\$\'\q'", "$'q", id="other escapes stand for themselves"),
    pytest.param(r"'\u{999999}'", "\ufffd", id="no character"),
    pytest.param(r"r'\n$a'", r"\n$a", id="raw"),
    pytest.param("'''a\nb'''", "a\nb", id="two lines"),
    pytest.param("'''\na'''", "a", id="an empty first line is dropped"),
    pytest.param("''' \t\na'''", "a", id="so is one of blanks"),
    pytest.param("'''a\n'''", "a\n", id="the last one stays"),
    pytest.param("r'''\na'''", "a", id="raw, dropped too"),
    pytest.param("'''a\r\nb\rc'''", "a\nb\nc", id="line ends are line feeds"),
    pytest.param("'a' \"b\" r'c'", "abc", id="side by side"),
    pytest.param("''", "", id="empty"),
    pytest.param("'a\n", "a", id="cut off by the end of its line"),
]


@pytest.mark.parametrize(("literal", "meaning"), MEANINGS)
def test_what_a_literal_means(literal: str, meaning: str) -> None:
    assert decoded(literal).value == meaning


@pytest.mark.parametrize(("literal", "meaning"), MEANINGS)
def test_an_exact_run_stands_in_the_file_as_it_is(literal: str, meaning: str) -> None:
    for run in decoded(literal).runs:
        assert run.place is not None
        assert run.literal is not None
        assert not run.exact or literal[run.place.start : run.place.end] == run.text
        assert run.literal.place.holds(run.place)


def test_an_escape_is_the_only_part_that_cannot_be_rewritten() -> None:
    assert [(run.text, run.exact) for run in decoded(r"'a\tb'").runs] == [("a", True), ("\t", False), ("b", True)]


def test_a_literal_full_of_escapes_is_one_part() -> None:
    text = decoded("'" + r"\x41" * 5000 + "'")
    assert (text.value, len(text.runs)) == ("A" * 5000, 1)


def written(style: str) -> Literal:
    place = Place("a.dart", 0, 0)
    return Literal(place=place, inner=place, style=style)


RENDERED = [
    pytest.param("dart/single", "a", "'a'", id="single"),
    pytest.param("dart/double", "a'b", '"a\'b"', id="double, another quote"),
    pytest.param("dart/single", r"a'b\$", r"'a\'b\\\$'", id="what has to be escaped"),
    pytest.param("dart/single", "a\r\n", r"'a\r\n'", id="line ends"),
    pytest.param("dart/raw-single", r"a\$", r"r'a\$'", id="raw stays raw"),
    pytest.param("dart/raw-single", "a'", r"'a\''", id="raw cannot hold its quote"),
    pytest.param("dart/triple-single", "a\nb", "'''a\nb'''", id="triple keeps lines"),
    pytest.param("dart/triple-single", " \na", "''' \\na'''", id="a first line that would be dropped"),
    pytest.param("dart/raw-triple-double", 'a"', '"""a\\""""', id="a quote at the end of a raw triple"),
    pytest.param(NUMBER_STYLE, "8000", "8000", id="a number"),
    pytest.param(NUMBER_STYLE, "8000a", None, id="no number"),
]


@pytest.mark.parametrize(("style", "value", "expected"), RENDERED)
def test_a_literal_is_written_anew_in_its_own_style(style: str, value: str, expected: str | None) -> None:
    assert DART.render(written(style), value) == expected


values = st.text(
    alphabet=st.one_of(st.sampled_from("\\$'\"\n\r\t {}nru0"), st.characters(exclude_categories=["Cs"])), max_size=8
)


@given(st.sampled_from(sorted(STYLES)), values)
def test_what_is_written_is_read_back(style: str, value: str) -> None:
    rendered = DART.render(written(style), value)
    assert rendered is not None
    assert decoded(rendered).value == value
