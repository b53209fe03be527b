"""The tree of a commit, beside the one on the disk. Imported only where a run compares with a commit."""

from collections.abc import Collection, Mapping
from functools import partial

from configlint.model.record import record
from configlint.repo.commit import branching, contents, missing
from configlint.repo.errors import RepoError
from configlint.repo.location import WALKED
from configlint.repo.recorded import Recorded, RecordedTree
from configlint.repo.tree import DiskTree


@record
class Revision:
    """The tree of a commit. `moved` leads from the path of a file in it to the one that the file has today."""

    tree: RecordedTree
    moved: Mapping[str, str]


def open_revision(today: DiskTree, revision: str, kept: Collection[str]) -> Revision:
    """The commit at which today's HEAD left `revision`; files of `kept` and submodules are as they are today.

    Raises `RepoError` where there is none, or a part of it is missing.
    """
    repository = today.location.repository
    if repository is None:
        reason = today.location.note.removesuffix(f"; {WALKED}")
        raise RepoError(f"--base compares with a commit of git, and {reason}")
    name = branching(repository, today.root, revision)
    commit = contents(repository, today.root, name)
    recorded = Recorded(
        files={path: blob for path, blob in commit.files.items() if path not in kept},
        links={path: blob for path, blob in commit.links.items() if path not in kept},
        changed=commit.changed,
        newer=today.listing.tracked.difference(kept, today.listing.submodules),
        incomplete=partial(missing, name),
    )
    return Revision(tree=RecordedTree(today, recorded), moved=commit.moved)
