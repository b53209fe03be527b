"""A commit to compare with: which one is meant, and what it holds. Nothing is checked out, fetched or executed."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from configlint.model.record import record
from configlint.model.regex import regex
from configlint.repo.errors import RepoError
from configlint.repo.git import Repository
from configlint.repo.listing import is_plain
from configlint.repo.processes import GitError, run

# The index is compared, and not the files: for those git would start filters that the repository names.
_DIFFERING = ("diff-index", "--cached", "--raw", "-z", "-M", "--relative")

_OBJECT = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@record
class Commit:
    """What a commit holds below a directory. All paths are relative to it, and such as every output can show.

    `files` and `links` are its regular files and its symbolic links, each with the name of its object. `changed` are
    those of them that the index holds otherwise, or no more; `moved` leads from a path to the one that git takes for
    the same file under another name.
    """

    files: Mapping[str, str]
    links: Mapping[str, str]
    changed: frozenset[str]
    moved: Mapping[str, str]


def branching(repository: Repository, root: str, revision: str) -> str:
    """The name of the commit at which HEAD left `revision`: what came to that one later is none of ours.

    Raises `RepoError`, which tells how to get what is missing.
    """
    tip = _revision(repository, root, revision)
    try:
        return _one(repository, root, "merge-base", tip, "HEAD")
    except GitError:
        raise RepoError(_apart(repository, root, revision)) from None


def _revision(repository: Repository, root: str, revision: str) -> str:
    # No revision begins with a dash: to git it would be an option.
    with suppress(GitError):
        if not revision.startswith("-"):
            found = _one(repository, root, "rev-parse", "--verify", revision)
            if _OBJECT.fullmatch(found):
                return found
    message = f"--base: git does not know the revision {_shown(revision)}"
    if _shallow(repository, root):
        raise RepoError(f"{message}, and this clone is shallow: run `{_deeper(revision)}`")
    raise RepoError(f"{message} (run `git fetch` if it is on a remote)")


def _apart(repository: Repository, root: str, revision: str) -> str:
    """Why there is no commit from which both HEAD and `revision` come."""
    for name in (f"{revision}^{{commit}}", "HEAD"):
        try:
            _one(repository, root, "rev-parse", "--verify", name)
        except GitError:
            return f"--base: {_shown(name.removesuffix('^{commit}'))} is not a commit"
    message = f"--base: HEAD and {_shown(revision)} have no commit in common"
    if _shallow(repository, root):
        return f"{message}, because this clone is shallow: run `{_deeper(revision)}`"
    return message


def _deeper(revision: str) -> str:
    """What brings a branch of a remote, and the history that it has in common with HEAD."""
    remote = re.fullmatch(r"(\w[\w.-]*)/(\w[\w./-]*)", revision)
    if remote is None:
        return "git fetch --unshallow"
    return f"git fetch --deepen=100 {remote[1]} {remote[2]}:refs/remotes/{revision}"


def _one(repository: Repository, root: str, *arguments: str) -> str:
    return os.fsdecode(run(root, arguments, repository.environment)).strip()


def _shallow(repository: Repository, root: str) -> bool:
    with suppress(GitError):
        return _one(repository, root, "rev-parse", "--is-shallow-repository") == "true"
    return False


def _shown(revision: str) -> str:
    return f"'{revision}'" if is_plain(revision) else ascii(revision)


def contents(repository: Repository, root: str, commit: str) -> Commit:
    """What a commit holds below `root`. Raises `RepoError` where objects are missing."""
    try:
        held = run(root, ("ls-tree", "-r", "-z", commit), repository.environment)
        differs = run(root, (*_DIFFERING, commit), repository.environment)
    except GitError as error:
        raise RepoError(missing(commit, str(error))) from None
    found = {mode: dict(_held(held, mode)) for mode in (b"100", b"120")}
    changed, moved = _differing(os.fsdecode(differs).split("\0"))
    return Commit(files=found[b"100"], links=found[b"120"], changed=changed, moved=moved)


def missing(commit: str, what: str) -> str:
    """The message for a commit of which a part is not here."""
    name = commit[:12]
    return f"--base: commit {name} is incomplete: {what}; `git diff --stat {name}` lets git fetch the rest"


def _held(listed: bytes, mode: bytes) -> Iterator[tuple[str, str]]:
    """(path, object) of all entries `MODE TYPE OBJECT⇥PATH` whose mode begins with `mode`."""
    for entry in listed.split(b"\0"):
        if entry.startswith(mode):
            head, _, name = entry.partition(b"\t")
            path = os.fsdecode(name)
            if is_plain(path):
                yield path, head.rpartition(b" ")[2].decode("ascii")


def _differing(words: Sequence[str]) -> tuple[frozenset[str], dict[str, str]]:
    """From `:MODE MODE OBJECT OBJECT STATUS`, path, and after a rename the new path: what changed, and what moved."""
    changed: set[str] = set()
    moved: dict[str, str] = {}
    left = iter(words)
    for head in left:
        if head:
            path = next(left)
            changed.add(path)
            if head.rpartition(" ")[2].startswith("R"):
                moved[path] = next(left)
    return frozenset(changed), moved
