"""Whether an edited file is still read as before, by us and by a stricter reader."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

from configlint.fix.apply import replaced
from configlint.formats import format_of
from configlint.formats.yaml.additions import additions
from configlint.model.document import UnreadableError
from configlint.model.finding import Edit
from configlint.model.text import Place


def misread(path: str, old: str, new: str, edits: Sequence[Edit]) -> str:
    """What is wrong with a file after these edits; empty if only what they write is read differently."""
    form = format_of(path)
    if form is None:
        return ""
    try:
        then, now = (list(form.facts(form.read(path, content))) for content in (old, new))
    except UnreadableError:
        return f"{path} could no longer be parsed"
    if form.name == "yaml" and _is_strict_yaml(old) and not _is_strict_yaml(new):
        return f"{path} could no longer be parsed by every YAML parser"
    elsewhere = f"another value in {path} would change too"
    written = [place for fact in then if fact.text.raw for place in fact.text.places] if len(then) == len(now) else []
    values = _Stretches(written)
    # One that only makes a written value longer (a tag behind an image) adds no entry.
    inserted = tuple(edit for edit in edits if edit.place.start == edit.place.end and not values.touch(edit.place))
    if inserted and form.name == "yaml" and additions(old, replaced(old, inserted)) != len(inserted):
        return elsewhere
    edited = _Stretches(edit.place for edit in edits)
    untouched = Counter((fact.key, fact.text.raw) for fact in then if not any(map(edited.touch, fact.text.places)))
    left = Counter((fact.key, fact.text.raw) for fact in now)
    return "" if untouched <= left and (inserted or len(then) == len(now)) else elsewhere


def _is_strict_yaml(content: str) -> bool:
    """Whether a reader of YAML 1.2 takes a file, which ours, of YAML 1.1, may take too easily."""
    # Imported here: it is slow, and only a fix needs it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        for _ in YAML(typ="safe", pure=True).parse(content):
            pass
    except YAMLError:
        return False
    return True


class _Stretches:
    """Places of one file, to be asked whether another one touches any of them."""

    def __init__(self, places: Iterable[Place]) -> None:
        found = sorted((place.start, place.end) for place in places)
        self._starts = [start for start, _ in found]
        self._reach = list(accumulate((end for _, end in found), max))
        """By number, how far this place or one before it goes."""

    def touch(self, place: Place) -> bool:
        before = bisect_right(self._starts, place.end)
        return before > 0 and self._reach[before - 1] >= place.start
