"""Nodes from a stream of YAML events, within bounds that hostile files cannot pass.

Depth, size and the expansion of aliases are capped and cycles refused while reading, so that whoever walks the nodes
may recurse and follow aliases without a guard.
"""

from itertools import pairwise

from configlint.formats.comments import MARK
from configlint.formats.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, assigns, holds_secret
from configlint.formats.yaml.text import Source
from configlint.model.document import Duplicate, UnreadableError
from configlint.model.text import Place, Text

DEPTH = 200
"""How deep collections may lie in each other, aliases followed."""
EXPANSION = 100_000
"""How many nodes aliases may add to those that are written: docker compose visits no more either."""


class _Frame:
    """A collection that is still open. `key` is the pending key of a mapping."""

    __slots__ = ("anchor", "depth", "entries", "flow", "items", "key", "mapping", "name", "size", "start", "tag")

    def __init__(self, mapping: bool, start: int, name: str, *, flow: bool, tag: str, anchor: str | None) -> None:
        self.mapping = mapping
        self.start = start
        self.name = name
        self.flow = flow
        self.tag = tag
        self.anchor = anchor
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.key: Node | None = None
        self.size = 1
        self.depth = 1


class _Anchored:
    __slots__ = ("depth", "node", "size")

    def __init__(self, node: Node, size: int, depth: int) -> None:
        self.node = node
        self.size = size
        self.depth = depth


