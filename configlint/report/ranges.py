"""Ranges of a string, and what is left of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Range(NamedTuple):
    """Offsets into a string, the end exclusive."""

    start: int
    end: int


def within(spans: Iterable[tuple[int, int]], bounds: Range) -> Iterator[Range]:
    """The parts of spans that lie in the bounds."""
    for start, end in spans:
        if start < bounds.end and bounds.start < end:
            yield Range(max(start, bounds.start), min(end, bounds.end))


def without(spans: Iterable[Range], taken: Sequence[Range]) -> list[Range]:
    """The spans without what is taken; both in order."""
    left: list[Range] = []
    for start, end in spans:
        at = start
        for other in taken:
            if other.start < end and at < other.end:
                if at < other.start:
                    left.append(Range(at, other.start))
                at = max(at, other.end)
        if at < end:
            left.append(Range(at, end))
    return left


def merged(spans: Iterable[Range]) -> list[Range]:
    """The ranges in order; those that touch or overlap become one, and empty ones vanish."""
    found: list[Range] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if found and span.start <= found[-1].end:
            found[-1] = Range(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
