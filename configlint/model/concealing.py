"""Masking what stands at places that are secret for another reason than the text itself knows."""

from collections.abc import Iterator, Mapping, Sequence

from configlint.model.text import Place, Run, Text

Secrets = Mapping[str, Sequence[Place]]
"""The secret places, by path."""


def masked(text: Text, secrets: Secrets) -> Text:
    """The text with everything masked that stands at a secret place."""
    return Text(part for run in text.runs for part in _run(run, secrets))


def _run(run: Run, secrets: Secrets) -> Iterator[Run]:
    """A run cut at the secret places within it; one that is not written letter by letter is hidden as a whole."""
    place = run.place
    spots = [spot for spot in secrets.get(place.path, ()) if _overlap(spot, place)] if place is not None else []
    if run.secret or run.text is None or place is None or not spots:
        yield run
        return
    if not run.exact:
        yield run.but(secret=True)
        return
    at = 0
    for spot in sorted(spots):
        start, end = max(spot.start - place.start, at), min(spot.end, place.end) - place.start
        if at < start:
            yield run.part(at, start)
        if start < end:
            yield run.part(start, end).but(secret=True)
            at = end
    if at < len(run.text):
        yield run.part(at, len(run.text))


def _overlap(one: Place, two: Place) -> bool:
    return one.start < two.end and two.start < one.end
