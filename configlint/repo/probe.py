"""Looking at one path: what stands there, and whether it is still inside the root when all links are followed."""

import os
from stat import S_ISDIR, S_ISREG
from typing import Literal, NamedTuple

from configlint.repo.git import holds, inside
from configlint.repo.trace import Trace

Kind = Literal["file", "directory", "other", "absent", "outside"]


REFUSALS: dict[Kind, str] = {
    "directory": "is a directory",
    "other": "is not a regular file",
    "absent": "does not exist",
    "outside": "is outside the root",
}
"""Why something that is no file is neither read nor written."""


LINKS = 40
"""Links that one path may lead through, as in Linux."""


class Probe(NamedTuple):
    """What stands at a path, and where that is: a path from the root without links, "" if it is outside."""

    kind: Kind
    real: str


def probe(root: str, path: str, trace: Trace) -> Probe:
    """Look at `path`, normal and relative to `root`. Nothing is opened."""
    full = os.path.join(root, path) if path else root
    try:
        target = os.path.realpath(full)
        kind, status = _kind(target)
    except ValueError:  # a NUL, or a character that no name on this system can hold
        return Probe("other", "")
    trace.probed(full, status, target)
    if not _belongs(root, target):
        return Probe("outside", "")
    return Probe(kind, inside(root, target))


def _belongs(root: str, target: str) -> bool:
    """Whether a path without links lies in the root, and not among git's own files, of which no file is a part."""
    return holds(root, target) and "/.git/" not in f"/{inside(root, target)}/"


def leaves(root: str, path: str) -> bool:
    """Whether an absolute path leads out of the root through a link that lies in it.

    Whoever made the files of the root made that link; a link elsewhere is the user's.
    """
    waiting = path.split("/")[::-1]
    here, followed, linked = "/", 0, False
    while waiting and followed <= LINKS:
        name = waiting.pop()
        step = os.path.normpath(os.path.join(here, name))
        if name in ("", ".", "..") or not os.path.islink(step):
            here = step
            continue
        followed += 1
        linked = linked or holds(root, here)
        waiting += os.readlink(step).split("/")[::-1]
        here = "/" if os.readlink(step).startswith("/") else here
    return linked and (bool(waiting) or not _belongs(root, here))


def _kind(path: str) -> tuple[Kind, os.stat_result | None]:
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return "absent", None
    except OSError:  # a loop of links, a directory that is closed to us, a name that is too long
        return "other", None
    if S_ISREG(status.st_mode):
        return "file", status
    return "directory" if S_ISDIR(status.st_mode) else "other", status


def entries(directory: str, trace: Trace | None = None) -> dict[str, "os.DirEntry[str]"]:
    """What a directory holds, by name; nothing if it cannot be listed."""
    try:
        if trace is not None:
            trace.saw(directory, os.stat(directory))
        with os.scandir(directory) as found:
            return {entry.name: entry for entry in found}
    except OSError:
        return {}
