"""The type of a cell says what it is the same as: ports overlap, addresses have wildcards, paths have parameters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.model.cell import NULL, Address, Cell, Interval, PathPattern, Value, cell, same, typed, unknown, within
from configlint.model.reason import Reason
from configlint.model.text import UNKNOWN, Place, Text


def known(value: Value) -> Cell:
    return typed(value, Text.assumed(str(value)))


UNSEEN = unknown(Reason("unset"))

ports = st.integers(1, 12)
intervals = st.tuples(ports, ports).map(lambda pair: Interval(min(pair), max(pair)))


def numbers(interval: Interval) -> set[int]:
    return set(range(interval.start, interval.end + 1))


@given(intervals, intervals)
def test_intervals_are_sets_of_ports(one: Interval, two: Interval) -> None:
    assert one.same(two) == bool(numbers(one) & numbers(two))
    assert one.within(two) == (numbers(one) <= numbers(two))


@pytest.mark.parametrize(
    ("one", "two", "overlap", "covered"),
    [
        (Interval(8000, 8000), 8000, True, True),
        (Interval(8000, 8000), "8000", True, True),
        (Interval(8000, 8001), "8000", True, False),
        (Interval(8000, 8000), "http", False, False),
        (Interval(8000, 8000), "", False, False),
        (Interval(8000, 8000), "٨٠٠٠", False, False),  # decimal digits, but not those of a port
        (Interval(8000, 8000), True, False, False),
    ],
)
def test_an_interval_and_a_plain_value(one: Interval, two: Value, overlap: bool, covered: bool) -> None:
    assert (same(known(one), known(two)), within(known(one), known(two))) == (overlap, covered)
    assert same(known(two), known(one)) == overlap


@pytest.mark.parametrize("wild", ["", "0.0.0.0", "::", "[::]", "*"])
def test_a_wildcard_address_overlaps_every_other_and_covers_it(wild: str) -> None:
    everywhere, here = Address(wild), Address("127.0.0.1")
    assert everywhere.same(here)
    assert here.same(everywhere)
    assert here.within(everywhere)
    assert not everywhere.within(here)


def test_two_addresses() -> None:
    assert not Address("127.0.0.1").same(Address("192.168.1.4"))
    assert Address("127.0.0.1").same("127.0.0.1")
    assert str(Address("")) == "0.0.0.0"


def pattern(text: str) -> PathPattern:
    """`/a/{}/b` with `{}` for a parameter; `…` at the end for anything that may follow."""
    rest = text.endswith("…")
    return PathPattern.of(text.removesuffix("…").replace("{}", UNKNOWN))._replace(rest=rest)


@pytest.mark.parametrize(
    ("one", "two", "meet"),
    [
        ("/a/b", "/a/b", True),
        ("/a/b/", "a/b", True),
        ("/", "", True),
        ("/", "/a", False),
        ("/a/b", "/a/c", False),
        ("/a/b", "/a", False),
        ("/a/{}", "/a/b", True),
        ("/a/{}", "/a", False),
        ("/a/{}", "/a/b/c", False),
        ("/a/{}…", "/a/b/c", True),
        ("/a…", "/a", True),
        ("/a…", "/b", False),
        ("/a/{}.json", "/a/b.json", True),
        ("/a/{}.json", "/a/b.xml", False),
        ("/a/x{}x", "/a/x", False),
        ("/a/x{}x", "/a/xx", True),
        ("/a/{}.json", "/a/{}", True),
        ("/rooms/{}/join", "/rooms/{}/leave", False),
    ],
)
def test_two_patterns_meet_if_a_path_fits_both(one: str, two: str, meet: bool) -> None:
    assert pattern(one).same(pattern(two)) == meet
    assert pattern(two).same(pattern(one)) == meet


segments = st.lists(st.text("ab", max_size=2), min_size=1, max_size=2)


@given(st.lists(segments, max_size=3), st.lists(st.text("ab", min_size=1, max_size=4), max_size=3))
def test_a_segment_fits_as_its_expression_does(parts: list[list[str]], path: list[str]) -> None:
    """Held against regular expressions, for patterns of which no segment has more than one parameter."""
    fits = [re.fullmatch(".*".join(map(re.escape, part)), name) for part, name in zip(parts, path, strict=False)]
    mine, theirs = PathPattern(tuple(map(tuple, parts))), PathPattern(tuple((name,) for name in path))
    assert mine.same(theirs) == (len(parts) == len(path) and all(fits))


def test_a_pattern_is_shown_with_its_parameters() -> None:
    assert str(pattern("/a/{}/b.{}")) == "/a/{…}/b.{…}"
    assert str(pattern("/a…")) == "/a/…"


@pytest.mark.parametrize("other", [known("x"), known(Interval(1, 2)), UNSEEN, NULL])
@pytest.mark.parametrize("open_", [UNSEEN, NULL])
def test_nothing_is_known_of_what_is_unknown_or_null(open_: Cell, other: Cell) -> None:
    for compare in (same, within):
        assert compare(open_, other) is None
        assert compare(other, open_) is None


@pytest.mark.parametrize(("one", "two"), [(3, "3"), ("a", "a"), (0, "0"), ("", "")])
def test_a_number_is_what_it_is_written_as(one: Value, two: Value) -> None:
    assert same(known(one), known(two)) is True
    assert within(known(one), known(two)) is True


def test_plain_values_differ_by_a_single_character() -> None:
    assert same(known("010"), known(10)) is False
    assert same(known("A"), known("a")) is False


def test_null_is_not_unknown() -> None:
    assert (NULL.null, NULL.unknown) == (True, False)
    assert (UNSEEN.null, UNSEEN.unknown) == (False, True)
    assert (cell(Text.assumed("")).null, cell(Text.assumed("")).unknown) == (False, False)


def test_a_cell_shows_no_secret() -> None:
    secret = Text.written("s3cret", Place("f", 0, 6)).as_secret()
    for one in (cell(secret), typed(7, secret), cell(Text.assumed("redis://") + secret)):
        assert "s3cret" not in f"{one}{one!r}"
        assert "7" not in str(one)
    assert str(typed(Interval(8000, 8002), Text.assumed("8000-8002/tcp"))) == "8000-8002"
