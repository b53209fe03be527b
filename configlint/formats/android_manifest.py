"""AndroidManifest.xml: the permissions that an app asks for. Read with expat, and nothing outside of the file ever is.

A manifest needs no document type, and so has none: entities that grow, or that name other files, are declared there.
"""

from typing import Any
from xml.parsers import expat

from configlint.formats.comments import MARK, comment
from configlint.model.document import Comment, Document, UnreadableError
from configlint.model.record import record, replace
from configlint.model.text import Place

SIZE = 1_000_000
"""Characters that a manifest may have."""
_ANDROID = "http://schemas.android.com/apk/res/android "
_TOOLS = "http://schemas.android.com/tools "
_ASKING = ("uses-permission", "uses-permission-sdk-23")


@record
class Manifest(Document):
    """`permissions` are those that it asks for, and `removed` those that it takes from what libraries ask for.

    `root` is where the manifest begins: its name in the first tag.
    """

    permissions: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    root: Place


def read(path: str, content: str) -> Manifest:
    """A manifest. Raises `UnreadableError` for what is not well-formed, has a document type, or is too long."""
    if len(content) > SIZE:
        raise UnreadableError(f"is longer than {SIZE} characters", SIZE)
    reader = _Reader(path, content)
    try:
        reader.parser.Parse(reader.data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        at = reader.offset(reader.parser.ErrorByteIndex)
        raise UnreadableError(f"is not well-formed XML: {reason}", at) from None
    if reader.root is None:
        raise UnreadableError("has no element")
    return Manifest(
        path=path,
        content=content,
        comments=tuple(reader.comments),
        permissions=frozenset(reader.permissions),
        removed=frozenset(reader.removed),
        root=reader.root,
    )


class _Reader:
    """What is seen while expat goes through a file. It counts bytes; places count characters."""

    def __init__(self, path: str, content: str) -> None:
        self.path = path
        self.content = content
        self.data = content.encode("utf-8", "surrogatepass")
        self.permissions: set[str] = set()
        self.removed: set[str] = set()
        self.comments: list[Comment] = []
        self.root: Place | None = None
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.CommentHandler = self._comment
        self.parser.StartDoctypeDeclHandler = self._document_type

    def offset(self, byte: int) -> int:
        return len(self.data[: max(byte, 0)].decode("utf-8", "replace"))

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            start = self.offset(self.parser.CurrentByteIndex) + 1
            self.root = Place(self.path, start, start + len(name.rpartition(" ")[2]))
        if name in _ASKING:
            removed = attributes.get(f"{_TOOLS}node") == "remove"
            (self.removed if removed else self.permissions).add(attributes.get(f"{_ANDROID}name", ""))

    def _comment(self, text: str) -> None:
        if MARK in text:
            start = self.offset(self.parser.CurrentByteIndex)
            end = self.content.find("-->", start) + len("-->")
            found = comment(self.path, self.content, start, end, "<!--")
            if found is not None:
                self.comments.append(replace(found, text=found.text.removesuffix("-->").strip()))

    def _document_type(self, *_: Any) -> None:
        raise UnreadableError("has a document type, which no manifest needs", self.offset(self.parser.CurrentByteIndex))
