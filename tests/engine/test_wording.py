"""How two values differ is said without showing either of two secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.engine.wording import difference, sentence, slip
from configlint.model.cell import NULL, Cell, Value, typed, unknown
from configlint.model.reason import Reason
from configlint.model.tables import Credential, Row, Workers
from configlint.model.text import Text


def plain(value: Value) -> Cell:
    return typed(value, Text.assumed(str(value)))


def secret(value: str) -> Cell:
    return typed(value, Text.assumed(value).as_secret())


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (plain(1), plain(3), "1 here, 3 there"),
        (plain(""), plain("x"), "empty here, x there"),
        (plain("x"), plain(""), "x here, empty there"),
        (secret("abc"), secret("wxyz"), "both are under 32 characters long, but not the same"),
        (secret("a" * 32), secret("wxyz"), "32 characters here, under 32 there"),
        (secret(""), secret("wxyz"), "empty here, under 32 there"),
        (secret("abc"), secret(""), "under 32 characters here, none there"),
        (secret("abc"), secret("xyz"), "both are under 32 characters long, but not the same"),
        (secret("abc "), secret("abc"), "both are under 32 characters long, but not the same"),
        (secret("a" * 33), secret("b" * 33), "both are 33 characters long, but not the same"),
        (plain("public"), secret("hidden"), "both are under 32 characters long, but not the same"),
        (unknown(Reason("unset")), plain(1), "one of them is not known"),
        (plain(1), NULL, "1 here, none there"),
        (NULL, plain(1), "none here, 1 there"),
    ],
)
def test_difference(here: Cell, there: Cell, said: str) -> None:
    assert difference(here, there) == said


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (secret("abc "), secret("abc"), "they differ only by white space at an end"),
        (secret("abc\r"), secret("abc"), "they differ only by white space at an end"),
        (secret('"abc"'), secret("abc"), "they differ only by quotes"),
        (secret("Abc"), secret("aBC"), "they differ only in upper and lower case"),
        (secret("abc"), secret("abd"), ""),
        (secret(""), secret(" "), ""),
        (plain("Abc"), plain("aBC"), ""),
        (secret("abc"), NULL, ""),
    ],
)
def test_a_slip(here: Cell, there: Cell, said: str) -> None:
    assert slip(here, there) == said


@given(st.text("ABCDEFGH", min_size=1), st.text("ABCDEFGH", min_size=1))
def test_no_character_of_a_secret_is_said(one: str, two: str) -> None:
    for here, there in ((secret(one), secret(two)), (secret(one), plain(two)), (plain(one), secret(two))):
        assert not set("ABCDEFGH") & set(difference(here, there))


def row(name: str, count: int) -> Row:
    return Workers(stack="s", at=Text(), name=name, count=plain(count))


def test_a_sentence_names_the_values_of_all_rows_once() -> None:
    sides = {"from": [row("api", 1), row("asr", 1), row("tts", 2)], "to": [row("all", 3)]}
    template = "{from.name} run {from.count}, not {to.count}: {difference}{unheard}"
    assert sentence(template, sides, {"difference": "{from.name}"}) == "api, asr, tts run 1, 2, not 3: {from.name}"


def test_a_sentence_masks_and_words_its_values() -> None:
    client = Credential(stack="s", at=Text(), name="S", system="livekit", value=secret("hidden"), template=True)
    said = sentence("{from.value} {from.template} {from.short} {from.key}.", {"from": [client]}, {})
    assert said == "<secret, under 32 characters> yes no ."
