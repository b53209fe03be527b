"""The Python files of a repository, read as they are asked for."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from configlint.workspace.documents import Shelf

if TYPE_CHECKING:
    from configlint.formats.python.document import PythonDocument


class PythonFiles(Mapping[str, "PythonDocument"]):
    """Documents by their paths. A file that cannot be opened, or that is locked, is not among them."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._closures: dict[str, dict[str, PythonDocument]] = {}
        self._paths = dict.fromkeys(path for path in shelf.tree.files if path.endswith(".py"))

    def __contains__(self, path: object) -> bool:
        return path in self._paths and self.shelf.python(str(path)) is not None

    def __getitem__(self, path: str) -> "PythonDocument":
        document = self.shelf.python(path) if path in self._paths else None
        if document is None:
            raise KeyError(path)
        return document

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._paths if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return bool(self._paths)

    def closure(self, entry: str) -> "dict[str, PythonDocument]":
        """The module at a path with all that it imports."""
        # Imported here: of most repositories nothing but configuration is read.
        from configlint.code.python.closure import closure

        if entry not in self._closures:
            self._closures[entry] = closure(entry, self)
        return self._closures[entry]
