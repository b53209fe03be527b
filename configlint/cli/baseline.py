"""`configlint baseline`."""

from configlint import config
from configlint.cli import terminal
from configlint.cli.common_options import Wanted
from configlint.cli.session import Session, opened
from configlint.engine import baseline
from configlint.engine.check import check
from configlint.model.document import UnreadableError
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.repo import write_own
from configlint.report.summary import plural
from configlint.rules.errors import InputError


def known(session: Session) -> str:
    """The repository's baseline; empty where it has none. Raises `InputError` for one that cannot be read."""
    try:
        return session.tree.read(baseline.NAME) if session.tree.state(baseline.NAME) == "file" else ""
    except UnreadableError as error:
        raise InputError(error.message, baseline.NAME) from None


def compared(session: Session, result: Result) -> baseline.Compared:
    """The result without the findings in the baseline. Raises `InputError` for a malformed line."""

    def absent(path: str) -> bool:
        return session.tree.state(path) == "ignored"

    return baseline.compared(result, known(session), off(session), absent)


def off(session: Session) -> set[str]:
    """Rules that do not run here."""
    return {name for name, setting in session.settings.rules.items() if setting.off}


def without_known(session: Session, result: Result) -> Result:
    """Only findings that are not in the baseline, with a note on stale entries."""
    found = compared(session, result)
    if not found.stale:
        return found.result
    stale = _entries(len(found.stale), "stale ")
    note = f"{baseline.NAME} has {stale}: run `configlint baseline --prune`"
    return replace(found.result, notes=(*result.notes, note))


def run(wanted: Wanted, *, prune: bool) -> int:
    """Record today's findings, or remove stale entries."""
    session = opened(wanted)
    if off(session) and (wanted.select or wanted.ignore):
        raise InputError("a baseline always covers all rules: remove --select and --ignore")
    result = check(session.tree, session.settings, session.rules)
    config.check_services(session.config, result.services, session.tree)
    for note in session.disk.notes:
        terminal.note(note)
    if prune:
        before = known(session)
        if not before:
            raise InputError(f"{baseline.NAME} does not exist: create it with `configlint baseline`")
        stale = compared(session, result).stale
        write_own(session.disk, {baseline.NAME: baseline.pruned(before, stale)})
        terminal.note(f"{baseline.NAME}: {_entries(len(stale), 'stale ')} removed")
        return 0
    content = baseline.written(result.findings)
    write_own(session.disk, {baseline.NAME: content})
    count = plural(len(baseline.entries(content)), "finding")
    terminal.note(f"{baseline.NAME}: {count} recorded; commit this file")
    return 0


def _entries(count: int, kind: str = "") -> str:
    return f"{count} {kind}{'entry' if count == 1 else 'entries'}"
