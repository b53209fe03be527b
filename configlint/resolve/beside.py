"""Files beside the stacks: those with which a stack has nothing to do, and those that belong to it all the same.

Without any compose project all files are beside, and what stands in one directory tree is taken to run together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from configlint.formats import dotenv
from configlint.model.cell import cell
from configlint.model.tables import EVERY_STACK, Credential, PathUse, Row, Workers
from configlint.model.text import Place, Text
from configlint.resolve import alone, gunicorn_files, livekit, loose
from configlint.resolve.pairing import partners
from configlint.resolve.scene import Scene, start_of
from configlint.resolve.stack import Stack
from configlint.resolve.stack.livekit import mounted


def beside(scene: Scene, stacks: Sequence[Stack], together: Sequence[Row]) -> Iterator[Row]:
    """Rows of all files that no service reads; `together` are the rows of the stacks."""
    read = _read(scene, stacks, together)
    servers_alone = () if stacks else tuple(alone.alone(scene))
    for server in servers_alone:
        yield from alone.rows(scene, server)
    yield from gunicorn_files.workers(scene, read | {one.decision.config for one in servers_alone})
    if not stacks:
        yield from loose.credentials(scene, scene.files)
        yield from loose.settings(scene)
        return
    servers = [path for path, _ in loose.livekit_files(scene, scene.files) if path not in read]
    if _serves(together):
        yield from _orphans(scene, stacks, servers, read)
        servers = []
    yield from _host_side(scene, stacks, together, [path for path in scene.files if path not in read], servers)


def _read(scene: Scene, stacks: Sequence[Stack], together: Sequence[Row]) -> set[str]:
    """Every file that a service reads, or that decides how many workers it runs."""
    found = {path for one in stacks for path in mounted(list(one.running.values()), scene.library)}
    found |= {file.target for one in stacks for service in one.project.services.values() for file in service.env_files
              if file.target is not None}  # fmt: skip
    for row in together:
        if isinstance(row, Workers):
            found |= {place.path for place in row.count.text.places}
    return found | {path for path in scene.files if _is_loser(path, together)}


def _is_loser(path: str, together: Sequence[Row]) -> bool:
    return gunicorn_files.is_configuration(path) and any(
        place.path == path for row in together if row.table == "overrides" for place in row.at.places
    )


def _serves(together: Sequence[Row]) -> bool:
    return any(isinstance(row, Credential) and row.role == "server" for row in together)


def _orphans(scene: Scene, stacks: Sequence[Stack], servers: Sequence[str], read: set[str]) -> Iterator[PathUse]:
    """LiveKit files that nothing mounts, and env files that nothing reads although a stack stands beside them."""
    for path in servers:
        place = Place(path, 0, 0)
        yield PathUse(
            stack=EVERY_STACK, at=start_of(path), what="orphan", value=cell(Text.written(path, place)), required=False
        )


def _host_side(
    scene: Scene, stacks: Sequence[Stack], together: Sequence[Row], free: Sequence[str], servers: Sequence[str]
) -> Iterator[Credential]:
    """Secrets of env files for programs that run on the host, and of LiveKit files where no stack runs the server."""
    held = {place for row in together if isinstance(row, Credential) for place in row.value.text.places}
    for path in free:
        document = scene.library.dotenv(path) if dotenv.DOTENV.claims(path) else None
        for row in loose.env_file(document) if document is not None else ():
            if held.isdisjoint(row.value.text.places):
                yield replace(row, stack=EVERY_STACK)
    for path in servers:
        document_ = scene.library.yaml(path)
        if document_ is not None:
            for stack in _stacks_of(path, stacks, servers):
                yield from livekit.credentials(document_, stack)


def _stacks_of(path: str, stacks: Sequence[Stack], servers: Sequence[str]) -> list[str]:
    """The stacks to which a LiveKit file is nearest; where there is none, all of them."""
    near = [one.name for one in stacks if path in partners(one.project.files[0], list(servers))]
    return near or [EVERY_STACK]
