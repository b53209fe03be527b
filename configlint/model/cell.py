"""Typed values of the tables, and the one place where two of them are compared."""

from typing import NamedTuple

from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import UNKNOWN, Text


class Interval(NamedTuple):
    """Ports from `start` to `end`, both included."""

    start: int
    end: int

    def same(self, other: object) -> bool:
        """Whether the two overlap."""
        theirs = _interval(other)
        return theirs is not None and self.start <= theirs.end and theirs.start <= self.end

    def within(self, other: object) -> bool:
        """Whether `other` covers all of this."""
        theirs = _interval(other)
        return theirs is not None and theirs.start <= self.start and self.end <= theirs.end

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}-{self.end}"


def _interval(value: object) -> Interval | None:
    if isinstance(value, Interval):
        return value
    text = str(value)
    return Interval(int(text), int(text)) if text.isascii() and text.isdecimal() else None


class Unstated(NamedTuple):
    """Ports that nobody states: any one may be among them, but none of `excluded`."""

    excluded: tuple[Interval, ...] = ()

    def same(self, other: object) -> bool | None:
        theirs = _interval(other)
        if theirs is not None and any(theirs.within(one) for one in self.excluded):
            return False
        return None

    def within(self, other: object) -> bool | None:
        return None

    def __str__(self) -> str:
        return "…"


class Address(NamedTuple):
    """A host address to which a port is bound; a wildcard overlaps every other one."""

    host: str

    @property
    def wildcard(self) -> bool:
        return self.host in ("", "0.0.0.0", "::", "[::]", "*")

    def same(self, other: object) -> bool:
        theirs = other if isinstance(other, Address) else Address(str(other))
        return self.wildcard or theirs.wildcard or self.host == theirs.host

    def within(self, other: object) -> bool:
        theirs = other if isinstance(other, Address) else Address(str(other))
        return theirs.wildcard or self.host == theirs.host

    def __str__(self) -> str:
        return self.host or "0.0.0.0"


class Profiles(NamedTuple):
    """The profiles of which one has to be asked for before a service starts; without any it always does."""

    names: frozenset[str] = frozenset()

    def same(self, other: object) -> bool:
        """Whether one request may start both services."""
        theirs = other.names if isinstance(other, Profiles) else frozenset[str]()
        return not self.names or not theirs or not self.names.isdisjoint(theirs)

    def within(self, other: object) -> bool:
        return self.same(other)

    def __str__(self) -> str:
        return ", ".join(sorted(self.names))


class Methods(NamedTuple):
    """The methods of HTTP that a route takes."""

    names: frozenset[str]

    def same(self, other: object) -> bool:
        """Whether some method is in both."""
        theirs = other.names if isinstance(other, Methods) else frozenset({str(other)})
        return not self.names.isdisjoint(theirs)

    def within(self, other: object) -> bool:
        return self.same(other)

    def __str__(self) -> str:
        return ", ".join(sorted(self.names))


class PathPattern(NamedTuple):
    """A URL path by segments. A segment is its literal pieces: one piece has no parameter, `("", ".json")` has one.

    With `rest`, anything may follow. `slash`: whether it ends with a slash; None where that does not matter. Where one
    path has it and the other has not, a server that `redirects` sends a client there that follows: a path of a client
    `redirects` if it does.
    """

    segments: tuple[tuple[str, ...], ...]
    rest: bool = False
    slash: bool | None = None
    redirects: bool = True

    def same(self, other: object) -> bool:
        """Whether some path fits both."""
        theirs = other if isinstance(other, PathPattern) else PathPattern.of(str(other))
        mine_length, their_length = len(self.segments), len(theirs.segments)
        if mine_length < their_length and not self.rest:
            return False
        if their_length < mine_length and not theirs.rest:
            return False
        if self._ends_otherwise(theirs) and not (self.redirects and theirs.redirects):
            return False
        return all(map(_segments_meet, self.segments, theirs.segments))

    def _ends_otherwise(self, other: "PathPattern") -> bool:
        if self.rest or other.rest or self.slash is None or other.slash is None:
            return False
        return self.slash != other.slash

    def within(self, other: object) -> bool:
        return self.same(other)

    @classmethod
    def of(cls, path: str) -> "PathPattern":
        """A path as a client writes it; `UNKNOWN` within a segment is a parameter."""
        parts = path.strip("/").split("/") if path.strip("/") else []
        return cls(tuple(tuple(part.split(UNKNOWN)) for part in parts))

    def __str__(self) -> str:
        body = "/".join("{…}".join(segment) for segment in self.segments)
        if self.rest:
            return f"/{body}/…" if body else "/…"
        return f"/{body}/" if body and self.slash else f"/{body}"


def _segments_meet(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if len(one) > 1 and len(two) > 1:
        return True
    pattern, literal = (one, two[0]) if len(one) > 1 else (two, one[0])
    if len(pattern) == 1:
        return pattern[0] == literal
    if not literal.startswith(pattern[0]) or not literal.endswith(pattern[-1]):
        return False
    return len(literal) >= len(pattern[0]) + len(pattern[-1])


Value = str | int | bool | Interval | Unstated | Address | Profiles | Methods | PathPattern

_RANGED = Interval | Unstated | Address | Profiles | Methods | PathPattern


@record
class Cell:
    """One column's typed value together with its text.

    Known: `value` is set. Unknown: `value` is None and `text` has an unknown run, whose reason says why.
    Null: both are empty; there is nothing to compare.
    """

    value: Value | None
    text: Text

    @property
    def null(self) -> bool:
        return self.value is None and self.text.known

    @property
    def unknown(self) -> bool:
        return self.value is None and not self.text.known

    def __str__(self) -> str:
        """The value as it may be shown."""
        if self.value is None or self.text.secret:
            return str(self.text)
        return str(self.value)

    __repr__ = __str__


NULL = Cell(value=None, text=Text())
ALWAYS = Cell(value=Profiles(), text=Text())


def cell(text: Text) -> Cell:
    """The cell of a string: unknown where the text is."""
    return Cell(value=text.value, text=text)


def typed(value: Value, text: Text) -> Cell:
    return Cell(value=value, text=text)


def unknown(reason: Reason | None, at: Text | None = None) -> Cell:
    """A cell whose value nobody states, pointing at `at`."""
    return Cell(value=None, text=Text.unknown(reason, at.place if at else None))


def same(one: Cell, two: Cell) -> bool | None:
    """Whether two cells agree; None where either is unknown or null."""
    if one.value is None or two.value is None:
        return None
    if isinstance(two.value, Unstated):
        return two.value.same(one.value)
    if isinstance(one.value, _RANGED):
        return one.value.same(two.value)
    if isinstance(two.value, _RANGED):
        return two.value.same(one.value)
    return str(one.value) == str(two.value)


def within(one: Cell, two: Cell) -> bool | None:
    """Whether `two` covers `one`; None where either is unknown or null."""
    if one.value is None or two.value is None:
        return None
    if isinstance(two.value, Unstated):
        return None
    if isinstance(one.value, _RANGED):
        return one.value.within(two.value)
    return str(one.value) == str(two.value)
