"""A fix on trial: what the whole repository would say of it, before a byte is written."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from configlint.engine.check import check
from configlint.fix.apply import edited, edits_of
from configlint.fix.reading import misread
from configlint.model.finding import Finding
from configlint.model.memory_tree import EditedTree
from configlint.model.record import record
from configlint.model.result import Result
from configlint.model.settings import Settings
from configlint.model.tree import Tree
from configlint.rules.rule import Rule


class Objection(NamedTuple):
    """Why some fixes must not be made together. `suspects` are those among them of which it may be said, if known."""

    reason: str
    suspects: tuple[Finding, ...] = ()


@record
class Trial:
    """The repository as it is, and what all rules that are in force say of it."""

    tree: Tree
    settings: Settings
    rules: Sequence[Rule]
    before: Result

    def run(self, fixed: Sequence[Finding]) -> Result | Objection:
        """What is found after these fixes, or why they must not be made."""
        try:
            contents = edited(self.tree, fixed)
        except ValueError:
            return Objection("another fix changes the same characters")
        for path, new in contents.items():
            fault = misread(path, self.tree.read(path), new, edits_of(fixed, path))
            if fault:
                return Objection(fault, _editing({path}, fixed))
        after = check(EditedTree(self.tree, contents), self.settings, self.rules)
        return _worse(self.before, after, fixed) or after


def _worse(before: Result, after: Result, fixed: Sequence[Finding]) -> Objection | None:
    then, now = _counted(before), _counted(after)
    for identity, count in now.items():
        if count > then[identity]:
            labelled = {place.path for one in after.findings if _identity(one) == identity for place in one.places}
            reason = f"{identity[0]} would report a new finding in {identity[1]}"
            return Objection(reason, _editing(labelled, fixed))
    remaining = tuple(finding for finding in fixed if now[_identity(finding)] >= then[_identity(finding)])
    return Objection("it would not remove the finding", remaining) if remaining else None


def _editing(paths: set[str], fixed: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings whose fixes write into one of these files."""
    return tuple(one for one in fixed if one.fix and any(edit.place.path in paths for edit in one.fix.edits))


def _counted(result: Result) -> Counter[tuple[str, str, str]]:
    return Counter(_identity(finding) for finding in result.findings if finding.verdict == "fail")


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.place.path, finding.fingerprint
