"""The tree of a repository on the disk."""

import os
from collections.abc import Sequence

from configlint.model.document import UnreadableError
from configlint.model.tree import State, normal, private
from configlint.repo.git import holds, inside
from configlint.repo.ignore import Ignores
from configlint.repo.ignoring import Ignoring
from configlint.repo.listing import Asked, Listing, by_git, by_walk
from configlint.repo.location import WALKED, Location, find
from configlint.repo.probe import REFUSALS, Probe, probe
from configlint.repo.processes import GitError
from configlint.repo.reading import read_text
from configlint.repo.recovery import recover, unfinished
from configlint.repo.trace import Trace

_SHORT = 255
"""Bytes of a name, at most."""


class DiskTree:
    """A `Tree` on the disk. `root` is absolute; `trace` holds all that its answers depended on so far.

    `notes` are for the user: how the files were found if git was not asked, and what was passed by.
    """

    def __init__(
        self,
        location: Location,
        listing: Listing,
        ignoring: Ignoring | Ignores,
        trace: Trace,
        notes: Sequence[str] = (),
    ) -> None:
        self.location = location
        self.root = location.root
        self.trace = trace
        self.notes = (*notes, *((location.note,) if location.note else ()), *listing.notes)
        self._listing = listing
        self._listed = frozenset(listing.files)
        self._regular = self._listed - listing.links
        self._ignoring = ignoring
        self._states: dict[str, State] = {}
        self._contents: dict[str, str] = {}

    @property
    def files(self) -> Sequence[str]:
        return self._listing.files

    @property
    def listing(self) -> Listing:
        return self._listing

    def state(self, path: str) -> State:
        if path in self._regular:
            return "file"
        plain = normal(path)
        if plain is None:
            return "outside"
        if plain in self._regular:
            return "file"
        if plain in self._listing.held:
            return "directory"
        if plain not in self._states:
            self._states[plain] = self._look(plain)
        return self._states[plain]

    def _look(self, path: str) -> State:
        kind, real = Probe("absent", path) if self._absent(path) else probe(self.root, path, self.trace)
        if kind != "absent":
            return kind
        if real in self._listing.elsewhere or self._in_submodule(real) or self._ignoring.ignores(real):
            return "ignored"
        return "missing"

    def _absent(self, path: str) -> bool:
        """Whether nothing stands at a path, by what was seen in the nearest directory that was looked into.

        One that seems empty may be closed to us, and an odd name may be none that a file can have.
        """
        if len(path) > _SHORT or not path.isascii() or not path.isprintable():
            return False
        above, _, name = path.rpartition("/")
        while above not in self._listing.held:
            above, _, name = above.rpartition("/")
        held = self._listing.held[above]
        return bool(held) and name not in held

    def ignores(self, path: str) -> bool:
        plain = normal(path)
        return plain is not None and plain not in self._listing.tracked and self._ignoring.ignores(plain)

    def read(self, path: str) -> str:
        plain = normal(path)
        if plain is None:
            raise UnreadableError("lies outside the root")
        content = self._contents.get(plain)
        if content is None:
            content = self._contents[plain] = read_text(self._opening(plain), self.trace)
        return content

    def _opening(self, path: str) -> str:
        """The absolute path of a regular file inside the root."""
        if path in self._regular:
            return os.path.join(self.root, path)
        kind, real = probe(self.root, path, self.trace)
        if kind != "file":
            raise UnreadableError(REFUSALS[kind])
        return os.path.join(self.root, real)

    def tracked(self, path: str) -> bool:
        plain = normal(path)
        if plain is None:
            return False
        kind, real = ("file", plain) if plain in self._regular else probe(self.root, plain, self.trace)
        if self.location.repository is None or self._in_submodule(real):
            return kind == "file" and not private(real) and not self._ignoring.ignores(real)
        return real in self._listing.tracked

    def tracked_though_ignored(self, path: str) -> bool:
        return path in self._listing.tracked and isinstance(self._ignoring, Ignoring) and self._ignoring.names(path)

    def unshared(self, path: str) -> bool:
        """Whether a file is one that git neither tracks nor ignores: somebody has made it, and not added it yet."""
        return (
            path in self._listed and not private(path) and not self.tracked(path) and not self._ignoring.ignores(path)
        )

    def _in_submodule(self, path: str) -> bool:
        return any(holds(submodule, path) for submodule in self._listing.submodules)

    def locate(self, argument: str) -> str | None:
        """The path from the root of a file or directory that the user named; "" is the root, None is outside."""
        directory, name = os.path.split(os.path.abspath(argument))
        path = os.path.join(os.path.realpath(directory), name)
        return inside(self.root, path) if holds(self.root, path) else None


class Opening:
    """A tree that is being opened: git lists the files while the program does something else."""

    def __init__(self, start: str = ".", root: str | None = None, *, to_write: bool = False) -> None:
        """Of the file or directory `start`, or of the directory `root`, if the user named one.

        If a run that was writing here has been killed, its files are put back first, by a run that is to write itself.
        Raises `RepoError` if there is no such file or directory.
        """
        self.location = find(start, root)
        self._notes = recover(self.location) if to_write else unfinished(self.location)
        self._trace = Trace()
        self._asked: Asked | GitError
        try:
            self._asked = self._ask()
        except GitError as error:
            self._asked = error

    def _ask(self) -> Asked:
        if self.location.repository is None:
            raise GitError(self.location.note)
        return Asked(self.location.repository, self.location.root, self._trace)

    def tree(self) -> DiskTree:
        """To be called once."""
        listing: Listing
        ignoring: Ignoring | Ignores
        location = self.location
        try:
            if isinstance(self._asked, GitError):
                raise self._asked
            listing, ignoring = by_git(self._asked)
        except GitError as error:
            if location.repository is not None:
                location = Location(root=location.root, note=f"git refuses to list the files: {error}; {WALKED}")
            listing, ignoring = by_walk(location.root, self._trace)
        return DiskTree(location, listing, ignoring, self._trace, self._notes)
