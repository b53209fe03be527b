"""Nothing that is secret leaves: what a file marks as secret is masked in every text that stands there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.explain.why.answer import Entry, Part
from configlint.model.cell import Cell
from configlint.model.concealing import Secrets, masked
from configlint.model.letters import letter
from configlint.model.quotable import Quotable
from configlint.model.record import replace
from configlint.model.regex import regex
from configlint.model.text import Run, Text


def concealed(entries: Iterable[Entry], secrets: Secrets, quotable: Mapping[str, Quotable]) -> tuple[Entry, ...]:
    """The entries with everything masked that stands at a secret place, and with equal secrets in one group.

    Of a command only the names of programs and options are shown, and the values that a reader has recognised.
    """
    masked = [_entry(entry, secrets) for entry in entries]
    masked = [_of_command(entry, quotable) if entry.kind == "command" else entry for entry in masked]
    groups = _groups(masked)
    return tuple(_grouped(entry, groups) for entry in masked)


def _of_command(entry: Entry, quotable: Mapping[str, Quotable]) -> Entry:
    parts = tuple(replace(part, text=_abridged(part.text, quotable)) for part in entry.parts)
    uses = _abridged(entry.uses.text, quotable)
    return replace(entry, uses=Cell(value=uses.value if entry.uses.value is not None else None, text=uses), parts=parts)


def _abridged(text: Text, quotable: Mapping[str, Quotable]) -> Text:
    """A command without the arguments that may be anything."""
    return Text(part for run in text.runs for part in _known(run, quotable))


def _known(run: Run, quotable: Mapping[str, Quotable]) -> Iterator[Run]:
    place, at = run.place, 0
    if run.text is None or run.secret or not run.text.strip():
        yield run
        return
    offset = place.start if place is not None else 0
    shown = quotable.get(place.path, Quotable()) if place is not None and run.exact else Quotable()
    for start, end in sorted((*shown.syntax, *shown.harmless)):
        first, last = max(start - offset, at), min(end - offset, len(run.text))
        if first < last:
            yield from _left_out(run, at, first)
            yield run.part(first, last)
            at = last
    yield from _left_out(run, at, len(run.text))


_WORD = regex(r"\S+")
_JOINTS = frozenset(":/@.,[]=\"'")


def _left_out(run: Run, start: int, end: int) -> Iterator[Run]:
    """An ellipsis for each word; blanks, quotes and the signs that join harmless values stay."""
    whole, at = run.text or "", start
    for word in _WORD.finditer(whole, start, end):
        if at < word.start():
            yield run.part(at, word.start())
        within = start < word.start() or word.end() < end
        joins = _JOINTS.issuperset(word[0]) and not within
        yield run.part(*word.span()) if joins else Run(text="…", place=run.part(*word.span()).place)
        at = word.end()
    if at < end:
        yield run.part(at, end)


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
