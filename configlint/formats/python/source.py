"""Python source as text: parsed when somebody asks, with a place for every node. Nothing in it is ever run."""

import ast
import warnings
from bisect import bisect_right
from typing import Any

from configlint.model.document import UnreadableError
from configlint.model.regex import regex
from configlint.model.text import Place

LARGEST = 300_000
"""Characters. A longer file is data or generated, and parsing it would take seconds."""

_LINE_END = regex(r"\r\n|\r|\n")
_WIDE = regex(r"[^\x00-\x7f]")


class Source:
    """One file's content. The tree is built at the first use and kept, and so is the reason why there is none."""

    __slots__ = (
        "_failure",
        "_starts",
        "_tree",
        "_wide",
        "content",
        "kept",
        "path",
    )

    def __init__(self, path: str, content: str) -> None:
        self.path = path
        self.content = content
        self.kept: dict[Any, Any] = {}
        """What others work out of the file; it lives as long as this does."""
        self._tree: ast.Module | None = None
        self._failure: UnreadableError | None = None
        self._starts: list[int] | None = None
        self._wide: dict[int, tuple[list[int], list[int]]] = {}

    @property
    def tree(self) -> ast.Module:
        """Raises `UnreadableError` where the file is no Python of the version that runs this program."""
        if self._failure is not None:
            raise self._failure
        if self._tree is None:
            try:
                self._tree = self._parsed()
            except UnreadableError as failure:
                self._failure = failure
                raise
        return self._tree

    def _parsed(self) -> ast.Module:
        if len(self.content) > LARGEST:
            raise UnreadableError(f"longer than {LARGEST:,} characters")
        try:
            with warnings.catch_warnings():
                # An invalid escape in somebody's code is not for our standard error.
                warnings.simplefilter("ignore")
                return ast.parse(self.content.removeprefix("\ufeff"))
        except SyntaxError as error:
            raise UnreadableError(error.msg, self._failed_at(error)) from None
        except (RecursionError, MemoryError):
            raise UnreadableError("nested too deeply") from None
        except ValueError:
            raise UnreadableError("holds characters that Python source cannot hold", self._odd_character()) from None

    def _failed_at(self, error: SyntaxError) -> int:
        if error.lineno is None:
            return self._odd_character()
        start = self.starts[min(max(error.lineno, 1), len(self.starts)) - 1]
        return min(start + max((error.offset or 1) - 1, 0), len(self.content))

    def _odd_character(self) -> int:
        return max(self.content.find("\0"), 0)

    @property
    def starts(self) -> list[int]:
        """The offset at which each line starts, as Python counts lines: it also ends them at a lone CR."""
        if self._starts is None:
            first = 1 if self.content.startswith("\ufeff") else 0
            self._starts = [first, *(match.end() for match in _LINE_END.finditer(self.content))]
        return self._starts

    def place(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg | ast.alias) -> Place:
        return Place(self.path, *self.span(node))

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg | ast.alias) -> tuple[int, int]:
        start = self.offset(node.lineno, node.col_offset)
        if node.end_lineno is None or node.end_col_offset is None:
            return start, start
        return start, self.offset(node.end_lineno, node.end_col_offset)

    def offset(self, line: int, column: int) -> int:
        """The character at a line, from 1, and a column, which `ast` counts in UTF-8 bytes from 0."""
        start = self.starts[line - 1]
        if self.content.isascii():
            return start + column
        ends, surplus = self._wide_characters(line)
        index = bisect_right(ends, column)
        return start + column - (surplus[index - 1] if index else 0)

    def _wide_characters(self, line: int) -> tuple[list[int], list[int]]:
        """For each character of a line that takes several bytes: where it ends, and how many bytes were too many."""
        if line not in self._wide:
            start = self.starts[line - 1]
            end = self.starts[line] if line < len(self.starts) else len(self.content)
            ends: list[int] = []
            surplus: list[int] = []
            extra = 0
            for match in _WIDE.finditer(self.content, start, end):
                extra += len(match.group().encode("utf-8", "surrogatepass")) - 1
                ends.append(match.end() - start + extra)
                surplus.append(extra)
            self._wide[line] = ends, surplus
        return self._wide[line]
