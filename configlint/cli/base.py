"""`configlint check --base REV`. Imported only where it is asked for: most runs compare with no commit."""

from configlint import config
from configlint.cli import baseline
from configlint.cli.session import Session
from configlint.engine.check import check
from configlint.engine.since import since
from configlint.model.result import Result
from configlint.repo.revision import open_revision


def without_known(session: Session, result: Result, revision: str) -> Result:
    """Only what is new since HEAD left `revision`. Raises `RepoError` where that cannot be told.

    Both sides are held against today's rules and configuration: what a new rule finds in old files is not new.
    """
    tree = open_revision(session.tree, revision, (config.find(session.tree) or "", *session.config.rule_files))
    try:
        before = check(tree, session.settings, session.rules)
    finally:
        tree.close()
    # An old finding that the baseline knows must not stand for a new one that is like it.
    return since(baseline.compared(session, before).result, result, tree.moved)
