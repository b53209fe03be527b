"""Processes of git. Nothing is ever written, and no program that a repository's own configuration names is started."""

import os
from collections.abc import Callable
from typing import NamedTuple

_SET = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit")
_HARMLESS = ("--no-pager", *(word for setting in _SET for word in ("-c", setting)))
"""No program that the configuration names is run, no hook, and nothing is asked of a bare repository that came with the
files of another one.
"""


_PATIENCE = 1.0
"""Seconds of silence after which there may be a reason for it. Listing 100,000 files takes a quarter of that."""

AT_ONCE = 10.0
"""Seconds of silence that end a process whose answer is a matter of microseconds."""

_WORKING = 30.0
"""Those that end one which looks at all files, or at all commits."""

_SIGKILL = 9
"""The module `signal` takes longer to import than git does to answer. Git only reads here, so it may end anywhere."""


class GitError(Exception):
    """Git is not there, or refuses. The message is its own first line."""


def run(directory: str, arguments: tuple[str, ...], environment: dict[str, str], longest: float = _WORKING) -> bytes:
    """What git writes to its output when run in `directory`. Raises `GitError` with the first line of its complaint,
    or if it is silent for the `longest` seconds that it is waited for.
    """
    return Question(directory, arguments, environment).answer(longest=longest)


class Question:
    """Something that git is asked, and works on until the answer is wanted. It never outlives this."""

    def __init__(self, directory: str, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        """Raises `GitError` if git is not there."""
        self._asked = directory, arguments, environment
        self._running: _Running | None = _start(_command(directory, arguments), environment, 1)

    def answer(self, doubt: Callable[[], str] = str, longest: float = _WORKING) -> bytes:
        """What git wrote to its output. Raises `GitError` with the first line of its complaint. To be called once.

        If git says nothing for a while, `doubt` is asked why it may never do so; it is waited for, but not for ever, if
        that is empty.
        """
        running, self._running = self._running, None
        assert running is not None
        if not _speaks(running.reading, _PATIENCE) and (reason := doubt()):
            running.kill()
            raise GitError(reason)
        code, output = running.finish(longest)
        if code == 0:
            return output
        # Only one stream is read at a time, so that neither can fill up unread; a refusal costs a second run.
        directory, arguments, environment = self._asked
        _, complaint = _start(_command(directory, arguments), environment, 2).finish(longest)
        lines = complaint.decode("utf-8", "replace").strip().splitlines() or [f"exit code {code}"]
        raise GitError(lines[0].removeprefix("fatal: "))

    def __del__(self) -> None:
        running = getattr(self, "_running", None)
        if running is not None:
            running.kill()


class _Running(NamedTuple):
    """A process, and where to read what it writes."""

    process: int
    reading: int

    def finish(self, longest: float) -> tuple[int, bytes]:
        """The exit code, and all that it wrote. Raises `GitError` if it falls silent."""
        parts: list[bytes] = []
        while _speaks(self.reading, longest):
            part = os.read(self.reading, 1 << 16)
            if not part:
                os.close(self.reading)
                return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1]), b"".join(parts)
            parts.append(part)
        self.kill()
        raise GitError(f"it did not answer for {longest:.0f} seconds")

    def kill(self) -> None:
        os.close(self.reading)
        os.kill(self.process, _SIGKILL)
        os.waitpid(self.process, 0)


def _command(directory: str, arguments: tuple[str, ...]) -> list[str]:
    return ["git", "-C", directory, *_HARMLESS, *arguments]


def _start(command: list[str], environment: dict[str, str], stream: int) -> _Running:
    """A process of which one stream, 1 or 2, is read; the other, and its input, are empty."""
    reading, writing = os.pipe()
    try:
        return _Running(_spawn(command, environment, {stream: writing}), reading)
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


def _spawn(command: list[str], environment: dict[str, str], streams: dict[int, int]) -> int:
    """Start a process whose standard streams are the given descriptors, else the null device. Its id.

    Spawned by hand, because importing `subprocess` takes longer than git does. Where the system cannot do that
    (on Windows), git is not asked.
    """
    if not hasattr(os, "posix_spawnp"):
        raise GitError("git cannot be run on this system")
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
        self._silent = False

    def ask(self, question: bytes) -> None:
        """Raises `BrokenPipeError` if git has ended, or was silent for too long before.

        A question must fit into a pipe together with its answer.
        """
        if self._silent:  # it would be again
            raise BrokenPipeError
        if not self._process:
            self._start()
        os.write(self._questions, question)

    def answer(self) -> bytes:
        """The next part of the answer. Raises `BrokenPipeError` if git has ended, or is silent for too long."""
        if not _speaks(self._answers, AT_ONCE):
            self._silent = True
            raise BrokenPipeError
        part = os.read(self._answers, 1 << 16)
        if not part:
            raise BrokenPipeError
        return part

    def close(self) -> None:
        if self._process:
            process, self._process = self._process, 0
            os.close(self._questions)
            os.close(self._answers)
            os.kill(process, _SIGKILL)  # it may wait for something else than a question
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
