"""Made-up input for every reader and for all of them together; and the inputs that once found a defect."""

import pytest
from fuzzing import CORPUS, PATHS, SAMPLES, SEPARATOR, TARGETS, corpus, split
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats import FORMATS


def test_every_reader_is_a_target() -> None:
    assert set(PATHS) == {form.name for form in FORMATS}
    assert {path.stem for path in CORPUS.iterdir()} == set(TARGETS)
    for form in FORMATS:
        assert form.claims(PATHS[form.name]) or form.name in ("json", "toml")


def texts(target: str) -> st.SearchStrategy[str]:
    pieces = st.sampled_from(SAMPLES[target])
    return st.lists(pieces | st.text(max_size=5), max_size=30).map("".join)


@pytest.mark.parametrize("target", SAMPLES)
@given(data=st.data())
@settings(max_examples=150)
def test_a_reader_answers(target: str, data: st.DataObject) -> None:
    TARGETS[target](data.draw(texts(target)))


@given(st.lists(st.sampled_from(sorted(PATHS)), min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_all_of_them_answer(names: list[str], data: st.DataObject) -> None:
    more = {"app/pubspec.yaml": "name: a\ndependencies: {flutter: {sdk: flutter}}\nflutter: {assets: [.env]}\n"}
    files = more | {PATHS[name]: data.draw(texts(name)) for name in names}
    TARGETS["check"]("".join(f"{SEPARATOR}{path}\n{text}" for path, text in files.items()))


def test_files_are_told_apart() -> None:
    assert split("@@@ a\nb\n@@@ c\nd") == {"a": "b", "c": "d"}


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_once(target: str) -> None:
    inputs = list(corpus(target))
    assert inputs
    for text in inputs:
        TARGETS[target](text)
