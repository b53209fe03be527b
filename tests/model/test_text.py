"""A text keeps the origin of its characters through all that is done to it, and never shows a secret."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.model.reason import Reason
from configlint.model.text import UNKNOWN, Literal, Place, Run, Text, joined, mask

PATH = "f"

CONTENT = "".join(chr(0x4E00 + number) for number in range(400))
"""A file in which every character stands once, so that a place tells what stands there."""


def literal_at(start: int, size: int) -> Literal:
    inner = Place(PATH, start, start + size)
    return Literal(place=Place(PATH, start - 1, start + size + 1), inner=inner, style="yaml/double")


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A run whose text, if it is exact, is what stands at its place."""
    size = draw(st.integers(0, 6))
    start = draw(st.integers(1, 300))
    place = Place(PATH, start, start + size)
    secret = draw(st.booleans())
    kind = draw(st.sampled_from(("exact", "escaped", "unknown", "assumed")))
    if kind == "exact":
        text = CONTENT[start : start + size]
        return Run(text=text, place=place, literal=literal_at(start, size), exact=True, secret=secret)
    if kind == "escaped":
        return Run(text="\n" * size, place=place, literal=literal_at(start, size), secret=secret)
    if kind == "unknown":
        return Run(text=None, place=place, reason=Reason("unset"))
    return Run(text="a" * size)


texts = st.lists(runs(), max_size=5).map(Text)


@given(texts)
def test_a_text_is_the_sum_of_its_runs(text: Text) -> None:
    assert text.raw == "".join(run.raw for run in text.runs)
    assert text.known == (UNKNOWN not in text.raw)
    assert text.value == (text.raw if text.known else None)
    assert len(text) == len(text.raw)


@given(texts, st.data())
def test_a_slice_is_the_slice_of_the_string_and_of_the_places(text: Text, data: st.DataObject) -> None:
    start, end = data.draw(st.integers(-30, 40)), data.draw(st.integers(-30, 40))
    part = text[start:end]
    assert part.raw == text.raw[start:end]
    for run in part.runs:
        if run.exact and run.place is not None and run.text is not None:
            assert CONTENT[run.place.start : run.place.end] == run.text


@given(texts, st.data())
def test_cutting_and_joining_changes_nothing_but_the_runs(text: Text, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text.raw)), max_size=4)))
    parts = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text.raw)], strict=True)]
    whole = joined(parts)
    assert whole.raw == text.raw
    assert shown(whole) == shown(text)
    assert whole.known == text.known


def shown(text: Text) -> str:
    """What is shown of a text, but for secrets of no characters, which a cut may leave out."""
    return str(text).replace(mask(""), "")


@given(texts)
def test_a_secret_survives_every_slice(text: Text) -> None:
    flags = [run.secret for run in text.runs for _ in run.raw]
    for index, secret in enumerate(flags):
        assert text[index : index + 1].secret == secret


@given(texts)
def test_what_is_shown_holds_no_character_of_a_secret(text: Text) -> None:
    hidden = {character for run in text.runs if run.secret and run.text for character in run.text}
    hidden -= {character for run in text.runs if not run.secret for character in run.raw}
    for said in (str(text), repr(text), f"{text}", f"{text:>40}", "%s" % text):  # noqa: UP031  # every way to print
        assert hidden.isdisjoint(said)


@given(texts, texts)
def test_a_sum_has_the_runs_of_both(one: Text, two: Text) -> None:
    assert (one + two).runs == one.runs + two.runs
    assert (one + two).secret == (one.secret or two.secret)
    assert (one + two).known == (one.known and two.known)


@given(st.text("ab, ", max_size=12), st.sampled_from((",", ", ", "ab")))
def test_split_and_strip_are_those_of_strings(value: str, separator: str) -> None:
    text = Text.written(value, Place(PATH, 0, len(value)))
    assert [part.raw for part in text.split(separator)] == value.split(separator)
    assert text.strip().raw == value.strip()


def test_a_text_is_sliced_without_a_step() -> None:
    with pytest.raises(ValueError, match="without a step"):
        Text.assumed("abc")[::2]


HOST = Text.literal("localhost", Literal(place=Place(PATH, 9, 20), inner=Place(PATH, 10, 19), style="dart/single"))


def test_an_empty_slice_keeps_its_place() -> None:
    assert HOST[4:4].place == Place(PATH, 14, 14)
    assert HOST[9:].place == Place(PATH, 19, 19)
    assert (Text.assumed("http://") + HOST)[7:7].places == ()
    assert Text().place is None


