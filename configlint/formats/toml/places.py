"""Where the keys and values of a TOML file stand. What they mean is tomllib's to say, which keeps no places."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from configlint.model.regex import regex

Path = tuple[str, ...]
"""Names of tables and keys; an item of a list by its number."""
Span = tuple[int, int]

DEPTH = 200
"""How deep tables and lists may lie in each other."""

_NAME = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_NAMES = rf"{_NAME}(?:[ \t]*+\.[ \t]*+{_NAME})*+"
_HEADER = regex(rf"(?P<open>\[\[?)[ \t]*+(?P<names>{_NAMES})[ \t]*+\]\]?")
_KEY = regex(rf"(?P<names>{_NAMES})[ \t]*+=[ \t]*+")
_ONE = regex(_NAME)
_BLANK = regex(r"(?:[\s,\ufeff]|#[^\n]*+)*+")
_STRING = regex(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_WORD = regex(r"[^\s,\]}#]++(?: \d[^\s,\]}#]*+)?")
"""A number, a boolean, a date; a date may be parted from its time by a space."""


class Written(NamedTuple):
    """`keys` are the spans of names, `values` those of all values by their paths, `strings` those of texts."""

    keys: dict[Path, Span]
    values: dict[Path, Span]
    strings: list[Span]


def places(content: str) -> Written:
    """The places in a content that tomllib takes; what is found in any other means nothing."""
    reader = _Reader(content)
    reader.file()
    return Written(reader.keys, reader.values, reader.strings)


class _Reader:
    def __init__(self, content: str) -> None:
        self.content = content
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self.strings: list[Span] = []
        self._items: Counter[Path] = Counter()

    def file(self) -> None:
        table: Path = ()
        at = self._skip(0)
        while at < len(self.content):
            header = _HEADER.match(self.content, at)
            if header is not None:
                table = self._table(header)
                at = self._skip(header.end())
                continue
            end = self._assignment(table, at)
            if end is None:
                return
            at = self._skip(end)

    def _table(self, header: re.Match[str]) -> Path:
        """The path of a table; of a list of tables the item that begins here, and above it the last one."""
        path: Path = ()
        names = list(islice(self._names(header.start("names"), header["names"]), DEPTH))
        for number, (name, span) in enumerate(names, 1):
            path = (*path, name)
            self.keys.setdefault(path, span)
            if number == len(names) and header["open"] == "[[":
                self._items[path] += 1
            if self._items[path]:
                path = (*path, str(self._items[path] - 1))
        return path

    def _names(self, start: int, written: str) -> Iterator[tuple[str, Span]]:
        for found in _ONE.finditer(written):
            yield _decoded(found[0]), (start + found.start(), start + found.end())

    def _assignment(self, table: Path, at: int) -> int | None:
        found = _KEY.match(self.content, at)
        if found is None:
            return None
        for name, span in self._names(at, found["names"]):
            table = (*table, name)
            self.keys.setdefault(table, span)
            if len(table) > DEPTH:
                return None
        return self._value(table, found.end())

    def _value(self, path: Path, start: int) -> int | None:
        """Note the value that begins at `start`, with what is in it; gives its end. None: it ends nowhere, or is too
        deep.
        """
        if len(path) > DEPTH:
            return None
        sign = self.content[start : start + 1]
        if sign in ("[", "{"):
            end = self._list(path, start) if sign == "[" else self._inline(path, start)
        else:
            string = _STRING.match(self.content, start)
            found = string or _WORD.match(self.content, start)
            end = found.end() if found is not None else None
            if string is not None:
                self.strings.append(string.span())
        if end is not None:
            self.values[path] = (start, end)
        return end

    def _list(self, path: Path, start: int) -> int | None:
        at: int | None = self._skip(start + 1)
        number = 0
        while at is not None and not self.content.startswith("]", at):
            end = self._value((*path, str(number)), at)
            at = None if end is None else self._skip(end)
            number += 1
        return None if at is None else at + 1

    def _inline(self, path: Path, start: int) -> int | None:
        at: int | None = self._skip(start + 1)
        while at is not None and not self.content.startswith("}", at):
            end = self._assignment(path, at)
            at = None if end is None else self._skip(end)
        return None if at is None else at + 1

    def _skip(self, at: int) -> int:
        """Past blanks, commas and comments."""
        found = _BLANK.match(self.content, at)
        return found.end() if found else at


def _decoded(name: str) -> str:
    """A name without its quotes. One with an escape is only found under the characters that are written."""
    return name[1:-1] if name[0] in "\"'" else name
