"""Files beside the stacks: those with which a stack has nothing to do, and those that belong to it all the same.

Without any compose project all files are beside, and what stands in one directory tree is taken to run together.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from configlint.formats.dotenv import document as dotenv
from configlint.model.glob import matches, wild
from configlint.model.record import replace
from configlint.model.tables import EVERY_STACK, Credential, Row, Workers
from configlint.programs import gunicorn_files
from configlint.programs.livekit import files as livekit
from configlint.programs.livekit.service import mounted, program
from configlint.resolve.stack import Stack
from configlint.resolve.standalone import env_credentials as loose
from configlint.resolve.standalone import orphans, server_templates
from configlint.resolve.standalone import servers as alone
from configlint.workspace.nearest import Nearest
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import Workspace, directory


def beside(workspace: Workspace, stacks: Sequence[Stack], together: Sequence[Row], files: PythonFiles) -> Iterator[Row]:
    """Rows of all files that no service reads; `together` are the rows of the stacks."""
    read = _read(workspace, stacks, together)
    servers_alone = () if stacks else tuple(alone.alone(workspace, files))
    for server in servers_alone:
        yield from alone.rows(workspace, server)
    yield from gunicorn_files.workers(workspace, read | {one.decision.file for one in servers_alone})
    named = _named(workspace)
    for name, paths in named.items():
        yield from _configured(workspace, name, paths, read, _held(together))
    yield from server_templates.settings(workspace)
    met = read.union(*named.values())
    if not stacks:
        yield from loose.credentials(workspace, [path for path in workspace.files if path not in met])
        yield from loose.settings(workspace)
        return
    servers = [path for path, _ in loose.livekit_files(workspace, workspace.files) if path not in met]
    yield from orphans.rows(workspace, stacks, servers, met)
    yield from _host_side(workspace, stacks, together, met, servers)


def _read(workspace: Workspace, stacks: Sequence[Stack], together: Sequence[Row]) -> set[str]:
    """Every file that a service reads, or that decides how many workers it runs."""
    found = {path for one in stacks for path in mounted(list(one.running.values()), workspace.store)}
    found |= {file.target for one in stacks for service in one.project.services.values() for file in service.env_files
              if file.target is not None}  # fmt: skip
    for row in together:
        if isinstance(row, Workers):
            found |= {place.path for place in row.count.text.places}
    overridden = (place.path for row in together if row.table == "overrides" for place in row.at.places)
    return found | {path for path in overridden if gunicorn_files.is_configuration(path)}


def _named(workspace: Workspace) -> Mapping[str, tuple[str, ...]]:
    """The env files and LiveKit files that the configuration names, by stack."""
    return {
        name: tuple(path for path in workspace.files if any(_is(pattern, path) for pattern in (*one.env, *one.livekit)))
        for name, one in workspace.settings.stacks.items()
    }


def _is(pattern: str, path: str) -> bool:
    return matches(pattern, path) if wild(pattern) else pattern.removeprefix("./") == path


def _held(together: Sequence[Row]) -> frozenset[object]:
    """Where the secrets of services stand."""
    return frozenset(place for row in together if isinstance(row, Credential) for place in row.value.text.places)


def _configured(
    workspace: Workspace, name: str, paths: Sequence[str], read: Collection[str], held: frozenset[object]
) -> Iterator[Credential]:
    """The secrets of files that the configuration counts to a stack, but for those that its services hold."""
    for path in paths:
        if dotenv.claims(path):
            bindings = workspace.store.dotenv(path)
            for row in loose.env_file(bindings) if bindings is not None else ():
                if held.isdisjoint(row.value.text.places):
                    yield replace(row, stack=name)
        elif path not in read:
            document = workspace.store.yaml(path)
            if document is not None:
                yield from livekit.credentials(document, name)


def _host_side(
    workspace: Workspace, stacks: Sequence[Stack], together: Sequence[Row], met: Collection[str], servers: Sequence[str]
) -> Iterator[Credential]:
    """Secrets of env files for programs that run on the host, and of LiveKit files where no stack runs the server.

    Of an env file that services read, the pair of a client is theirs; its other secrets are looked at here.
    """
    held, homes = _held(together), orphans.by_home(stacks)
    for path in workspace.every_env_file:
        document = workspace.store.dotenv(path)
        for row in loose.env_file(document) if document is not None else ():
            if held.isdisjoint(row.value.text.places) and not (row.role and path in met):
                yield replace(row, stack=EVERY_STACK, template=row.template or _shown(path, homes))
    near = _nearest_stacks(stacks, servers)
    for path in servers:
        document_ = workspace.store.yaml(path)
        if document_ is not None and not any(_serves(one) for one in orphans.above(path, homes)):
            for stack in near.get(path, (EVERY_STACK,)):
                yield from livekit.credentials(document_, stack)


_SHOWING = frozenset({"example", "examples", "sample", "samples"})


def _shown(path: str, homes: orphans.Homes) -> bool:
    """Whether an env file stands among examples, and beside no stack that would run with it."""
    within = not _SHOWING.isdisjoint(directory(path).lower().split("/"))
    return within and directory(path) not in homes


def _serves(stack: Stack) -> bool:
    return any(program(one) == "server" for one in stack.running.values())


def _nearest_stacks(stacks: Sequence[Stack], servers: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The stacks to which each LiveKit file is nearest, without those that are nearest to none."""
    nearest = Nearest(servers)
    found: dict[str, list[str]] = {}
    for one in stacks:
        for path in nearest.partners(one.project.files[0]):
            found.setdefault(path, []).append(one.name)
    return found
