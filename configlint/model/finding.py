"""What a run has to say, and the edits that would mend it. Nothing here knows a format or an output."""

from collections.abc import Iterable
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


@record
class Label:
    """A place in a file and what is to be seen there."""

    place: Place
    message: str


@record
class Finding:
    """A located answer of one rule. `place` is the one to change where the truth is known.

    `reason` tells what cannot be known, where the verdict is `unverifiable`.
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

    @property
    def places(self) -> tuple[Place, ...]:
        """The primary place, then the related ones."""
        return (self.place, *(label.place for label in self.related))

    def touches(self, paths: Iterable[str]) -> bool:
        """Whether this labels one of these files, or one below a directory of them (empty: the root)."""
        return any(
            not path or place.path == path or place.path.startswith(path + "/")
            for path in paths
            for place in self.places
        )
