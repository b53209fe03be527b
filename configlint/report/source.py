"""Lines and columns of the places in a result."""

from collections.abc import Mapping
from typing import NamedTuple

from configlint.model.document import Lines
from configlint.model.text import Place


class Span(NamedTuple):
    """A place in lines and columns, both from 1; columns count characters and the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Sources:
    """The files of a result. Each is cut into lines once, when a place in it is asked for."""

    __slots__ = ("_lines", "contents")

    def __init__(self, contents: Mapping[str, str]) -> None:
        self.contents = contents
        self._lines: dict[str, Lines] = {}

    def lines(self, path: str) -> Lines:
        """The lines of a file; those of an empty one where its content is not at hand (a missing file)."""
        if path not in self._lines:
            self._lines[path] = Lines(self.contents.get(path, ""))
        return self._lines[path]

    def span(self, place: Place) -> Span:
        lines = self.lines(place.path)
        length = len(lines.content)
        start = lines.position(min(place.start, length))
        end = lines.position(min(max(place.start, place.end), length))
        return Span(start.line, start.column, end.line, end.column)

    def line_bounds(self, path: str, number: int) -> tuple[int, int]:
        """Offsets of the characters of a line, without its end and without a byte order mark."""
        lines = self.lines(path)
        start = lines.starts[number - 1]
        if number == 1 and lines.content.startswith("\ufeff"):
            start = 1
        end = lines.starts[number] if number < len(lines.starts) else len(lines.content)
        while end > start and lines.content[end - 1] in "\r\n":
            end -= 1
        return start, end
