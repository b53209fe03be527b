"""Files beside a stack that nothing in it reads, although they look as if it did."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from configlint.compose.running import Running
from configlint.formats.dotenv import document as dotenv
from configlint.model.cell import cell
from configlint.model.record import record
from configlint.model.tables import EVERY_STACK, PathUse
from configlint.model.text import Place, Text
from configlint.resolve.stack import Stack
from configlint.workspace.workspace import Workspace, basename, directory, start_of


def rows(
    workspace: Workspace, stacks: Sequence[Stack], servers: Sequence[str], read: Collection[str]
) -> Iterator[PathUse]:
    """A row for each LiveKit file and each env file of this kind; `servers` are the LiveKit files outside of `read`."""
    homes = by_home(stacks)
    idle = [path for path in servers if above(path, homes)]
    idle += [
        path for where in homes for path in workspace.env_files.get(where, ()) if path not in read and _unasked(path)
    ]
    given = _given([running for one in stacks for running in one.running.values()])
    told = _told(workspace) if any(dotenv.claims(path) for path in idle) else ""
    for path in idle:
        named = dotenv.claims(path) and basename(path) in told
        if not named and not given.holds(path):
            value = cell(Text.written(path, Place(path, 0, 0)))
            yield PathUse(stack=EVERY_STACK, at=start_of(path), what="orphan", value=value, required=False)


@record
class _Given:
    """What services are given, beside all the code among which it stands.

    `directories` are mounted whole; `copies` are what instructions of Dockerfiles copy, as they are written.
    """

    files: frozenset[str | None]
    directories: frozenset[str]
    copies: frozenset[str]

    def holds(self, path: str) -> bool:
        above = (path[:end] for end, character in enumerate(path) if character == "/")
        return (
            path in self.files
            or not self.directories.isdisjoint(above)
            or any(source.endswith(basename(path)) for source in self.copies)
        )


def _given(services: Sequence[Running]) -> _Given:
    mounts = [(one, mount.path) for one in services for mount in one.service.volumes if mount.kind == "bind"]
    grants = (grant.path for one in services for grant in (*one.service.configs, *one.service.secrets))
    images = (one.image for one in services if one.service.build is not None and one.image is not None)
    return _Given(
        files=frozenset((*grants, *(path for _, path in mounts))),
        directories=frozenset(path for one, path in mounts if path and one.service.build is None),
        copies=frozenset(source.raw for image in images for copy in image.copies for source in copy.sources),
    )


Homes = Mapping[str, Sequence[Stack]]
"""Stacks by the directory of their project."""


def by_home(stacks: Iterable[Stack]) -> Homes:
    found: dict[str, list[Stack]] = {}
    for one in stacks:
        found.setdefault(one.project.directory, []).append(one)
    return found


def above(path: str, homes: Homes) -> Sequence[Stack]:
    """The stacks beside which a file lies: those of the nearest directory above it that has any."""
    where = directory(path)
    while where and where not in homes:
        where = directory(where)
    return homes.get(where, ())


def _unasked(path: str) -> bool:
    """Whether an env file has a name that no program looks for by itself."""
    return not dotenv.template_name(path) and not basename(path).startswith((".env", ".flaskenv"))


_TELLING = (".sh", ".yml", ".yaml", ".py", ".toml", ".json", ".mk", ".service", ".cfg", ".ini", ".js", ".ts")
_TELLING_NAMES = ("Makefile", "makefile", "justfile", "Justfile", "Procfile", "Taskfile.yml")


def _told(workspace: Workspace) -> str:
    """The text of all files that could name an env file."""
    naming = (path for path in workspace.files if path.endswith(_TELLING) or _is_recipe(path))
    return "\n".join(workspace.store.text(path) or "" for path in naming)


def _is_recipe(path: str) -> bool:
    name = basename(path)
    return name in _TELLING_NAMES or "dockerfile" in name.lower()
