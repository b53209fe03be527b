"""`configlint baseline`."""

from configlint import config
from configlint.cli import terminal
from configlint.cli.session import Session, Wanted, opened
from configlint.engine import baseline
from configlint.engine.check import check
from configlint.repo import write_output
from configlint.rules.errors import InputError


def known(session: Session) -> str:
    """The repository's baseline; empty where it has none."""
    return session.tree.read(baseline.NAME) if session.tree.state(baseline.NAME) == "file" else ""


def off(session: Session) -> set[str]:
    """Rules that do not run here."""
    return {name for name, setting in session.settings.rules.items() if setting.off}


def run(wanted: Wanted, *, prune: bool) -> int:
    """Record today's findings, or drop the entries that are found no more."""
    session = opened(wanted)
    if off(session) and (wanted.select or wanted.ignore):
        raise InputError("a baseline is of all rules: leave out --select and --ignore")
    result = check(session.tree, session.settings, session.rules)
    config.check_services(session.config, result.services, session.tree)
    path = f"{session.tree.root}/{baseline.NAME}"
    if prune:
        before = known(session)
        stale = baseline.compared(result, before, off(session)).stale
        write_output(path, baseline.pruned(before, stale))
        terminal.note(f"{baseline.NAME}: {len(stale)} stale entries removed")
        return 0
    content = baseline.written(result.findings)
    write_output(path, content)
    terminal.note(f"{baseline.NAME}: {len(baseline.entries(content))} findings recorded; commit this file")
    return 0
