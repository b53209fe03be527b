"""Findings that were there before: what a repository has decided to live with, and what is new.

A line is what a finding is known by: its rule, its file and the name of the thing. It holds no line number, no value
and no message, so that it stands until the finding itself goes. The lines are sorted, and nothing else in the file
ever changes, so that git can merge two of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from configlint.engine.identity import is_identity, path_of, rule_of
from configlint.model.finding import Finding
from configlint.model.record import record
from configlint.model.result import Result
from configlint.rules.errors import InputError

NAME = ".configlint-baseline"
_HEAD = "# Findings that were here when configlint came; `configlint baseline` writes this file.\n"
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@record
class Compared:
    """A result without what the baseline knows, and the entries of the baseline that are found no more."""

    result: Result
    stale: tuple[str, ...]


def written(findings: Iterable[Finding]) -> str:
    """The content of a baseline: one line a finding, sorted."""
    return _HEAD + _lines(finding.fingerprint for finding in findings if finding.verdict == "fail")


def _lines(found: Iterable[str]) -> str:
    return "".join(f"{entry}\n" for entry in sorted(found))


def entries(content: str) -> list[str]:
    """What a baseline knows, in any order and with comments, as people and merges leave it.

    Raises `InputError` with the line that is no entry.
    """
    found = []
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), 1):
        entry = line.strip()
        if entry.startswith(_MARKERS):
            message = "unresolved merge conflict: keep the lines of both sides, without the conflict markers"
            raise InputError(message, NAME, number)
        if entry and not entry.startswith("#"):
            if not is_identity(entry):
                raise InputError("this line is not a baseline entry: `configlint baseline` writes them", NAME, number)
            found.append(entry)
    return found


def compared(
    result: Result, content: str, switched_off: Iterable[str] = (), absent: Callable[[str], bool] = lambda _: False
) -> Compared:
    """Take what the baseline knows out of a result.

    Entries of rules that did not run are not stale, and neither are those of files that are `absent` here alone. Where
    something cannot be seen, a rule that had nothing to compare may lack just that.
    """
    left = Counter(entries(content))
    kept: list[Finding] = []
    for finding in result.findings:
        if finding.verdict == "fail" and left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
        else:
            kept.append(finding)
    open_ = {finding.rule for finding in kept if finding.verdict == "unverifiable"}
    silent = {*switched_off, *open_, *(result.summary.vacuous if open_ else ())}
    stale = (entry for entry in sorted(left.elements()) if rule_of(entry) not in silent)
    return Compared(
        result=result.only(kept, baselined=len(result.findings) - len(kept)),
        stale=tuple(entry for entry in stale if not absent(path_of(entry))),
    )


def pruned(content: str, stale: Iterable[str]) -> str:
    """A baseline without its stale entries."""
    left = Counter(entries(content))
    left.subtract(stale)
    return _HEAD + _lines(left.elements())
