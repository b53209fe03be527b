"""What one run hands to the outputs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from configlint.model.finding import SEVERITIES, Finding
from configlint.model.quotable import Quotable
from configlint.model.record import record, replace
from configlint.model.text import Place

if TYPE_CHECKING:
    from configlint.model.picture import Picture  # few outputs draw one
    from configlint.model.stats import Stats


@record
class Summary:
    """Counts of a run. `vacuous` are the rules that selected nothing; `values` counts the values that were read.

    Of the findings that are not told, `suppressed` have a comment, `baselined` stand in the baseline, and `known` are
    found in the commit that the run compares with, too.
    """

    files: int = 0
    values: int = 0
    stacks: int = 0
    rules: int = 0
    vacuous: tuple[str, ...] = ()
    error: int = 0
    warning: int = 0
    info: int = 0
    unverifiable: int = 0
    suppressed: int = 0
    baselined: int = 0
    known: int = 0


@record
class Result:
    """Findings sorted by path, line, column and rule.

    `contents` holds the decoded content of every file that a finding labels, for its excerpts, and of every file in the
    `pictures`, which are made only for an output that draws them. `secrets` are, by path, the places in those files
    whose characters must not be shown, `quotable` what may be shown beside a label. `services` are all names under
    which the configuration may speak of a service: its own, and `stack/service`. `absent` are the paths at which
    nothing stands, because git ignores them, and for which a finding is unverifiable. `unmatched` are, by rule, the
    selectors of files that found nothing, in words. `stats` are there where they were asked for.
    """

    findings: tuple[Finding, ...]
    summary: Summary
    contents: Mapping[str, str]
    secrets: Mapping[str, tuple[Place, ...]]
    quotable: Mapping[str, Quotable]
    services: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unmatched: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    stats: "Stats | None" = None
    pictures: "tuple[Picture, ...]" = ()

    def only(self, kept: Sequence[Finding], **counts: Any) -> "Result":
        """The result with some of its findings, counted anew; `counts` are other fields of the summary that change."""
        severities = Counter(finding.severity for finding in kept if finding.verdict == "fail")
        summary = replace(
            self.summary,
            **{severity: severities[severity] for severity in SEVERITIES},
            unverifiable=sum(finding.verdict == "unverifiable" for finding in kept),
            **counts,
        )
        return replace(self, findings=tuple(kept), summary=summary)
