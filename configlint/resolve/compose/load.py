"""A compose project as one tree: its files with their variables filled in, extended, included and laid over another.

The order is compose-go's: each file is interpolated, its services are extended, what it includes is added, and only
then is it laid over the files before it.
"""

from collections.abc import Iterable, Mapping

from configlint.model.record import record
from configlint.model.text import Place, Text
from configlint.model.tree import normal
from configlint.resolve.compose import variables
from configlint.resolve.compose.merge import merged
from configlint.resolve.compose.tree import Branch, Converter, Entry, Items, Leaf, Node, Reference, Refusal, Scope
from configlint.resolve.compose.variables import Variables
from configlint.resolve.compose.volumes import located
from configlint.resolve.library import Library

DEFAULT_OVERRIDES = (
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
)  # fmt: skip
_RESOURCES = ("services", "networks", "volumes", "secrets", "configs")
_DEPTH = 20
"""How deep files may include or extend each other."""


@record
class Loaded:
    """`files` are all that were read, the main file first; `environments` the `.env` files that fill in variables."""

    root: Branch
    files: tuple[str, ...]
    environments: tuple[str, ...]
    references: tuple[Reference, ...]
    refusals: tuple[Refusal, ...]


@record
class _Place:
    """Where files are loaded from: the project's directory and variables, and the files that led here."""

    directory: str
    variables: Variables
    trail: tuple[str, ...] = ()


def load(library: Library, paths: tuple[str, ...], environments: tuple[str, ...] = ()) -> Loaded:
    """The project of one or more files, of which a later one is laid over the earlier ones.

    `environments` are its environment files, from the root; by default it is `.env` in the project's directory.
    """
    loader = _Loader(library)
    directory = paths[0].rpartition("/")[0]
    found = environments or (_below(directory, ".env"),)
    place = _Place(directory=directory, variables=loader.environment(found))
    root = loader.files(paths, place)
    return Loaded(
        root=root,
        files=tuple(dict.fromkeys(loader.loaded)),
        environments=tuple(dict.fromkeys(loader.environments)),
        references=tuple(loader.references),
        refusals=tuple(loader.refusals),
    )


def default_override(library: Library, main: str) -> tuple[str, ...]:
    """The override file that compose finds beside the main file by itself, if there is one."""
    directory = main.rpartition("/")[0]
    paths = (_below(directory, name) for name in DEFAULT_OVERRIDES)
    return next(((path,) for path in paths if library.state(path) == "file"), ())


def _below(directory: str, name: str) -> str:
    return f"{directory}/{name}" if directory else name


class _Loader:
    def __init__(self, library: Library) -> None:
        self.library = library
        self.loaded: list[str] = []
        self.environments: list[str] = []
        self.references: list[Reference] = []
        self.refusals: list[Refusal] = []

    def environment(self, paths: tuple[str, ...], outer: Variables | None = None) -> Variables:
        self.environments.extend(paths)
        return variables.read(self.library, paths, outer)

    def refuse(self, message: str, at: Text, what: str = "compose") -> None:
        self.refusals.append(Refusal(message=message, at=at, what=what))

    def files(self, paths: Iterable[str], place: _Place) -> Branch:
        """Files laid over each other; empty where none could be read."""
        whole: Branch | None = None
        for path in paths:
            for layer in self._layers(path, place):
                combined = merged(_hollow(layer) if whole is None else whole, layer)
                whole = combined if isinstance(combined, Branch) else whole
        return whole or _empty(place)

    def _layers(self, path: str, place: _Place) -> list[Branch]:
        """The documents of one file, extended and with what they include."""
        layers = self.documents(path, place)
        return [self._including(_Extender(self, place, layer).extended(), path, place) for layer in layers]

    def documents(self, path: str, place: _Place) -> list[Branch]:
        """The documents of one file as they stand. Anything but mappings at the top is passed over."""
        document = self.library.yaml(path)
        if document is None:
            return []
        self.loaded.append(path)
        scope = Scope(path=path, content=document.content, directory=place.directory, variables=place.variables)
        converter = Converter(scope)
        trees = [converter.node(root, ()) for root in document.roots]
        self.references.extend(converter.references)
        self.refusals.extend(converter.refusals)
        return [tree for tree in trees if isinstance(tree, Branch)]

    def _including(self, layer: Branch, path: str, place: _Place) -> Branch:
        listed = layer.get("include")
        if not isinstance(listed, Items):
            return layer
        trail = (*place.trail, path)
        for item in listed.items:
            layer = _with_resources(layer, self._included(item, place, trail))
        return layer

    def _included(self, item: Node, place: _Place, trail: tuple[str, ...]) -> Branch | None:
        written = _texts(item if isinstance(item, Leaf) else item.get("path") if isinstance(item, Branch) else None)
        paths = [found for text in written if (found := self.follow(text, place.directory)) is not None]
        if not paths or len(paths) < len(written):
            return None
        if paths[0] in trail or len(trail) > _DEPTH:
            self.refuse(f"the file includes itself: {' → '.join((*trail, paths[0]))}", written[0], "cycle")
            return None
        directory = paths[0].rpartition("/")[0]
        listed: list[str] = []
        if isinstance(item, Branch):
            own = item.text("project_directory")
            elsewhere = located(place.directory, own) if own is not None else None
            directory = directory if elsewhere is None else elsewhere
            files = (self.follow(text, place.directory) for text in _texts(item.get("env_file")))
            listed = [path for path in files if path is not None]
        environments = tuple(listed) or (_below(directory, ".env"),)
        inner = _Place(directory=directory, variables=self._inherited(environments, place, listed), trail=trail)
        return self.files(paths, inner)

    def _inherited(self, environments: tuple[str, ...], place: _Place, listed: list[str]) -> Variables:
        """The variables of an included project; without an environment file of its own, those of the including one."""
        if not listed and self.library.state(environments[0]) == "missing":
            return place.variables
        return self.environment(environments, place.variables)

    def follow(self, text: Text, directory: str) -> str | None:
        """The file that a compose file names; what cannot be followed is refused."""
        if text.value is None or "://" in text.raw or text.raw.startswith(("git@", "oci:", "/", "~")):
            return None
        path = normal(f"{directory}/{text.raw}" if directory else text.raw)
        state = self.library.state(path) if path is not None else "outside"
        if path is None or state == "outside":
            self.refuse("the file lies outside of the root", text, "outside")
        elif state == "missing":
            self.refuse("the file does not exist", text, "missing")
        elif state == "file":
            return path
        return None


