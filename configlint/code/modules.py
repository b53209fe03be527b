"""The modules of one program, with what was worked out of them together."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from configlint.model.document import Document

D = TypeVar("D", bound=Document, covariant=True)


class ModulesOf(Mapping[str, D]):
    """Documents of one language, by their paths."""

    def __init__(self, documents: Mapping[str, D]) -> None:
        self._documents = documents
        self.kept: dict[Any, Any] = {}
        """See `code.kept`."""

    def __contains__(self, path: object) -> bool:
        return path in self._documents

    def __getitem__(self, path: str) -> D:
        return self._documents[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
