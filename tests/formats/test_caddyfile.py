"""The Caddyfile, as Caddy's lexer takes it."""

from typing import Any

import pytest

from configlint.formats.caddyfile import directives, filled, read
from configlint.formats.nginx import Directive, whole
from configlint.model.text import Text

Plain = list[tuple[str, list[str], Any]]


def plain(found: tuple[Directive, ...]) -> Plain:
    return [(one.name.raw, [word.raw for word in one.args], plain(one.block)) for one in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("reverse_proxy a:1\n", [("reverse_proxy", ["a:1"], [])]),
        (":80 {\n  reverse_proxy a:1 b:2\n}\n", [(":80", [], [("reverse_proxy", ["a:1", "b:2"], [])])]),
        ("a.b {\n reverse_proxy {\n  to a:1\n }\n}", [("a.b", [], [("reverse_proxy", [], [("to", ["a:1"], [])])])]),
        ("# a\na 1 # b\n", [("a", ["1"], [])]),
        ("a x#y\n", [("a", ["x#y"], [])]),
        ('a "b c" `d "e"`\n', [("a", ["b c", 'd "e"'], [])]),
        ("a 1 \\\n  2\n", [("a", ["1", "2"], [])]),
        ("{\n email x\n}\n:80\n", [("{", [], [("email", ["x"], [])]), (":80", [], [])]),
        ("a {\n b", [("a", [], [("b", [], [])])]),
        ("}\na 1", [("a", ["1"], [])]),
        ("", []),
    ],
)
def test_lines_and_blocks(content: str, expected: Plain) -> None:
    assert plain(directives(whole(read("Caddyfile", content)))) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("{$HOST}:1", "api:1"),
        ("{$HOST:other}:1", "api:1"),
        ("{$NONE:other:8000}", "other:8000"),
        ("{$NONE}", ""),
        ("{env.HOST} {http.x}", "{env.HOST} {http.x}"),
    ],
)
def test_variables_are_replaced_first(raw: str, expected: str) -> None:
    made = filled(Text.assumed(raw), lambda name: Text.assumed("api") if name == "HOST" else None)
    assert made.raw == expected
