"""A compose project, read from its files."""

from configlint.compose.load import default_environment, default_files, load
from configlint.compose.model import Network, Project, Service, Volume
from configlint.compose.service import service
from configlint.compose.tree import Branch, Entry
from configlint.model.text import Text
from configlint.workspace.documents import DocumentStore


def project(
    main: str,
    store: DocumentStore,
    overlays: tuple[str, ...] | None = None,
    environments: tuple[str, ...] = (),
    directory: str | None = None,
) -> Project:
    """The project whose main file is `main`.

    `overlays` are the files laid over it, in order; where that is None, compose finds its files by itself.
    `directory` is where its relative paths start, by default that of the main file, and `environments` are the files
    that fill in its variables, by default the `.env` there.
    """
    paths = default_files(store, main) if overlays is None else (main, *overlays)
    where = main.rpartition("/")[0] if directory is None else directory
    loaded = load(store, paths, environments or (default_environment(where),), where)
    root = loaded.root
    name = root.text("name")
    return Project(
        name=name.value or "" if name is not None else "",
        directory=where,
        services=_services(root),
        networks={
            key: Network(name=_named(entry), external=_external(entry)) for key, entry in _entries(root, "networks")
        },
        volumes={
            key: Volume(name=_named(entry), external=_external(entry)) for key, entry in _entries(root, "volumes")
        },
        files=loaded.files,
        parts=frozenset(loaded.files) - set(paths),
        env_files=loaded.environments,
        uses=loaded.references,
        problems=loaded.refusals,
        defined=root.scope.variables.names(),
        active=_active(root.scope.variables.lookup("COMPOSE_PROFILES")),
    )


def _active(profiles: Text | None) -> frozenset[str]:
    names = (profiles.value or "").split(",") if profiles is not None else ()
    return frozenset(name.strip() for name in names if name.strip())


def _services(root: Branch) -> dict[str, Service]:
    return {
        key: service(entry.name, entry.node, root)
        for key, entry in _entries(root, "services")
        if isinstance(entry.node, Branch)
    }


def _entries(root: Branch, kind: str) -> list[tuple[str, Entry]]:
    found = root.branch(kind)
    return [] if found is None else list(found.entries.items())


def _named(entry: Entry) -> Text:
    """The name that docker uses: that under `name`, else the key."""
    named = entry.node.text("name") if isinstance(entry.node, Branch) else None
    return entry.name if named is None else named


def _external(entry: Entry) -> bool:
    value = entry.node.get("external") if isinstance(entry.node, Branch) else None
    if isinstance(value, Branch):
        return True
    text = entry.node.text("external") if isinstance(entry.node, Branch) else None
    return text is not None and text.raw.lower() == "true"
