"""The tree of a repository on the disk."""

import os
from collections.abc import Sequence
from typing import Protocol

from configlint.model.document import UnreadableError
from configlint.model.tree import State, normal, private
from configlint.repo.git import GitError, IgnoreQuestions, holds
from configlint.repo.listing import Listing, by_git, by_walk
from configlint.repo.location import WALKED, Location, find
from configlint.repo.probe import REFUSALS, probe
from configlint.repo.reading import read_text
from configlint.repo.recovery import recover
from configlint.repo.trace import Trace


class Ignoring(Protocol):
    """Somebody who knows what is ignored."""

    def ignores(self, path: str) -> bool: ...


class DiskTree:
    """A `Tree` on the disk. `root` is absolute; `trace` holds all that its answers depended on so far.

    `notes` are for the user: how the files were found if git was not asked, and what was passed by.
    """

    def __init__(
        self, location: Location, listing: Listing, ignoring: Ignoring, trace: Trace, notes: Sequence[str] = ()
    ) -> None:
        self.location = location
        self.root = location.root
        self.trace = trace
        self.notes = (*notes, *((location.note,) if location.note else ()), *listing.notes)
        self._listing = listing
        self._regular = frozenset(listing.files) - listing.links
        self._ignoring = ignoring
        self._states: dict[str, State] = {}
        self._contents: dict[str, str] = {}

    @property
    def files(self) -> Sequence[str]:
        return self._listing.files

    def state(self, path: str) -> State:
        plain = normal(path)
        if plain is None:
            return "outside"
        if plain in self._regular:
            return "file"
        if plain in self._listing.directories:
            return "directory"
        if plain not in self._states:
            self._states[plain] = self._look(plain)
        return self._states[plain]

    def _look(self, path: str) -> State:
        kind, real = probe(self.root, path, self.trace)
        if kind != "absent":
            return kind
        if real in self._listing.elsewhere or self._in_submodule(real) or self._ignoring.ignores(real):
            return "ignored"
        return "missing"

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

    def _in_submodule(self, path: str) -> bool:
        return any(holds(submodule, path) for submodule in self._listing.submodules)

    def locate(self, argument: str) -> str | None:
        """The path from the root of a file or directory that the user named; "" is the root, None is outside."""
        directory, name = os.path.split(os.path.abspath(argument))
        path = os.path.join(os.path.realpath(directory), name)
        return path[len(self.root) :].lstrip("/") if holds(self.root, path) else None


def open_tree(start: str = ".", root: str | None = None) -> DiskTree:
    """The tree that holds the file or directory `start`, or that of the directory `root`, if the user named one.

    If a run that was writing here has been killed, its files are put back first. Raises `RepoError` if there is no
    such file or directory.
    """
    location = find(start, root)
    notes = recover(location)
    trace = Trace()
    listing: Listing
    ignoring: Ignoring
    try:
        listing, ignoring = _by_git(location, trace)
    except GitError as error:
        if location.repository is not None:
            location = Location(root=location.root, note=f"git refuses to list the files: {error}; {WALKED}")
        listing, ignoring = by_walk(location.root, trace)
    return DiskTree(location, listing, ignoring, trace, notes)


def _by_git(location: Location, trace: Trace) -> tuple[Listing, Ignoring]:
    if location.repository is None:
        raise GitError(location.note)
    questions = IgnoreQuestions(location.repository, location.root)
    return by_git(location.repository, location.root, questions, trace), questions
