"""references: each row has its counterpart, and agrees with it; what cannot be known is said to be unknown."""

import pytest
from made import UNKNOWN, Said, checked, credential, listener, outcomes, server, table, url

from configlint.kinds.references import References
from configlint.model.cell import Interval, Value
from configlint.model.reason import Reason

PARITY = References(
    from_=table("credentials", role="client"),
    to=table("credentials", role="server"),
    match=(("key", "key"),),
    agree=(("value", "value"),),
    truth="to",
)


@pytest.mark.parametrize(
    ("client", "servers", "said"),
    [
        pytest.param(("k", "a"), [("k", "a")], [], id="a counterpart that agrees"),
        pytest.param(("k", "a"), [("k", "b")], [Said("differs", "client k", "b")], id="one that differs"),
        pytest.param(("k", "a"), [("l", "a")], [Said("missing", "client k")], id="none of this key"),
        pytest.param(("k", "a"), [("l", "b"), ("k", "a")], [], id="found behind another"),
        pytest.param(("k", "a"), [("k", "b"), ("k", "a")], [], id="agreeing with one is enough"),
        pytest.param(("k", "a"), [("k", "b"), ("k", "b")], [Said("differs", "client k", "b")], id="two of one mind"),
        pytest.param(("k", "a"), [("k", "b"), ("k", "c")], [Said("differs", "client k")], id="two truths are none"),
        pytest.param((None, "a"), [("k", "a"), ("l", "b")], [], id="null matches any row"),
        pytest.param((None, "a"), [("k", "b")], [Said("differs", "client None", "b")], id="null, and none agrees"),
        pytest.param((None, "a"), [("k", "b"), ("l", "c")], [Said("differs", "client None")], id="null, no one truth"),
        pytest.param(("k", "a"), [(None, "a")], [], id="a server's secret without a key"),
        pytest.param(("k", "a"), [(None, "b")], [Said("differs", "client k", "b")], id="which differs"),
        pytest.param(("k", None), [("k", "b")], [], id="nothing to compare"),
        pytest.param(("k", UNKNOWN), [("k", "b")], [Said("unverifiable", "client k")], id="unknown here"),
        pytest.param(("k", "a"), [("k", UNKNOWN)], [Said("unverifiable", "client k")], id="unknown there"),
        pytest.param((UNKNOWN, "a"), [("k", "b")], [Said("unverifiable", "client ?")], id="of an unknown key"),
        pytest.param((UNKNOWN, UNKNOWN), [("k", "b")], [Said("unverifiable", "client ?")], id="nothing is known"),
        pytest.param(("k", "a"), [(UNKNOWN, "b")], [Said("unverifiable", "client k")], id="may be that one"),
        pytest.param(("k", "a"), [("k", "a"), (UNKNOWN, "b")], [], id="certain beside uncertain"),
        pytest.param(("k", "a"), [("k", "b"), (UNKNOWN, "c")], [Said("unverifiable", "client k")], id="might agree"),
        pytest.param(("k", "a"), [("k", "b"), ("k", UNKNOWN)], [Said("unverifiable", "client k")], id="might, too"),
        pytest.param(("k", "a"), [], [], id="nothing over there"),
    ],
)
def test_three_values(
    client: tuple[str | None, str | None], servers: list[tuple[str | None, str | None]], said: list[Said]
) -> None:
    assert outcomes(PARITY, credential(*client), *(server(*one) for one in servers)) == said


def test_an_unverifiable_outcome_says_why() -> None:
    (outcome,) = checked(PARITY, credential("k", "a"), server("k", UNKNOWN)).outcomes
    assert (outcome.unverifiable, outcome.reason) == (True, Reason("unset"))


def test_a_rule_without_rows_on_one_side_compared_nothing() -> None:
    assert checked(PARITY, credential("k", "a")).compared == 0
    assert checked(PARITY, server("k", "a")).compared == 0
    assert checked(PARITY, credential("k", "a"), server("l", "a", stack="other")).compared == 0
    assert checked(PARITY, credential("k", "a"), credential("k", "b"), server("k", "a")).compared == 2


