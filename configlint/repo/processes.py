"""Processes of git. Nothing is ever written, and no program that a repository's own configuration names is started."""

import os
from collections.abc import Callable

_SET = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit")
_HARMLESS = ("--no-pager", *(word for setting in _SET for word in ("-c", setting)))
"""No program that the configuration names is run, no hook, and nothing is asked of a bare repository that came with the
files of another one.
"""


_PATIENCE = 1.0
"""Seconds of silence after which there may be a reason for it. Listing 100,000 files takes a quarter of that."""

_LONGEST = 10.0
"""Seconds of silence between a question and its answer, which is a matter of microseconds."""


class GitError(Exception):
    """Git is not there, or refuses. The message is its own first line."""


def run(directory: str, arguments: tuple[str, ...], environment: dict[str, str]) -> bytes:
    """What git writes to its output when run in `directory`. Raises `GitError` with the first line of its complaint."""
    return Question(directory, arguments, environment).answer()


class Question:
    """Something that git is asked, and works on until the answer is wanted."""

    def __init__(self, directory: str, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        """Raises `GitError` if git is not there."""
        self._asked = directory, arguments, environment
        self._process, self._reading = _start(_command(directory, arguments), environment, 1)

    def answer(self, doubt: Callable[[], str] = str) -> bytes:
        """What git wrote to its output. Raises `GitError` with the first line of its complaint.

        If git says nothing for a while, `doubt` is asked why it may never do so; it is waited for if that is empty.
        """
        if not _speaks(self._reading, _PATIENCE) and (reason := doubt()):
            os.close(self._reading)
            _kill(self._process)
            os.waitpid(self._process, 0)
            raise GitError(reason)
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


def _speaks(reading: int, seconds: float) -> bool:
    """Whether there is anything to read, be it the end, within some seconds."""
    from select import POLLIN, poll

    watched = poll()
    watched.register(reading, POLLIN)
    return bool(watched.poll(seconds * 1000))


def _kill(process: int) -> None:
    from signal import SIGKILL  # takes longer to import than git does to answer

    os.kill(process, SIGKILL)


def _finish(process: int, reading: int) -> tuple[int, bytes]:
    """The exit code of a process, and all that it wrote."""
    with open(reading, "rb") as stream:
        output = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), output


def _spawn(command: list[str], environment: dict[str, str], streams: dict[int, int]) -> int:
    """Start a process whose standard streams are the given descriptors, else the null device. Its id.

    Spawned by hand, because importing `subprocess` takes longer than git does. Where the system cannot do that
    (on Windows), git is not asked.
    """
    if not hasattr(os, "posix_spawnp"):
        raise GitError("git cannot be asked on this system")
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
        """The next part of the answer. Raises `BrokenPipeError` if git has ended, or is silent for too long."""
        if not _speaks(self._answers, _LONGEST):
            _kill(self._process)
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
