"""The journal of a run that writes: enough to put every file back after the run was killed at any moment.

It is kept in the user's state directory. In the repository, or in its git directory, it could have come with an archive
and make this program replace files. It holds names and a time, never content. Its own name tells how far the run came:
as long as it is `PATH`, the files are put back; from `PATH.done` on, they are all written, and only copies are removed.
"""

import os

from configlint.model.record import record
from configlint.repo.durable import CREATE, remove, sync_directories, write_all
from configlint.repo.private import is_private, make_private, state_directory

PREFIX = ".configlint-"


@record
class Entry:
    """One file to be written: its path, its coming content beside it, and its former content beside it."""

    target: str
    new: str
    old: str


@record
class Journal:
    """Entries with absolute paths. `time`, in nanoseconds since 1970, is the modification time of all that was written:
    a target with a later one has been changed since by somebody else, and is theirs.
    """

    path: str
    time: int
    entries: tuple[Entry, ...]

    def begin(self, top: str) -> None:
        """Make it known, before anything else is written. Its targets are below `top`."""
        import json  # used by runs that write, and by those that come upon a journal

        names = [
            [os.path.relpath(entry.target, top), os.path.basename(entry.new), os.path.basename(entry.old)]
            for entry in self.entries
        ]
        make_private(os.path.dirname(self.path))
        descriptor = os.open(f"{self.path}.new", CREATE, 0o600)
        try:
            write_all(descriptor, json.dumps({"version": 1, "time": self.time, "files": names}).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(f"{self.path}.new", self.path)
        sync_directories([self.path])

    def commit(self) -> None:
        """All targets are written: from now on nothing is put back."""
        sync_directories(entry.target for entry in self.entries)
        os.replace(self.path, f"{self.path}.done")

    @property
    def committed(self) -> bool:
        return os.path.lexists(f"{self.path}.done")

    def clean(self) -> None:
        """Remove the copies, and then this, of a run whose targets are all written."""
        sync_directories([self.path])
        for entry in self.entries:
            remove(entry.old)
        sync_directories(entry.target for entry in self.entries)
        remove(f"{self.path}.done")

    def undo(self) -> list[str]:
        """Put back what was written, then remove this. Returns the targets that somebody else has changed since."""
        kept = [entry.target for entry in self.entries if not _put_back(entry, self.time)]
        sync_directories(entry.target for entry in self.entries)
        remove(f"{self.path}.new")
        remove(self.path)
        return kept


def _put_back(entry: Entry, time: int) -> bool:
    """Each copy of the old content is made after the new content, and is removed before it: if it stands alone,
    the target has been replaced.
    """
    ours = True
    if os.path.lexists(entry.old):
        if not os.path.lexists(entry.new):
            ours = _modified(entry.target) <= time
        if ours and not os.path.lexists(entry.new):
            os.replace(entry.old, entry.target)
        else:
            os.unlink(entry.old)
    remove(entry.new)
    return ours


def _modified(path: str) -> float:
    """When a file was modified, in nanoseconds; never, if it is gone: somebody removed it, and that stands."""
    try:
        return os.lstat(path).st_mtime_ns
    except FileNotFoundError:
        return float("inf")


def entry_beside(target: str, token: str, number: int) -> Entry:
    """The names that a run, known by its token, uses for a file."""
    stem = os.path.join(os.path.dirname(target), f"{PREFIX}{token}-{number}")
    return Entry(target=target, new=f"{stem}.new", old=f"{stem}.old")


def journal_path(top: str) -> str:
    """Of a run that writes below a directory. The name holds the directory's path as a digest, and its number."""
    from _blake2 import blake2b  # hashlib would load OpenSSL, which takes as long as reading a small repository

    status = os.stat(top)
    path = blake2b(os.fsencode(top), digest_size=8).hexdigest()
    return os.path.join(state_directory(), f"{path}.{status.st_dev:x}-{status.st_ino:x}.journal")


def journals(top: str) -> list[str]:
    """The journals that earlier runs left for a directory, at their path or under one of their endings.

    A directory that was moved is known by its number; the number may be another one after a restart of the machine.
    """
    directory = state_directory()
    if not is_private(directory):
        return []
    names = os.listdir(directory)
    wanted = os.path.basename(journal_path(top)).split(".") if names else []
    found = {
        ".".join(parts[:3])
        for parts in (name.split(".") for name in names)
        if parts[2:3] == ["journal"] and any(mine == theirs for mine, theirs in zip(wanted[:2], parts, strict=False))
    }
    return [os.path.join(directory, name) for name in sorted(found)]
