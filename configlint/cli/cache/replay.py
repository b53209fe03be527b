"""The answer of an earlier run, given again where nothing that it depended on has changed.

Nothing is imported here but what Python itself has loaded: any other module takes longer than the whole of this.
Whatever is odd (an entry of somebody else's, a stream that is closed) means that there is no answer, never an error.
"""

import marshal
import os
import sys
from stat import S_IFMT, S_IMODE, S_ISREG
from typing import TYPE_CHECKING

from configlint.cli import VERSION

if TYPE_CHECKING:
    from typing import NamedTuple

    Stamp = tuple[int, int, int, int]
    Key = tuple[str | int | bool | tuple[str | None, ...] | None, ...]

    class Entry(NamedTuple):
        """What is kept of a run: a plain tuple of these, for named ones cost an import."""

        key: Key
        stamps: dict[str, Stamp]
        kinds: dict[str, int]
        places: dict[str, str]
        listing: tuple[str, str, "Stamp | None", bytes]
        outputs: list[tuple[int, bytes]]
        code: int


FORM = 2
"""Grows when entries become another."""

LARGEST = 64 << 20
"""Bytes of an entry."""

RUN = ".run"
"""Ending of the files that hold an entry."""

_SETTINGS = (
    "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "PATH",
    "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM",
)  # fmt: skip
"""The environment variables on which an answer depends: whom git asks, and how the output looks."""

_PRIME = (1 << 89) - 1


def replay() -> int | None:
    """Print what an earlier run of this command printed, and give its exit code; None where it has to be run."""
    if sys.argv[1:2] != ["check"] or "--no-cache" in sys.argv:
        return None
    try:
        wanted = key()
        entry = None if wanted is None else _entry(wanted)
        if entry is None or _moved(entry) or _listed_anew(entry):
            return None
    except (OSError, ValueError, TypeError, EOFError, LookupError):
        return None
    return _print(entry)


def key() -> "Key | None":
    """All that an answer depends on beside the disk; None where the output does not go where it can be repeated."""
    out = sys.__stdout__
    if not hasattr(os, "geteuid"):  # on Windows: an entry could not be known to be this user's own
        return None
    if out is None or sys.stdout is not out or sys.__stderr__ is None or sys.stderr is not sys.__stderr__:
        return None
    terminal = out.isatty()
    try:
        here = os.getcwd()
    except OSError:  # somebody has removed it
        return None
    return (
        FORM, VERSION, sys.version, __file__, tuple(sys.argv[1:]), here, os.geteuid(), terminal,
        os.get_terminal_size(out.fileno()).columns if terminal else 0, out.encoding, out.errors,
        tuple(os.environ.get(name) for name in _SETTINGS),
    )  # fmt: skip


def directory() -> str:
    """Where entries are kept. It need not exist."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "configlint")


def file_of(wanted: "Key", ending: str = RUN) -> str:
    """The file of an entry. Two keys may share one: an entry holds its key, and the later one stays."""
    number = int.from_bytes(repr(wanted).encode("utf-8", "backslashreplace"), "little")
    return os.path.join(directory(), f"{number % _PRIME:x}{ending}")


def stamp(path: str) -> "Stamp | None":
    """What changes when a file's content, or a directory's list of names, does; None where nothing stands."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def kind(path: str) -> int:
    """The file type of what stands at a path, 0 where nothing can be seen there."""
    try:
        return S_IFMT(os.stat(path).st_mode)
    except OSError:
        return 0


def load(path: str) -> bytes:
    """A file that this user wrote, and nobody else can write to. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        status = os.fstat(descriptor)
        if not S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or S_IMODE(status.st_mode) & 0o077:
            raise PermissionError(path)
        if status.st_size > LARGEST:
            raise OSError(path)
        return os.read(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def _entry(wanted: "Key") -> "Entry | None":
    entry: Entry = marshal.loads(load(file_of(wanted)))
    return entry if entry[0] == wanted else None


def _moved(entry: "Entry") -> bool:
    """Whether anything that was read, listed or looked at is not as it was."""
    _, stamps, kinds, places, *_ = entry
    for path, found in stamps.items():
        if stamp(path) != found:
            return True
    for path, known in kinds.items():
        if kind(path) != known:
            return True
    return any(os.path.realpath(path) != place for path, place in places.items())


def _listed_anew(entry: "Entry") -> bool:
    """Whether git lists other files than it did. It is asked only if its index was written: even `git status` does."""
    root, index, found, digest = entry[4]
    if not index or stamp(index) == found:
        return False
    from configlint.cli.cache.listing import listing  # asks git, and needs more modules

    return listing(root) != digest


def _print(entry: "Entry") -> int | None:
    """The exit code; None where the output cannot be written: a run says how that is."""
    outputs, code = entry[5], entry[6]
    try:
        for descriptor, output in outputs:
            while output:
                output = output[os.write(descriptor, output) :]
    except BrokenPipeError:
        return 1
    except OSError:
        return None
    return code
