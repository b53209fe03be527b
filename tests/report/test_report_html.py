"""The page is one file that loads nothing, and shows text as text."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import finding, options, place, result

from configlint.model.picture import Member, Picture, Statement, Value
from configlint.model.text import Place
from configlint.report import FORMATS

EMPTY = ("meta", "input", "link", "img", "path", "circle", "rect")


class Page(HTMLParser):
    """Elements with their attributes, and the text of each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert tag in EMPTY or self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data


def page() -> Page:
    return Page(FORMATS["html"](samples.full(), options()))


def test_the_policy_allows_the_page_its_own_style_and_script_and_nothing_else() -> None:
    shown = page()
    policy = next(attrs["content"] for tag, attrs in shown.elements if attrs.get("http-equiv")) or ""
    assert policy.startswith("default-src 'none';")
    for kind in ("style", "script"):
        (text,) = shown.texts[kind]
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_the_page_loads_nothing() -> None:
    for tag, attrs in page().elements:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert not {"src", "href", "style"} & set(attrs)
        assert not any(name.startswith("on") for name in attrs)


def test_every_finding_is_there_the_worst_first_with_its_lines_marked() -> None:
    shown = page()
    articles = [attrs for tag, attrs in shown.elements if tag == "article"]
    assert [(each["data-level"], each["data-rule"]) for each in articles] == [
        ("error", "secret-parity"),
        ("error", "port-conflict"),
        ("warning", "mobile-localhost"),
        ("unverifiable", "worker-count"),
    ]
    assert shown.texts["mark"][:4] == ["••••••••", "••••••••", "8000:8000", "8000:8001"]
    assert "4    devkey: ••••••••" in shown.texts["pre"][1]


@pytest.mark.parametrize("line", ["日本=localhost", "a\tb localhost", "é localhost", "a <b> & localhost"])
def test_the_marked_text_is_what_the_place_holds(line: str) -> None:
    text = FORMATS["html"](result([finding(place("f", line, "localhost"))], {"f": line}), options())
    assert Page(text).texts["mark"] == ["localhost"]


@given(st.text())
@settings(max_examples=100)
def test_text_of_a_file_is_no_markup(text: str) -> None:
    found = finding(Place(text, 0, len(text)), text, label=text, hint=text)
    plain = finding(Place("f", 0, 1), "m", label="l", hint="h")
    hostile, calm = (
        FORMATS["html"](result([one], {path: content}, notes=[path], pictures=[drawn(path)]), options())
        for one, path, content in ((found, text, text), (plain, "f", "x"))
    )
    hostile.encode()
    tags, expected = ([tag for tag, _ in Page(shown).elements] for shown in (hostile, calm))
    assert set(tags) <= set(expected)
    for tag in ("script", "style", "meta", "article", "svg", "form", "main"):
        assert tags.count(tag) == expected.count(tag)


def drawn(word: str) -> Picture:
    """A picture in which everything has the same name."""
    stated = Statement(place=Place(word, 0, len(word)), said=word, by=word, role="states", user=word)
    value = Value(sort="address", name=word, said=word, statements=(stated,), services=(word,), users=("user",))
    members = tuple(Member(name=name, kind="service", note=word) for name in (word, "user"))
    return Picture(stack=word, values=(value,), services=members[:1], users=members[1:])


def test_script_and_style_cannot_be_ended_by_content() -> None:
    text = "</script><script>alert(1)</script></style>"
    shown = FORMATS["html"](result([finding(Place("f", 0, 5), text)], {"f": text}), options())
    assert len(re.findall("<script", shown)) == 1


def test_without_findings_there_is_a_verdict() -> None:
    shown = FORMATS["html"](result([], {}, values=0), options())
    assert "Nothing to check" in shown
    assert "<article" not in shown
