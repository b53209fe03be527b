"""A compose project as one tree: its files with their variables filled in, extended, included and laid over another.

The order is compose-go's: each file is interpolated, its services are extended, what it includes is added, and only
then is it laid over the files before it.
"""

from collections.abc import Iterable

from configlint.compose import variables
from configlint.compose.extend import DEPTH, Base, Extender, with_entries
from configlint.compose.merge import merged
from configlint.compose.tree import Branch, Converter, Entry, Items, Leaf, Node, Reference, Refusal, Scope
from configlint.compose.variables import Variables
from configlint.compose.volumes import located
from configlint.model.record import record
from configlint.model.text import Place, Text
from configlint.model.tree import normal
from configlint.workspace.documents import DocumentStore

DEFAULT_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""The names that compose looks for; the first one that is there wins (compose-go `cli.DefaultFileNames`)."""
DEFAULT_OVERRIDES = (
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
)  # fmt: skip
_INCLUSIONS = 300
"""How many files a project may include: two that include the next one twice each would double it at every step."""
_RESOURCES = ("services", "networks", "volumes", "secrets", "configs")


@record
class Loaded:
    """`files` are all that were read, the main file first; `environments` the `.env` files that fill in variables."""

    root: Branch
    files: tuple[str, ...]
    environments: tuple[str, ...]
    references: tuple[Reference, ...]
    refusals: tuple[Refusal, ...]


def load(store: DocumentStore, paths: tuple[str, ...], environments: tuple[str, ...], directory: str) -> Loaded:
    """The project of one or more files, of which a later one is laid over the earlier ones.

    `environments` are its environment files, from the root, and `directory` is where relative paths start.
    """
    loader = _Loader(store)
    base = Base(directory=directory, variables=loader.environment(environments))
    root = loader.files(paths, base)
    return Loaded(
        root=root,
        files=tuple(dict.fromkeys(loader.loaded)),
        environments=tuple(dict.fromkeys(loader.environments)),
        references=tuple(loader.references),
        refusals=tuple(loader.refusals),
    )


def default_files(store: DocumentStore, main: str) -> tuple[str, ...]:
    """The files of a project for which nobody names any: those of COMPOSE_FILE in its `.env`, else the main file and
    the override file beside it. A file of another name has to be named, and then compose looks for no other.
    """
    directory, _, name = main.rpartition("/")
    if name not in DEFAULT_NAMES:
        return (main,)
    own = variables.read(store, (default_environment(directory),))
    listed, separator = own.lookup("COMPOSE_FILE"), own.lookup("COMPOSE_PATH_SEPARATOR")
    if listed is not None and listed.value:
        names = listed.value.split(separator.value or ":" if separator is not None else ":")
        paths = tuple(normal(_below(directory, one)) or "" for one in names if one)
        if paths and all(store.state(path) == "file" for path in paths):
            return paths
    overrides = (_below(directory, one) for one in DEFAULT_OVERRIDES)
    return (main, *[path for path in overrides if store.state(path) == "file"][:1])


def default_environment(directory: str) -> str:
    """The environment file that compose reads by itself in the directory of a project."""
    return _below(directory, ".env")


def _below(directory: str, name: str) -> str:
    return f"{directory}/{name}" if directory else name


class _Loader:
    def __init__(self, store: DocumentStore) -> None:
        self.store = store
        self.loaded: list[str] = []
        self.environments: list[str] = []
        self.references: list[Reference] = []
        self.refusals: list[Refusal] = []
        self._inclusions = 0
        self._converted: dict[tuple[str, str], list[Branch]] = {}

    def environment(self, paths: tuple[str, ...], outer: Variables | None = None) -> Variables:
        self.environments.extend(paths)
        return variables.read(self.store, paths, outer)

    def refuse(self, message: str, at: Text, what: str = "compose") -> None:
        self.refusals.append(Refusal(message=message, at=at, what=what))

    def files(self, paths: Iterable[str], base: Base) -> Branch:
        """Files laid over each other; empty where none could be read."""
        whole: Branch | None = None
        for path in paths:
            for layer in self._layers(path, base):
                combined = merged(_hollow(layer) if whole is None else whole, layer)
                whole = combined if isinstance(combined, Branch) else whole
        return whole or _empty(base)

    def _layers(self, path: str, base: Base) -> list[Branch]:
        """The documents of one file, extended and with what they include."""
        layers = self.documents(path, base)
        return [self._including(Extender(self, base, layer).extended(), path, base) for layer in layers]

    def documents(self, path: str, base: Base) -> list[Branch]:
        """The documents of one file as they stand. Anything but mappings at the top is passed over."""
        key = (path, base.directory)
        if key not in self._converted:
            self._converted[key] = self._read(path, base)
        return self._converted[key]

    def _read(self, path: str, base: Base) -> list[Branch]:
        document = self.store.yaml(path)
        if document is None:
            return []
        self.loaded.append(path)
        scope = Scope(path=path, content=document.content, directory=base.directory, variables=base.variables)
        converter = Converter(scope)
        trees = [converter.node(root, ()) for root in document.roots]
        self.references.extend(converter.references)
        self.refusals.extend(converter.refusals)
        return [tree for tree in trees if isinstance(tree, Branch)]

    def _including(self, layer: Branch, path: str, base: Base) -> Branch:
        listed = layer.get("include")
        if not isinstance(listed, Items):
            return layer
        trail = (*base.trail, path)
        for item in listed.items:
            layer = _with_resources(layer, self._included(item, base, trail))
        return layer

    def _included(self, item: Node, base: Base, trail: tuple[str, ...]) -> Branch | None:
        written = _texts(item if isinstance(item, Leaf) else item.get("path") if isinstance(item, Branch) else None)
        paths = [found for text in written if (found := self.follow(text, base.directory)) is not None]
        if not paths or len(paths) < len(written):
            return None
        self._inclusions += 1
        if self._inclusions > _INCLUSIONS:
            self.refuse("too many files are included", written[0], "cycle")
            return None
        if paths[0] in trail or len(trail) > DEPTH:
            self.refuse(f"the file includes itself: {' → '.join((*trail, paths[0]))}", written[0], "cycle")
            return None
        directory = paths[0].rpartition("/")[0]
        listed: list[str] = []
        if isinstance(item, Branch):
            own = item.text("project_directory")
            elsewhere = located(base.directory, own) if own is not None else None
            directory = directory if elsewhere is None else elsewhere
            files = (self.follow(text, base.directory) for text in _texts(item.get("env_file")))
            listed = [path for path in files if path is not None]
        environments = tuple(listed) or (_below(directory, ".env"),)
        inner = Base(directory=directory, variables=self._inherited(environments, base, listed), trail=trail)
        return self.files(paths, inner)

    def _inherited(self, environments: tuple[str, ...], base: Base, listed: list[str]) -> Variables:
        """The variables of an included project; without an environment file of its own, those of the including one."""
        if not listed and self.store.state(environments[0]) == "missing":
            return base.variables
        return self.environment(environments, base.variables)

    def follow(self, text: Text, directory: str) -> str | None:
        """The file that a compose file names; what cannot be followed is refused."""
        if text.value is None or "://" in text.raw or text.raw.startswith(("git@", "oci:", "~")):
            self.refuse("the file lies elsewhere", text, "elsewhere")
            return None
        path = normal(f"{directory}/{text.raw}" if directory and not text.raw.startswith("/") else text.raw)
        state = self.store.state(path) if path is not None else "outside"
        if path is None or state == "outside":
            self.refuse("the file lies outside of the root", text, "outside")
        elif state == "missing":
            self.refuse("the file does not exist", text, "missing")
        elif state == "ignored":
            self.refuse("the file is missing (git-ignored)", text, "ignored")
        elif state == "file":
            return path
        return None


def _texts(node: Node | None) -> list[Text]:
    """One scalar or a list of them."""
    nodes = node.items if isinstance(node, Items) else (node,)
    return [one.text for one in nodes if isinstance(one, Leaf) and not one.null]


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
        entries[kind] = Entry(included.entries[kind].name, with_entries(own or theirs, united))
    return with_entries(layer, entries)


def _hollow(layer: Branch) -> Branch:
    return with_entries(layer, {})


def _empty(base: Base) -> Branch:
    scope = Scope(path="", content="", directory=base.directory, variables=base.variables)
    return Branch(entries={}, scope=scope, place=Place("", 0, 0))
