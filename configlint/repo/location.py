"""Where the root is."""

import os

from configlint.model.record import record
from configlint.repo.errors import RepoError
from configlint.repo.git import Repository, discover
from configlint.repo.ignoring import IgnoreQuestions
from configlint.repo.processes import GitError

CONFIGURATIONS = (".configlint.yaml", "configlint.yaml")

WALKED = "the files were found by walking the directory"


@record
class Location:
    """The root, an absolute path without links, and the repository that it belongs to; without one, `note` says why.

    `alone`: there is no repository, not even one that git refuses, or of which the root is not a part.
    """

    root: str
    repository: Repository | None = None
    note: str = ""
    alone: bool = False

    @property
    def top(self) -> str:
        """The directory that holds all that one run may write: the whole work tree, if the root is a part of one."""
        return self.repository.top if self.repository else self.root


def find(start: str, root: str | None = None) -> Location:
    """The location that holds the file or directory `start`, or that of `root`, if the user named it.

    It is the top of the git work tree. Outside of git it is the nearest directory that holds a configuration, else the
    directory itself. Raises `RepoError` if there is no such file or directory.
    """
    directory = _directory(start) if root is None else _named(root)
    try:
        repository = discover(directory)
        if _apart(repository, directory):
            raise GitError("git ignores this directory")
    except GitError as error:
        return _without_git(directory, root is not None, str(error))
    return Location(root=repository.top if root is None else directory, repository=repository)


def _directory(start: str) -> str:
    try:
        path = os.path.realpath(start)
    except FileNotFoundError:
        raise RepoError("the current directory no longer exists") from None
    if os.path.isdir(path):
        return path
    if not os.path.lexists(path):
        raise RepoError(f"{start}: no such file or directory")
    return os.path.dirname(path)


def _named(root: str) -> str:
    path = os.path.realpath(root)
    if not os.path.isdir(path):
        raise RepoError(f"{root}: no such directory")
    return path


def _apart(repository: Repository, directory: str) -> bool:
    """Whether a directory lies in a repository and is no part of it: a build tree, a temporary directory."""
    if directory == repository.top:
        return False
    questions = IgnoreQuestions(repository, repository.top)
    try:
        return questions.ignores(os.path.relpath(directory, repository.top))
    finally:
        questions.close()


def _without_git(directory: str, named: bool, reason: str) -> Location:
    top = _above(directory, (".git",))
    if top is None or reason == "git ignores this directory":
        root = _above(directory, CONFIGURATIONS) or directory
        why = reason if top else "this is not a git repository"
    else:
        root = top
        why = f"git refuses to read this repository: {reason}"
        if "dubious ownership" in reason:
            why += f" (`git config --global --add safe.directory {top}` allows it)"
    note = f"{why}; {WALKED}"
    return Location(root=directory if named else root, note=note, alone=top is None)


def _above(directory: str, names: tuple[str, ...]) -> str | None:
    """The nearest directory, this one or one that holds it, in which one of the names stands."""
    while True:
        if any(os.path.lexists(os.path.join(directory, name)) for name in names):
            return directory
        above = os.path.dirname(directory)
        if above == directory:
            return None
        directory = above
