"""TOML files, read into the same nodes as YAML.

tomllib decides what a file means. A locator finds where the values stand, and what it finds counts only where tomllib
reads the same value from these characters alone; any other value is placed at its key and cannot be rewritten.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping as Table
from typing import Any

from configlint.formats.comments import MARK, hash_comments
from configlint.formats.toml.places import DEPTH, Path, Span, Written, places
from configlint.formats.yaml.document import YamlDocument
from configlint.formats.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence
from configlint.formats.yaml.text import Source
from configlint.model.document import Comment, Lines, UnreadableError
from configlint.model.text import Place

SIZE = 1_000_000
"""Characters that a TOML file may have."""
_DOTS = 1000
"""Dots in one line: tomllib takes a time that grows with the square of the names in a key."""
_TOO_DEEP = f"nested more than {DEPTH} levels deep"


def read(path: str, content: str) -> YamlDocument:
    """A whole TOML file. Raises `UnreadableError` with the offset of the line that tomllib refuses."""
    return read_table(path, content, ())


def read_table(path: str, content: str, table: Path) -> YamlDocument:
    """One table of a TOML file as the root of a document; one without root where the file has no such table.

    Raises `UnreadableError` as `read` does.
    """
    data: Any = _parsed(content)
    for name in table:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    if not isinstance(data, dict) or not data:
        return YamlDocument(path=path, content=content)
    written = places(content)
    nodes = _Nodes(Source(path, content, "toml"), written)
    root = nodes.mapping(table, data, nodes.key(table, Place(path, 0, 0)))
    return YamlDocument(path=path, content=content, roots=(root,), comments=_comments(path, content, written))


def _parsed(content: str) -> dict[str, Any]:
    if len(content) > SIZE:
        raise UnreadableError(f"is longer than {SIZE} characters", SIZE)
    if any(line.count(".") > _DOTS for line in content.split("\n")):
        raise UnreadableError(f"holds a line of more than {_DOTS} dots")
    try:
        return tomllib.loads(content.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at ")
        raise UnreadableError(what[:1].lower() + what[1:], _offset(content, where)) from None
    except RecursionError:
        raise UnreadableError(_TOO_DEEP) from None
    except ValueError:
        # Python turns no text of more than some thousand digits into a number.
        raise UnreadableError("holds a number of too many digits") from None


def _offset(content: str, where: str) -> int:
    """The start of the line that stands in tomllib's words; else they are of the end of the file."""
    line = re.match(r"line (\d+)", where)
    if line is None:
        return len(content)
    return Lines(content).starts[int(line[1]) - 1]


def _comments(path: str, content: str, written: Written) -> tuple[Comment, ...]:
    if MARK not in content:
        return ()
    strings = sorted(written.strings)
    starts = [start for start, _ in strings]

    def outside(offset: int) -> bool:
        before = bisect_right(starts, offset) - 1
        return before < 0 or strings[before][1] <= offset

    return tuple(hash_comments(path, content, outside))


_TYPES = {bool: "bool", int: "int", float: "float"}


class _Nodes:
    def __init__(self, source: Source, written: Written) -> None:
        self._source = source
        self._written = written

    def key(self, path: Path, above: Place) -> Place:
        """Where a name stands, or what is above it."""
        span = self._written.keys.get(path)
        return above if span is None else Place(self._source.path, *span)

    def mapping(self, path: Path, data: Table[str, Any], place: Place) -> Mapping:
        entries = []
        for name, value in data.items():
            key = self.key((*path, name), place)
            entries.append(Entry(self._scalar(path, name, key), self._node((*path, name), value, key)))
        return Mapping(place, tuple(entries))

    def _node(self, path: Path, data: Any, place: Place) -> Node:
        if len(path) > DEPTH:
            raise UnreadableError(_TOO_DEEP, place.start)
        if isinstance(data, dict):
            return self.mapping(path, data, place)
        if isinstance(data, list):
            items = (self._node((*path, str(number)), item, place) for number, item in enumerate(data))
            return Sequence(place, tuple(items))
        span = self._written.values.get(path)
        if span is None or not _means(self._source.content[slice(*span)], data):
            return self._scalar(path, data, place)
        return self._scalar(path, data, Place(self._source.path, *span), span)

    def _scalar(self, path: Path, data: Any, place: Place, span: Span | None = None) -> Scalar:
        """A value at a place. One that is no text must not be taken for a text that looks alike, nor the reverse."""
        kind = _TYPES.get(type(data), "str")
        value = str(data).lower() if kind == "bool" else str(data)
        sign = self._source.content[place.start] if span is not None else ""
        style = {'"': "double", "'": "single"}.get(sign, "plain")
        name = next((one for one in reversed(path) if not one.isdecimal()), "")
        return Scalar(self._source, place, value, style, f"tag:yaml.org,2002:{kind}", name=name)


def _means(written: str, data: Any) -> bool:
    """Whether the characters alone are read as this value."""
    if isinstance(data, str) and written[1:-1] == data and "\\" not in data:
        return written[0] in "\"'" and written[:3] not in ('"""', "'''")
    if isinstance(data, int) and written == str(data).lower():
        return True
    try:
        found = tomllib.loads(f"x = {written}")["x"]
    except tomllib.TOMLDecodeError:
        return False
    return type(found) is type(data) and repr(found) == repr(data)  # nan is not equal to itself
