"""A compose file's nodes with its variables filled in: what is merged with the nodes of other files."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from configlint.compose.variables import Variables
from configlint.formats.compose_template import Use, interpolate
from configlint.formats.secrecy import mark
from configlint.formats.yaml import nodes as yaml
from configlint.model.record import record
from configlint.model.text import Place, Text

Path = tuple[str, ...]


@record
class Scope:
    """Where a node stands: its file, the directory from which that file's relative paths start, its variables."""

    path: str
    content: str
    directory: str
    variables: Variables


class Leaf:
    """A scalar. `beneath` are the nodes of lower layers that this one has replaced, the latest first.

    Its text is made when it is asked for, unless it holds references.
    """

    __slots__ = ("_text", "beneath", "null", "place", "scalar", "scope", "tag")

    def __init__(
        self,
        scalar: yaml.Scalar,
        scope: Scope,
        text: Text | None = None,
        *,
        null: bool = False,
        beneath: tuple["Node", ...] = (),
    ) -> None:
        self.scalar = scalar
        self.scope = scope
        self.null = null
        self.place = scalar.place
        self.tag = scalar.tag
        self.beneath = beneath
        self._text = text

    @property
    def text(self) -> Text:
        if self._text is None:
            self._text = interpolate(self.scalar.text, self.scope.variables.lookup).text
        return self._text

    def over(self, lower: "Node") -> "Leaf":
        """The same scalar as it replaces another node."""
        return Leaf(self.scalar, self.scope, self._text, null=self.null, beneath=(lower, *lower.beneath))

    def valued(self, text: Text | None) -> "Leaf":
        """The value in this scalar that is assigned to a name; none is null."""
        return Leaf(self.scalar, self.scope, text or Text(), null=text is None)


class Entry(NamedTuple):
    """A key, where it is written, with its value."""

    name: Text
    node: "Node"


@record
class Branch:
    """A mapping, its merge keys resolved."""

    entries: Mapping[str, Entry]
    scope: Scope
    place: Place
    tag: str = ""

    @property
    def beneath(self) -> tuple["Node", ...]:
        return ()

    def over(self, lower: "Node") -> "Branch":
        return self

    def get(self, name: str) -> "Node | None":
        entry = self.entries.get(name)
        return None if entry is None else entry.node

    def branch(self, name: str) -> "Branch | None":
        node = self.get(name)
        return node if isinstance(node, Branch) else None

    def leaf(self, name: str) -> Leaf | None:
        """A scalar that is not null."""
        node = self.get(name)
        return node if isinstance(node, Leaf) and not node.null else None

    def text(self, name: str) -> Text | None:
        leaf = self.leaf(name)
        return None if leaf is None else leaf.text


@record
class Items:
    """A sequence. Of a merged one, the place is that of the highest layer."""

    items: tuple["Node", ...]
    scope: Scope
    place: Place
    tag: str = ""
    beneath: tuple["Node", ...] = ()

    def over(self, lower: "Node") -> "Items":
        """The same sequence as it replaces another node."""
        beneath = (lower, *lower.beneath)
        return Items(items=self.items, scope=self.scope, place=self.place, tag=self.tag, beneath=beneath)


Node = Leaf | Branch | Items


@record
class Reference:
    """A use of a variable in a compose file, and the key whose value it feeds; `path` is the file."""

    use: Use
    key: Path
    path: str


@record
class Refusal:
    """What compose would refuse, or cannot be followed, and where.

    what: compose (it refuses what is written), required (a variable that has to be set), cycle, and of a file that is
    named: missing, outside (of the root), ignored (absent, and ignored by git), elsewhere (no path of the repository).
    """

    message: str
    at: Text
    what: str = "compose"


class Converter:
    """Turns the nodes of one file into a tree; collects its references and refusals."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.references: list[Reference] = []
        self.refusals: list[Refusal] = []

    def node(self, node: yaml.Node, key: Path) -> Node:
        if isinstance(node, yaml.Scalar):
            return self._leaf(node, key)
        if isinstance(node, yaml.Sequence):
            items = tuple(self.node(item, (*key, *_assigned(item))) for item in node.items)
            return Items(items=items, scope=self.scope, place=node.place, tag=node.tag)
        return Branch(entries=dict(self._entries(node, key)), scope=self.scope, place=node.place, tag=node.tag)

    def _entries(self, node: yaml.Mapping, key: Path) -> Iterator[tuple[str, Entry]]:
        for name, value in node.items():
            written = node.key(name)
            at = Text.exactly(name, written.place) if written is not None else Text.assumed(name)
            yield name, Entry(at, self.node(value, (*key, name)))

    def _leaf(self, scalar: yaml.Scalar, key: Path) -> Leaf:
        if "$" not in scalar.value or scalar.style == "template":
            return Leaf(scalar, self.scope, null=scalar.null)
        text = scalar.text
        found = interpolate(text, self.scope.variables.lookup, self.scope.variables.unset)
        self.references.extend(Reference(use=use, key=key, path=self.scope.path) for use in found.uses)
        if found.error:
            what = "required" if found.demands else "compose"
            self.refusals.append(Refusal(message=found.error, at=text, what=what))
        # A value becomes secret by the name under which it arrives, whatever the variable was called.
        return Leaf(scalar, self.scope, mark(found.text, scalar.name) if found.uses else found.text)


def _assigned(item: yaml.Node) -> Path:
    """The name to which an item of a list assigns its value, as in `environment`."""
    if not isinstance(item, yaml.Scalar):
        return ()
    name, sign, _ = item.value.partition("=")
    return (name,) if sign and name.isidentifier() else ()
