"""What a finding is known by from one run to the next: its fingerprint.

Six words: the rule, its outcome, the file, the service, the column, the name of the thing. No line and no value is
among them, so that it stays the same while lines move and values change.
"""

import re
from collections.abc import Mapping

from configlint.engine.edits import Sites
from configlint.kinds.base import Outcome
from configlint.model.text import Place, timeless
from configlint.rules.rule import Rule

_FORM = r"[a-z][a-z0-9-]*(?:\|[^|\s]*){5}"
_ODD = frozenset("%| ")
_NAMES = ("name", "what", "rule")
"""Columns that say which thing a row is about, the best one first."""
_LONGEST = 500
"""Characters of a name by which a thing is known."""


def identity(rule: Rule, place: Place, outcome: Outcome, sites: Sites) -> str:
    """The fingerprint of what decides at `place`.

    The service belongs to it in the file that states it; what stands in another one is the same whoever reads it. The
    stack does not: its name changes when another one comes.
    """
    row = outcome.wrong.row
    service = row.service if sites.home(row, place.path) else ""
    name = next((str(found) for column in _NAMES if (found := getattr(row, column, ""))), "")
    words = (rule.id, outcome.word, place.path, service, outcome.wrong.column, timeless(name[:_LONGEST]))
    return "|".join(map(_escaped, words))


def is_identity(text: str) -> bool:
    return re.fullmatch(_FORM, text) is not None


def rule_of(fingerprint: str) -> str:
    return fingerprint.partition("|")[0]


def path_of(fingerprint: str) -> str:
    from urllib.parse import unquote  # few runs ask for it

    return unquote(fingerprint.split("|")[2])


def renamed(fingerprint: str, moved: Mapping[str, str]) -> str:
    """The fingerprint after some files were renamed; a path may also be the name of the thing."""
    if not moved:
        return fingerprint
    words = {_escaped(old): _escaped(new) for old, new in moved.items()}
    return "|".join(words.get(word, word) for word in fingerprint.split("|"))


def _escaped(word: str) -> str:
    """As in a URL, so that a fingerprint is one word of one line, and `|` parts its words."""
    if word.isascii() and word.isprintable() and _ODD.isdisjoint(word):
        return word
    odd = (sign in _ODD or sign.isspace() or not sign.isprintable() for sign in word)
    return "".join(
        "".join(f"%{byte:02x}" for byte in sign.encode("utf-8", "replace")) if is_odd else sign
        for sign, is_odd in zip(word, odd, strict=True)
    )
