"""The Python files of a repository, read as they are asked for."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from configlint.code.memo import kept
from configlint.code.python.modules import Modules
from configlint.workspace.documents import DocumentStore

if TYPE_CHECKING:
    from configlint.formats.python.document import PythonDocument


class PythonFiles(Modules):
    """Documents by their paths. A file that cannot be opened, or that is locked, is not among them.

    What is worked out of them is shared by all that are made of the same files.
    """

    def __init__(self, store: DocumentStore) -> None:
        super().__init__({})
        self.store = store
        self._paths = _paths(store)
        self.kept = _shared(store)

    def __contains__(self, path: object) -> bool:
        return path in self._paths and self.store.python(str(path)) is not None

    def __getitem__(self, path: str) -> "PythonDocument":
        document = self.store.python(path) if path in self._paths else None
        if document is None:
            raise KeyError(path)
        return document

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._paths if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return bool(self._paths)

    def closure(self, entry: str, *, at_start: bool = False) -> Modules:
        """The module at a path with all that it imports; `at_start`, with what it imports whenever it runs."""
        # Imported here: of most repositories nothing but configuration is read.
        from configlint.code.python.closure import closure

        return closure(entry, self, at_start=at_start)

    def below(self, directory: str) -> Modules:
        """The modules in a directory and its subdirectories."""
        return _below(self, directory)

    def among(self, paths: Iterable[str]) -> Modules:
        """Those of some files that are modules."""
        return _among(self, frozenset(path for path in paths if path.endswith(".py")))


@kept
def _paths(store: DocumentStore) -> dict[str, None]:
    return dict.fromkeys(path for path in store.tree.files if path.endswith(".py"))


@kept
def _shared(_: DocumentStore) -> dict[object, object]:
    return {}


@kept
def _below(files: PythonFiles, directory: str) -> Modules:
    below = f"{directory}/" if directory else ""
    return Modules({path: files[path] for path in files if path.startswith(below)})


@kept
def _among(files: PythonFiles, paths: frozenset[str]) -> Modules:
    return Modules({path: files[path] for path in sorted(paths) if path in files})
