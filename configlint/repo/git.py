"""Asking git: which files belong to a repository, and what it ignores. Nothing is ever written, and no program that
the repository's own configuration names is started.
"""

import os
from collections.abc import Sequence

from configlint.model.record import record

_LOCATE = ("rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-path", "index", "--git-path", "info/exclude")


class GitError(Exception):
    """Git is not there, or refuses. The message is its own first line."""


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

    def files(self, directory: str) -> bytes:
        """Entries `TAG NAME` ended by NUL, for all files below `directory`, which the names start from.

        Tag `?` is a file that git neither tracks nor ignores, `S` one that a sparse checkout leaves out.
        """
        return run(directory, ("ls-files", "-z", "-t", "-c", "-o", "--exclude-standard"), self.environment)

    def settings(self, directory: str) -> list[str]:
        """The files, there or not, in which git finds what is set for this repository, and what it always ignores."""
        home = self.environment.get("HOME", "/")
        own = os.path.join(self.environment.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "git")
        found = [os.path.join(own, "config"), os.path.join(own, "ignore"), os.path.join(home, ".gitconfig")]
        words = os.fsdecode(run(directory, ("config", "--list", "--show-origin", "-z"), self.environment)).split("\0")
        for origin, setting in zip(words[::2], words[1::2], strict=False):
            if origin.startswith("file:"):
                found.append(os.path.join(directory, origin.removeprefix("file:")))
            name, _, value = setting.partition("\n")
            if name == "core.excludesfile":
                found.append(os.path.join(self.top, home + value[1:] if value.startswith("~/") else value))
        return list(dict.fromkeys(found))


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
    return Repository(top=top, directory=git_directory, index=index, exclude=exclude, environment=environment)


def holds(directory: str, path: str) -> bool:
    """Whether an absolute path is `directory` or lies below it."""
    return path == directory or path.startswith(directory.rstrip("/") + "/")


def run(directory: str, arguments: tuple[str, ...], environment: dict[str, str]) -> bytes:
    """What git writes to its output when run in `directory`. Raises `GitError` with the first line of its complaint."""
    command = _command(directory, arguments)
    code, output = _capture(command, environment, 1)
    if code == 0:
        return output
    # Only one stream is read at a time, so that neither can fill up unread; a refusal costs a second run.
    _, complaint = _capture(command, environment, 2)
    lines = complaint.decode("utf-8", "replace").strip().splitlines() or [f"exit code {code}"]
    raise GitError(lines[0].removeprefix("fatal: "))


def _command(directory: str, arguments: tuple[str, ...]) -> list[str]:
    return ["git", "-C", directory, "-c", "core.fsmonitor=false", *arguments]


def _capture(command: list[str], environment: dict[str, str], stream: int) -> tuple[int, bytes]:
    """Exit code and all that was written to one stream, 1 or 2; the other, and the input, are empty."""
    reading, writing = os.pipe()
    with open(reading, "rb") as answer:
        try:
            process = _spawn(command, environment, {stream: writing})
        finally:
            os.close(writing)
        output = answer.read()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), output


def _spawn(command: list[str], environment: dict[str, str], streams: dict[int, int]) -> int:
    """Start a process whose standard streams are the given descriptors, else the null device. Its id.

    Spawned by hand, because importing `subprocess` takes longer than git does.
    """
    null = os.open(os.devnull, os.O_RDWR)
    taken = [(os.POSIX_SPAWN_DUP2, descriptor, stream) for stream, descriptor in streams.items()]
    empty = [(os.POSIX_SPAWN_DUP2, null, stream) for stream in range(3) if stream not in streams]
    try:
        return os.posix_spawnp(command[0], command, environment, file_actions=taken + empty)
    except OSError:
        raise GitError("git is not installed") from None
    finally:
        os.close(null)


class Talk:
    """A git process that answers questions as long as they are asked, from the first one until `close`."""

    def __init__(self, directory: str, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        self._command = _command(directory, arguments)
        self._environment = environment
        self._process = 0
        self._questions = self._answers = -1

    def ask(self, question: bytes) -> None:
        """Raises `BrokenPipeError` if git has ended. A question must fit into a pipe together with its answer."""
        if not self._process:
            self._start()
        os.write(self._questions, question)

    def answer(self) -> bytes:
        """The next part of the answer. Raises `BrokenPipeError` if git has ended."""
        part = os.read(self._answers, 1 << 16)
        if not part:
            raise BrokenPipeError
        return part

    def close(self) -> None:
        if self._process:
            process, self._process = self._process, 0
            os.close(self._questions)
            os.close(self._answers)
            os.waitpid(process, 0)

    __del__ = close

    def _start(self) -> None:
        theirs, self._questions = os.pipe()
        self._answers, writing = os.pipe()
        try:
            self._process = _spawn(self._command, self._environment, {0: theirs, 1: writing})
        finally:
            os.close(theirs)
            os.close(writing)


_AT_ONCE = 8
"""Questions that fit into a pipe with their answers, however long the paths are (4096 bytes each, at most)."""


class IgnoreQuestions:
    """Asking `git check-ignore`."""

    def __init__(self, repository: Repository, root: str) -> None:
        arguments = ("check-ignore", "--stdin", "-z", "--verbose", "--non-matching")
        self._talk = Talk(root, arguments, repository.environment)

    def ignores(self, path: str) -> bool:
        """Whether git ignores what may stand at a path from the root, be it a file or a directory."""
        return any(self._ask([f"./{path}", f"./{path}/"]))  # a bare colon would begin a pattern of git's

    def ignored(self, directories: Sequence[str]) -> set[str]:
        """Those of some directories, from the root, that git ignores."""
        found: set[str] = set()
        for start in range(0, len(directories), _AT_ONCE):
            asked = directories[start : start + _AT_ONCE]
            answers = self._ask([f"./{path}/" for path in asked])
            found.update(path for path, ignored in zip(asked, answers, strict=True) if ignored)
        return found

    def close(self) -> None:
        self._talk.close()

    def _ask(self, paths: Sequence[str]) -> list[bool]:
        """Whether each of the paths is ignored; asked together, for each turn of the talk costs two switches."""
        try:
            self._talk.ask(b"".join(os.fsencode(path) + b"\0" for path in paths))
            answer = b""
            while answer.count(b"\0") < 4 * len(paths):
                answer += self._talk.answer()
        except BrokenPipeError:
            # git ends over a path that no pattern can speak of, such as one in a submodule.
            self.close()
            return [False] * len(paths) if len(paths) == 1 else [found for path in paths for found in self._ask([path])]
        patterns = answer.split(b"\0")[2::4]  # of SOURCE, LINE, PATTERN, PATH
        return [bool(pattern) and not pattern.startswith(b"!") for pattern in patterns]
