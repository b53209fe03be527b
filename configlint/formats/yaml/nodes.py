"""The nodes of a YAML or JSON document. What stands in the file is kept; texts are made when they are asked for."""

from collections.abc import Iterator
from typing import NamedTuple

from configlint.formats.secrecy import mark, mark_pairs, pairs_below, secret_name
from configlint.formats.yaml.text import Source, trace
from configlint.model.document import Key
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.text import Place, Text


class Scalar:
    """A value of one piece.

    `value` is decoded and may be a secret. `tag` is the tag as written (`!reset`), or empty. `style` is plain,
    plain-flow, single, double, literal, folded, or template where another tool's braces stand for the value. `place` is
    the literal with its quotes, without anchor and tag. `name` is the key that holds the scalar, or holds the list that
    does; `parent` is the key above. `via` are the aliases through which the node was reached.
    """

    __slots__ = ("_source", "_text", "name", "parent", "place", "secret", "style", "tag", "value", "via")

    def __init__(
        self,
        source: Source,
        place: Place,
        value: str,
        style: str,
        tag: str = "",
        *,
        parent: str = "",
        name: str = "",
        secret: bool = False,
        via: tuple[Place, ...] = (),
    ) -> None:
        self._source = source
        self._text: Text | None = None
        self.place = place
        self.value = value
        self.style = style
        self.tag = tag
        self.parent = parent
        self.name = name
        self.secret = secret
        self.via = via

    @property
    def text(self) -> Text:
        """The value with the place of each of its characters, its secrets flagged."""
        if self._text is None:
            text = self._marked()
            for place in self.via:
                text = text.through(place)
            self._text = text
        return self._text

    def _marked(self) -> Text:
        if self.style == "template":
            return Text.unknown(Reason("another-tool"), self.place)
        text = trace(self._source, self.place, self.value, f"{self.style}{self._kind}")
        if self.secret or (self.name and pairs_below(self.parent)):
            return text.as_secret()
        if self.name == "api_key" and self.parent == "webhook":
            return mark(text)
        return mark_pairs(text) if pairs_below(self.name) else mark(text, self.name)

    @property
    def _kind(self) -> str:
        return f":{self.type}" if self.style.startswith("plain") and self.type != "str" else ""

    @property
    def type(self) -> str:
        """str, int, float, bool or null, by the core schema of YAML 1.2."""
        if self.tag in _TYPES:
            return _TYPES[self.tag]
        if not self.style.startswith("plain") or self.tag == "!":
            return "str"
        return core_type(self.value)

    @property
    def null(self) -> bool:
        return self.type == "null"

    def through(self, place: Place) -> "Scalar":
        """The same scalar, reached through an alias at `place`."""
        return Scalar(
            self._source,
            self.place,
            self.value,
            self.style,
            self.tag,
            parent=self.parent,
            name=self.name,
            secret=self.secret,
            via=(*self.via, place),
        )


_TYPES = {
    f"tag:yaml.org,2002:{name}": kind
    for name, kind in (("str", "str"), ("int", "int"), ("float", "float"), ("bool", "bool"), ("null", "null"))
}
_NUMBER = regex(
    r"(?P<int>[-+]?[0-9]++|0o[0-7]++|0x[0-9a-fA-F]++)"
    r"|[-+]?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})


def core_type(value: str) -> str:
    """The type of a plain scalar in the core schema of YAML 1.2: `yes`, `off`, `22:22` and dates are texts."""
    if value in _NULLS:
        return "null"
    if value in _BOOLS:
        return "bool"
    number = _NUMBER.fullmatch(value)
    if number is None:
        return "str"
    return "int" if number["int"] else "float"


class Entry(NamedTuple):
    """One key and its value, as they stand in a mapping."""

    key: "Node"
    value: "Node"


class Mapping:
    """Keys with their values. `entries` are those that stand there, in order, merge keys (`<<`) and all."""

    __slots__ = ("_entries", "_index", "place", "tag", "via")

    def __init__(self, place: Place, entries: tuple[Entry, ...], tag: str = "", via: tuple[Place, ...] = ()) -> None:
        self.place = place
        self.tag = tag
        self.via = via
        self._entries = entries
        self._index: dict[str, tuple[Scalar, Node]] | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        if not self.via:
            return self._entries
        return tuple(Entry(entry.key, _passed(entry.value, self.via)) for entry in self._entries)

    def get(self, name: str) -> "Node | None":
        """The value of a key, merge keys resolved: an explicit key wins, then the merged mapping named first."""
        found = self._resolved().get(name)
        return None if found is None else found[1]

    def key(self, name: str) -> Scalar | None:
        """The key itself, where it is written."""
        found = self._resolved().get(name)
        return None if found is None else found[0]

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """Every key once, with the value that counts, merge keys resolved."""
        for name, (_, value) in self._resolved().items():
            yield name, value

    def names(self) -> tuple[str, ...]:
        return tuple(self._resolved())

    def __contains__(self, name: str) -> bool:
        return name in self._resolved()

    def _resolved(self) -> dict[str, tuple[Scalar, "Node"]]:
        if self._index is None:
            index: dict[str, tuple[Scalar, Node]] = {}
            merged: list[Mapping] = []
            for key, value in self.entries:
                if merges(key):
                    merged += _mappings(value)
                elif isinstance(key, Scalar):
                    index[key.value] = (key, value)
            for mapping in merged:
                for name, found in mapping._resolved().items():
                    index.setdefault(name, found)
            self._index = index
        return self._index

    def through(self, place: Place) -> "Mapping":
        """The same mapping, reached through an alias at `place`; so are the nodes in it."""
        return Mapping(self.place, self._entries, self.tag, (*self.via, place))


class Sequence:
    """Items in order."""

    __slots__ = ("_items", "place", "tag", "via")

    def __init__(self, place: Place, items: tuple["Node", ...], tag: str = "", via: tuple[Place, ...] = ()) -> None:
        self.place = place
        self.tag = tag
        self.via = via
        self._items = items

    @property
    def items(self) -> tuple["Node", ...]:
        if not self.via:
            return self._items
        return tuple(_passed(item, self.via) for item in self._items)

    def through(self, place: Place) -> "Sequence":
        """The same sequence, reached through an alias at `place`; so are the nodes in it."""
        return Sequence(self.place, self._items, self.tag, (*self.via, place))


Node = Scalar | Mapping | Sequence


def merges(key: Node) -> bool:
    """Whether a key is the merge key of YAML 1.1, which docker compose reads as well."""
    return isinstance(key, Scalar) and key.value == "<<" and key.style.startswith("plain")


def _mappings(value: Node) -> list[Mapping]:
    """The mappings that a merge key names."""
    if isinstance(value, Mapping):
        return [value]
    return [item for item in value.items if isinstance(item, Mapping)] if isinstance(value, Sequence) else []


def _passed(node: Node, via: tuple[Place, ...]) -> Node:
    for place in via:
        node = node.through(place)
    return node


def assigns(key: Key) -> bool:
    """Whether compose reads the items of the list at `key` as `K=V`."""
    return key[-1:] in (("environment",), ("labels",)) or key[-2:] == ("build", "args")


def holds_secret(parent: str, name: str) -> bool:
    """Whether a value under these two keys is secret by its place."""
    return pairs_below(parent) or secret_name(name)
