"""From a text to the places that it is made of."""

from collections.abc import Iterator

from configlint.explain.why.answer import Part, Role
from configlint.model.text import Place, Text


def stated(
    role: Role, text: Text, at: Place | None = None, *, by: str = "", note: str = "", apart: bool = True
) -> Iterator[Part]:
    """The parts of a value: where it is written, where the rest of it is, and what passed it on.

    `at` stands in where the text itself is written nowhere. What is not `apart`, as the words of a command, is one
    place in each file.
    """
    where = spans(text) if apart else _united(spans(text))
    main = where[0] if where else at
    yield Part(role=role, text=text, place=main, by=by, note=note)
    for place in where[1:]:
        yield Part(role="part", text=text, place=place, by=by)
    for place in text.via:
        if not any(one.holds(place) or place.holds(one) for one in where):
            yield Part(role="passes", text=text, place=place)


def spans(text: Text) -> list[Place]:
    """Where a text is written, in its order. All that stands in one literal is one span, from its first to its last."""
    found: dict[tuple[str, int, int], Place] = {}
    for run in text.runs:
        place = run.place
        if place is None:
            continue
        outer = run.literal.place if run.literal is not None else place
        key = (outer.path, outer.start, outer.end)
        known = found.get(key, place)
        found[key] = Place(place.path, min(known.start, place.start), max(known.end, place.end))
    return _apart(list(found.values()))


def _united(places: list[Place]) -> list[Place]:
    """One place for each file, from the first to the last."""
    files = dict.fromkeys(place.path for place in places)
    return [
        Place(
            path,
            min(one.start for one in places if one.path == path),
            max(one.end for one in places if one.path == path),
        )
        for path in files
    ]


def _apart(places: list[Place]) -> list[Place]:
    """The places without those that lie in another one."""
    return [one for one in places if not any(other is not one and other.holds(one) for other in places)]


def meet(one: Place | None, two: Place | None) -> bool:
    """Whether one of two places lies in the other."""
    return one is not None and two is not None and (one.holds(two) or two.holds(one))
