"""What is slow, and in which order the tests are run: the longest first, so that no process is left alone with one.

Some long tests fork this process. It is small while it is young, and copying it costs a tenth of what it costs later.
"""

import os
from pathlib import Path

import pytest

SLOW = (
    "cli/test_cache.py",
    "repo/test_killed.py",
    "ci/test_ci_jobs.py",
    "test_determinism.py",
    "repo/test_fix_under_faults.py",
    "programs/test_worker_decisions.py",
    "hooks/test_pre_commit.py",
    "test_hostile.py",
    "test_canary.py",
    "test_canary_everywhere.py",
    "code/python/test_routes_live.py",
    "test_packaging.py",
    "test_documents.py",
    "test_trap.py",
    "report/test_page_in_chromium.py",
    "repo/test_ignore.py",
    "repo/test_revision.py",
    "repo/test_tree_git.py",
    "cli/test_base.py",
    "cli/test_old_repository.py",
    "cli/test_completion.py",
    "cli/test_why_output.py",
)
"""Modules that start many processes or other programs, the longest first. `make quick` leaves them out."""

TOGETHER = (
    "ci/test_ci_jobs.py",
    "hooks/test_pre_commit.py",
    "report/test_page_in_chromium.py",
    "test_packaging.py",
    "test_documents.py",
)
"""Modules whose fixtures install or copy something: one process runs all of each, so that it is done once."""

BY_PARAMETER = {"test_determinism.py": "root"}
"""The same, where each value of a parameter has fixtures of its own."""

POSIX = {
    "cli/test_cache.py": "nothing is cached on Windows",
    "cli/kept.py": "it forks",
    "cli/test_completion.py": "bash, zsh and fish",
    "cli/test_fixing.py": "modes of files",
    "ci/test_ci_jobs.py": "the steps are run by bash",
    "code/python/test_gunicorn.py": "gunicorn is compared with",
    "hooks/test_pre_commit.py": "commits of a repository with a .env that only POSIX paths lead to",
    "programs/test_worker_decisions.py": "gunicorn is run",
    "repo/test_fix_under_faults.py": "signals, mounts and modes",
    "repo/test_killed.py": "signals and forks",
    "repo/test_reading.py": "pipes and devices",
    "repo/test_tree_git.py": "links and pipes",
    "repo/test_tree_walk.py": "links and pipes",
    "repo/test_revision.py": "links",
    "repo/test_writing.py": "modes, owners and links",
    "test_determinism.py": "umask and locales",
    "test_documents.py": "the commands are run by bash",
    "test_hostile.py": "limits on memory",
    "test_trap.py": "scripts that are marked as executable",
}
"""Modules that need what only POSIX has, and what that is. Elsewhere they are named and left out."""


_RANK = {name: rank for rank, name in enumerate(SLOW)}
_LEFT_OUT: list[str] = []


def _name(path: Path) -> str:
    """A module as the lists above name it."""
    return path.as_posix().rpartition("tests/")[2]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Such a module cannot even be imported elsewhere."""
    if os.name == "posix" or _name(collection_path) not in POSIX:
        return None
    _LEFT_OUT.append(_name(collection_path))
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in _LEFT_OUT:
        terminalreporter.write_line(f"LEFT OUT {name}: {POSIX[name]}")


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses, and before groups are formed
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        name = _name(item.path)
        if name in _RANK:
            item.add_marker(pytest.mark.slow)
        if name in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(name))
        elif name in BY_PARAMETER and hasattr(item, "callspec"):
            item.add_marker(pytest.mark.xdist_group(f"{name} {item.callspec.params.get(BY_PARAMETER[name], '')}"))
    items.sort(key=lambda item: _RANK.get(_name(item.path), len(SLOW)))
