"""Files beside a stack that nothing in it reads, although they look as if it did."""

from collections.abc import Collection, Iterator, Sequence

from configlint.formats import dotenv
from configlint.model.cell import cell
from configlint.model.tables import EVERY_STACK, PathUse
from configlint.model.text import Place, Text
from configlint.resolve.scene import Scene, basename, directory, start_of
from configlint.resolve.stack import Stack
from configlint.resolve.stack.running import Running


def rows(scene: Scene, stacks: Sequence[Stack], servers: Sequence[str], read: Collection[str]) -> Iterator[PathUse]:
    """A row for each LiveKit file and each env file of this kind; `servers` are the LiveKit files outside of `read`."""
    idle = [path for path in servers if above(path, stacks)]
    idle += [path for path in scene.files if path not in read and _unasked(path, stacks)]
    services = [running for one in stacks for running in one.running.values()]
    told = _told(scene) if idle else ""
    for path in idle:
        named = dotenv.claims(path) and basename(path) in told
        if not named and not any(_given(one, path) for one in services):
            value = cell(Text.written(path, Place(path, 0, 0)))
            yield PathUse(stack=EVERY_STACK, at=start_of(path), what="orphan", value=value, required=False)


def _given(one: Running, path: str) -> bool:
    """Whether a service is given a file, and not just all the code among which it stands."""
    sources = [mount.path for mount in one.service.volumes if mount.kind == "bind"]
    if path in sources or path in (grant.path for grant in (*one.service.configs, *one.service.secrets)):
        return True
    if one.service.build is None:
        return any(source and path.startswith(source + "/") for source in sources)
    copies = one.image.copies if one.image is not None else ()
    return any(source.raw.endswith(basename(path)) for copy in copies for source in copy.sources)


def above(path: str, stacks: Sequence[Stack]) -> list[Stack]:
    """The stacks beside which a file lies: those of the nearest directory above it that has any."""
    where = directory(path)
    while True:
        found = [one for one in stacks if one.project.directory == where]
        if found or not where:
            return found
        where = directory(where)


def _unasked(path: str, stacks: Sequence[Stack]) -> bool:
    """Whether an env file stands directly beside a stack under a name that no program looks for by itself."""
    if not dotenv.claims(path) or dotenv.template_name(path) or basename(path).startswith((".env", ".flaskenv")):
        return False
    return any(one.project.directory == directory(path) for one in stacks)


_TELLING = (".sh", ".yml", ".yaml", ".py", ".toml", ".json", ".mk", ".service", ".cfg", ".ini", ".js", ".ts")
_TELLING_NAMES = ("Makefile", "makefile", "justfile", "Justfile", "Procfile", "Taskfile.yml")


def _told(scene: Scene) -> str:
    """The text of all files that could name an env file."""
    naming = (path for path in scene.files if path.endswith(_TELLING) or _is_recipe(path))
    return "\n".join(scene.shelf.text(path) or "" for path in naming)


def _is_recipe(path: str) -> bool:
    name = basename(path)
    return name in _TELLING_NAMES or "dockerfile" in name.lower()
