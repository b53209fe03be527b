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
from configlint.model.text import UNKNOWN, Text
from configlint.programs.options import values
from configlint.resolve.stack.code import Code
from configlint.workspace.workspace import Workspace, basename, directory

if TYPE_CHECKING:
    from configlint.code.python.dotenv_files import DotenvFile

_OPTIONS = {"uvicorn": ("--env-file", ""), "flask": ("--env-file", "-e"), "node": ("--env-file", "")}
"""The options of programs that load an env file."""


@record
class LoadedFile:
    """The file at `path`, from the root, which is in the container. `by` says who loads it.

    `absent` ones may be there for somebody else: git ignores them, and they are not here. What stands in a `listed` one
    its reader alone gets (pydantic), and not the environment.
    """

    path: str
    by: str
    override: bool = False
    absent: bool = False
    listed: bool = False


def loaded_files(workspace: Workspace, one: Running, code: Code | None) -> tuple[LoadedFile, ...]:
    """The files in order of precedence: an earlier one wins, all that override before those that do not."""
    by_code, paths = (code.files, code.paths) if code is not None else ((), frozenset())
    plain = [found for file in by_code if not file.listed for found in _of_code(workspace, one, file, paths)]
    listed = [found for file in reversed(by_code) if file.listed for found in _of_code(workspace, one, file, paths)]
    overriding = [found for found in reversed(plain) if found.override]
    return (*overriding, *_of_options(workspace, one), *(found for found in plain if not found.override), *listed)


def _of_options(workspace: Workspace, one: Running) -> Iterator[LoadedFile]:
    for invocation in one.start.invocations:
        name = program_name(invocation.program.raw)
        for text in values(invocation.args, *_OPTIONS[name])[-1:] if name in _OPTIONS else ():
            if path := _at(one, text, workspace):
                yield from _loaded(workspace, one, path, by=f"loaded by {name} --env-file")


def _of_code(workspace: Workspace, one: Running, file: "DotenvFile", paths: Collection[str]) -> Iterator[LoadedFile]:
    path = (
        _at(one, file.path, workspace) if not file.searched and file.path.known else _searched(workspace, file, paths)
    )
    if path is not None:
        yield from _loaded(workspace, one, path, by=f"loaded by {file.place.path}", file=file)


def _at(one: Running, text: Text, workspace: Workspace) -> str | None:
    """The file of the repository at a path in the container."""
    return repository_path(one.container, text.raw, workspace.store).path if text.known else None


def _searched(workspace: Workspace, file: "DotenvFile", paths: Collection[str]) -> str | None:
    """The file in the directory of the module that loads it, or in the nearest one above.

    So is one whose path is put together from the module's own place, as far as the name at its end is known.
    """
    name = basename(file.path.raw)
    if not claims(name) or UNKNOWN in name:
        return None
    where = directory(file.place.path)
    directories = [where]
    while where:
        where = directory(where)
        directories.append(where)
    candidates = (f"{each}/{name}" if each else name for each in directories)
    return next((path for path in candidates if path in paths or workspace.store.state(path) == "ignored"), None)


def _loaded(
    workspace: Workspace, one: Running, path: str, *, by: str, file: "DotenvFile | None" = None
) -> Iterator[LoadedFile]:
    state = workspace.store.state(path)
    if state in ("file", "ignored") and not _is_left_out(workspace, one, path):
        yield LoadedFile(
            path=path,
            by=by,
            absent=state == "ignored",
            override=file is not None and file.override,
            listed=file is not None and file.listed,
        )


def _is_left_out(workspace: Workspace, one: Running, path: str) -> bool:
    """Whether a file is not in the container, because the build is not given it and nothing mounts it."""
    build = one.container.build
    mounts = (mount.path for mount in one.service.volumes if mount.kind == "bind" and mount.path is not None)
    mounted = any(path == source or not source or path.startswith(f"{source}/") for source in mounts)
    return not mounted and build is not None and left_out(workspace.store, build, path)
