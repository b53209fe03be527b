"""Sentences of a rule: text with `{side.column}` and `{word}`, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from configlint.model.database import columns

WORDS = ("difference", "holder", "nearest", "reason", "services", "title", "users")
"""What the engine fills in besides columns: how two values differ, why one is unknown, whom a finding reaches; of
several names at one place the one that holds what is written and those that use it; the path that comes nearest."""

_OF_TABLES: Mapping[str, tuple[str, ...]] = {"workers": ("chain", "runs"), "overrides": ("chain", "lost", "won")}
"""The same for the `from` side of a rule on one of these tables: how its decision is told."""


UNVERIFIABLE = "unverifiable"
"""The word for what every kind may come to: the rows can be seen, and whether they agree cannot."""


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
            return f"{{{hole}}} names no side of this rule; there are {', '.join(sorted(tables))}"
        if column not in columns(tables[side]):
            return f"{{{hole}}}: table {tables[side]} has no column '{column}'"
    return ""


LONGEST = 2000
"""Characters of a value that a sentence tells."""


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """The sentence with every hole filled; `values` are keyed as the holes are written. A long one loses its end."""
    parts = []
    for literal, hole, _, _ in Formatter().parse(sentence):
        parts.append(literal)
        if hole is not None:
            value = values.get(hole, "")
            parts.append(value if len(value) <= LONGEST else f"{value[:LONGEST]}…")
    return "".join(parts)
