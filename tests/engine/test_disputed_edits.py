"""Fixes that want different characters in one place cancel each other, however many there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.engine.check import disputed
from configlint.model.finding import Edit
from configlint.model.text import Place


def edits(*wishes: tuple[int, int, str]) -> list[Edit]:
    return [Edit(Place("f", start, end), new, False) for start, end, new in wishes]


@pytest.mark.parametrize(
    ("wishes", "places"),
    [
        ([(0, 2, "a"), (0, 2, "a")], set()),
        ([(0, 2, "a"), (0, 2, "b")], {(0, 2)}),
        ([(0, 2, "a"), (2, 4, "b")], set()),
        ([(0, 9, "a"), (1, 2, "b"), (5, 6, "c")], {(0, 9), (1, 2), (5, 6)}),
        ([(3, 3, "a"), (3, 3, "b")], set()),
        ([(0, 3, "a"), (3, 3, "b")], set()),
        ([(0, 3, "a"), (1, 1, "b")], {(0, 3), (1, 1)}),
    ],
)
def test_what_is_disputed(wishes: list[tuple[int, int, str]], places: set[tuple[int, int]]) -> None:
    assert disputed(edits(*wishes)) == {Place("f", *place) for place in places}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.sampled_from("ab")), max_size=8))
def test_as_a_look_at_every_pair_says(wishes: list[tuple[int, int, str]]) -> None:
    wanted = edits(*((start, start + size, new) for start, size, new in wishes))
    expected = {
        one.place
        for one in wanted
        for two in wanted
        if one.place.start < two.place.end
        and two.place.start < one.place.end
        and (one.place != two.place or one.new != two.new)
    }
    assert disputed(wanted) == expected