def test_the_place_is_the_union_of_what_stands_side_by_side() -> None:
    assert (HOST[:5] + HOST[5:]).place == Place(PATH, 10, 19)
    assert (HOST[5:] + HOST[:5]).place == Place(PATH, 15, 19)
    elsewhere = Text.exactly("x", Place("g", 19, 20))
    assert (HOST + elsewhere).place == Place(PATH, 10, 19)
    assert (HOST + elsewhere).places == (Place(PATH, 10, 19), Place("g", 19, 20))


class TestSite:
    """An edit exists exactly where a value lies in one stretch of one literal."""

    def test_all_or_a_part_of_a_literal(self) -> None:
        for text, place in ((HOST, Place(PATH, 10, 19)), (HOST[5:], Place(PATH, 15, 19))):
            assert text.site is not None
            assert text.site.place == place

    def test_two_parts_side_by_side_are_one(self) -> None:
        site = (HOST[:5] + HOST[5:].as_secret()).site
        assert site is not None
        assert (site.place, site.secret, site.text) == (Place(PATH, 10, 19), True, "localhost")

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(HOST + HOST, id="twice"),
            pytest.param(HOST[:3] + HOST[4:], id="a gap"),
            pytest.param(HOST[5:] + HOST[:5], id="turned around"),
            pytest.param(Text.assumed("http://") + HOST, id="partly assumed"),
            pytest.param(HOST + Text.unknown(Reason("runtime")), id="partly unknown"),
            pytest.param(Text.unknown(Reason("runtime"), Place(PATH, 0, 4)), id="unknown"),
            pytest.param(Text.written("3", Place(PATH, 0, 5)), id="computed"),
            pytest.param(Text.exactly("key", Place(PATH, 0, 3)), id="a name"),
            pytest.param(HOST[:5] + HOST[5:].through(Place("g", 0, 3)), id="passed on by different places"),
            pytest.param(HOST[:5] + HOST[5:].defaulting("HOST"), id="partly a default"),
            pytest.param(Text(), id="nothing"),
        ],
    )
    def test_elsewhere_there_is_none(self, text: Text) -> None:
        assert text.site is None

    def test_two_literals_side_by_side_are_two(self) -> None:
        two = Text.literal("x", Literal(place=Place(PATH, 19, 20), inner=Place(PATH, 19, 20), style="dart/single"))
        assert (HOST + two).site is None


def test_what_passes_a_value_on_and_what_it_depends_on_is_remembered() -> None:
    one, two = Place("compose.yml", 4, 8), Place("other.yml", 1, 2)
    text = HOST.through(one).through(two).defaulting("API_HOST")
    assert text[3:].via == (one, two)
    assert text[3:].depends == ("API_HOST",)
    assert text.place == HOST.place


def test_masking() -> None:
    secret = Text.written("s3cret", Place(PATH, 0, 6)).as_secret()
    assert str(secret) == mask("s3cret") == "<secret, under 32 characters>"
    url = Text.assumed("redis://:") + secret + Text.assumed("@") + Text.unknown(Reason("runtime", "the host"))
    assert str(url) == "redis://:<secret, under 32 characters>@…"
    assert url.reason == Reason("runtime", "the host")
    assert str(secret[:2] + secret[2:]) == "<secret, under 32 characters>", "one mask, which tells of no seam"


def test_an_unknown_part_stays_unknown_in_every_slice() -> None:
    text = Text.assumed("ws://") + Text.unknown(Reason("runtime")) + Text.assumed(":8780")
    assert text[-4:].value == "8780"
    assert text[:6].value is None
    assert text[:6].reason == Reason("runtime")
    assert str(text) == "ws://…:8780"


@pytest.mark.parametrize("leave", [pickle.dumps, copy.deepcopy])
def test_a_text_does_not_leave_its_process(leave: object) -> None:
    assert callable(leave)
    for one in (HOST, HOST.runs[0]):
        with pytest.raises(TypeError, match="may hold a secret"):
            leave(one)


def test_one_place_holds_another() -> None:
    whole = Place(PATH, 10, 20)
    assert whole.holds(whole)
    assert whole.holds(Place(PATH, 12, 12))
    assert not whole.holds(Place(PATH, 9, 12))
    assert not whole.holds(Place(PATH, 12, 21))
    assert not whole.holds(Place("g", 12, 13))
