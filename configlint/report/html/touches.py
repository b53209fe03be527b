"""Which findings speak of a place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from configlint.model.finding import Finding
from configlint.model.text import Place

Level = Literal["error", "warning", ""]
_ORDER: tuple[Level, ...] = ("", "warning", "error")


def worst(levels: Iterable[Level]) -> Level:
    return max(levels, key=_ORDER.index, default="")


class Touch(NamedTuple):
    """A place of a finding. Only its own place has a level, and only where it fails at more than info.

    `apart` tells that the finding holds several files against each other.
    """

    place: Place
    number: int
    level: Level
    apart: bool

    @property
    def path(self) -> str:
        return self.place.path


class Touches:
    """All places of some findings, which are known by their number among them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.all = [
            Touch(place, number, _level(finding) if place == finding.place else "", _apart(finding))
            for number, finding in enumerate(findings)
            for place in finding.places
        ]
        self._by_path: dict[str, list[Touch]] = defaultdict(list)
        for touch in self.all:
            self._by_path[touch.path].append(touch)

    def of(self, path: str) -> Sequence[Touch]:
        """Those in a file."""
        return self._by_path.get(path, ())

    def at(self, place: Place) -> Iterator[Touch]:
        """Those that have characters in common with a place, or that are the same point."""
        for touch in self.of(place.path):
            other = touch.place
            if other == place or (other.start < place.end and place.start < other.end):
                yield touch


def _apart(finding: Finding) -> bool:
    return len({place.path for place in finding.places}) > 1


def _level(finding: Finding) -> Level:
    if finding.verdict == "unverifiable" or finding.severity == "info":
        return ""
    return finding.severity
