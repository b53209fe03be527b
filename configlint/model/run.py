"""A stretch of text, and where it is written."""

import re
from typing import Any, NamedTuple

from configlint.model.reason import Reason
from configlint.model.record import record, replace

UNKNOWN = "\uffff"
"""Stands in `Text.raw` for each unknown run: a noncharacter, which no text file holds."""


class Place(NamedTuple):
    """A span of characters of one file: offsets into its decoded content, the end exclusive."""

    path: str
    start: int
    end: int

    def holds(self, other: "Place") -> bool:
        return self.path == other.path and self.start <= other.start and other.end <= self.end


@record
class Literal:
    """A scalar as it stands in a file, which is what an edit renders anew.

    `place` is all of it, quotes included; `inner` is its content. `style` is `format/style` (`yaml/double`,
    `dart/raw-single`) and names the renderer. Where a value is absent, `place` is zero characters wide, and `before`
    and `after` are what an insertion writes around the value.
    """

    place: Place
    inner: Place
    style: str
    before: str = ""
    after: str = ""


@record
class Run:
    """A stretch of text that comes from one place.

    `text` is None where the value is unknown, and `reason` tells why. An `exact` run stands in its file character
    for character, so that a slice of it has an exact place too. `literal` is None where nothing can be written.
    `via` are places that only passed the value on; `depends` names the variable whose default this is.
    """

    text: str | None
    place: Place | None = None
    literal: Literal | None = None
    exact: bool = False
    secret: bool = False
    reason: Reason | None = None
    via: tuple[Place, ...] = ()
    depends: str = ""

    @property
    def raw(self) -> str:
        return UNKNOWN if self.text is None else self.text

    def but(self, **changes: Any) -> "Run":
        """The same run with some fields changed."""
        return replace(self, **changes)

    def part(self, start: int, end: int) -> "Run":
        """The characters from `start` to `end` of this run; exact only if this run is."""
        if self.text is None or (start == 0 and end == len(self.text)):
            return self
        place = self.place
        if place is not None and self.exact:
            place = Place(place.path, place.start + start, place.start + end)
        return Run(
            text=self.text[start:end],
            place=place,
            literal=self.literal,
            exact=self.exact,
            secret=self.secret,
            reason=self.reason,
            via=self.via,
            depends=self.depends,
        )


def side_by_side(one: Run, two: Run) -> Run | None:
    """The run of two that stand side by side in one literal; None where they do not."""
    if one.place is None or two.place is None or one.place.end != two.place.start:
        return None
    if one.literal is None or two.literal is None or one.literal.place != two.literal.place:
        return None
    if one.via != two.via or one.depends != two.depends:
        return None
    place = Place(one.place.path, one.place.start, two.place.end)
    return one.but(text=one.raw + two.raw, place=place, secret=one.secret or two.secret)


SHORT = 32
"""Characters below which the length of a secret is not said: it would mark those that are worth guessing."""


def length(value: str) -> str:
    """The length of a secret in characters, as far as it may be said."""
    return f"under {SHORT}" if 0 < len(value) < SHORT else str(len(value))


def mask(value: str) -> str:
    """The only thing that is ever shown of a secret."""
    return f"<secret, {length(value)} characters>"


def timeless(shown: str) -> str:
    """What is shown of a text, without the lengths of its secrets: the same when they are renewed."""
    return re.sub(r"<secret, (?:under )?\d+ characters>", "<secret>", shown) if "<secret, " in shown else shown
