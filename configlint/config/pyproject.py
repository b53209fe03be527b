"""The table `[tool.configlint]` of a pyproject.toml, as the nodes that the same configuration in YAML is read into.

tomllib decides what the file means. It keeps no places, so a small scan finds where the keys and values stand that
are known to be there; what the scan does not find is placed at the nearest key above.
"""

import re
import tomllib
from typing import Any

from configlint.formats import yaml
from configlint.formats.yaml_nodes import Entry
from configlint.formats.yaml_text import Source
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Place
from configlint.rules.errors import InputError

TABLE = ("tool", "configlint")

_NAME = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_NAMES = rf"{_NAME}(?:[ \t]*+\.[ \t]*+{_NAME})*+"
_LINE = regex(rf"^[ \t]*+(?:\[[ \t]*+(?P<header>{_NAMES})[ \t]*+\]|(?P<key>{_NAMES})[ \t]*+=[ \t]*+)", re.MULTILINE)
_BLANK = regex(r"(?:[\s,]|#[^\n]*+)*+")
_STRING = regex(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_WORD = regex(r"[^\s,\]}#]++")
_KEY = regex(rf"(?P<key>{_NAMES})[ \t]*+=[ \t]*+")
_TYPES = {bool: "bool", int: "int", float: "float"}

Path = tuple[str, ...]


def read(path: str, content: str) -> yaml.YamlDocument:
    """The configuration in a pyproject.toml; a document without root where it has none.

    Raises `InputError` where the file is no TOML.
    """
    try:
        data: Any = tomllib.loads(content.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _broken(path, content, str(error)) from None
    except RecursionError:
        raise InputError("nests too deep", path) from None
    for name in TABLE:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    if not isinstance(data, dict) or not data:
        return yaml.YamlDocument(path=path, content=content)
    root = _Reader(source=Source(path, content, "toml"), keys={}, values={}).table(data)
    return yaml.YamlDocument(path=path, content=content, roots=(root,))


def _broken(path: str, content: str, message: str) -> InputError:
    """tomllib's own words, and the line that stands in them; else they are of the end of the file."""
    what, _, where = message.partition(" (at ")
    line = re.match(r"line (\d+)", where)
    return InputError(what[:1].lower() + what[1:], path, int(line[1]) if line else content.count("\n") + 1)


@record
class _Reader:
    """`keys` are the places of keys by their path below the table, `values` the offsets at which their values begin."""

    source: Source
    keys: dict[Path, Place]
    values: dict[Path, int]

    def table(self, data: dict[str, Any]) -> yaml.Mapping:
        table: Path = ()
        for found in _LINE.finditer(self.source.content):
            if found["header"] is not None:
                table = self._key((), found.start("header"), found["header"])
            else:
                self._value(self._key(table, found.start("key"), found["key"]), found.end())
        return self._mapping((), data, self.keys.get((), Place(self.source.path, 0, 0)))

    def _key(self, table: Path, start: int, written: str) -> Path:
        """Remember where the names of a dotted key in a table stand, if it lies below ours; gives its whole path."""
        for found in re.finditer(_NAME, written):
            table = (*table, found[0].strip("\"'"))
            if table[: len(TABLE)] == TABLE:
                place = Place(self.source.path, start + found.start(), start + found.end())
                self.keys.setdefault(table[len(TABLE) :], place)
        return table

    def _value(self, path: Path, start: int) -> None:
        if path[: len(TABLE)] == TABLE:
            self.values.setdefault(path[len(TABLE) :], start)

    def _mapping(self, path: Path, data: dict[str, Any], place: Place) -> yaml.Mapping:
        entries = []
        for name, value in data.items():
            where = (*path, name)
            key = self.keys.get(where, place)
            entries.append(Entry(self._scalar(name, key, path), self._node(where, value, key)))
        return yaml.Mapping(place, tuple(entries))

    def _node(self, path: Path, data: Any, place: Place) -> yaml.Node:
        start = self.values.get(path)
        if isinstance(data, dict):
            if start is not None:
                self._inline(path, start)
            return self._mapping(path, data, place)
        if isinstance(data, list):
            return self._list(path, data, start, place)
        end = None if start is None else self._end(start)
        if start is None or end is None:
            return self._scalar(data, place, path)
        return self._scalar(data, Place(self.source.path, start, end), path, quoted=True)

    def _inline(self, path: Path, start: int) -> None:
        """The keys of the inline table that begins at `start`."""
        content = self.source.content
        at: int | None = _skip(content, start + 1)
        while at is not None and (found := _KEY.match(content, at)):
            self._value(self._key((*TABLE, *path), found.start("key"), found["key"]), found.end())
            at = self._end(found.end())
            at = None if at is None else _skip(content, at)

    def _list(self, path: Path, data: list[Any], start: int | None, place: Place) -> yaml.Sequence:
        at = None if start is None else _skip(self.source.content, start + 1)
        items = []
        for number, item in enumerate(data):
            if at is not None:
                self.values[*path, str(number)] = at
                at = self._end(at)
                at = None if at is None else _skip(self.source.content, at)
            items.append(self._node((*path, str(number)), item, place))
        return yaml.Sequence(place, tuple(items))

    def _end(self, start: int) -> int | None:
        """Where the value that begins at `start` ends, brackets and all; None where no end is found."""
        content, depth, at = self.source.content, 0, start
        while at < len(content):
            character = content[at]
            found = _STRING.match(content, at) if character in "\"'" else None
            if character in "[{":
                depth, at = depth + 1, at + 1
            elif character in "]}":
                depth, at = depth - 1, at + 1
            else:
                found = found or _WORD.match(content, at)
                at = found.end() if found else at + 1
            if depth == 0:
                return at
            at = _skip(content, at)
        return None

    def _scalar(self, data: Any, place: Place, path: Path, *, quoted: bool = False) -> yaml.Scalar:
        kind = _TYPES.get(type(data))
        style = "double" if quoted and kind is None else "plain"
        # A text that stands at the place of something else must not be taken for the number that it may look like.
        tag = f"tag:yaml.org,2002:{kind or 'str'}"
        return yaml.Scalar(self.source, place, str(data), style, tag, name=path[-1] if path else "")


def _skip(content: str, at: int) -> int:
    """Past blanks, commas and comments."""
    found = _BLANK.match(content, at)
    return found.end() if found else at
