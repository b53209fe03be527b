"""Trees that need no disk: the files of an example, and a tree as it would be after some edits."""

from collections.abc import Iterable, Mapping, Sequence

from configlint.model.document import UnreadableError
from configlint.model.tree import State, Tree, normal, private


class MemoryTree:
    """A tree of given contents by path.

    `ignored` are the paths that git ignores, present or not; a directory covers what lies below it. `tracked` are those
    of `files` that git tracks though its ignore files name them.
    """

    def __init__(self, files: Mapping[str, str], ignored: Iterable[str] = (), tracked: Iterable[str] = ()) -> None:
        self._contents = dict(files)
        self._files = tuple(sorted(self._contents))
        self._ignored = frozenset(path.rstrip("/") for path in ignored)
        self._tracked_though_ignored = frozenset(tracked)
        self._directories = {"", *(above for path in self._contents for above in _directories(path))}

    @property
    def files(self) -> Sequence[str]:
        return self._files

    def state(self, path: str) -> State:
        plain = normal(path)
        if plain is None:
            return "outside"
        if plain in self._contents:
            return "file"
        if plain in self._directories:
            return "directory"
        return "ignored" if self._covers(plain) else "missing"

    def ignores(self, path: str) -> bool:
        return self._covers(normal(path) or "")

    def read(self, path: str) -> str:
        content = self._contents.get(normal(path) or "")
        if content is None:
            raise UnreadableError("the file does not exist")
        return content

    def tracked(self, path: str) -> bool:
        plain = normal(path) or ""
        shared = plain in self._contents and not private(plain) and not self._covers(plain)
        return shared or self.tracked_though_ignored(plain)

    def tracked_though_ignored(self, path: str) -> bool:
        return normal(path) in self._tracked_though_ignored

    def _covers(self, path: str) -> bool:
        return path in self._ignored or any(above in self._ignored for above in _directories(path))


class EditedTree:
    """A tree whose files at `contents` are replaced; all else is as in `tree`."""

    def __init__(self, tree: Tree, contents: Mapping[str, str]) -> None:
        self._tree = tree
        self._contents = contents

    @property
    def files(self) -> Sequence[str]:
        return self._tree.files

    def state(self, path: str) -> State:
        return self._tree.state(path)

    def ignores(self, path: str) -> bool:
        return self._tree.ignores(path)

    def read(self, path: str) -> str:
        content = self._contents.get(path)
        return self._tree.read(path) if content is None else content

    def tracked(self, path: str) -> bool:
        return self._tree.tracked(path)

    def tracked_though_ignored(self, path: str) -> bool:
        return self._tree.tracked_though_ignored(path)


def _directories(path: str) -> list[str]:
    """The directories above a path, without the root: `a` and `a/b` for `a/b/c`."""
    return [path[:end] for end, character in enumerate(path) if character == "/"]
