"""Traced text: a string that knows where each of its characters is written.

A value travels far in a stack: a secret in `.env` flows through `${S}` into a compose item, a host in a Dart
constant becomes part of a URL in another file. `Text` keeps the origin through slicing, joining and parsing, so
that one value is compared, blamed, masked and rewritten.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NoReturn

from configlint.model.reason import Reason
from configlint.model.run import UNKNOWN, Literal, Place, Run, length, mask, side_by_side, timeless

__all__ = ["UNKNOWN", "Literal", "Place", "Run", "Text", "joined", "length", "mask", "timeless"]

_MOST_VIA = 50
"""Places that pass a value on, one to the next, of which each is remembered."""


class Text:
    """An immutable string of runs. Formatting it masks what is secret and names what is unknown."""

    __slots__ = ("raw", "runs")

    runs: tuple[Run, ...]
    raw: str
    """The decoded string, with `UNKNOWN` for each unknown run. Holds secrets: never print it."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self.runs = tuple(runs)
        self.raw = "".join(run.raw for run in self.runs)

    @classmethod
    def literal(cls, value: str, literal: Literal) -> "Text":
        """A literal whose content stands in the file exactly as `value`."""
        return cls((Run(text=value, place=literal.inner, literal=literal, exact=True),))

    @classmethod
    def written(cls, value: str, place: Place) -> "Text":
        """A value that is written at `place` in other characters, or computed there: shown, never rewritten."""
        return cls((Run(text=value, place=place),))

    @classmethod
    def exactly(cls, value: str, place: Place) -> "Text":
        """Characters that stand at `place` as they are, but that no edit may touch (a key, a name)."""
        return cls((Run(text=value, place=place, exact=True),))

    @classmethod
    def unknown(cls, reason: Reason | None, place: Place | None = None) -> "Text":
        return cls((Run(text=None, place=place, reason=reason),))

    @classmethod
    def assumed(cls, value: str) -> "Text":
        """A value that a program supplies itself, written in no file."""
        return cls((Run(text=value),))

    @property
    def value(self) -> str | None:
        """The decoded string, or None if any part of it is unknown. May be a secret."""
        return None if any(run.text is None for run in self.runs) else self.raw

    @property
    def known(self) -> bool:
        return all(run.text is not None for run in self.runs)

    @property
    def secret(self) -> bool:
        return any(run.secret for run in self.runs)

    @property
    def reason(self) -> Reason | None:
        """Why the first unknown part is unknown."""
        return next((run.reason for run in self.runs if run.text is None), None)

    @property
    def depends(self) -> tuple[str, ...]:
        """Variables that would replace a part of this text if they were set at run time."""
        return tuple(dict.fromkeys(run.depends for run in self.runs if run.depends))

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the characters are written, in the order of the text."""
        return tuple(dict.fromkeys(run.place for run in self.runs if run.place is not None))

    @property
    def via(self) -> tuple[Place, ...]:
        """Places that only passed a part of the value on."""
        return tuple(dict.fromkeys(place for run in self.runs for place in run.via))

    @property
    def place(self) -> Place | None:
        """The deciding place: the union of the leading runs that stand side by side in one file."""
        whole: Place | None = None
        for place in self.places:
            if whole is None:
                whole = place
            elif whole.path == place.path and whole.end == place.start:
                whole = Place(whole.path, whole.start, place.end)
        return whole

    @property
    def site(self) -> Run | None:
        """The one stretch that an edit may rewrite; None where the text is computed, escaped or of several places.

        Runs that stand side by side in one literal, as where the password of a URL is secret, are one stretch.
        """
        whole: Run | None = None
        for run in self.runs:
            if not run.exact or run.literal is None or run.text is None:
                return None
            whole = run if whole is None else side_by_side(whole, run)
            if whole is None:
                return None
        return whole

    def as_secret(self) -> "Text":
        return Text(run.but(secret=True) for run in self.runs)

    def through(self, place: Place) -> "Text":
        """The same text, passed on by a reference that stands at `place`."""
        return Text(run if len(run.via) >= _MOST_VIA else run.but(via=(*run.via, place)) for run in self.runs)

    def defaulting(self, variable: str) -> "Text":
        """The same text, judged as the default of a variable that the environment may set."""
        return Text(run.but(depends=variable) for run in self.runs)

    def strip(self) -> "Text":
        start = len(self.raw) - len(self.raw.lstrip())
        return self[start : max(start, len(self.raw.rstrip()))]

    def split(self, separator: str) -> list["Text"]:
        parts, start = [], 0
        while (end := self.raw.find(separator, start)) >= 0:
            parts.append(self[start:end])
            start = end + len(separator)
        return [*parts, self[start:]]

    def __getitem__(self, key: slice) -> "Text":
        start, end, step = key.indices(len(self.raw))
        if step != 1:
            raise ValueError("a text is sliced without a step")
        return Text(self._parts(start, end))

    def _parts(self, start: int, end: int) -> Iterator[Run]:
        if start >= end:
            # A zero-width slice keeps its place, so that an empty value can still be pointed at and filled in.
            offset = 0
            for run in self.runs:
                if offset <= start <= offset + len(run.raw):
                    yield run.part(start - offset, start - offset) if run.text is not None else run.but(text="")
                    return
                offset += len(run.raw)
            return
        offset = 0
        for run in self.runs:
            first, last = max(start - offset, 0), min(end - offset, len(run.raw))
            if first < last:
                yield run.part(first, last)
            offset += len(run.raw)

    def __add__(self, other: "Text") -> "Text":
        return Text(self.runs + other.runs)

    def __len__(self) -> int:
        return len(self.raw)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __str__(self) -> str:
        """What may be shown: secret runs as a mask that tells only their length, unknown runs as `…`."""
        # An empty run between two secrets is nothing to see, and must not tell where one of them ends.
        shown = (run for run in self.runs if run.raw or run.secret)
        return "".join(_shown(secret, tuple(runs)) for secret, runs in groupby(shown, key=_is_secret))

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a text stays in its process: it may hold a secret")


def _is_secret(run: Run) -> bool:
    return run.secret and run.text is not None


def _shown(secret: bool, runs: tuple[Run, ...]) -> str:
    """Neighbouring secret runs are one mask, so that it does not tell where one of them is escaped."""
    if secret:
        return mask("".join(run.raw for run in runs))
    return "".join("…" if run.text is None else run.text for run in runs)


def joined(parts: Iterable[Text]) -> Text:
    return Text(run for part in parts for run in part.runs)
