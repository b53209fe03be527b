"""A tree as git holds it, in a commit or in the index, beside the one on the disk.

Imported only where a run asks for one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from configlint.model.document import UnreadableError
from configlint.model.record import record
from configlint.model.tree import State, normal
from configlint.repo.errors import RepoError
from configlint.repo.ignore import Ignores, Pattern, parse
from configlint.repo.listing import directories_above
from configlint.repo.objects import MissingError, Objects
from configlint.repo.probe import LINKS, REFUSALS
from configlint.repo.processes import GitError, run
from configlint.repo.reading import decode, read_bytes
from configlint.repo.tree import DiskTree

_CONVERSIONS = ("filter", "working-tree-encoding", "ident")
"""Attributes by which git writes a file otherwise than it holds it; line ends are known without them."""


@record
class Recorded:
    """What git holds of a root. All paths are relative to it, and such as every output can show.

    `files` and `links` are regular files and symbolic links, each with the name of its object. `changed` are those that
    are known to be otherwise on the disk. `newer` is what the disk has and this has not: it is missing here.
    `incomplete` words the message for an object that is not in this clone.
    """

    files: Mapping[str, str]
    links: Mapping[str, str]
    changed: frozenset[str]
    newer: Collection[str]
    incomplete: Callable[[str], str]


class RecordedTree:
    """A `Tree` of what git holds, and of what it does not track.

    Git says nothing about files that it does not track, such as an ignored `.env`: they are taken as they are on the
    disk, but for those that are `newer`. So is what a sparse checkout leaves out.
    """

    def __init__(self, disk: DiskTree, recorded: Recorded) -> None:
        assert disk.location.repository is not None
        self._disk = disk
        self._repository = disk.location.repository
        self._recorded = recorded
        self._objects = Objects(self._repository, disk.root)
        self._contents: dict[str, str] = {}
        self._newer = frozenset(recorded.newer)
        self._newer_directories = directories_above(self._newer)
        left_out = disk.listing.elsewhere
        self._blobs = {path: blob for path, blob in recorded.files.items() if path not in left_out}
        self._links = {path: self._target(path, blob) for path, blob in recorded.links.items() if path not in left_out}
        others = {path for path in disk.files if path not in self._newer}
        self._directories = {"", *directories_above({*self._blobs, *self._links, *others})}
        linked = {path for path in self._links if self.state(path) == "file"}
        self._files = tuple(sorted(self._blobs.keys() | linked | (others - self._links.keys())))

    @property
    def files(self) -> Sequence[str]:
        return self._files

    def state(self, path: str) -> State:
        real = self._real(path)
        if real is None:
            return "outside"
        if real in self._blobs:
            return "file"
        if real in self._directories:
            return "directory"
        if self._first_link(real) is not None:
            return "other"  # they lead in a circle
        return self._untracked(real)

    def _untracked(self, path: str) -> State:
        """What the disk has where git holds nothing, but for what is newer."""
        state = self._disk.state(path)
        return "missing" if state != "ignored" and self._is_newer(path) else state

    def _is_newer(self, path: str) -> bool:
        """Whether a path where git holds nothing is one of the newer ones, or lies behind a newer link."""
        return path in self._newer_directories or any(way in self._newer for way in _ways(path))

    def read(self, path: str) -> str:
        plain = normal(path) or ""
        content = self._contents.get(plain)
        if content is None:
            state = self.state(plain)
            if state != "file":
                raise UnreadableError(REFUSALS[state if state in REFUSALS else "absent"])
            content = self._contents[plain] = self._read(self._real(plain) or "")
        return content

    def _read(self, path: str) -> str:
        blob = self._blobs.get(path)
        if blob is None or (path not in self._recorded.changed and self._checked_out(path, blob)):
            return self._disk.read(path)
        return decode(self._object(blob))

    def _checked_out(self, path: str, blob: str) -> bool:
        """Whether a file is on the disk as git wrote it there, as far as one can know.

        Git may have written other line ends than it holds, or passed it through a program that we do not start.
        """
        if self._disk.state(path) != "file":
            return False
        try:
            written = read_bytes(f"{self._disk.root}/{path}")
            held = self._object(blob)
        except UnreadableError:  # in the same way in both
            return True
        return written.replace(b"\r\n", b"\n") == held.replace(b"\r\n", b"\n") or self._converted(path)

    def _converted(self, path: str) -> bool:
        asked = ("check-attr", "-z", *_CONVERSIONS, "--", f"./{path}")
        try:
            answer = run(self._disk.root, asked, self._repository.environment)
        except GitError:
            return False
        return any(value not in (b"unspecified", b"unset") for value in answer.split(b"\0")[2::3])

    def tracked(self, path: str) -> bool:
        real = self._real(path)
        return real is not None and (real in self._blobs or (not self._is_newer(real) and self._disk.tracked(real)))

    def ignores(self, path: str) -> bool:
        real = self._real(path)
        return real is not None and real not in self._blobs and self._disk.ignores(real)

    def tracked_though_ignored(self, path: str) -> bool:
        return path in self._blobs and Ignores(self._patterns()).ignores(path)

    def _patterns(self) -> dict[str, tuple[Pattern, ...]]:
        """The patterns of the recorded ignore files; git passes by those that are links."""
        paths = (path for path in self._blobs if path.rpartition("/")[2] == ".gitignore" and path not in self._links)
        return {path.rpartition("/")[0]: parse(self.read(path)) for path in paths}

    def _object(self, blob: str) -> bytes:
        try:
            return self._objects.read(blob)
        except MissingError as error:
            raise RepoError(self._recorded.incomplete(str(error))) from None

    def _target(self, path: str, blob: str) -> str:
        """Where a link leads, from the root; not normal."""
        try:
            target = self._object(blob).decode("utf-8")
        except (UnreadableError, UnicodeDecodeError):
            return "../"
        if target.startswith("/"):
            inside = target.removeprefix(f"{self._disk.root}/")
            return "../" if inside == target else inside
        directory = path.rpartition("/")[0]
        return f"{directory}/{target}" if directory else target

    def _real(self, path: str) -> str | None:
        """The path without links that git holds; None where it leaves the root. One that leads in a circle stays."""
        real = normal(path)
        for _ in range(LINKS):
            link = real and self._first_link(real)
            if not real or link is None:
                return real
            rest = real[len(link) :]
            real = normal(self._links[link] + rest)
        return real

    def _first_link(self, path: str) -> str | None:
        """The shortest beginning of a path that is a link."""
        return next((way for way in _ways(path) if way in self._links), None) if self._links else None

    def close(self) -> None:
        self._objects.close()


def _ways(path: str) -> Iterator[str]:
    """The directories on the way to a path, from the top, and the path itself."""
    yield from (path[:end] for end, character in enumerate(path) if character == "/")
    yield path