class TestStacks:
    """A row meets the rows of its own stack and those of `*`; one of `*` meets all."""

    def test_another_stack_is_no_counterpart(self) -> None:
        rows = [credential("k", "a", "one"), server("k", "b", "one"), server("k", "a", "two")]
        assert outcomes(PARITY, *rows) == [Said("differs", "client k", "b")]

    def test_what_belongs_to_no_project_fails_only_if_it_fails_everywhere(self) -> None:
        everywhere = credential("k", "a", "*")
        right, wrong, other = server("k", "a", "one"), server("k", "b", "two"), server("k", "c", "three")
        assert outcomes(PARITY, everywhere, right, wrong) == []
        assert [one.word for one in outcomes(PARITY, everywhere, wrong, other)] == ["differs"]
        unseen = server("k", UNKNOWN, "three")
        assert outcomes(PARITY, everywhere, wrong, unseen) == [Said("unverifiable", "client k")]

    def test_a_server_of_no_project_serves_every_stack(self) -> None:
        rows = [credential("k", "a", "one"), credential("l", "a", "two"), server("k", "a", "*")]
        assert outcomes(PARITY, *rows) == [Said("missing", "client l")]
        assert outcomes(PARITY, credential("k", "a", "*"), server("k", "b", "*")) == [Said("differs", "client k", "b")]

    def test_it_serves_beside_the_servers_of_a_stack(self) -> None:
        assert outcomes(PARITY, credential("k", "a", "one"), server("k", "b", "one"), server("k", "a", "*")) == []


PORTS = References(
    from_=table("urls"), to=table("listeners"), match=(("service", "service"),), within=(("port", "port"),)
)


@pytest.mark.parametrize(
    ("listening", "word"),
    [
        ([8000], None),
        ([Interval(8000, 8010)], None),
        ([8001, 8000], None),
        ([8001], "missing"),
        ([UNKNOWN], "unverifiable"),
        ([8001, UNKNOWN], "unverifiable"),
        ([8000, UNKNOWN], None),
        ([None], "unverifiable"),  # a range that nobody states covers no port for certain
    ],
)
def test_a_port_lies_within_what_a_service_listens_on(listening: list[Value | None], word: str | None) -> None:
    rows = [listener(port, service="api") for port in listening]
    called = url("http://api:8000", Interval(8000, 8000), service="api")
    assert [one.word for one in outcomes(PORTS, called, *rows)] == [word] * (word is not None)


def test_listeners_of_another_service_are_none_of_ours() -> None:
    called = url("http://api:8000", Interval(8000, 8000), service="api")
    assert outcomes(PORTS, called, listener(8000, service="web")) == [Said("missing", "http://api:8000")]


def test_a_range_is_not_within_a_part_of_itself() -> None:
    called = url("rtc", Interval(8000, 8002), service="api")
    rows = [listener(Interval(8000, 8001), service="api"), listener(8002, service="api")]
    assert [one.word for one in outcomes(PORTS, called, *rows)] == ["missing"]


def test_missing_points_at_what_is_there() -> None:
    called = url("http://api:8000", Interval(8000, 8000), service="api")
    rows = [listener(8001, service="api"), listener(8002, service="api"), listener(8000, service="web")]
    (outcome,) = checked(PORTS, called, *rows).outcomes
    assert [str(side.cell) for side in outcome.beside] == ["8001", "8002"]


def test_only_agreement_can_be_asked_for() -> None:
    agree = References(from_=PARITY.from_, to=PARITY.to, match=PARITY.match, agree=PARITY.agree, missing="ignore")
    assert outcomes(agree, credential("k", "a"), server("l", "a")) == []
    assert outcomes(agree, credential("k", "a"), server(UNKNOWN, "b")) == []
    assert outcomes(agree, credential("k", "a"), server("k", "b")) == [Said("differs", "client k")]


def test_a_counterpart_can_be_demanded_where_nothing_is_there() -> None:
    strict = References(from_=PORTS.from_, to=PORTS.to, match=PORTS.match, within=PORTS.within, missing="strict")
    called = url("http://api:8000", Interval(8000, 8000), service="api")
    assert checked(strict, called).compared == 1
    assert outcomes(strict, called) == [Said("missing", "http://api:8000")]


def test_the_other_side_may_be_the_one_that_is_wrong() -> None:
    turned = References(from_=PARITY.from_, to=PARITY.to, match=PARITY.match, agree=PARITY.agree, truth="from")
    assert outcomes(turned, credential("k", "a"), server("k", "b")) == [Said("differs", "server k", "a")]
    assert outcomes(turned, credential("k", "a"), server("k", "b"), server("k", "c")) == [Said("differs", "server k")]


def test_of_several_columns_the_one_that_differs_is_blamed() -> None:
    both = References(
        from_=PARITY.from_, to=PARITY.to, match=(("system", "system"),), agree=(("key", "key"), ("value", "value")),
        truth="to",
    )  # fmt: skip
    assert outcomes(both, credential("k", "a"), server("k", "b")) == [Said("differs", "client k", "b")]
    assert outcomes(both, credential("k", "a"), server("l", "a")) == [Said("differs", "client k", "l")]
    assert outcomes(both, credential(None, "a"), server("l", "b")) == [Said("differs", "client None", "b")]
