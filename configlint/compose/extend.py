"""Services that extend others, of the same file or of another one."""

from collections.abc import Mapping
from typing import Protocol

from configlint.compose.merge import merged
from configlint.compose.tree import Branch, Entry, Leaf, Node
from configlint.compose.variables import Variables
from configlint.model.record import record
from configlint.model.text import Text

DEPTH = 20
"""How deep files may include or extend each other."""


@record
class Base:
    """From where files are loaded: the project's directory and variables, and the files that led here."""

    directory: str
    variables: Variables
    trail: tuple[str, ...] = ()


class Files(Protocol):
    """What reads compose files."""

    def documents(self, path: str, base: Base) -> list[Branch]:
        """The documents of one file as they stand."""

    def follow(self, text: Text, directory: str) -> str | None:
        """The file that a compose file names."""

    def refuse(self, message: str, at: Text, what: str = "compose") -> None:
        """Remember what cannot be followed."""


class Extender:
    """Follows `extends` for the services of one file."""

    def __init__(self, loader: Files, base: Base, layer: Branch) -> None:
        self.loader = loader
        self.base = base
        self.layer = layer
        self.done: dict[str, Node] = {}

    def extended(self) -> Branch:
        services = self.layer.branch("services")
        if services is None or not any(_extends(entry.node) for entry in services.entries.values()):
            return self.layer
        entries = {name: Entry(entry.name, self.service(name, ())) for name, entry in services.entries.items()}
        return _replaced(self.layer, "services", with_entries(services, entries))

    def service(self, name: str, trail: tuple[str, ...]) -> Node:
        """A service of this file, laid over what it extends."""
        if name in self.done:
            return self.done[name]
        services = self.layer.branch("services")
        node = services.get(name) if services is not None else None
        assert node is not None
        extends = _extends(node)
        if extends is None or not isinstance(node, Branch):
            return node
        here = f"{node.scope.path}#{name}"
        base = self._base(extends, (*trail, here))
        if base is not None:
            own = with_entries(node, {key: entry for key, entry in node.entries.items() if key != "extends"})
            node = merged(base, own, ("services", name)) or own
        self.done[name] = node
        return node

    def _base(self, extends: Node, trail: tuple[str, ...]) -> Node | None:
        named = (
            extends if isinstance(extends, Leaf) else extends.leaf("service") if isinstance(extends, Branch) else None
        )
        if named is None or named.text.value is None:
            return None
        file = extends.text("file") if isinstance(extends, Branch) else None
        extender = self if file is None else self._elsewhere(file)
        if extender is None:
            return None
        layer = extender.layer
        if f"{layer.scope.path}#{named.text.raw}" in trail or len(trail) > DEPTH:
            self.loader.refuse("the service extends itself", named.text, "cycle")
            return None
        services = layer.branch("services")
        if services is None or services.get(named.text.raw) is None:
            self.loader.refuse(f"{layer.scope.path} has no service {named.text}", named.text, "missing")
            return None
        return extender.service(named.text.raw, trail)

    def _elsewhere(self, file: Text) -> "Extender | None":
        path = self.loader.follow(file, self.layer.scope.directory)
        if path is None:
            return None
        base = Base(directory=path.rpartition("/")[0], variables=self.base.variables)
        layers = self.loader.documents(path, base)
        return Extender(self.loader, base, layers[0]) if layers else None


def _extends(node: Node) -> Node | None:
    return node.get("extends") if isinstance(node, Branch) else None


def with_entries(branch: Branch, entries: Mapping[str, Entry]) -> Branch:
    """The same mapping with other entries."""
    return Branch(entries=entries, scope=branch.scope, place=branch.place, tag=branch.tag)


def _replaced(branch: Branch, name: str, node: Node) -> Branch:
    return with_entries(branch, {**branch.entries, name: Entry(branch.entries[name].name, node)})
