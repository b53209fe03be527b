"""Compose files at a glance: which files are some, and which cannot run by themselves."""

from collections.abc import Iterable, Iterator

from configlint.compose.load import DEFAULT_OVERRIDES
from configlint.formats.yaml.nodes import Mapping, Node, Scalar, Sequence
from configlint.model.record import record
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import basename

_OTHER_STEMS = frozenset({
    "base", "common", "local", "dev", "develop", "development", "prod", "production", "stage", "staging", "test",
    "tests", "testing", "ci", "docker", "stack", "services", "infra", "override",
})  # fmt: skip
"""Names without `compose` under which people keep compose files; what stands in such a file has to say so too."""


@record
class Outline:
    """`services` are those that the file holds, `needs` those that another file has to hold.

    These it counts on without holding them, or holds without image and build. `override`: the file's name is one that
    compose lays over another by itself.
    """

    services: frozenset[str]
    needs: frozenset[str] = frozenset()
    override: bool = False

    @property
    def overlay(self) -> bool:
        """Whether compose refuses the file alone."""
        return self.override or bool(self.needs)


def outline(path: str, store: DocumentStore) -> Outline | None:
    """What a compose file holds; None where the file is none."""
    named = _named(path)
    if not named and not _might(path):
        return None
    document = store.yaml(path)
    root = document.root if document is not None else None
    services = root.get("services") if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(services, Mapping):
        return Outline(services=frozenset()) if named else None
    nodes = {name: node for name, node in services.items() if isinstance(node, Mapping)}
    if not named and not any({"image", "build", "extends"} & set(node.names()) for node in nodes.values()):
        return None
    return Outline(
        services=frozenset(nodes), override=basename(path) in DEFAULT_OVERRIDES,
        needs=frozenset() if "include" in root else _needed(nodes),
    )  # fmt: skip


def _needed(nodes: dict[str, Mapping]) -> frozenset[str]:
    absent = {name for node in nodes.values() for name in _called_on(node)} - set(nodes)
    partial = {name for name, node in nodes.items() if not {"image", "build", "extends"} & set(node.names())}
    return frozenset(absent | partial)


def _named(path: str) -> bool:
    name = basename(path).lower()
    if not name.endswith((".yml", ".yaml")):
        return False
    return "compose" in name.replace("-", ".").replace("_", ".").split(".") or name.startswith("docker-compose")


def _might(path: str) -> bool:
    stem, _, ending = basename(path).lower().rpartition(".")
    return ending in ("yml", "yaml") and stem in _OTHER_STEMS and not path.startswith(".")


def _called_on(service: Mapping) -> Iterator[str]:
    """The services that compose has to find for one: it waits for them, links to them, or shares their network."""
    for name in ("depends_on", "links"):
        yield from (text.partition(":")[0] for text in _words(service.get(name)))
    mode = service.get("network_mode")
    if isinstance(mode, Scalar) and mode.value.startswith("service:"):
        yield mode.value.removeprefix("service:")


def _words(node: Node | None) -> Iterable[str]:
    if isinstance(node, Mapping):
        return node.names()
    return [item.value for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
