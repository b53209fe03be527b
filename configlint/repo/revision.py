"""The tree of a commit, beside the one on the disk. Imported only where a run compares with a commit."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from configlint.model.document import UnreadableError
from configlint.model.tree import State, normal
from configlint.repo.commit import Commit, branching, contents, missing
from configlint.repo.errors import RepoError
from configlint.repo.ignore import Ignores, Pattern, parse
from configlint.repo.listing import directories_above
from configlint.repo.location import WALKED
from configlint.repo.objects import MissingError, Objects
from configlint.repo.probe import LINKS, REFUSALS
from configlint.repo.processes import GitError, run
from configlint.repo.reading import decode, read_bytes
from configlint.repo.tree import DiskTree

_CONVERSIONS = ("filter", "working-tree-encoding", "ident")
"""Attributes by which git writes a file otherwise than it holds it; line ends are known without them."""


class RevisionTree:
    """A `Tree` of what git tracked in a commit, and of what it does not track today.

    A commit says nothing of files that git does not track, such as an ignored `.env`: they are taken as they are now,
    so that only what is tracked can make a difference. So are the files of `kept`, submodules, and what a sparse
    checkout leaves out.

    `moved` leads from the path of a file in the commit to the one that it has today.
    """

    def __init__(self, today: DiskTree, name: str, commit: Commit, objects: Objects, kept: Collection[str]) -> None:
        self._today = today
        self._name = name
        self._changed = commit.changed
        self._objects = objects
        self._contents: dict[str, str] = {}
        self.moved: Mapping[str, str] = commit.moved
        self._tracked = today.listing.tracked.difference(kept, today.listing.submodules)
        left_out = today.listing.elsewhere.union(kept)
        self._blobs = {path: blob for path, blob in commit.files.items() if path not in left_out}
        self._links = {path: self._target(path, blob) for path, blob in commit.links.items() if path not in left_out}
        untracked = {path for path in today.files if path not in self._tracked}
        self._directories = {"", *directories_above({*self._blobs, *self._links, *untracked})}
        linked = {path for path in self._links if self.state(path) == "file"}
        self._files = tuple(sorted(self._blobs.keys() | linked | untracked))

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
        """What stands today where the commit has nothing, but for what was tracked since."""
        state = self._today.state(path)
        if state == "ignored" or not self._since(path):
            return state
        return "missing"

    def _since(self, path: str) -> bool:
        """Whether what stands at a path today, where the commit has nothing, is there because git tracks it now."""
        if any(above in self._tracked for above in _ways(path)):  # be it through a link
            return True
        return self._today.state(path) == "directory" and any(one.startswith(f"{path}/") for one in self._tracked)

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
        if blob is None or (path not in self._changed and self._checked_out(path, blob)):
            return self._today.read(path)
        return decode(self._object(blob))

    def _checked_out(self, path: str, blob: str) -> bool:
        """Whether a file that no commit has changed stands on the disk as git wrote it there, as far as one can know.

        Git may have written other line ends than it holds, or passed it through a program that we do not start.
        """
        if self._today.state(path) != "file":
            return False
        try:
            written = read_bytes(f"{self._today.root}/{path}")
            held = self._object(blob)
        except UnreadableError:  # in the same way in both
            return True
        return written.replace(b"\r\n", b"\n") == held.replace(b"\r\n", b"\n") or self._converted(path)

    def _converted(self, path: str) -> bool:
        repository = self._today.location.repository
        assert repository is not None
        try:
            answer = run(
                self._today.root, ("check-attr", "-z", *_CONVERSIONS, "--", f"./{path}"), repository.environment
            )
        except GitError:
            return False
        return any(value not in (b"unspecified", b"unset") for value in answer.split(b"\0")[2::3])

    def tracked(self, path: str) -> bool:
        real = self._real(path)
        return real is not None and (real in self._blobs or (not self._since(real) and self._today.tracked(real)))

    def ignores(self, path: str) -> bool:
        real = self._real(path)
        return real is not None and real not in self._blobs and self._today.ignores(real)

    def tracked_though_ignored(self, path: str) -> bool:
        return path in self._blobs and Ignores(self._patterns()).ignores(path)

    def _patterns(self) -> dict[str, tuple[Pattern, ...]]:
        """The patterns of the commit's ignore files; git passes by those that are links."""
        paths = (path for path in self._blobs if path.rpartition("/")[2] == ".gitignore" and path not in self._links)
        return {path.rpartition("/")[0]: parse(self.read(path)) for path in paths}

    def _object(self, blob: str) -> bytes:
        try:
            return self._objects.read(blob)
        except MissingError as error:
            raise RepoError(missing(self._name, str(error))) from None

    def _target(self, path: str, blob: str) -> str:
        """Where a link leads, from the root; not normal."""
        try:
            target = self._object(blob).decode("utf-8")
        except (UnreadableError, UnicodeDecodeError):
            return "../"
        if target.startswith("/"):
            inside = target.removeprefix(f"{self._today.root}/")
            return "../" if inside == target else inside
        directory = path.rpartition("/")[0]
        return f"{directory}/{target}" if directory else target

    def _real(self, path: str) -> str | None:
        """The path without links of the commit; None where it leaves the root. One that leads in a circle stays."""
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


def open_revision(today: DiskTree, revision: str, kept: Collection[str]) -> RevisionTree:
    """The tree of the commit at which today's HEAD left `revision`; files of `kept` are as they are today.

    Raises `RepoError` where there is none, or a part of it is missing.
    """
    repository = today.location.repository
    if repository is None:
        reason = today.location.note.removesuffix(f"; {WALKED}")
        raise RepoError(f"--base compares with a commit of git, and {reason}")
    name = branching(repository, today.root, revision)
    commit = contents(repository, today.root, name)
    return RevisionTree(today, name, commit, Objects(repository, today.root), kept)
