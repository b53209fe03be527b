"""Compose's interpolation: its results as compose-go gives them, and where each character comes from."""

import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.compose_template import Interpolated, Use, interpolate, references
from configlint.model.reason import Reason
from configlint.model.text import Literal, Place, Text

SET = {"SET": "s", "EMPTY": "", "OTHER": "o"}


def template(value: str, start: int = 10) -> Text:
    place = Place("compose.yaml", start, start + len(value))
    return Text.literal(value, Literal(place=place, inner=place, style="yaml/plain"))


def lookup(values: Mapping[str, str]) -> Callable[[str], Text | None]:
    def find(name: str) -> Text | None:
        return Text.exactly(values[name], Place(".env", 0, len(values[name]))) if name in values else None

    return find


def resolved(value: str, values: Mapping[str, str] = SET) -> Interpolated:
    return interpolate(template(value), lookup(values))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("$SET", "s"),
        ("${SET}", "s"),
        ("$SETy", ""),
        ("a${SET}b$SET.c", "asbs.c"),
        ("$$SET", "$SET"),
        ("$${SET}", "${SET}"),
        ("$$$SET", "$s"),
        ("$1 and a trailing $", "$1 and a trailing $"),
        ("${UN}", ""),
        ("${UN:-d}", "d"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${UN-d}", "d"),
        ("${SET:-d}", "s"),
        ("${SET:+a}", "a"),
        ("${EMPTY:+a}", ""),
        ("${EMPTY+a}", "a"),
        ("${UN+a}", ""),
        ("${SET:?e}", "s"),
        ("${EMPTY?e}", ""),
        ("${UN:-a:?b}", "a:?b"),
        ("${UN-a:-b}", "a:-b"),
        ("${UN:-}", ""),
        ("${UN:-http://localhost:8000}", "http://localhost:8000"),
        ("${UN:-${EMPTY:-${OTHER}x}}z", "oxz"),
        ("${UN:-$SET}", "s"),
        ('${UN:-{"a":1}}', '{"a":1}'),
        ('${SET:-{"a":1}}', "s}"),
        ("${UN:-$$x}", "$x"),
        ("${UN:-a} ${SET:-b}", "a s"),
    ],
)
def test_results(written: str, expected: str) -> None:
    answer = resolved(written)
    assert answer.error == ""
    assert answer.text.value == expected


@pytest.mark.parametrize(
    "written",
    ["${1}", "${V/a/b}", "${V:=x}", "${ V }", "${V", "${}", "${UN:-${V}", "a ${", "${U:-${ V}}", "${SET:-${"],
)
def test_an_invalid_template_is_unknown(written: str) -> None:
    answer = resolved(written)
    assert answer.error == "invalid template"
    assert not answer.text.known


@pytest.mark.parametrize("written", ["${UN:?say}", "${UN?}", "${EMPTY:?}", "${SET:-${UN:?e}}"])
def test_a_required_variable_without_value_is_refused(written: str) -> None:
    answer = resolved(written)
    assert "is missing a value" in answer.error
    assert answer.uses[-1].required


def test_what_is_literal_keeps_its_place() -> None:
    text = resolved("http://$SET:8000/").text
    port = text[len("http://s:") : len("http://s:8000")]
    assert port.value == "8000"
    assert port.place == Place("compose.yaml", 10 + len("http://$SET:"), 10 + len("http://$SET:8000"))
    assert port.site is not None


def test_a_value_comes_from_where_it_is_set_by_way_of_its_reference() -> None:
    text = resolved("x${SET}", SET).text[1:]
    assert text.place == Place(".env", 0, 1)
    assert text.via == (Place("compose.yaml", 11, 17),)
    assert text.depends == ()


def test_a_default_is_a_slice_of_the_template_that_depends_on_its_variable() -> None:
    text = resolved("${UN:-small}").text
    assert text.place == Place("compose.yaml", 16, 21)
    assert text.site is not None
    assert text.depends == ("UN",)


def test_a_variable_that_nothing_sets_is_seen_at_its_reference() -> None:
    text = resolved("${UN}").text
    assert text.value == ""
    assert text.place == Place("compose.yaml", 10, 15)
    assert text.site is None


