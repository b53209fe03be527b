"""Findings to edited texts, re-checked before a byte is written."""

from collections.abc import Sequence

from configlint.engine.check import check
from configlint.fix.apply import edited, edits_of
from configlint.fix.trial import Trial
from configlint.model.finding import Edit, Finding
from configlint.model.memory_tree import EditedTree
from configlint.model.record import record
from configlint.model.result import Result
from configlint.model.settings import Settings
from configlint.model.tree import Tree
from configlint.rules.rule import Rule


@record
class FileChange:
    """A file before and after. `edits` are in the coordinates of `old`, in their order."""

    path: str
    old: str
    new: str
    edits: tuple[Edit, ...]


@record
class Plan:
    """What would be written, what was refused and why, and what is left after it."""

    changes: tuple[FileChange, ...]
    applied: tuple[Finding, ...]
    refused: tuple[tuple[Finding, str], ...]
    before: Result
    after: Result


def plan(tree: Tree, settings: Settings, rules: Sequence[Rule], *, unsafe: bool, touching: Sequence[str] = ()) -> Plan:
    """Choose the fixes that make no rule say more than before and change no other value, all in memory.

    With `touching`, only findings that label one of these files, or a file below one of these directories.
    """
    before = check(tree, settings, rules)
    wanted = [finding for finding in before.findings if _wanted(finding, touching, unsafe=unsafe)]
    trial = Trial(tree=tree, settings=settings, rules=rules, before=before)
    chosen, refused = _choose(trial, wanted)
    contents = edited(tree, chosen)
    changes = tuple(
        FileChange(path=path, old=tree.read(path), new=new, edits=edits_of(chosen, path))
        for path, new in sorted(contents.items())
    )
    after = check(EditedTree(tree, contents), settings, rules) if contents else before
    return Plan(changes=changes, applied=tuple(chosen), refused=tuple(refused), before=before, after=after)


def _wanted(finding: Finding, touching: Sequence[str], *, unsafe: bool) -> bool:
    if finding.fix is None or (finding.fix.safety == "unsafe" and not unsafe):
        return False
    return not touching or finding.touches(touching)


def _choose(trial: Trial, wanted: Sequence[Finding]) -> tuple[list[Finding], list[tuple[Finding, str]]]:
    """All of them if they go together, which is the rule; otherwise by halves, down to those that break something."""
    chosen: list[Finding] = []
    refused: list[tuple[Finding, str]] = []
    groups = [list(wanted)]
    while groups:
        group = groups.pop()
        objection = trial.objection([*chosen, *group])
        if not objection:
            chosen += group
        elif len(group) == 1:
            refused.append((group[0], objection))
        else:
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
    return chosen, refused
