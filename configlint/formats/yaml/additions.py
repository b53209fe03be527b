"""What an insertion adds to the structure of a YAML file.

The structure is the one that ruamel.yaml sees, by YAML 1.2: a second reader beside the one by which the place of the
insertion was found.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ruamel.yaml.nodes import Node


def additions(before: str, after: str) -> int | None:
    """How many items, keys and values of keys without one are new in `after`; None where anything else differs.

    What is written once and used by alias in two places counts twice, so that a caller who inserted one entry and is
    told two knows that it reaches further than it was meant to. None also where a file cannot be read.
    """
    # Imported here: it is slow, and only a fix that inserts needs it.
    from ruamel.yaml.error import YAMLError

    try:
        return _Growth().between(tuple(_documents(before)), tuple(_documents(after)))
    except (YAMLError, ValueError, RecursionError):
        return None


def _documents(content: str) -> "Iterator[Node]":
    from ruamel.yaml import YAML

    reader = YAML(typ="rt", pure=True)
    reader.get_constructor_parser(content)
    while reader.composer.check_node():
        yield reader.composer.get_node()


class _Growth:
    """A comparison of two trees of nodes. Each pair of nodes is compared once, however many aliases lead to it."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int | None] = {}

    def between(self, before: "Sequence[Node]", after: "Sequence[Node]") -> int | None:
        """Additions in nodes that are in the same places."""
        if len(before) != len(after):
            return None
        return _total([self._of(old, new) for old, new in zip(before, after, strict=True)])

    def _of(self, old: "Node", new: "Node") -> int | None:
        pair = id(old), id(new)
        if pair not in self._known:
            self._known[pair] = 0  # until it is known: a node may hold itself
            self._known[pair] = self._compare(old, new)
        return self._known[pair]

    def _compare(self, old: "Node", new: "Node") -> int | None:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        if _is_empty(old) and isinstance(new, ScalarNode) and not _is_empty(new):
            return 1
        if type(old) is not type(new) or old.tag != new.tag:
            return None
        if isinstance(old, MappingNode):
            if _repeated_keys(new) > _repeated_keys(old):
                return None
            return self._aligned(old.value, new.value)
        if isinstance(old, SequenceNode):
            return self._aligned([(item,) for item in old.value], [(item,) for item in new.value])
        return 0 if old.value == new.value else None

    def _aligned(self, before: "Sequence[tuple[Node, ...]]", after: "Sequence[tuple[Node, ...]]") -> int | None:
        """Additions in a list of items or of pairs: what was there is there still, in its order."""
        counts: list[int | None] = []
        rest = iter(after)
        for old in before:
            for new in rest:
                grown = self.between(old, new)
                if grown is not None:
                    counts.append(grown)
                    break
                counts.append(1)
            else:
                return None
        return _total([*counts, *(1 for _ in rest)])


def _is_empty(node: "Node") -> bool:
    """Whether this is a value that is not written."""
    return node.tag == "tag:yaml.org,2002:null" and node.value == ""


def _repeated_keys(node: "Node") -> int:
    keys = [(key.tag, key.value) for key, _ in node.value if isinstance(key.value, str)]
    return len(keys) - len(set(keys))


def _total(counts: "Sequence[int | None]") -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
