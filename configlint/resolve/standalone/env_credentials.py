"""Files that no compose project uses: what stands in one directory tree is taken to run together."""

from collections.abc import Iterable, Iterator, Sequence

from configlint.formats.dotenv import document as dotenv
from configlint.formats.secrecy import key_name, secret_name, shape
from configlint.formats.yaml import document as yaml
from configlint.formats.yaml.nodes import Mapping
from configlint.model.cell import NULL, cell, unknown
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.tables import Credential, Setting
from configlint.model.text import Text
from configlint.programs.livekit import files as livekit
from configlint.programs.livekit import settings as livekit_settings
from configlint.programs.livekit.client_variables import KEY, PAIRS, SECRET, pairs, promised, server_of
from configlint.workspace.nearest import Nearest
from configlint.workspace.workspace import Workspace, directory, start_of


def credentials(workspace: Workspace, free: Sequence[str]) -> Iterator[Credential]:
    """The secrets of dotenv files and LiveKit files among `free`, each client beside the servers nearest to it."""
    servers = _servers(workspace, free)
    clients = _clients(workspace, free, servers)
    nearest = Nearest(sorted(servers))
    groups = {path: nearest.partners(path) for path in sorted(clients)}
    names = _names(groups.values(), servers)
    for path, rows in sorted(clients.items()):
        yield from (_in(row, names[groups[path]]) for row in rows)
    for group, stack in names.items():
        yield from (_in(row, stack) for path in group for row in servers.get(path, ()))


def settings(workspace: Workspace) -> Iterator[Setting]:
    """The keys of LiveKit files that no stack mounts, judged by what they are named and hold."""
    for path, document in livekit_files(workspace, workspace.files):
        root = document.root if livekit.program(path, document.root) == "server" else None
        if isinstance(root, Mapping) and livekit_settings.of_server(root):
            for judged in livekit_settings.server_keys(root, lambda scalar: scalar.text):
                yield livekit_settings.setting(judged, "default", "server")


def _servers(workspace: Workspace, paths: Sequence[str]) -> dict[str, list[Credential]]:
    found: dict[str, list[Credential]] = {}
    for path, document in livekit_files(workspace, paths):
        if livekit.program(path, document.root) == "server":
            found[path] = list(livekit.credentials(document, ""))
    return found


def livekit_files(workspace: Workspace, paths: Iterable[str]) -> Iterator[tuple[str, yaml.YamlDocument]]:
    """The YAML files among `paths` that a LiveKit program could read."""
    for path in paths:
        if livekit.named_like(path):
            document = workspace.store.yaml(path)
            if document is not None and livekit.program(path, document.root):
                yield path, document


def _clients(
    workspace: Workspace, paths: Sequence[str], servers: dict[str, list[Credential]]
) -> dict[str, list[Credential]]:
    found: dict[str, list[Credential]] = {}
    for path, document in livekit_files(workspace, paths):
        if path not in servers:
            found[path] = list(livekit.credentials(document, ""))
    for path in paths:
        if dotenv.DOTENV.claims(path):
            bindings = workspace.store.dotenv(path)
            if bindings is not None:
                found[path] = list(env_file(bindings))
    found |= {path: [row] for path, row in _absent(workspace, servers)}
    return {path: rows for path, rows in found.items() if rows}


_TESTS = frozenset({"test", "tests", "testing", "ci", "e2e"})


def for_tests(path: str) -> bool:
    """Whether a dotenv file is for tests: what it holds is made up on purpose, as in a template."""
    return not _TESTS.isdisjoint(path.rpartition("/")[2].lower().replace("-", ".").replace("_", ".").split("."))


def env_file(document: dotenv.DotenvDocument) -> Iterator[Credential]:
    """Every secret of a dotenv file; a LiveKit pair as one row."""
    template = dotenv.template_name(document.path)
    last = {str(one.name): one.value for one in document.bindings if one.value is not None}
    keys = {secret: key for key, secret in pairs(last)}
    for name, text in last.items():
        if name in keys:
            key = last.get(keys[name])
            row = livekit.pair(
                stack="", role="client", label=name, at=text, secret=text, template=template, length_matters=False,
                key=cell(key_name(key)) if key is not None and key.raw else NULL,
            )  # fmt: skip
            yield replace(row, server=server_of(name, last.get))
        elif name != PAIRS and secret_name(name):
            yield _other(name, text, template or for_tests(document.path))
    alone = last.get(KEY)
    if alone is not None and alone.raw and SECRET not in last:
        yield Credential(
            stack="", at=alone, name=KEY, system="livekit", role="client", key=cell(key_name(alone)), value=NULL,
            template=template, env_file=True, shape="real" if shape(alone.raw, KEY) == "real" else "unknown",
            server=server_of(SECRET, last.get),
        )  # fmt: skip


def _other(name: str, text: Text, template: bool) -> Credential:
    return Credential(
        stack="", at=text, name=name, system=name.partition("_")[0].lower(), value=cell(text.as_secret()),
        shape=shape(text.raw, name), template=template, env_file=True,
    )  # fmt: skip


def _absent(workspace: Workspace, servers: dict[str, list[Credential]]) -> Iterator[tuple[str, Credential]]:
    """A dotenv file that git ignores and that is not here (CI): what it would hold is not known, and that is said."""
    templates = [path for path in workspace.every_env_file if dotenv.template_name(path)]
    for where in sorted({directory(path) for path in (*servers, *templates)}):
        path = f"{where}/.env" if where else ".env"
        if workspace.store.state(path) != "ignored":
            continue
        at = promised(workspace, where)
        if at is None and any(directory(server) == where for server in servers):
            at = start_of(next(server for server in servers if directory(server) == where))
        if at is not None:
            missing = unknown(Reason("ignored-file", path), at)
            yield (
                path,
                Credential(
                    stack="", at=at, name=SECRET, system="livekit", role="client", key=missing, value=missing,
                    shape="unknown",
                ),
            )  # fmt: skip


def _names(groups: Iterable[tuple[str, ...]], servers: dict[str, list[Credential]]) -> dict[tuple[str, ...], str]:
    """A name for each group of servers; a server that no client is near to is a group of its own."""
    named = list(dict.fromkeys(groups))
    met = {path for group in named for path in group}
    named += [(path,) for path in sorted(servers) if path not in met]
    if len(named) == 1:
        return {named[0]: "default"}
    return {group: group[0] if group else "default" for group in named}


def _in(row: Credential, stack: str) -> Credential:
    return replace(row, stack=stack)
