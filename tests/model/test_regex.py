"""Patterns that are compiled at their first use: an error in one must show here, not at a user's."""

import gc
import importlib
import pkgutil
import re

import pytest

import configlint
from configlint.model.regex import _Regex, regex


def test_every_pattern_of_the_program_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(configlint.__path__, "configlint."):
        importlib.import_module(module.name)
    found = [one for one in gc.get_objects() if type(one) is _Regex]
    assert len(found) > 100
    for one in found:
        assert re.compile(one.pattern, one._flags)


def test_it_does_what_a_compiled_pattern_does() -> None:
    lazy, plain = regex(r"(?P<word>\w+)", re.ASCII), re.compile(r"(?P<word>\w+)", re.ASCII)
    for text in ("", "a b", "é1", "  x"):
        assert lazy.findall(text) == plain.findall(text)
        assert [one.span() for one in lazy.finditer(text)] == [one.span() for one in plain.finditer(text)]
        assert lazy.sub("-", text) == plain.sub("-", text)
    assert (lazy.groups, dict(lazy.groupindex)) == (plain.groups, dict(plain.groupindex))
    found = lazy.match("word")
    assert found is not None
    assert found["word"] == "word"


def test_an_error_shows_at_the_first_use() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.match("x")
