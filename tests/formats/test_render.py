"""Values written back where they came from, through whatever stood between."""

import pytest

from configlint.formats import render
from configlint.formats.compose_template import interpolate
from configlint.formats.yaml.document import YAML, read
from configlint.model.text import Text


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("old", "new", "new"),
        ("'old'", "new", "'new'"),
        ('"old"', "a: b", '"a: b"'),
        ("old", "a: b", "'a: b'"),
        ("'old'", "p$w", "'p$$w'"),
        ("old", "${X}", "$${X}"),
        ("8000", "9000", "9000"),
        ("", "new", " new"),
    ],
)
def test_a_value_that_compose_resolves_is_written_as_yaml_and_as_a_template(old: str, new: str, after: str) -> None:
    content = f"k:{' ' if old else ''}{old}\n"
    text = interpolate(next(YAML.facts(read("compose.yml", content))).text, lambda _: None).text
    assert text.site is not None
    assert text.site.literal is not None
    assert render(text.site.literal, new) == after
    place = text.site.literal.place
    changed = content[: place.start] + after + content[place.end :]
    template = next(YAML.facts(read("compose.yml", changed))).text
    assert interpolate(template, lambda _: Text.assumed("unwanted")).text.raw == new
