"""`configlint check --base REV`. Imported only where it is asked for: most runs compare with no commit."""

from collections.abc import Iterator, Sequence

from configlint import config
from configlint.cli import baseline
from configlint.cli.session import Session
from configlint.engine.check import check
from configlint.engine.since import since
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.repo.revision import open_revision


def without_known(session: Session, result: Result, revision: str) -> Result:
    """Only what is new since HEAD left `revision`. Raises `RepoError` where that cannot be told.

    Both sides are held against today's rules and configuration: what a new rule finds in old files is not new.
    """
    old = open_revision(session.disk, revision, (config.find(session.tree) or "", *session.config.rule_files))
    try:
        before = check(old.tree, session.settings, session.rules)
    finally:
        old.tree.close()
    # An old finding that the baseline knows must not stand for a new one that is like it.
    new = since(baseline.compared(session, before).result, result, old.moved)
    known = set(result.findings).difference(new.findings)
    unshared = {finding.place.path for finding in known if session.disk.unshared(finding.place.path)}
    return replace(new, notes=(*new.notes, *_unshared(sorted(unshared))))


def _unshared(paths: Sequence[str]) -> Iterator[str]:
    """A commit cannot tell whether what git does not track is new."""
    if paths:
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        yield f"git does not track {paths[0]}{more}: what is found there counts as new after `git add`"
