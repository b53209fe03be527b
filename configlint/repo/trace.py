"""What an answer depended on: all that was read, listed and probed.

With it a later run knows, without reading anything again, whether the answer still holds.
"""

import os
from stat import S_IFMT
from typing import NamedTuple


class Stamp(NamedTuple):
    """What changes when a file's content, or a directory's list of names, does. Times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Stamp":
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class Trace:
    """Everything that one tree asked of the disk, by absolute path.

    `stamps` are the files read and the directories listed. `kinds` are the paths of which only the kind was asked:
    `stat`'s file type of what stands there, links followed, 0 where nothing does; `places` are where they lead, without
    links, for a link may come to lead to another thing of the same kind. `listing` is what git answered when
    it was asked for the files, empty where it was not; `index` is the index that it looked into, and `index_stamp` what
    that was like before, None where there was none.
    """

    __slots__ = ("index", "index_stamp", "kinds", "listing", "places", "stamps")

    def __init__(self) -> None:
        self.stamps: dict[str, Stamp] = {}
        self.kinds: dict[str, int] = {}
        self.places: dict[str, str] = {}
        self.listing = b""
        self.index = ""
        self.index_stamp: Stamp | None = None

    def looks_into(self, index: str) -> None:
        """git is about to be asked for the files."""
        self.index = index
        try:
            self.index_stamp = Stamp.of(os.stat(index))
        except OSError:
            self.index_stamp = None

    def saw(self, path: str, status: os.stat_result) -> None:
        """A file was read or a directory listed: `status` is from just before."""
        self.stamps.setdefault(path, Stamp.of(status))

    def look(self, path: str) -> None:
        """The answer depends on what stands at `path`, though it is read by another program or cannot be read."""
        try:
            self.saw(path, os.stat(path))
        except OSError:
            self.probed(path, None)

    def probed(self, path: str, status: os.stat_result | None, place: str | None = None) -> None:
        """Only the kind of `path` was asked for; None where nothing stands there. `place` is the path without links."""
        self.kinds.setdefault(path, 0 if status is None else S_IFMT(status.st_mode))
        if place is not None:
            self.places.setdefault(path, place)
