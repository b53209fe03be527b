"""The tree that the next commit would hold, beside the one on the disk. Imported only where a run asks for it."""

import os
from collections.abc import Iterator

from configlint.repo.errors import RepoError
from configlint.repo.listing import is_plain
from configlint.repo.location import WALKED
from configlint.repo.processes import GitError, run
from configlint.repo.recorded import Recorded, RecordedTree
from configlint.repo.tree import DiskTree

_MERGED = b"0"
"""The stage of a file on which git has no open conflict. One with a conflict is read from the disk."""


def open_index(disk: DiskTree) -> RecordedTree:
    """What is staged, with the files that git ignores and private ones as they are on the disk.

    What somebody has made and not added yet is missing: it would be missing for whoever takes the commit, too.
    Raises `RepoError` where there is no index.
    """
    repository = disk.location.repository
    if repository is None:
        raise RepoError(f"--staged reads the index of git, and {disk.location.note.removesuffix(f'; {WALKED}')}")
    try:
        listed = run(disk.root, ("ls-files", "--stage", "-z"), repository.environment)
    except GitError as error:
        raise RepoError(f"--staged: git does not list the index: {error}") from None
    recorded = Recorded(
        files=dict(_held(listed, b"100")),
        links=dict(_held(listed, b"120")),
        changed=frozenset(),
        newer=[path for path in disk.files if disk.unshared(path)],
        incomplete=_incomplete,
    )
    return RecordedTree(disk, recorded)


def _held(listed: bytes, mode: bytes) -> Iterator[tuple[str, str]]:
    """(path, object) of the entries `MODE OBJECT STAGE⇥PATH` whose mode begins with `mode`."""
    for entry in listed.split(b"\0"):
        head, _, name = entry.partition(b"\t")
        path = os.fsdecode(name)
        if head.startswith(mode) and head.endswith(_MERGED) and is_plain(path):
            yield path, head.split(b" ")[1].decode("ascii")


def _incomplete(what: str) -> str:
    return f"--staged: the index is not all here: {what}; `git diff --cached --stat` lets git fetch what differs"
