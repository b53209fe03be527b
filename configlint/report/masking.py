"""What may be shown of a file's lines.

Beside what a finding labels, an excerpt shows syntax and what a reader has recognised as harmless, and leaves out all
the rest: a list of secrets can never be complete. Of the labelled characters the secret ones are masked. Only where
characters come from decides; nothing is searched for because it equals a secret.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from configlint.model.quotable import Quotable
from configlint.model.record import record
from configlint.model.text import Place
from configlint.report.ranges import Range, merged, within, without
from configlint.report.suspects import suspects

MASK_WIDTH = 8
"""Every mask has this width, so that it tells nothing, not even a length."""


class Hidden(NamedTuple):
    """Characters that are not shown: those of a secret that is labelled, or what merely stands beside."""

    start: int
    end: int
    secret: bool


@record
class Veil:
    """What is to be hidden in the files of a result. `secrets` are the known places by path."""

    contents: Mapping[str, str]
    secrets: Mapping[str, Sequence[Place]]
    quotable: Mapping[str, Quotable]

    def hidden(self, path: str, start: int, end: int, marked: Sequence[Place] = ()) -> list[Hidden]:
        """The stretches to hide between two offsets of a file, in order and apart from each other."""
        known = self.quotable.get(path, Quotable())
        bounds = Range(start, end)
        content = self.contents.get(path, "")
        syntax, remarks = merged(within(known.syntax, bounds)), merged(within(known.remarks, bounds))
        remarks = without(remarks, syntax)
        harmless = _joined(content, merged(within(known.harmless, bounds)), syntax)
        values = without([bounds], merged([*syntax, *remarks]))
        told = [part for place in marked for part in _labelled(content, place, values, bounds)]
        suspected = [part for one in told for part in without(_suspected(content, one), harmless)]
        labelled = without(merged(told), merged(suspected))
        secret = merged(within(((place.start, place.end) for place in self.secrets.get(path, ())), bounds))
        seen = without(merged([*syntax, *harmless, *labelled]), merged([*secret, *remarks]))
        met = [part for part in secret if any(place.start < part.end and part.start < place.end for place in marked)]
        masked = merged([*met, *suspected])
        left_out = without(without([bounds], seen), masked)
        return _shown_apart(content, [*(Hidden(*one, True) for one in masked), *_spaced(content, left_out)])


def _suspected(content: str, told: Range) -> list[Range]:
    """What looks like a secret in a value that no reader takes for one."""
    found = suspects(content[told.start : told.end])
    return merged(Range(one.start + told.start, one.end + told.start) for one in found)


def _labelled(content: str, place: Place, values: Sequence[Range], bounds: Range) -> Iterator[Range]:
    """What of a value is shown because it is labelled: a label that is wider than one value is about none of them."""
    inside = _clipped(values, Range(max(place.start, bounds.start), min(place.end, bounds.end)))
    told = [one for one in inside if content[one.start : one.end].strip()]
    if len(told) != 1:
        return
    around = content[max(place.start, bounds.start) : told[0].start] + content[told[0].end : min(place.end, bounds.end)]
    if not around.strip(_QUOTES):
        yield told[0]


_QUOTES = " \t\r\n\"'`frbFRB|>-+"
"""What a literal may have around its value."""
_JOINTS = frozenset(":/@.,[]-$")


def _joined(content: str, harmless: Sequence[Range], syntax: Sequence[Range]) -> list[Range]:
    """The harmless values, with the signs that join two of them: `http`, `api` and `8000` are `http://api:8000`."""
    parts = sorted([*harmless, *syntax])
    joints = [
        Range(one.end, two.start)
        for one, two in itertools.pairwise(parts)
        if one.end < two.start and two.start - one.end <= _WIDEST and _JOINTS.issuperset(content[one.end : two.start])
    ]
    return merged([*harmless, *joints])


_WIDEST = 4


def _spaced(content: str, left_out: Iterable[Range]) -> Iterator[Hidden]:
    """What is left out, without the blanks around it."""
    for one in left_out:
        text = content[one.start : one.end]
        if text.strip():
            yield Hidden(one.start + len(text) - len(text.lstrip()), one.start + len(text.rstrip()), False)


def _shown_apart(content: str, found: Iterable[Hidden]) -> list[Hidden]:
    """Stretches with nothing but blanks between them are one."""
    apart: list[Hidden] = []
    for one in sorted(found):
        last = apart[-1] if apart else None
        if last is not None and not last.secret and not one.secret and not content[last.end : one.start].strip():
            apart[-1] = Hidden(last.start, one.end, False)
        else:
            apart.append(one)
    return apart


def _clipped(spans: Iterable[Range], bounds: Range) -> list[Range]:
    return list(within(iter(spans), bounds))
