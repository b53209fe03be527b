"""Repositories of git: where one is, what is set for it, and which files it holds."""

import os
from collections.abc import Iterable
from stat import S_ISFIFO

from configlint.model.document import UnreadableError
from configlint.model.record import record
from configlint.repo.processes import AT_ONCE, GitError, Question, run
from configlint.repo.reading import read_bytes

_LOCATE = ("rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-path", "index", "--git-path", "info/exclude")


_SYSTEM = "/etc/gitconfig"

DECIDING = ("HEAD", "config", "config.worktree", "commondir")
"""Files of a git directory without which git refuses it, or finds something else set."""


@record
class Settings:
    """What git finds set for a repository, and in which files, there or not.

    `excludes` is the file of what the user always ignores. `folds_case`: names differ by more than their case.
    """

    files: tuple[str, ...]
    excludes: str
    folds_case: bool


@record
class Repository:
    """One work tree of a repository. All paths are absolute.

    `top` is the work tree, `directory` its git directory, `index` and `exclude` the files that decide what it holds
    and ignores. `environment` is that of the git processes that speak of it.
    """

    top: str
    directory: str
    index: str
    exclude: str
    environment: dict[str, str]

    def ask_files(self, directory: str) -> "Question":
        """The answer: entries `TAG NAME` ended by NUL, for all files below `directory`, which the names start from.

        Tag `?` is a file that git neither tracks nor ignores, `S` one that a sparse checkout leaves out.
        """
        return Question(directory, ("ls-files", "-z", "-t", "-c", "-o", "--exclude-standard"), self.environment)

    def ask_settings(self, directory: str) -> "Question":
        """The answer is one for `settings`."""
        return Question(directory, ("config", "--list", "--show-origin", "-z"), self.environment)

    def settings(self, answer: bytes) -> Settings:
        """What is set for this repository, and whatever may set something else tomorrow."""
        home = self.environment.get("HOME", "/")
        own = os.path.join(self.environment.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "git")
        excludes, folds_case = os.path.join(own, "ignore"), False
        found = [_SYSTEM, os.path.join(own, "config"), excludes, os.path.join(home, ".gitconfig")]
        found += (os.path.join(self.directory, name) for name in DECIDING)
        words = os.fsdecode(answer).split("\0")
        for origin, setting in zip(words[::2], words[1::2], strict=False):
            # Git names its files from the top, wherever it was started.
            file = os.path.join(self.top, origin.removeprefix("file:")) if origin.startswith("file:") else ""
            found += (file,) * bool(file)
            name, _, value = setting.partition("\n")
            if name.startswith(("include.", "includeif.")) and name.endswith(".path"):
                found.append(os.path.join(os.path.dirname(file), home + value[1:] if value.startswith("~/") else value))
            if name == "core.excludesfile":
                excludes = os.path.join(self.top, home + value[1:] if value.startswith("~/") else value)
                found.append(excludes)
            elif name == "core.ignorecase":
                folds_case = value != "false"
        return Settings(files=tuple(dict.fromkeys(found)), excludes=excludes, folds_case=folds_case)


def discover(directory: str) -> Repository:
    """The repository whose work tree holds `directory`, an absolute path without links. Raises `GitError`.

    Hooks run with variables such as `GIT_INDEX_FILE` set. They are dropped, for this may be another repository than
    theirs; then the index is taken back if it is one of this repository, for a commit of some paths has its own.
    """
    environment = _clean(os.environ)
    try:
        repository = _located(directory, environment)
    except GitError:
        foreign = _named_by_environment(directory)
        if foreign is None:
            raise
        repository = _located(directory, environment | foreign)
    index = os.path.realpath(os.environ.get("GIT_INDEX_FILE") or repository.index)
    if index != repository.index and os.path.dirname(index) == repository.directory:
        repository.environment["GIT_INDEX_FILE"] = index
        return _located(directory, repository.environment)
    return repository


def _clean(environment: "os._Environ[str]") -> dict[str, str]:
    kept = {name: value for name, value in environment.items() if not name.startswith("GIT_")}
    # A partial clone would fetch what it lacks; before version 2.45, only a transport that is not allowed prevents it.
    offline = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
    return kept | offline | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}


def _named_by_environment(directory: str) -> dict[str, str] | None:
    """The repository that the environment names, if its work tree holds `directory`; git finds no such one itself."""
    git_directory, work_tree = os.environ.get("GIT_DIR"), os.environ.get("GIT_WORK_TREE")
    if not git_directory or not work_tree or not holds(os.path.realpath(work_tree), directory):
        return None
    return {"GIT_DIR": os.path.realpath(git_directory), "GIT_WORK_TREE": os.path.realpath(work_tree)}


def _located(directory: str, environment: dict[str, str]) -> Repository:
    """Raises `GitError`, also where git would wait for ever."""
    named = "GIT_DIR" in environment
    found = environment["GIT_DIR"] if named else _nearest(directory)
    _refuse_pipes((found, *(os.path.join(found, name) for name in DECIDING)))
    answer = os.fsdecode(run(directory, _LOCATE, environment, AT_ONCE)).removesuffix("\n").split("\n")
    if len(answer) != 4:
        raise GitError("its directory has a name that git cannot print")
    top, git_directory, index, exclude = (os.path.realpath(os.path.join(directory, line)) for line in answer)
    # `core.worktree` may name any directory, and the settings may have come with an archive.
    if not holds(top, directory) or not (named or _leads_to(os.path.join(top, ".git"), git_directory)):
        raise GitError("its work tree is elsewhere")
    _refuse_pipes(
        (os.path.join(top, ".gitignore"), exclude, index, *(os.path.join(git_directory, name) for name in DECIDING))
    )
    return Repository(top=top, directory=git_directory, index=index, exclude=exclude, environment=environment)


def _nearest(directory: str) -> str:
    """The `.git` that git looks at first, there or not."""
    while not os.path.lexists(os.path.join(directory, ".git")) and directory != os.path.dirname(directory):
        directory = os.path.dirname(directory)
    return os.path.join(directory, ".git")


def _leads_to(dot_git: str, git_directory: str) -> bool:
    """Whether a `.git` is the git directory, or a file that names it, as in a submodule."""
    if os.path.isdir(dot_git):
        return os.path.realpath(dot_git) == git_directory
    try:
        named = os.fsdecode(read_bytes(dot_git)).removeprefix("gitdir:").strip()
    except UnreadableError:
        return False
    return os.path.realpath(os.path.join(os.path.dirname(dot_git), named)) == git_directory


def _refuse_pipes(paths: Iterable[str]) -> None:
    """Raises `GitError` for one that git would open, and then wait for whoever writes to it."""
    for path in paths:
        if is_pipe(path):
            raise GitError(f"it would wait forever for input from {path}")


def is_pipe(path: str) -> bool:
    try:
        return S_ISFIFO(os.stat(path).st_mode)
    except OSError:
        return False


def holds(directory: str, path: str) -> bool:
    """Whether an absolute path is `directory` or lies below it."""
    return path == directory or path.startswith(directory.rstrip(os.sep) + os.sep)


def inside(directory: str, path: str) -> str:
    """The way from a directory to a path that it holds, written with the slashes that all paths of a tree have."""
    return path[len(directory) :].replace(os.sep, "/").lstrip("/")
