"""Text of files in the markup of the page."""

import re
from collections.abc import Iterable
from html import escape
from typing import Literal

from configlint.report.screen import char_width, visible, width


def text(shown: str) -> str:
    """As it may stand in an element or a quoted attribute; what would act instead of being seen is spelled out."""
    return escape(visible(shown))


def prose(said: str) -> str:
    """A sentence in which words between backticks are code."""
    return _CODE.sub(r"<code>\1</code>", text(said))


_CODE = re.compile("`([^`]+)`")


def numbers(findings: Iterable[int]) -> str:
    """The ids of findings."""
    return " ".join(map(name, findings))


def name(finding: int) -> str:
    return f"f{finding}"


def clipped(shown: str, room: int, ends: Literal[1, 2] = 2) -> str:
    """At most `room` columns of a name that both of its ends tell from others, or of something that begins it all."""
    shown = visible(shown)
    if width(shown) <= room:
        return shown
    if ends == 1:
        return f"{_fitting(shown, room - 1)}…"
    return f"{_fitting(shown, room // 2)}…{_fitting(shown[::-1], (room - 1) // 2)[::-1]}"


def _fitting(shown: str, room: int) -> str:
    taken = 0
    for at, char in enumerate(shown):
        taken += char_width(char)
        if taken > room:
            return shown[:at]
    return shown
