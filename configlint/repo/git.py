"""Repositories of git: where one is, what is set for it, and which files it holds."""

import os
from stat import S_ISFIFO

from configlint.model.record import record
from configlint.repo.processes import GitError, Question, run

_LOCATE = ("rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-path", "index", "--git-path", "info/exclude")


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

    def settings(self, directory: str, answer: bytes) -> Settings:
        """What is set for this repository."""
        home = self.environment.get("HOME", "/")
        own = os.path.join(self.environment.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "git")
        excludes, folds_case = os.path.join(own, "ignore"), False
        found = [os.path.join(own, "config"), excludes, os.path.join(home, ".gitconfig")]
        words = os.fsdecode(answer).split("\0")
        for origin, setting in zip(words[::2], words[1::2], strict=False):
            if origin.startswith("file:"):
                found.append(os.path.join(directory, origin.removeprefix("file:")))
            name, _, value = setting.partition("\n")
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
    answer = os.fsdecode(run(directory, _LOCATE, environment)).removesuffix("\n").split("\n")
    if len(answer) != 4:
        raise GitError("its directory has a name that git cannot print")
    top, git_directory, index, exclude = (os.path.realpath(os.path.join(directory, line)) for line in answer)
    if not holds(top, directory):
        raise GitError("its work tree is elsewhere")
    for path in (os.path.join(top, ".gitignore"), exclude):
        if _is_pipe(path):
            raise GitError(f"it would wait for ever for what is written to {path}")
    return Repository(top=top, directory=git_directory, index=index, exclude=exclude, environment=environment)


def _is_pipe(path: str) -> bool:
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
