"""A sentence is text with holes for columns and for the engine's own words, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.rules.sentence import fault, fill, holes

TABLES = {"from": "urls", "to": "ports"}


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "plain",
        "{from.name} calls {to.published}",
        "{difference} {reason} {services} {title}",
        "{{not a hole}}",
        "{from.stack} {from.at}",
    ],
)
def test_good_sentences(sentence: str) -> None:
    assert fault(sentence, TABLES, ("from", "to")) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "{", "}", "{from.name", "{from.name}}", "{from}", "{name}", "{from.nam}", "{to.name}", "{from.name.value}",
        "{from.name:>10}", "{from.name!r}", "{from.__class__}", "{0}", "{}", "{from[name]}", "{ from.name }",
    ],
)  # fmt: skip
def test_bad_sentences(sentence: str) -> None:
    assert fault(sentence, TABLES, ("from", "to"))


def test_a_kind_with_one_side_has_no_other() -> None:
    assert fault("{to.published}", TABLES, ("from",)) == "{to.published} does not name a side of this rule (from, to)"


def test_holes_are_filled_once() -> None:
    values = {"from.name": "{to.port}", "difference": "x"}
    assert fill("{from.name}: {difference}, {{kept}} {unheard}", values) == "{to.port}: x, {kept} "


@given(st.text())
def test_any_text_is_a_sentence_or_refused(sentence: str) -> None:
    if fault(sentence, TABLES, ("from", "to")) == "":
        fill(sentence, dict.fromkeys(holes(sentence), "x"))
