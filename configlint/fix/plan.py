"""Which fixes are made: those after which no rule says more than before, tried together in memory."""

from collections.abc import Callable, Iterable, Sequence

from configlint.engine.check import check
from configlint.fix.apply import edited, edits_of
from configlint.fix.trial import Objection, Trial
from configlint.model.finding import Edit, Finding
from configlint.model.record import record
from configlint.model.result import Result
from configlint.model.settings import Settings
from configlint.model.tree import Tree
from configlint.rules.rule import Rule

Narrow = Callable[[Result], Iterable[Finding]]
"""All that is found → the findings that are to be fixed."""

_UNTRIED = "too many fixes conflict with each other: it was not tried"


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


@record
class Choice:
    """The fixes that can be made together, those that cannot and why, and what is found after the former."""

    chosen: tuple[Finding, ...]
    refused: tuple[tuple[Finding, str], ...]
    after: Result


def everything(before: Result) -> Iterable[Finding]:
    return before.findings


def plan(tree: Tree, settings: Settings, rules: Sequence[Rule], *, unsafe: bool, narrow: Narrow = everything) -> Plan:
    """Choose the fixes that make no rule say more than before and change no other value, all in memory.

    Only what `narrow` leaves is fixed; the trial is of all `rules` and the whole tree all the same.
    """
    before = check(tree, settings, rules)
    wanted = [finding for finding in narrow(before) if may_be_fixed(finding, unsafe=unsafe)]
    choice = choose(Trial(tree=tree, settings=settings, rules=rules, before=before), [wanted])
    contents = edited(tree, choice.chosen)
    changes = tuple(
        FileChange(path=path, old=tree.read(path), new=new, edits=edits_of(choice.chosen, path))
        for path, new in sorted(contents.items())
    )
    return Plan(changes=changes, applied=choice.chosen, refused=choice.refused, before=before, after=choice.after)


def may_be_fixed(finding: Finding, *, unsafe: bool) -> bool:
    return finding.fix is not None and (unsafe or finding.fix.safety == "safe")


def choose(trial: Trial, groups: Sequence[Sequence[Finding]], most: int | None = None) -> Choice:
    """The fixes of each group together, the first group first; where something objects, those that break nothing.

    With `most`, at most so many trials are made: each one costs a check of the whole repository.
    """
    chosen: list[Finding] = []
    refused: list[tuple[Finding, str]] = []
    after, trials = trial.before, 0
    waiting = [list(group) for group in reversed(groups) if group]
    while waiting:
        group = waiting.pop()
        if trials == most:
            refused += [(finding, _UNTRIED) for finding in group]
            continue
        trials += 1
        outcome = trial.run([*chosen, *group])
        if not isinstance(outcome, Objection):
            chosen += group
            after = outcome
        elif len(group) == 1:
            refused.append((group[0], outcome.reason))
        else:
            waiting += reversed(_parted(group, outcome.suspects))
    return Choice(chosen=tuple(chosen), refused=tuple(refused), after=after)


def _parted(group: Sequence[Finding], suspects: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """A group in two: those that nobody objects to before the others, or by halves where that parts nothing."""
    blamed = set(suspects)
    innocent = [finding for finding in group if finding not in blamed]
    if 0 < len(innocent) < len(group):
        return innocent, [finding for finding in group if finding in blamed]
    middle = len(group) // 2
    return list(group[:middle]), list(group[middle:])
