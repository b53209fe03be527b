"""By what other programs know a finding from one run to the next."""

from collections import Counter
from collections.abc import Sequence

from configlint.model.finding import Finding


def identities(findings: Sequence[Finding]) -> list[str]:
    """The fingerprint of each finding; a later one of the same fingerprint has its number behind it.

    They hold no line number and no value, so that they stand while lines move. Services show one entry for each.
    """
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        count = seen[finding.fingerprint]
        found.append(finding.fingerprint if count == 1 else f"{finding.fingerprint}-{count}")
    return found
