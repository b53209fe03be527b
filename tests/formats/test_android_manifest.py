"""Android manifests: what they ask for, where they begin, and what is refused."""

import pytest

from configlint.formats.android_manifest import SIZE, read
from configlint.model.document import UnreadableError

HEAD = '<manifest xmlns:android="http://schemas.android.com/apk/res/android" xmlns:tools="http://schemas.android.com/tools">'
INTERNET = "android.permission.INTERNET"


def asked(inside: str) -> frozenset[str]:
    return read("AndroidManifest.xml", f"{HEAD}{inside}</manifest>").permissions


@pytest.mark.parametrize(
    "inside",
    [
        f'<uses-permission android:name="{INTERNET}"/>',
        f"<uses-permission android:name='{INTERNET}'></uses-permission>",
        f'<uses-permission-sdk-23 android:name="{INTERNET}"/>',
        f'<application/><uses-permission\n  android:name="{INTERNET}"\n/>',
        f'<uses-permission xmlns:a="http://schemas.android.com/apk/res/android" a:name="{INTERNET}"/>',
    ],
)
def test_a_permission_that_is_asked_for(inside: str) -> None:
    assert asked(inside) == {INTERNET}


@pytest.mark.parametrize(
    "inside",
    [
        f'<!-- <uses-permission android:name="{INTERNET}"/> -->',
        f'<permission android:name="{INTERNET}"/>',
        f'<application><meta-data android:name="{INTERNET}"/></application>',
        f'<application android:label="&lt;uses-permission android:name=&quot;{INTERNET}&quot;/&gt;"/>',
        f'<![CDATA[<uses-permission android:name="{INTERNET}"/>]]>',
    ],
)
def test_what_asks_for_nothing(inside: str) -> None:
    assert INTERNET not in asked(inside)


def test_a_permission_that_is_taken_away_again() -> None:
    found = read("m", f'{HEAD}<uses-permission android:name="{INTERNET}" tools:node="remove"/></manifest>')
    assert (found.permissions, found.removed) == (frozenset(), frozenset({INTERNET}))


@pytest.mark.parametrize("before", ["", "\ufeff", '<?xml version="1.0" encoding="utf-8"?>\n', "<!-- é 🎈 -->\r\n"])
def test_where_it_begins_is_told_in_characters(before: str) -> None:
    content = f"{before}{HEAD}</manifest>"
    place = read("m", content).root
    assert content[place.start : place.end] == "manifest"


def test_a_comment_that_speaks_to_configlint() -> None:
    content = f"{HEAD}\n<!-- configlint: ignore[mobile-permission] a library asks -->\n</manifest>"
    (comment,) = read("m", content).comments
    assert (comment.text, comment.alone) == ("configlint: ignore[mobile-permission] a library asks", True)


BOMB = "".join(f'<!ENTITY e{one} "{f"&e{one - 1};" * 10}">' for one in range(1, 12))
REFUSED = [
    pytest.param(f'<!DOCTYPE m [<!ENTITY e0 "x">{BOMB}]><m>&e11;</m>', "document type", id="entities that grow"),
    pytest.param('<!DOCTYPE m [<!ENTITY e SYSTEM "file:///etc/passwd">]><m>&e;</m>', "document type", id="a file"),
    pytest.param('<!DOCTYPE m SYSTEM "http://192.0.2.1/m.dtd"><m/>', "document type", id="another machine"),
    pytest.param("<m>&other;</m>", "well-formed", id="an entity that nobody declares"),
    pytest.param("<m>", "well-formed", id="the end is missing"),
    pytest.param("<m></n>", "well-formed", id="another end"),
    pytest.param("<android:m/>", "well-formed", id="a prefix that nobody declares"),
    pytest.param("", "well-formed", id="nothing"),
    pytest.param("<m>\x00</m>", "well-formed", id="NUL"),
    pytest.param(f"<m>{'a' * SIZE}</m>", "longer", id="too long"),
]


@pytest.mark.parametrize(("content", "says"), REFUSED)
def test_what_is_refused(content: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as caught:
        read("AndroidManifest.xml", content)
    assert 0 <= caught.value.offset <= len(content)


def test_depth_costs_nothing() -> None:
    assert read("m", "<a>" * 50_000 + "</a>" * 50_000).permissions == frozenset()
