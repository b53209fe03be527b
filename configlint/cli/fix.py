"""`configlint fix`."""

from collections.abc import Sequence

from configlint import config
from configlint.cli import baseline, terminal
from configlint.cli.check import about, exit_code, new
from configlint.cli.common_options import Wanted
from configlint.cli.session import Session, opened
from configlint.fix.offer import offered
from configlint.fix.plan import Plan, may_be_fixed, plan
from configlint.model.finding import Finding
from configlint.model.memory_tree import EditedTree
from configlint.model.record import record, replace
from configlint.model.result import Result
from configlint.repo import Change, WriteError, write
from configlint.report import FORMATS
from configlint.report.diff import Change as Shown
from configlint.report.diff import render_diff
from configlint.report.summary import plural


@record
class Scope:
    """What to fix: findings that are not in the baseline (unless `baselined`), and new since `base`."""

    unsafe: bool
    baselined: bool
    base: str | None


def run(wanted: Wanted, scope: Scope, *, diff: bool, exit_non_zero_on_fix: bool, fail_on: str, color: str) -> int:
    """Plan all fixes in memory, then write every file or none."""
    session = opened(wanted)
    meant: list[Finding] = []

    def narrow(before: Result) -> list[Finding]:
        config.check_services(session.config, before.services, session.tree)
        meant.extend(_narrowed(session, before, scope).findings)
        return [finding for finding in meant if finding.fix and finding.fix.within(session.touching)]

    planned = plan(session.tree, session.config.settings, session.rules, unsafe=scope.unsafe, narrow=narrow)
    options = terminal.options(session.rules, color=color, command="fix", root=session.disk.root)
    outside = [one for one in meant if may_be_fixed(one, unsafe=scope.unsafe) and not _inside(one, session)]
    if diff:
        terminal.say(
            render_diff(shown(planned), planned.before.secrets, planned.before.quotable, options), color=options.color
        )
        _note([*_refusals(planned), *_outside(outside)])
        return int(bool(planned.changes or planned.refused))
    try:
        write(session.disk, {change.path: Change(change.old, change.new) for change in planned.changes})
    except WriteError as error:
        terminal.note(str(error))
        return 1
    left = _left(session, planned, scope)
    terminal.say(FORMATS["text"](left, options), color=options.color)
    fixed = [f"fixed {change.path} ({plural(len(change.edits), 'place')})" for change in planned.changes]
    _note([*fixed, *_refusals(planned), *_outside(outside), *_restarts(planned)])
    if planned.refused or (exit_non_zero_on_fix and planned.changes):
        return 1
    return exit_code(left, fail_on)


def _narrowed(session: Session, result: Result, scope: Scope) -> Result:
    """Only what the user wants to be fixed, wherever it is."""
    everything = replace(session, left_out=frozenset[str]())
    result = result if scope.baselined else baseline.without_known(everything, result)
    result = new(everything, result, scope.base)
    if not session.left_out:
        return result
    selected = [finding for finding in result.findings if finding.rule not in session.left_out]
    vacuous = tuple(rule for rule in result.summary.vacuous if rule not in session.left_out)
    return result.only(selected, vacuous=vacuous, rules=len(session.rules) - len(baseline.off(session)))


def _inside(finding: Finding, session: Session) -> bool:
    return finding.fix is not None and finding.fix.within(session.touching)


def _left(session: Session, planned: Plan, scope: Scope) -> Result:
    """What is found in the PATHs after the fixes, with the fixes that a further run would make."""
    refused = {(finding.rule, finding.place.path, finding.fingerprint) for finding, _ in planned.refused}
    left = about(_narrowed(session, planned.after, scope), session.touching)
    unrefused = tuple(
        replace(one, fix=None) if (one.rule, one.place.path, one.fingerprint) in refused else one
        for one in left.findings
    )
    tree = EditedTree(session.tree, {change.path: change.new for change in planned.changes})
    return offered(replace(left, findings=unrefused), tree, session.config.settings, session.rules, planned.after)


def shown(planned: Plan) -> list[Shown]:
    """The changes with what each is for."""
    return [
        Shown(
            path=change.path, old=change.old, new=change.new, edits=change.edits, titles=_titles(planned, change.path)
        )
        for change in planned.changes
    ]


def _titles(planned: Plan, path: str) -> tuple[str, ...]:
    fixes = [finding.fix for finding in planned.applied if finding.fix]
    return tuple(dict.fromkeys(fix.title for fix in fixes if any(edit.place.path == path for edit in fix.edits)))


def _note(lines: Sequence[str]) -> None:
    for line in lines:
        terminal.note(line)


def _refusals(planned: Plan) -> list[str]:
    return [f"not fixed: {finding.message}: {why}" for finding, why in planned.refused]


def _outside(fixes: Sequence[Finding]) -> list[str]:
    """A note on fixes in files outside the given paths."""
    if not fixes:
        return []
    paths = sorted({edit.place.path for finding in fixes if finding.fix for edit in finding.fix.edits})
    more = f" and {plural(len(paths) - 1, 'other file')}" if len(paths) > 1 else ""
    return [f"skipped: {_fixes(len(fixes))} outside the given paths, in {paths[0]}{more}"]


def _fixes(count: int) -> str:
    return "1 fix" if count == 1 else f"{count} fixes"


def _restarts(planned: Plan) -> list[str]:
    """How to apply the changes: containers and images keep the values with which they were created."""
    fixes = [finding.fix for finding in planned.applied if finding.fix]
    rebuild = sorted({service for fix in fixes for service in fix.rebuild})
    recreate = sorted({service for fix in fixes for service in fix.recreate} - set(rebuild))
    lines = [f"to take effect: docker compose build --no-cache {' '.join(rebuild)}, then"] * bool(rebuild)
    if recreate or rebuild:
        head = "                docker" if rebuild else "to take effect: docker"
        lines.append(f"{head} compose up -d --force-recreate {' '.join(sorted({*recreate, *rebuild}))}")
    return lines