class _Extender:
    """Follows `extends` for the services of one file."""

    def __init__(self, loader: _Loader, place: _Place, layer: Branch) -> None:
        self.loader = loader
        self.place = place
        self.layer = layer
        self.done: dict[str, Node] = {}

    def extended(self) -> Branch:
        services = self.layer.branch("services")
        if services is None or not any(_extends(entry.node) for entry in services.entries.values()):
            return self.layer
        entries = {name: Entry(entry.name, self.service(name, ())) for name, entry in services.entries.items()}
        return _replaced(self.layer, "services", _with(services, entries))

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
            own = _with(node, {key: entry for key, entry in node.entries.items() if key != "extends"})
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
        if f"{layer.scope.path}#{named.text.raw}" in trail or len(trail) > _DEPTH:
            self.loader.refuse("the service extends itself", named.text, "cycle")
            return None
        services = layer.branch("services")
        if services is None or services.get(named.text.raw) is None:
            self.loader.refuse(f"{layer.scope.path} has no service {named.text}", named.text, "missing")
            return None
        return extender.service(named.text.raw, trail)

    def _elsewhere(self, file: Text) -> "_Extender | None":
        path = self.loader.follow(file, self.layer.scope.directory)
        if path is None:
            return None
        place = _Place(directory=path.rpartition("/")[0], variables=self.place.variables)
        layers = self.loader.documents(path, place)
        return _Extender(self.loader, place, layers[0]) if layers else None


def _extends(node: Node) -> Node | None:
    return node.get("extends") if isinstance(node, Branch) else None


def _texts(node: Node | None) -> list[Text]:
    """One scalar or a list of them."""
    nodes = node.items if isinstance(node, Items) else (node,)
    return [one.text for one in nodes if isinstance(one, Leaf) and not one.null]


def _with(branch: Branch, entries: Mapping[str, Entry]) -> Branch:
    return Branch(entries=entries, scope=branch.scope, place=branch.place, tag=branch.tag)


def _replaced(branch: Branch, name: str, node: Node) -> Branch:
    return _with(branch, {**branch.entries, name: Entry(branch.entries[name].name, node)})


def _with_resources(layer: Branch, included: Branch | None) -> Branch:
    """What an included file declares is added; compose refuses a name that stands on both sides."""
    if included is None:
        return layer
    entries = dict(layer.entries)
    for kind in _RESOURCES:
        theirs, own = included.branch(kind), layer.branch(kind)
        if theirs is None:
            continue
        united = {**theirs.entries, **(own.entries if own is not None else {})}
        entries[kind] = Entry(included.entries[kind].name, _with(own or theirs, united))
    return _with(layer, entries)


def _hollow(layer: Branch) -> Branch:
    return _with(layer, {})


def _empty(place: _Place) -> Branch:
    scope = Scope(path="", content="", directory=place.directory, variables=place.variables)
    return Branch(entries={}, scope=scope, place=Place("", 0, 0))
