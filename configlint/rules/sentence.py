"""Sentences of a rule: text with `{side.column}` and `{word}`, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from configlint.model.database import columns

WORDS = ("difference", "holder", "nearest", "reason", "services", "title", "users")
"""The words besides columns: how two values differ, why one is unknown, which services a finding concerns; for several
names at one place, the name that holds the value and those that use it; the nearest path."""

_OF_TABLES: Mapping[str, tuple[str, ...]] = {"workers": ("chain", "runs"), "overrides": ("chain", "lost", "won")}
"""Further words if the `from` side is one of these tables: they describe its decision."""


UNVERIFIABLE = "unverifiable"
"""The outcome that every kind has: the rows exist, but whether they agree cannot be known."""


def holes(sentence: str) -> Iterator[str]:
    """The contents of its braces. Raises ValueError for unbalanced ones."""
    for _, hole, spec, conversion in Formatter().parse(sentence):
        if hole is not None:
            yield hole + (f":{spec}" if spec else "") + (f"!{conversion}" if conversion else "")


def fault(sentence: str, tables: Mapping[str, str], sides: Iterable[str]) -> str:
    """What is wrong with a sentence, given each side's table; empty if nothing is."""
    try:
        found = list(holes(sentence))
    except ValueError:
        return f"unbalanced braces in {sentence!r}"
    for hole in found:
        side, dot, column = hole.partition(".")
        if not dot and hole in (*WORDS, *_OF_TABLES.get(tables.get("from", ""), ())):
            continue
        if side not in sides or side not in tables:
            return f"{{{hole}}} does not name a side of this rule ({', '.join(sorted(tables))})"
        if column not in columns(tables[side]):
            return f"{{{hole}}}: table {tables[side]} has no column '{column}'"
    return ""


LONGEST = 2000
"""The most characters of a value in a message."""


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """The sentence with every hole filled; `values` are keyed as the holes are written. A long one loses its end."""
    parts = []
    for literal, hole, _, _ in Formatter().parse(sentence):
        parts.append(literal)
        if hole is not None:
            value = values.get(hole, "")
            parts.append(value if len(value) <= LONGEST else f"{value[:LONGEST]}…")
    return "".join(parts)