class Builder:
    """Takes the events of one file in order. `roots` holds the documents that are complete."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.roots: list[Node] = []
        self.duplicates: list[Duplicate] = []
        self.frames: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.written = 0
        self.end = 0
        """Where the node that came last ends."""
        self.strings: list[tuple[int, int]] = []
        """Spans in which `#` begins no comment; filled only for files with comments of ours."""
        self.speaks = MARK in source.content

    @property
    def in_flow(self) -> bool:
        return bool(self.frames) and self.frames[-1].flow

    def document(self) -> None:
        """Another document begins: anchors do not reach across."""
        self.anchors = {}
        self.written = 0

    def scalar(self, start: int, end: int, value: str, style: str, *, tag: str = "", anchor: str | None = None) -> None:
        if self.speaks:
            header = self.source.content.find("\n", start, end) if style in ("literal", "folded") else start
            self.strings.append((max(header, start), end))
        parent, name = self._names()
        self.end = end
        place = Place(self.source.path, start, end)
        node = Scalar(self.source, place, value, style, tag, parent=parent, name=name)
        self._add(node, anchor, 1, 1)

    def open(self, start: int, *, mapping: bool, flow: bool, tag: str = "", anchor: str | None = None) -> None:
        if len(self.frames) >= DEPTH:
            raise UnreadableError(f"nested more than {DEPTH} levels deep", start)
        if anchor is not None:
            self.anchors[anchor] = None
        self.frames.append(_Frame(mapping, start, self._names()[1], flow=flow, tag=tag, anchor=anchor))

    def close(self, end: int) -> None:
        """The innermost collection ends; `end` counts for flow style, a block ends with its last node."""
        frame = self.frames.pop()
        self.end = end if frame.flow else self.end
        place = Place(self.source.path, frame.start, self.end)
        self._add(self._collection(frame, place), frame.anchor, frame.size, frame.depth)

    def alias(self, start: int, end: int, anchor: str) -> None:
        if anchor not in self.anchors:
            raise UnreadableError("an alias that has no anchor before it", start)  # a password may begin with `*`
        found = self.anchors[anchor]
        if found is None:
            raise UnreadableError("an alias that stands inside what it names", start)
        self.end = end
        node = found.node.through(Place(self.source.path, start, end))
        if isinstance(node, Scalar):
            node.secret = node.secret or holds_secret(*self._names())
        self._add(node, None, found.size, found.depth)

    def _collection(self, frame: _Frame, place: Place) -> Node:
        if not frame.mapping:
            if assigns((self.frames[-1].name, frame.name) if self.frames else ()):
                self._review_assignments(frame)
            return Sequence(place, tuple(frame.items), frame.tag)
        if self._is_template(frame):
            written = self.source.content[place.start : place.end]
            return Scalar(self.source, place, written, "template", frame.tag)
        self._review(frame)
        return Mapping(place, tuple(frame.entries), frame.tag)

    def _is_template(self, frame: _Frame) -> bool:
        """Whether the braces of Jinja or Go templates were read as a mapping in a mapping."""
        doubled = self.source.content.startswith("{{", frame.start)
        return doubled and len(frame.entries) == 1 and isinstance(frame.entries[0].key, Mapping)

    def _add(self, node: Node, anchor: str | None, size: int, depth: int) -> None:
        self.written += 1
        if anchor is not None:
            self.anchors[anchor] = _Anchored(node, size, depth)
        if not self.frames:
            self.roots.append(node)
            return
        frame = self.frames[-1]
        frame.size += size
        frame.depth = max(frame.depth, depth + 1)
        if frame.size > self.written + EXPANSION or len(self.frames) + depth > DEPTH + 1:
            raise UnreadableError("its aliases expand without bound", node.place.start)
        if not frame.mapping:
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            frame.entries.append(Entry(frame.key, node))
            frame.key = None

    def _names(self) -> tuple[str, str]:
        """The names of the collection and of the value that comes next; a list's items are named as the list is."""
        if not self.frames:
            return "", ""
        frame = self.frames[-1]
        if not frame.mapping:
            return (self.frames[-2].name if len(self.frames) > 1 else ""), frame.name
        return frame.name, frame.key.value if isinstance(frame.key, Scalar) else ""

    def _review(self, frame: _Frame) -> None:
        """Find keys that stand twice, and tell the name of a pair of credentials from its secret."""
        seen: dict[str, Entry] = {}
        for entry in frame.entries:
            if isinstance(entry.key, Scalar):
                first = seen.get(entry.key.value)
                if first is not None and not _alike(first.value, entry.value, self.source.content):
                    self._duplicate(frame, entry.key.value, first, entry)
                seen[entry.key.value] = entry
        name, secret = seen.get("api_key"), seen.get("api_secret")
        if name and secret and isinstance(name.value, Scalar):
            # LiveKit's egress, ingress and sip: the key names the pair, as user names do.
            name.value.name = ""

    def _review_assignments(self, frame: _Frame) -> None:
        """Find names to which a list of `K=V` gives two values."""
        seen: dict[str, Scalar] = {}
        for item in frame.items:
            name, sign, value = item.value.partition("=") if isinstance(item, Scalar) else ("", "", "")
            if sign and isinstance(item, Scalar):
                first = seen.setdefault(name, item)
                if first.value[len(name) + 1 :] != value:
                    self._repeated(frame, name, first.text[len(name) + 1 :], item.text[len(name) + 1 :])

    def _duplicate(self, frame: _Frame, name: str, first: Entry, second: Entry) -> None:
        self._repeated(frame, name, _shown(first), _shown(second))

    def _repeated(self, frame: _Frame, name: str, first: Text, second: Text) -> None:
        path = [
            below.name if above.mapping else str(len(above.items)) for above, below in pairwise([*self.frames, frame])
        ]
        self.duplicates.append(Duplicate(key=(*path, name), first=first, second=second))


def _alike(one: Node, two: Node, content: str) -> bool:
    if isinstance(one, Scalar) and isinstance(two, Scalar):
        return one.value == two.value
    return content[one.place.start : one.place.end] == content[two.place.start : two.place.end]


def _shown(entry: Entry) -> Text:
    """The value of a duplicated key; where it is a collection, its key."""
    if isinstance(entry.value, Scalar):
        return entry.value.text
    assert isinstance(entry.key, Scalar)
    return Text.exactly(entry.key.value, entry.key.place)
