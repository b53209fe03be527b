"""Asking git: which files belong to a repository, and what it ignores. Nothing is ever written, and no program that
the repository's own configuration names is started.
"""

import os
from collections.abc import Sequence
from stat import S_ISFIFO

from configlint.model.record import record

_LOCATE = ("rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-path", "index", "--git-path", "info/exclude")

_SET = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit")
_HARMLESS = ("--no-pager", *(word for setting in _SET for word in ("-c", setting)))
"""No program that the configuration names is run, no hook, and nothing is asked of a bare repository that came with the
files of another one.
"""


class GitError(Exception):
    """Git is not there, or refuses. The message is its own first line."""


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
    return path == directory or path.startswith(directory.rstrip("/") + "/")


def run(directory: str, arguments: tuple[str, ...], environment: dict[str, str]) -> bytes:
    """What git writes to its output when run in `directory`. Raises `GitError` with the first line of its complaint."""
    return Question(directory, arguments, environment).answer()


class Question:
    """Something that git is asked, and works on until the answer is wanted."""

    def __init__(self, directory: str, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        """Raises `GitError` if git is not there."""
        self._asked = directory, arguments, environment
        self._process, self._reading = _start(_command(directory, arguments), environment, 1)

    def answer(self) -> bytes:
        """What git wrote to its output. Raises `GitError` with the first line of its complaint."""
        code, output = _finish(self._process, self._reading)
        if code == 0:
            return output
        # Only one stream is read at a time, so that neither can fill up unread; a refusal costs a second run.
        directory, arguments, environment = self._asked
        _, complaint = _finish(*_start(_command(directory, arguments), environment, 2))
        lines = complaint.decode("utf-8", "replace").strip().splitlines() or [f"exit code {code}"]
        raise GitError(lines[0].removeprefix("fatal: "))


def _command(directory: str, arguments: tuple[str, ...]) -> list[str]:
    return ["git", "-C", directory, *_HARMLESS, *arguments]


def _start(command: list[str], environment: dict[str, str], stream: int) -> tuple[int, int]:
    """A process, and where to read what it writes to one stream, 1 or 2; the other, and its input, are empty."""
    reading, writing = os.pipe()
    try:
        return _spawn(command, environment, {stream: writing}), reading
    except GitError:
        os.close(reading)
        raise
    finally:
        os.close(writing)


def _finish(process: int, reading: int) -> tuple[int, bytes]:
    """The exit code of a process, and all that it wrote."""
    with open(reading, "rb") as stream:
        output = stream.read()
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
