"""Keeping the answer of a run for `replay`."""

import marshal
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from configlint.cli import VERSION, terminal
from configlint.cli.cache import replay
from configlint.cli.cache.listing import digest
from configlint.repo import DiskTree, Trace, builtin_rules
from configlint.repo.location import CONFIGURATIONS
from configlint.repo.private import make_private, remove_kept, state_directory

SETTLED = 2_000_000_000
"""Nanoseconds. A file that was written to more recently than this before a run may be written to once more without
looking different: two seconds are the step of the coarsest clock that stamps files (FAT's). Such a run is not kept.
"""

LARGEST = 128 << 20
"""Bytes of all entries together; beyond it the oldest go."""

_MADE = ".made"
"""Ending of the files that hold what was made of a text alone."""

_COMING = ".new"
"""Ending of a file that is being written."""

_REPEATABLE = {
    "form",
    "output",
    "fail_on",
    "require",
    "verbose",
    "quiet",
    "stats",
    "color",
    "config",
    "root",
    "select",
    "ignore",
}
"""The options of `check` under which its answer is made of what the trace tells, and is printed only."""


class Keeper:
    """One run that may be kept. It begins before anything is read."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._start = time.time_ns()
        odd = any(value for name, value in options.items() if name not in _REPEATABLE)
        self._key = None if odd or options.get("output") is not None else replay.key()
        terminal.said.clear()

    def keep(self, tree: DiskTree, named: Sequence[str], code: int) -> None:
        """Write an entry, if this run can be told from another; what goes wrong then is nobody's concern.

        `named` are the paths that the user gave: where they lead must stay the same, too.
        """
        location = tree.location
        if self._key is None or (location.repository is None and not location.alone):
            return  # git refused, or is not there: what would make it answer is its own affair
        trace = tree.trace
        _trace_program(trace)
        _trace_ways(trace, tree, named)
        stamps = {path: tuple(stamp) for path, stamp in trace.stamps.items()}
        newest = max((max(stamp[1], stamp[2]) for stamp in stamps.values()), default=0)
        if newest > self._start - SETTLED:
            return
        places = trace.places | {path: os.path.realpath(path) for path in named}
        index = (tree.root, trace.index, trace.index_stamp and tuple(trace.index_stamp), digest(trace.listing))
        outputs = [(number, text.encode(sys.stdout.encoding, "backslashreplace")) for number, text in terminal.said]
        entry = (self._key, stamps, trace.kinds, places, index, outputs, code)
        with suppress(OSError, ValueError):
            _write(replay.file_of(self._key), marshal.dumps(entry))


def _trace_program(trace: Trace) -> None:
    """This program: of a wheel the one file that is written with all others, else every module and rule in use."""
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    prepared = os.path.join(package, "rules", "prepared.json")
    trace.look(prepared)
    if prepared in trace.stamps:
        return
    builtin_rules(trace)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "configlint" and getattr(module, "__file__", None):
            trace.look(str(module.__file__))


def _trace_ways(trace: Trace, tree: DiskTree, named: Sequence[str]) -> None:
    """What decides where the root is, in every directory above; and the journals of fixes, of which a run tells."""
    trace.look(state_directory())
    directories = {above for start in (tree.root, *map(os.path.realpath, named)) for above in _above(start)}
    for directory in directories:
        for name in CONFIGURATIONS:
            _probe(trace, os.path.join(directory, name))
        git = os.path.join(
            directory, ".git"
        )  # a directory is written to by every command of git; a file says where it is
        if os.path.isfile(git):
            trace.look(git)
        else:
            _probe(trace, git)
        for name in (".gitignore", ".git/info/exclude"):
            trace.look(os.path.join(directory, name))


def _above(path: str) -> Iterator[str]:
    yield path
    while path != os.path.dirname(path):
        path = os.path.dirname(path)
        yield path


def _probe(trace: Trace, path: str) -> None:
    try:
        trace.probed(path, os.stat(path), os.path.realpath(path))
    except OSError:
        trace.probed(path, None)


def program() -> str:
    """What the rules of a source tree are prepared from: changes when one of these files does."""
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    directories = [os.path.join(os.path.dirname(package), "rules")]
    directories += [os.path.join(package, name) for name in ("config", "kinds", "model", "rules")]
    found = [(entry.path, replay.stamp(entry.path)) for path in directories for entry in _listed(path)]
    return repr(sorted(found))


def _listed(directory: str) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(directory) as found:
            return [entry for entry in found if entry.name.endswith((".py", ".yaml"))]
    except OSError:
        return []


def _key(what: str, of: str) -> "replay.Key | None":
    """Of something that is made of a text alone; None where nothing is kept."""
    if replay.key() is None or "--no-cache" in sys.argv:
        return None
    return replay.FORM, VERSION, sys.version, __file__, what, digest(of.encode("utf-8", "surrogatepass")).hex()


def recall(what: str, of: str) -> str | None:
    """What was remembered as made of a text."""
    wanted = _key(what, of)
    try:
        found = None if wanted is None else marshal.loads(replay.load(replay.file_of(wanted, _MADE)))
    except (OSError, ValueError, TypeError, EOFError):
        return None
    return found[1] if isinstance(found, tuple) and len(found) == 2 and found[0] == wanted else None


def remember(what: str, of: str, value: str) -> None:
    """Keep what is made of a text. It must hold nothing of the user's files."""
    wanted = _key(what, of)
    if wanted is not None:
        with suppress(OSError, ValueError):
            _write(replay.file_of(wanted, _MADE), marshal.dumps((wanted, value)))


class _Valid:
    """Configurations that are valid; not what they say is kept, only that they are."""

    def knows(self, content: str) -> bool:
        return recall("configuration", self._of(content)) is not None

    def learn(self, content: str) -> None:
        remember("configuration", self._of(content), "valid")

    def _of(self, content: str) -> str:
        return program() + content


VALID = _Valid()


def _write(path: str, data: bytes) -> None:
    """All of it or nothing, in a directory of this user alone. Raises `OSError`."""
    directory = os.path.dirname(path)
    make_private(directory)
    if len(data) > replay.LARGEST:
        return
    beside = f"{path}.{os.getpid()}{_COMING}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    _drop_oldest(directory)


def _drop_oldest(directory: str) -> None:
    with os.scandir(directory) as found:
        entries = sorted(
            ((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in found), reverse=True
        )
    total = 0
    for _, size, path in entries:
        total += size
        if total > LARGEST:
            with suppress(FileNotFoundError):
                os.unlink(path)


def clean() -> None:
    """Remove all that is kept. Raises `RepoError`."""
    remove_kept(replay.directory(), (replay.RUN, _MADE, _COMING))
