"""What a run finds that an earlier state of the same repository did not show."""

from collections import Counter
from collections.abc import Mapping

from configlint.engine.identity import renamed
from configlint.model.document import Lines
from configlint.model.finding import Finding
from configlint.model.result import Result


def since(before: Result, now: Result, moved: Mapping[str, str]) -> Result:
    """`now` without what was found `before`; `moved` leads from the old paths of renamed files to the new ones.

    As in a baseline, a finding is known by its fingerprint, and as often as there were such. Of several that are alike
    those are new whose lines were not there before.
    """
    alike: Counter[str] = Counter()
    written: Counter[tuple[str, str]] = Counter()
    lines = _LinesOf(before)
    for finding in _failures(before):
        identity = renamed(finding.fingerprint, moved)
        alike[identity] += 1
        written[identity, lines.at(finding)] += 1
    lines = _LinesOf(now)
    known: set[Finding] = set()
    for finding in _failures(now):
        if written[finding.fingerprint, lines.at(finding)] > 0:
            written[finding.fingerprint, lines.at(finding)] -= 1
            alike[finding.fingerprint] -= 1
            known.add(finding)
    for finding in _failures(now):
        if finding not in known and alike[finding.fingerprint] > 0:
            alike[finding.fingerprint] -= 1
            known.add(finding)
    return now.only([finding for finding in now.findings if finding not in known], known=len(known))


def _failures(result: Result) -> list[Finding]:
    return [finding for finding in result.findings if finding.verdict == "fail"]


class _LinesOf:
    """The lines on which the findings of a result stand."""

    def __init__(self, result: Result) -> None:
        self._lines = {path: Lines(content) for path, content in result.contents.items()}

    def at(self, finding: Finding) -> str:
        lines = self._lines[finding.place.path]
        return lines.line(lines.position(finding.place.start).line).strip()
