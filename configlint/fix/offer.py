"""Which fixes may be announced: those that `fix` would make, and not refuse."""

from collections.abc import Sequence

from configlint.engine.check import check
from configlint.fix.plan import choose
from configlint.fix.trial import Trial
from configlint.model.finding import Finding, Verdict
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.model.settings import Settings
from configlint.model.text import Place
from configlint.model.tree import Tree
from configlint.rules.rule import Rule

_MOST_TRIALS = 16
"""A trial is a check of the whole repository. One is enough where no fix is refused, and each refusal takes a few."""

_Key = tuple[str, Place, Verdict]


def offered(
    result: Result, tree: Tree, settings: Settings, rules: Sequence[Rule], whole: Result | None = None
) -> Result:
    """A result without the fixes that would be refused, or that another rule's fix cancels.

    `result` may be of some rules and some files; the trial is of all `rules` that `settings` leave in force, and
    `whole` is what they find, where that is known.
    """
    fixable = {_key(finding) for finding in result.findings if finding.fix}
    if not fixable:
        return result
    before = check(tree, settings, rules) if whole is None else whole
    wanted = [finding for finding in before.findings if finding.fix and _key(finding) in fixable]
    safe = [finding for finding in wanted if finding.fix and finding.fix.safety == "safe"]
    unsafe = [finding for finding in wanted if finding.fix and finding.fix.safety == "unsafe"]
    trial = Trial(tree=tree, settings=settings, rules=rules, before=before)
    made = {_key(finding): finding.fix for finding in choose(trial, (safe, unsafe), _MOST_TRIALS).chosen}
    findings = tuple(
        replace(finding, fix=made.get(_key(finding))) if finding.fix else finding for finding in result.findings
    )
    return replace(result, findings=findings)


def _key(finding: Finding) -> _Key:
    """What one finding of a run is: a rule has one for each place and verdict."""
    return finding.rule, finding.place, finding.verdict
