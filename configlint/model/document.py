"""One file, read: what a reader hands to the layers above."""

from bisect import bisect_right
from typing import NamedTuple

from configlint.model.record import record
from configlint.model.text import Place, Text

Key = tuple[str, ...]


@record
class Fact:
    """One value as written: `services.api.image` is the key `("services", "api", "image")`."""

    key: Key
    text: Text


@record
class Comment:
    """A comment that speaks to configlint. `text` is what follows the comment sign.

    `alone` is true where nothing else stands on its line.
    """

    text: str
    place: Place
    alone: bool


@record
class Duplicate:
    """One key written twice in one mapping, with the values of both."""

    key: Key
    first: Text
    second: Text


@record
class Document:
    """One file, read. Readers return a subclass that adds the structure of their format.

    `content` is the decoded file with its byte order mark and its line ends, so that every offset is a true one.
    `hidden` are places that hold no value of any fact, and must not be shown all the same.
    """

    path: str
    content: str
    hidden: tuple[Place, ...] = ()
    comments: tuple[Comment, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


class UnreadableError(Exception):
    """A file that cannot be parsed. `offset` is the character where its reader gave up.

    `content` is set where no other text of the file can be had: what could be decoded, up to `offset`.
    """

    def __init__(self, message: str, offset: int = 0, content: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.content = content


class SealedError(UnreadableError):
    """A file that somebody encrypted on purpose: what it holds is unknown, and nothing is wrong with it."""


class Position(NamedTuple):
    """Line and column, both from 1; the column counts characters."""

    line: int
    column: int


class Lines:
    """Line numbers of a content, as editors and git count them: by line feeds alone."""

    __slots__ = ("content", "starts")

    def __init__(self, content: str) -> None:
        self.content = content
        self.starts = [0]
        find = content.find
        end = find("\n")
        while end >= 0:
            self.starts.append(end + 1)
            end = find("\n", end + 1)

    def position(self, offset: int) -> Position:
        index = bisect_right(self.starts, offset) - 1
        column = offset - self.starts[index] + 1
        if index == 0 and self.content.startswith("\ufeff"):
            column = max(column - 1, 1)
        return Position(index + 1, column)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.content)
        return self.content[start:end].rstrip("\r\n").removeprefix("\ufeff")

    def __len__(self) -> int:
        return len(self.starts)
