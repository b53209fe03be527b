"""Findings that were there before: what a repository has decided to live with, and what is new.

A line is what a finding is known by: its rule, its file and the name of the thing. It holds no line number, no value
and no message, so that it stands until the finding itself goes.
"""

from collections import Counter
from collections.abc import Iterable

from configlint.model.finding import Finding
from configlint.model.record import record, replace
from configlint.model.result import Result

NAME = ".configlint-baseline"
_HEAD = "# Findings that were here when configlint came; `configlint baseline` writes this file.\n"


@record
class Compared:
    """A result without what the baseline knows, and the entries of the baseline that are found no more."""

    result: Result
    stale: tuple[str, ...]


def written(findings: Iterable[Finding]) -> str:
    """The content of a baseline: one line a finding, sorted."""
    return _HEAD + "".join(f"{line}\n" for line in sorted(_line(one) for one in findings if one.verdict == "fail"))


def entries(content: str) -> list[str]:
    return [line.strip() for line in content.splitlines() if line.strip() and not line.startswith("#")]


def compared(result: Result, content: str, switched_off: Iterable[str] = ()) -> Compared:
    """Take what the baseline knows out of a result. Entries of rules that did not run are not stale."""
    left = Counter(entries(content))
    kept: list[Finding] = []
    for finding in result.findings:
        line = _line(finding)
        if finding.verdict == "fail" and left[line] > 0:
            left[line] -= 1
        else:
            kept.append(finding)
    silent = {*switched_off, *(finding.rule for finding in kept if finding.verdict == "unverifiable")}
    stale = tuple(line for line in sorted(left.elements()) if line.partition("|")[0] not in silent)
    known = len(result.findings) - len(kept)
    counts = Counter(finding.severity for finding in kept if finding.verdict == "fail")
    summary = replace(
        result.summary, error=counts["error"], warning=counts["warning"], info=counts["info"], baselined=known
    )
    return Compared(result=replace(result, findings=tuple(kept), summary=summary), stale=stale)


def pruned(content: str, stale: Iterable[str]) -> str:
    """A baseline without its stale entries."""
    left = Counter(entries(content))
    left.subtract(stale)
    return _HEAD + "".join(f"{line}\n" for line in sorted(left.elements()))


def _line(finding: Finding) -> str:
    """What a finding is known by, with white space and control characters out of the way."""
    return "".join(
        f"%{ord(sign):02x}" if sign.isspace() or not sign.isprintable() else sign for sign in finding.fingerprint
    )
