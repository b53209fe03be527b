"""Nothing that is secret leaves: what a file marks as secret is masked in every text that stands there."""

from collections.abc import Iterable, Mapping, Sequence

from configlint.explain.why.answer import Entry, Part
from configlint.model.cell import Cell
from configlint.model.concealing import Secrets, masked
from configlint.model.letters import letter
from configlint.model.record import replace


def concealed(entries: Iterable[Entry], secrets: Secrets) -> tuple[Entry, ...]:
    """The entries with everything masked that stands at a secret place, and with equal secrets in one group."""
    masked = [_entry(entry, secrets) for entry in entries]
    groups = _groups(masked)
    return tuple(_grouped(entry, groups) for entry in masked)


def _entry(entry: Entry, secrets: Secrets) -> Entry:
    parts = tuple(replace(part, text=masked(part.text, secrets)) for part in entry.parts)
    uses = Cell(value=entry.uses.value, text=masked(entry.uses.text, secrets))
    return replace(entry, uses=uses, parts=parts)


_COMPARED = ("decides", "overridden", "fills", "written", "template")
"""Parts that state the whole value."""
_COMPARING = ("variable", "filling", "pair", "written", "key")


def _groups(entries: Sequence[Entry]) -> dict[str, str]:
    """A letter for each of the values that are compared; none where no secret stands at two places."""
    texts = {part.place: part.text for entry in entries for part in entry.parts if _is_compared(entry, part)}
    if len(texts) < 2 or not any(text.secret for text in texts.values()):
        return {}
    values = dict.fromkeys(text.raw for text in texts.values())
    return {value: letter(number) for number, value in enumerate(values)}


def _is_compared(entry: Entry, part: Part) -> bool:
    return entry.kind in _COMPARING and part.role in _COMPARED and part.text.known and bool(part.text.raw)


def _grouped(entry: Entry, groups: Mapping[str, str]) -> Entry:
    if not any(_is_compared(entry, part) for part in entry.parts):
        return entry
    parts = [
        replace(part, group=groups.get(part.text.raw, "")) if _is_compared(entry, part) else part
        for part in entry.parts
    ]
    return replace(entry, parts=tuple(parts), group=groups.get(entry.uses.text.raw, "") if entry.uses.text.raw else "")
