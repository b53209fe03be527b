"""Dotenv files that the programs of a service load by themselves, and which of the repository's files these are.

Precedence: python-dotenv 1.2 (`load_dotenv`) leaves alone what is set, unless it is told to override; so do
django-environ, environs, decouple and starlette. pydantic-settings takes the environment over its `env_file`, of which
a later one wins. uvicorn's and flask's `--env-file` are loaded before the program; node's does not replace what is set.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from configlint.compose.container import repository_path
from configlint.compose.dockerignore import left_out
from configlint.compose.running import Running
from configlint.formats.dotenv.document import claims
from configlint.formats.shell.launchers import program_name
from configlint.model.record import record
from configlint.model.text import UNKNOWN, Place, Text
from configlint.programs.options import values
from configlint.resolve.stack.code import Code, inside
from configlint.workspace.workspace import Scene, basename, directory

if TYPE_CHECKING:
    from configlint.code.python.dotenv_files import DotenvFile

_OPTIONS = {"uvicorn": ("--env-file", ""), "flask": ("--env-file", "-e"), "node": ("--env-file", "")}
"""The options of programs that load an env file."""


@record
class LoadedFile:
    """The file at `path`, from the root, which is in the container and is loaded at `place` by `by`.

    `absent` ones may be there for somebody else: git ignores them, and they are not here.
    """

    path: str
    by: str
    place: Place | None
    override: bool = False
    absent: bool = False


def loaded_files(scene: Scene, one: Running, code: Code | None) -> tuple[LoadedFile, ...]:
    """The files in order of precedence: an earlier one wins, all that override before those that do not."""
    paths = frozenset(inside(scene, one)) if code is not None and code.files else frozenset()
    by_code = code.files if code is not None else ()
    plain = [found for file in by_code if not file.listed for found in _of_code(scene, one, file, paths)]
    listed = [found for file in reversed(by_code) if file.listed for found in _of_code(scene, one, file, paths)]
    overriding = [found for found in reversed(plain) if found.override]
    return (*overriding, *_of_options(scene, one), *(found for found in plain if not found.override), *listed)


def _of_options(scene: Scene, one: Running) -> Iterator[LoadedFile]:
    for invocation in one.start.invocations:
        name = program_name(invocation.program.raw)
        for text in values(invocation.args, *_OPTIONS[name])[-1:] if name in _OPTIONS else ():
            yield from _at(scene, one, text, f"loaded by {name} --env-file", text.place)


def _of_code(scene: Scene, one: Running, file: "DotenvFile", paths: Collection[str]) -> Iterator[LoadedFile]:
    module = file.place.path
    by = f"loaded by {module}"
    if not file.searched and file.path.known:
        yield from _at(scene, one, file.path, by, file.place, override=file.override)
        return
    # Of a path that is put together from the module's own place, the name at its end is known.
    name = basename(file.path.raw)
    if not claims(name) or UNKNOWN in name:
        return
    where = directory(module)
    while True:
        path = f"{where}/{name}" if where else name
        if path in paths and not _is_left_out(scene, one, path):
            yield LoadedFile(path=path, by=by, place=file.place, override=file.override)
            return
        if scene.shelf.state(path) == "ignored" and not _is_left_out(scene, one, path):
            yield LoadedFile(path=path, by=by, place=file.place, override=file.override, absent=True)
            return
        if not where:
            return
        where = directory(where)


def _at(
    scene: Scene, one: Running, text: Text, by: str, place: Place | None, *, override: bool = False
) -> Iterator[LoadedFile]:
    """The file at a path in the container."""
    found = repository_path(one.container, text.raw, scene.shelf).path if text.known else None
    if found is None or _is_left_out(scene, one, found):
        return
    state = scene.shelf.state(found)
    if state in ("file", "ignored"):
        yield LoadedFile(path=found, by=by, place=place, override=override, absent=state == "ignored")


def _is_left_out(scene: Scene, one: Running, path: str) -> bool:
    """Whether a file is not in the container, because the build is not given it and nothing mounts it."""
    mounted = any(
        mount.kind == "bind" and mount.path is not None and path in (mount.path, *_above(path, mount.path))
        for mount in one.service.volumes
    )
    build = one.container.build
    return not mounted and build is not None and left_out(scene.shelf, build, path)


def _above(path: str, where: str) -> tuple[str, ...]:
    """The path itself where it lies in a directory."""
    return (path,) if not where or path.startswith(f"{where}/") else ()
