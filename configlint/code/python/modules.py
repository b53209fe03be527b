"""The modules that a program can import."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from configlint.formats.python.document import PythonDocument

Documents: TypeAlias = "Mapping[str, PythonDocument]"
"""By their paths from the root."""
NO_DOCUMENTS: Documents = MappingProxyType({})


class Modules(Mapping[str, "PythonDocument"]):
    """Documents with what was worked out of them together."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self.kept: dict[Any, Any] = {}
        """See `code.kept`."""

    def __contains__(self, path: object) -> bool:
        return path in self._documents

    def __getitem__(self, path: str) -> "PythonDocument":
        return self._documents[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def together(documents: Documents) -> Modules:
    """The same documents as the modules of one program."""
    return documents if isinstance(documents, Modules) else Modules(documents)
