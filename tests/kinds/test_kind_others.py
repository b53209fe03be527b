"""forbids, requires, unique: rows that must not be, values that must be there, rows that must not repeat."""

import pytest
from made import UNKNOWN, Said, checked, credential, outcomes, port, table, url, workers

from configlint.kinds.forbids import Forbids
from configlint.kinds.requires import Requires
from configlint.kinds.unique import Unique
from configlint.model.cell import Interval, Value
from configlint.model.reason import Reason
from configlint.model.selector import Condition, Selector


class TestForbids:
    """Every selected row is wrong."""

    LOOPBACK = Forbids(
        from_=Selector(
            table="urls",
            where=(
                Condition(column="audience", values=("network",)),
                Condition(column="host_class", values=("loopback", "unspecified")),
            ),
        ),
        column="url",
        truth="instead",
    )

    def test_each_selected_row_is_found(self) -> None:
        rows = [url("a", 1, host_class="loopback"), url("b", 1, host_class="public"), url("c", 1)]
        assert outcomes(self.LOOPBACK, *rows) == [Said("found", "a", "")]

    def test_what_is_not_forbidden_was_compared_all_the_same(self) -> None:
        assert checked(self.LOOPBACK, url("b", 1, host_class="public")).compared == 1
        assert checked(self.LOOPBACK).compared == 0

    def test_rows_that_cannot_be_judged(self) -> None:
        kind = Forbids(
            from_=self.LOOPBACK.from_, column="port", unverifiable=table("urls", host_class="unknown"), beside=("url",)
        )
        rows = [url("a", UNKNOWN, host_class="unknown"), url("b", 1, host_class="loopback")]
        assert outcomes(kind, *rows) == [Said("found", "b"), Said("unverifiable", "a")]
        (_, unseen) = checked(kind, *rows).outcomes
        assert unseen.reason == Reason("unset")

    def test_beside_shows_what_has_a_value(self) -> None:
        kind = Forbids(from_=table("urls"), column="url", beside=("port", "host"))
        (outcome,) = checked(kind, url("a", 8000)).outcomes
        assert [side.column for side in outcome.beside] == ["port"]


class TestRequires:
    """A column holds a value."""

    KEYED = Requires(from_=table("credentials"), column="key")

    def test_null_is_absent_and_unknown_is_not(self) -> None:
        rows = [credential("k", "a"), credential(None, "a"), credential(UNKNOWN, "a"), credential("", "a")]
        assert outcomes(self.KEYED, *rows) == [Said("absent", "client None")]
        assert checked(self.KEYED, *rows).compared == 4


class TestUnique:
    """No two rows of a stack are alike."""

    PUBLISHED = Unique(from_=table("ports"), match=("published", "protocol", "address"), differ=("service",))

    @pytest.mark.parametrize(
        ("one", "two", "alike"),
        [
            (8000, 8000, True),
            (8000, 8001, False),
            (Interval(8000, 8010), Interval(8010, 8020), True),
            (Interval(8000, 8010), Interval(8005, 8005), True),
            (Interval(8000, 8010), Interval(8011, 8011), False),
            (8000, UNKNOWN, False),
            (UNKNOWN, UNKNOWN, False),
            (None, None, False),
        ],
    )
    def test_ports_overlap(self, one: Value | None, two: Value | None, alike: bool) -> None:
        rows = [port(one, service="api"), port(two, service="web")]
        assert outcomes(self.PUBLISHED, *rows) == [Said("repeated", "web")] * alike
        assert len(outcomes(self.PUBLISHED, *reversed(rows))) == alike

    @pytest.mark.parametrize(
        ("one", "two", "alike"), [("", "127.0.0.1", True), ("0.0.0.0", "", True), ("127.0.0.1", "192.168.1.2", False)]
    )
    def test_addresses_overlap(self, one: str, two: str, alike: bool) -> None:
        rows = [port(8000, service="api", address=one), port(8000, service="web", address=two)]
        assert len(outcomes(self.PUBLISHED, *rows)) == alike

    def test_another_protocol_stack_or_the_same_service_is_no_repetition(self) -> None:
        assert outcomes(self.PUBLISHED, port(1, service="a"), port(1, service="b", protocol="udp")) == []
        assert outcomes(self.PUBLISHED, port(1, service="a"), port(1, service="b", stack="t")) == []
        assert outcomes(self.PUBLISHED, port(1, service="a"), port(1, service="a")) == []

    def test_each_repetition_points_at_the_first(self) -> None:
        found = checked(self.PUBLISHED, *(port(8000, service=name) for name in "abc")).outcomes
        assert [(one.wrong.row.service, one.beside[0].row.service) for one in found] == [("b", "a"), ("c", "a")]

    def test_without_differ_every_two_rows_count(self) -> None:
        names = Unique(from_=table("workers"), match=("name",))
        assert outcomes(names, workers("a", 1, None), workers("b", 1, None), workers("a", 2, None)) == [
            Said("repeated", "a")
        ]


class TestConditions:
    """A selector's `where` is equality or membership, or the opposite of it."""

    @pytest.mark.parametrize(
        ("values", "negated", "names"),
        [
            (("api",), False, ["api"]),
            (("api", "web"), False, ["api", "web"]),
            (("api",), True, ["web"]),
            ((), False, []),
            ((), True, ["api", "web"]),
        ],
    )
    def test_words(self, values: tuple[str, ...], negated: bool, names: list[str]) -> None:
        kind = Requires(
            from_=Selector(table="workers", where=(Condition(column="name", values=values, negated=negated),)),
            column="expected",
        )
        found = checked(kind, workers("api", 1, None), workers("web", 1, None)).outcomes
        assert [getattr(one.wrong.row, "name", "") for one in found] == names

    @pytest.mark.parametrize(("column", "value", "holds"), [("count", "3", True), ("count", "4", False)])
    def test_a_cell_is_held_by_its_value(self, column: str, value: str, holds: bool) -> None:
        assert Condition(column=column, values=(value,)).holds(workers("api", 3, None)) is holds

    def test_a_cell_without_a_value_is_none_of_the_words(self) -> None:
        for row in (workers("api", None, None), workers("api", UNKNOWN, None)):
            assert not Condition(column="count", values=("3", "")).holds(row)
            assert Condition(column="count", values=("3",), negated=True).holds(row)

    def test_truth_values(self) -> None:
        row = credential("k", "a")
        assert Condition(column="template", values=(False,)).holds(row)
        assert not Condition(column="template", values=("False",)).holds(row)
