"""The journal of a run that writes: enough to put every file back after the run was killed at any moment.

It lies in the git directory, where no `git status` shows it and no commit takes it along; outside of git in the root,
where whoever runs next will find it. It holds names and a time, never content. Its own name tells how far the run came:
as long as it is `PATH`, the files are put back; from `PATH.done` on, they are all written, and only copies are removed.
"""

import os

from configlint.model.record import record
from configlint.repo.durable import CREATE, remove, sync_directories, write_all
from configlint.repo.location import Location

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


def journal_path(location: Location) -> str:
    if location.repository is not None:
        return os.path.join(location.repository.directory, "configlint-journal")
    return os.path.join(location.root, ".configlint-journal")
