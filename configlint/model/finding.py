"""What a run has to say, and the edits that would mend it. Nothing here knows a format or an output."""

from collections.abc import Sequence
from typing import Literal, NoReturn

from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Place

Severity = Literal["error", "warning", "info"]
Verdict = Literal["fail", "unverifiable"]
Safety = Literal["safe", "unsafe"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


class Edit:
    """Replace the characters at `place` by `new`. A `secret` edit is shown without its new text."""

    __slots__ = ("new", "place", "secret")

    def __init__(self, place: Place, new: str, secret: bool) -> None:
        self.place = place
        self.new = new
        self.secret = secret

    def _all(self) -> tuple[Place, str, bool]:
        return self.place, self.new, self.secret

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edit) and self._all() == other._all()

    def __lt__(self, other: "Edit") -> bool:
        return self._all() < other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __reduce__(self) -> NoReturn:
        raise TypeError("an edit stays in its process: it may hold a secret")


@record
class Fix:
    """Edits that are applied together or not at all.

    `note` tells why the fix is unsafe. `recreate` are the services whose containers run with the old value until they
    are made anew, `rebuild` those of them whose image holds it.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...]
    note: str = ""
    recreate: tuple[str, ...] = ()
    rebuild: tuple[str, ...] = ()

    def within(self, paths: Sequence[str]) -> bool:
        """Whether all edits are in these files, or below these directories; without paths, anywhere."""
        return not paths or all(_below(edit.place.path, paths) for edit in self.edits)


@record
class Label:
    """A place in a file and what is to be seen there."""

    place: Place
    message: str


@record
class Finding:
    """A located answer of one rule. `place` is the one to change where the truth is known.

    `help` is what to do where no safe fix does it, and `reason` says what cannot be known, where the verdict is
    `unverifiable`. `slip` says how two secrets differ by a mere slip: that is for the person at the terminal, and for
    no output that is passed on.
    """

    rule: str
    severity: Severity
    verdict: Verdict
    stack: str
    message: str
    place: Place
    label: str = ""
    related: tuple[Label, ...] = ()
    fix: Fix | None = None
    help: str = ""
    fingerprint: str = ""
    reason: Reason | None = None
    slip: str = ""

    @property
    def advice(self) -> str:
        """What the reader has to do; empty where a safe fix does it."""
        return "" if self.fix is not None and self.fix.safety == "safe" else self.help

    @property
    def places(self) -> tuple[Place, ...]:
        """The primary place, then the related ones."""
        return (self.place, *(label.place for label in self.related))

    def touches(self, paths: Sequence[str]) -> bool:
        """Whether this labels one of these files, or one below a directory of them (empty: the root)."""
        return any(_below(place.path, paths) for place in self.places)


def _below(path: str, ancestors: Sequence[str]) -> bool:
    return any(not above or path == above or path.startswith(above + "/") for above in ancestors)
