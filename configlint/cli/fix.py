"""`configlint fix`."""

from configlint import config
from configlint.cli import baseline, terminal
from configlint.cli.check import about, exit_code
from configlint.cli.session import opened
from configlint.cli.wanted import Wanted
from configlint.fix.plan import Plan, plan
from configlint.repo import Change, write
from configlint.report import FORMATS
from configlint.report.diff import Change as Shown
from configlint.report.diff import render_diff


def run(wanted: Wanted, *, unsafe: bool, diff: bool, exit_non_zero_on_fix: bool, color: str) -> int:
    """Plan all fixes in memory, then write every file or none."""
    session = opened(wanted)
    planned = plan(session.tree, session.settings, session.rules, unsafe=unsafe, touching=session.touching)
    config.check_services(session.config, planned.before.services, session.tree)
    options = terminal.options(session.rules, color=color, verbose=False, command="fix")
    if diff:
        terminal.say(
            render_diff(shown(planned), planned.before.secrets, planned.before.quotable, options), color=options.color
        )
        return int(bool(planned.changes or planned.refused))
    if planned.changes:
        write(session.tree, {change.path: Change(change.old, change.new) for change in planned.changes})
    left = about(baseline.without_known(session, planned.after), session.touching)
    terminal.say(FORMATS["text"](left, options), color=options.color)
    for line in _told(planned):
        terminal.note(line)
    if planned.refused or (exit_non_zero_on_fix and planned.changes):
        return 1
    return exit_code(left, "warning")


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


def _told(planned: Plan) -> list[str]:
    lines = [f"fixed {change.path} ({_count(len(change.edits))})" for change in planned.changes]
    lines += [f"not fixed: {finding.message} — {why}" for finding, why in planned.refused]
    return lines + _restarts(planned)


def _restarts(planned: Plan) -> list[str]:
    """What has to happen for the change to take effect: containers and images keep what they were made with."""
    fixes = [finding.fix for finding in planned.applied if finding.fix]
    rebuild = sorted({service for fix in fixes for service in fix.rebuild})
    recreate = sorted({service for fix in fixes for service in fix.recreate} - set(rebuild))
    lines = [f"to take effect: docker compose build --no-cache {' '.join(rebuild)}, then"] * bool(rebuild)
    if recreate or rebuild:
        head = "                docker" if rebuild else "to take effect: docker"
        lines.append(f"{head} compose up -d --force-recreate {' '.join(sorted({*recreate, *rebuild}))}")
    return lines


def _count(edits: int) -> str:
    return f"{edits} place{'' if edits == 1 else 's'}"