def test_the_caller_may_know_better_what_an_unset_variable_is() -> None:
    def unset(use: Use) -> Text:
        return Text.unknown(Reason("unset", str(use.name)))

    answer = interpolate(template("${UN}/${UN:-d}"), lookup({}), unset=unset)
    assert answer.text.value is None
    assert answer.text.reason == Reason("unset", "UN")
    assert answer.text[2:].value == "d"


def test_uses_tell_the_operator_the_default_and_whether_they_count() -> None:
    uses = references(template("$A ${B:-x${C}} ${D:+${E}} ${F?}"))
    assert [(use.name.raw, use.operator, use.idle) for use in uses] == [
        ("A", "", False),
        ("B", ":-", False),
        ("C", "", False),
        ("D", ":+", False),
        ("E", "", True),
        ("F", "?", False),
    ]
    assert [use.default.raw if use.default else None for use in uses] == [None, "x${C}", None, None, None, None]
    assert uses[0].name.place == Place("compose.yaml", 11, 12)


def test_a_secret_stays_one_through_a_reference() -> None:
    answer = interpolate(template("key: $S"), lambda _: Text.assumed("hunter7").as_secret())
    assert str(answer.text) == "key: <secret, under 32 characters>"


def test_a_literal_of_a_template_says_that_it_is_one() -> None:
    site = resolved("value").text.site
    assert site is not None
    assert site.literal is not None
    assert site.literal.style == "compose/yaml/plain"


def test_nesting_has_an_end() -> None:
    deep = "${A:-" * 5000 + "}" * 5000
    assert resolved(deep).error == "references are nested too deeply"
    assert resolved("${A:-" * 100_000).error == "invalid template"


class RefusedError(Exception):
    pass


_NAME = r"[_a-zA-Z][_a-zA-Z0-9]*"
_PATTERN = re.compile(rf"\$(?:(\$)|({_NAME})|\{{(?:({_NAME}(?::?[-+?](.*))?)\}}|))", re.ASCII)


def oracle(value: str, values: Mapping[str, str]) -> str:
    """The algorithm of compose-go's template package, which finds greedy matches and cuts them at the closing brace."""

    def replace(match: re.Match[str]) -> str:
        found, rest = match[0], ""
        depth = index = 0
        while index < len(found):
            if found[index] == "}":
                depth -= 1
                if depth == 0:
                    found, rest = found[: index + 1], found[index + 1 :]
                    break
            if found.startswith("${", index):
                depth += 1
                index += 1
            index += 1
        again = _PATTERN.match(found)
        assert again is not None
        if again[1]:
            return "$"
        if again[2]:
            return values.get(again[2], "")
        if not again[3]:
            raise RefusedError
        return _operation(again[3], values) + oracle(rest, values)

    return _PATTERN.sub(replace, value)


def _operation(body: str, values: Mapping[str, str]) -> str:
    found = re.match(rf"({_NAME})(:?[-+?])?(.*)", body, re.DOTALL | re.ASCII)
    assert found is not None
    name, operator, right = found.groups()
    value = values.get(name)
    if operator is None:
        return value or ""
    substituted = oracle(right, values)
    filled = value is not None and not (operator[0] == ":" and value == "")
    if operator[-1] == "+":
        return substituted if filled else (value or "")
    if not filled and operator[-1] == "?":
        raise RefusedError
    return (value or "") if filled else substituted


PIECES = [
    "$",
    "{",
    "}",
    "${",
    "SET",
    "UN",
    "EMPTY",
    ":-",
    "-",
    ":?",
    "?",
    ":+",
    "+",
    "a",
    " ",
    "1",
    ":",
    "${SET",
    "${UN:-",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_template_gives_what_compose_gives(value: str) -> None:
    try:
        expected: str | None = oracle(value, SET)
    except RefusedError:
        expected = None
    answer = resolved(value)
    assert answer.text.value == expected
    assert (answer.error == "") == (expected is not None)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_an_exact_run_stands_in_the_template_as_it_is(value: str) -> None:
    for run in resolved(value).text.runs:
        if run.exact and run.place is not None and run.place.path == "compose.yaml":
            assert value[run.place.start - 10 : run.place.end - 10] == run.text
