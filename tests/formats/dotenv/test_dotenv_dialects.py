"""One line as four programs read it: the table of differences, and python-dotenv itself."""

import io
import os
from unittest import mock

import pytest
from dotenv import dotenv_values
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.dotenv.compose import Reading
from configlint.formats.dotenv.dialects import Reader, readings
from configlint.formats.dotenv.document import read

READERS: tuple[Reader, ...] = ("python-dotenv", "compose", "flutter_dotenv", "django-environ")
REFUSED = "(refused)"


def shown(reading: Reading) -> str | None:
    return REFUSED if reading.error else reading.value


def last(content: str) -> list[str | None]:
    """What the four programs make of the last line that is a binding to any of them."""
    line = readings(read(".env", content), READERS)[-1]
    return [shown(line.readings[reader]) for reader in READERS]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("A = b", ["b", "b", "b", None]),
        ("  A=b", ["b", "b", "b", None]),
        ("export A=b", ["b", "b", "b", "b"]),
        ('A="b c"', ["b c", "b c", "b c", "b c"]),
        ("A='b c'", ["b c", "b c", "b c", "b c"]),
        ("A=`b`", ["`b`", "`b`", "`b`", "`b`"]),
        ("A=b # c", ["b", "b", "b", "b # c"]),
        ('A="b" # c', ["b", "b", "b", '"b" # c']),
        ("A=b#c", ["b#c", "b#c", "b", "b#c"]),
        ("A= # c", ["", "# c", "", " # c"]),
        ("A=#c", ["#c", "#c", "", "#c"]),
        ("A=b\t# c", ["b", "b\t# c", "b", "b\t# c"]),
        ('A="a#b"', ["a#b", "a#b", "a#b", "a#b"]),
        ('A="a\\nb"', ["a\nb", "a\nb", "a\nb", "a\\nb"]),
        ('A="a\\"b"', ['a"b', 'a"b', 'a"b', 'a"b']),
        ("A='a\\'b'", ["a'b", "a'b", "a'b", "a\\'b"]),
        ("A='a\\\\b'", ["a\\b", "a\\\\b", "a\\\\b", "a\\\\b"]),
        ('A="l1\nl2"', ["l1\nl2", "l1\nl2", '"l1', '"l1']),
        ("X=1\nA=$X", ["$X", "1", "1", "1"]),
        ("X=1\nA=a$X", ["a$X", "a1", "a1", "a$X"]),
        ("X=1\nA=${X}", ["1", "1", "1", None]),
        ("X=1\nA='${X}'", ["1", "${X}", "${X}", None]),
        ("A=a${UN:-d}", ["ad", "ad", "a:-d}", "a${UN:-d}"]),
        ("A=p$$w", ["p$$w", "p$w", "p$", "p$$w"]),
        ("A=pa$word", ["pa$word", "pa", "pa", "pa$word"]),
        ('A="pa\\$word"', ["pa\\$word", "pa$word", "pa$word", "pa$word"]),
        ("A=1\nA=2", ["2", "2", "2", "2"]),
        ("\ufeffA=b", ["b", "b", "b", None]),
        ("A=b\r\n", ["b", "b", "b", "b"]),
        ("A=b\rB=c", ["c", None, "c", "c"]),
        ("A=b  ", ["b", "b", "b", "b  "]),
        ("A: b", [None, "b", None, None]),
        ("'A'=b", ["b", REFUSED, None, None]),
        ('A="b"c', [None, "b", "b", '"b"c']),
        ('A="b', [None, REFUSED, '"b', '"b']),
        ("A=it's", ["it's", "it's", "it's", "it's"]),
        ("hello world\n", [None, REFUSED, None, None]),
        ("A=b\\", ["b\\", "b\\", "b\\", "b\\"]),
        ('A=""', ["", "", "", ""]),
        ("A=${V", ["${V", REFUSED, "", None]),
        ("B\nA=a${B:-d}", ["a", "ad", "a:-d}", "a${B:-d}"]),
        ("A.B-C=1", ["1", "1", "1", None]),
    ],
)
def test_the_table_of_readings(content: str, expected: list[str | None]) -> None:
    assert last(content) == expected


def test_a_line_differs_only_between_the_readers_that_are_asked() -> None:
    document = read(".env", "A=b # c\n")
    assert not readings(document, ("python-dotenv", "compose"))[0].differs
    assert readings(document, ("compose", "django-environ"))[0].differs


def test_nothing_is_said_of_the_lines_behind_one_at_which_a_program_refuses_the_file() -> None:
    lines = readings(read(".env", "A=1\nhello world\nB= # c\n"), ("python-dotenv", "compose"))
    assert [(line.name.raw, line.differs) for line in lines] == [("A", False), ("hello world", True)]


def test_a_difference_has_its_place_and_its_secret_is_not_shown() -> None:
    content = "\n# c\nDB_PASSWORD=pa$word # x\n"
    (line,) = readings(read(".env", content), ("python-dotenv", "compose"))
    assert line.differs
    assert line.name.place is not None
    assert content[line.name.place.start : line.name.place.end] == "DB_PASSWORD"
    assert str(line.value) == "<secret, under 32 characters>"


def test_comments_blank_lines_and_bare_names_are_no_lines() -> None:
    assert readings(read(".env", "# A=1\n\n  \nB\nexport C\n#D: e\n"), READERS) == ()


FRAGMENTS = st.sampled_from(
    ["A", "B", "=", "A=", "B=", " ", "\t", "#", "'", '"', "\\", "\\n", "\n", "\r\n", "export ", "x", "$A", "${A}",
     "${B:-d}", "${", "}", ":-", " # c", ":", "\nA=", "\nB='", "'\n"]
)  # fmt: skip
SOUP = st.lists(FRAGMENTS, max_size=14).map("".join)


@settings(max_examples=300)
@given(SOUP)
def test_python_dotenv_interpolates_as_we_say(content: str) -> None:
    with mock.patch.dict(os.environ, clear=True):
        theirs = dotenv_values(stream=io.StringIO(content, newline=""))
    ours: dict[str, str | None] = {}
    for line in readings(read(".env", content), ("python-dotenv",)):
        ours[line.name.raw] = line.readings["python-dotenv"].value
    unset = {name for name, value in theirs.items() if value is None}
    assert {name: value for name, value in ours.items() if name not in unset} == {
        name: value for name, value in theirs.items() if value is not None
    }


@settings(max_examples=300)
@given(SOUP)
def test_every_reader_takes_any_file_and_names_stand_where_they_are_said_to(content: str) -> None:
    for line in readings(read(".env", content), READERS):
        assert line.name.place is not None
        assert content[line.name.place.start : line.name.place.end] == line.name.raw
        assert set(line.readings) == set(READERS)


PORTABLE = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_./:@%+,=^-]*", fullmatch=True)


@given(st.lists(PORTABLE, max_size=6, unique_by=lambda line: line.partition("=")[0]))
def test_all_agree_on_the_portable_subset(lines: list[str]) -> None:
    found = readings(read(".env", "\n".join(lines)), READERS)
    assert [line.name.raw for line in found] == [line.partition("=")[0] for line in lines]
    assert not any(line.differs for line in found)


@pytest.mark.parametrize("content", ["A='" + "\\'" * 70_000, "A=" + "${X:-" * 50_000, "#\n" * 100_000, "A=1\n" * 20_000,
                                     "A=$A\n" * 30_000, " " * 290_000, "A" * 290_000])  # fmt: skip
def test_hostile_files_are_compared_without_harm(content: str) -> None:
    readings(read(".env", content), READERS)
