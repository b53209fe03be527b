"""Compose files laid over each other, by the rules of the compose specification ("Merge") and compose-go's `override`.

Mappings are merged key by key, sequences follow each other, some attributes are replaced whole, and some sequences
hold one entry of a kind. What a higher layer replaces stays known as what lies beneath.
"""

from collections.abc import Callable, Mapping

from configlint.compose.ports import short_key
from configlint.compose.tree import Branch, Entry, Items, Leaf, Node, Path
from configlint.compose.volumes import target_of
from configlint.model.text import Text

Key = Callable[[Node], str]

_REPLACED = frozenset({"command", "entrypoint", "healthcheck.test"})
_ASSIGNMENTS = frozenset(
    {"environment", "labels", "annotations", "sysctls", "build.args", "build.labels", "deploy.labels"}
)
"""Mappings that may also be written as lists of `name=value`."""
_NAMES = frozenset({"depends_on", "networks"})
"""Mappings that may also be written as lists of names."""
_LISTS = frozenset({"env_file", "dns", "dns_search", "tmpfs", "extra_hosts", "label_file"})
"""Sequences that may also be one scalar."""


def merged(base: Node, over: Node, path: Path = ()) -> Node | None:
    """What `over` makes of `base`; None where it takes it away."""
    if over.tag == "!reset":
        return None
    if over.tag == "!override":
        return _cleared(over).over(base)
    kind = _kind(path)
    if kind in _REPLACED or (path and path[-1].startswith("x-")):
        return over.over(base)
    base, over = normal(base, path), normal(over, path)
    if _null(over) and not isinstance(base, Leaf):
        return base
    if isinstance(base, Branch) and isinstance(over, Branch):
        return _mappings(base, over, path)
    if isinstance(base, Items) and isinstance(over, Items):
        items = _unique((*base.items, *over.items), kind)
        return Items(items=items, scope=over.scope, place=over.place, tag=base.tag)
    # A mapping can be laid over a mapping alone: compose refuses anything else.
    return base if isinstance(base, Branch) or (isinstance(over, Branch) and not _null(base)) else over.over(base)


def _null(node: Node) -> bool:
    return isinstance(node, Leaf) and node.null


def normal(node: Node, path: Path) -> Node:
    """A node in the one form of those in which it may be written, its entries of one kind united."""
    kind = _kind(path)
    if kind in _ASSIGNMENTS and isinstance(node, Items):
        return Branch(entries=dict(map(_assignment, _leaves(node))), scope=node.scope, place=node.place, tag=node.tag)
    if kind in _NAMES and isinstance(node, Items):
        entries = {leaf.text.raw: Entry(leaf.text, leaf) for leaf in _leaves(node)}
        return Branch(entries=entries, scope=node.scope, place=node.place, tag=node.tag)
    if kind in _LISTS and isinstance(node, Leaf) and not node.null:
        return Items(items=(node,), scope=node.scope, place=node.place, tag=node.tag)
    if kind == "build" and isinstance(node, Leaf) and not node.null:
        return Branch(entries={"context": Entry(node.text[0:0], node)}, scope=node.scope, place=node.place)
    if isinstance(node, Items) and kind in _KEYS:
        items = _unique(node.items, kind)
        return Items(items=items, scope=node.scope, place=node.place, tag=node.tag, beneath=node.beneath)
    return node


def cleared(node: Node) -> Node | None:
    """A file's own tree without what its tags take away."""
    return None if node.tag == "!reset" else _cleared(node)


def _cleared(node: Node) -> Node:
    if isinstance(node, Branch):
        left = ((name, entry.name, cleared(entry.node)) for name, entry in node.entries.items())
        entries = {name: Entry(at, value) for name, at, value in left if value is not None}
        return Branch(entries=entries, scope=node.scope, place=node.place)
    if isinstance(node, Items):
        items = tuple(kept for item in node.items if (kept := cleared(item)) is not None)
        return Items(items=items, scope=node.scope, place=node.place, beneath=node.beneath)
    return node


def _mappings(base: Branch, over: Branch, path: Path) -> Branch:
    entries = dict(base.entries)
    for name, entry in over.entries.items():
        below = entries.get(name)
        node = merged(below.node, entry.node, (*path, name)) if below is not None else cleared(entry.node)
        if node is None:
            entries.pop(name, None)
        else:
            entries[name] = Entry(entry.name, node)
    return Branch(entries=entries, scope=base.scope, place=base.place, tag=base.tag)


def _kind(path: Path) -> str:
    """The attribute of a service that a path leads to, dotted; empty elsewhere."""
    return ".".join(path[2:]) if len(path) > 2 and path[0] == "services" else ""


def _leaves(node: Items) -> list[Leaf]:
    return [item for item in node.items if isinstance(item, Leaf)]


def _assignment(leaf: Leaf) -> tuple[str, Entry]:
    """`name=value`, or a name alone, which is a mapping's null."""
    raw = leaf.text.raw
    name, sign, _ = raw.partition("=")
    return name, Entry(leaf.text[: len(name)], leaf.valued(leaf.text[len(name) + 1 :] if sign else None))


def _unique(items: tuple[Node, ...], kind: str) -> tuple[Node, ...]:
    """One entry of each key, the last one, where the first one stood."""
    key = _KEYS.get(kind)
    if key is None:
        return items
    found: dict[str, Node] = {}
    for item in items:
        name = key(item)
        found[name] = item.over(found[name]) if name in found else item
    return tuple(found.values())


def _whole(node: Node) -> str:
    return node.text.raw if isinstance(node, Leaf) else _field(node, "path")


def _field(node: Node, *names: str) -> str:
    texts = (node.text(name) for name in names) if isinstance(node, Branch) else ()
    return next((text.raw for text in texts if text is not None), str(id(node)))


def _mounted(default: str) -> Key:
    def key(node: Node) -> str:
        if isinstance(node, Leaf):
            return f"{default}/{node.text.raw}"
        target = node.text("target") if isinstance(node, Branch) else None
        return f"{default}/{_field(node, 'source')}" if target is None else target.raw

    return key


def _port(node: Node) -> str:
    if isinstance(node, Leaf):
        return short_key(node.text.raw)
    if not isinstance(node, Branch):
        return str(id(node))
    parts = {name: node.text(name) or Text() for name in ("host_ip", "published", "target", "protocol")}
    return "{}:{}:{}/{}".format(
        parts["host_ip"].raw or "0.0.0.0", parts["published"].raw, parts["target"].raw, parts["protocol"].raw or "tcp"
    )


def _volume(node: Node) -> str:
    return target_of(node.text).raw if isinstance(node, Leaf) else _field(node, "target")


_KEYS: Mapping[str, Key] = {
    "env_file": _whole,
    "expose": _whole,
    "dns": _whole,
    "tmpfs": _whole,
    "extra_hosts": _whole,
    "links": _whole,
    "profiles": _whole,
    "ports": _port,
    "volumes": _volume,
    "secrets": _mounted("/run/secrets"),
    "configs": _mounted(""),
}
