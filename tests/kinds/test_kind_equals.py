"""equals: a column is what another says, or the values of several places are one."""

import pytest
from made import UNKNOWN, Said, checked, fact, outcomes, workers

from configlint.kinds.equals import Equals
from configlint.model.cell import Value
from configlint.model.selector import Selector

COUNT = Equals(from_=(Selector(table="workers"),), column="count", truth="expected")


@pytest.mark.parametrize(
    ("count", "expected", "said"),
    [
        (3, 3, []),
        ("3", 3, []),
        (1, 3, [Said("differs", "api", "3")]),
        (UNKNOWN, 3, [Said("unverifiable", "api")]),
        (3, UNKNOWN, [Said("unverifiable", "api")]),
        (None, 3, []),
        (3, None, []),
        (UNKNOWN, None, []),
    ],
)
def test_a_column_is_what_another_says(count: Value | None, expected: Value | None, said: list[Said]) -> None:
    assert outcomes(COUNT, workers("api", count, expected)) == said


def test_rows_of_which_nothing_is_expected_are_not_compared() -> None:
    rows = [workers("api", 1, 3), workers("asr", 1, None), workers("tts", UNKNOWN, None)]
    assert checked(COUNT, *rows).compared == 1
    assert checked(COUNT, *rows[1:]).compared == 0


ENV = Selector(file=".env", key=("P",))
YAML = Selector(file="c.yml", key=("db", "p"))
JSON = Selector(file="d.json", key=("p",))


def places(right: int | None = None, *selectors: Selector) -> Equals:
    return Equals(from_=selectors or (ENV, YAML), right=right)


def test_values_of_several_places_are_one() -> None:
    same = [fact(".env", "P", "x", 1), fact("c.yml", "db.p", "x", 2)]
    assert outcomes(places(), *same) == []
    assert checked(places(), *same).compared == 1


def test_without_a_truth_the_first_place_is_only_the_reference() -> None:
    rows = [fact(".env", "P", "x", 1), fact("c.yml", "db.p", "y", 2)]
    assert outcomes(places(), *rows) == [Said("differs", "c.yml")]


def test_the_truth_is_where_the_rule_says() -> None:
    rows = [fact(".env", "P", "x", 1), fact("c.yml", "db.p", "y", 2), fact("d.json", "p", "x", 3)]
    three = (ENV, YAML, JSON)
    assert outcomes(places(0, *three), *rows) == [Said("differs", "c.yml", "x")]
    assert outcomes(places(1, *three), *rows) == [Said("differs", ".env", "y"), Said("differs", "d.json", "y")]
    assert outcomes(places(2, *three), *rows) == [Said("differs", "c.yml", "x")]


def test_a_place_that_is_absent_says_nothing() -> None:
    env, other = fact(".env", "P", "x", 1), fact("d.json", "p", "y", 3)
    assert checked(places(), env).compared == 0
    assert outcomes(places(None, ENV, YAML, JSON), env, other) == [Said("differs", "d.json")]
    assert checked(places(1, ENV, YAML, JSON), env, other).compared == 0, "the truth itself is absent"


def test_an_unknown_place_is_unverifiable_on_either_side() -> None:
    env, unseen = fact(".env", "P", UNKNOWN, 1), fact("c.yml", "db.p", "x", 2)
    assert outcomes(places(0), env, unseen) == [Said("unverifiable", "c.yml")]
    assert outcomes(places(1), env, unseen) == [Said("unverifiable", ".env")]


def test_one_selector_may_stand_for_many_places() -> None:
    rows = [fact(".env", "P", "x", 1), fact(".env", "P", "x", 2), fact(".env", "P", "y", 3)]
    one = Equals(from_=(ENV,))
    assert outcomes(one, *rows) == [Said("differs", ".env")]
    assert checked(one, *rows).compared == 2
    assert checked(one, rows[0]).compared == 0
