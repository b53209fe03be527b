"""Servers that run without compose: by a Procfile, a systemd unit, supervisor's configuration, or a Dockerfile."""

from collections.abc import Iterator

from configlint.compose.command import start
from configlint.compose.container import Found, built_container
from configlint.compose.follow import Follower
from configlint.compose.model import Build
from configlint.compose.surroundings import Surroundings, of_container
from configlint.formats.dockerfile.document import DockerfileDocument, claims
from configlint.formats.shell.units import Kind, Program, kind_of, programs
from configlint.model.decision import Decision
from configlint.model.record import record
from configlint.model.tables import Row, Workers
from configlint.model.text import Place, Text
from configlint.model.tree import normal
from configlint.programs.gunicorn_files import expected
from configlint.programs.started import Started, Walk
from configlint.resolve.stack.workers import overrides
from configlint.workspace.documents import DocumentStore
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import Workspace

_FOR_DEVELOPERS = frozenset({"dev", "development", "test", "tests", "testing", "local", "ci", "debug"})
_OF_DOCKER = frozenset({"docker", ".docker", "dockerfiles", "containers", "images", "build", "deploy", "ops", "infra"})
"""Directories that hold Dockerfiles apart from what they build."""


@record
class Alone:
    """A server that the file at `path` starts."""

    path: str
    program: Text
    decision: Decision


def alone(workspace: Workspace, files: PythonFiles) -> Iterator[Alone]:
    """The servers of every such file, but for those whose name says that they are for developers."""
    for path in workspace.files:
        if _FOR_DEVELOPERS.isdisjoint(path.rpartition("/")[2].lower().replace("-", ".").split(".")):
            kind = kind_of(path)
            started = _of_unit(files, path, kind) if kind is not None else _of_image(files, path)
            for one in started:
                if one.workers is not None:
                    yield Alone(path=path, program=one.process.program, decision=one.workers)


def rows(workspace: Workspace, one: Alone) -> Iterator[Row]:
    """A server's row, under the path of the file that starts it, and one for each of its settings in vain."""
    decision = one.decision
    text = decision.value.text
    yield Workers(
        stack="default", at=text if text.place else one.program, name=one.path, decision=decision,
        count=decision.value, expected=expected(workspace.settings, decision.file, one.path),
    )  # fmt: skip
    yield from overrides("default", one.path, decision)


def _of_unit(files: PythonFiles, path: str, kind: Kind) -> Iterator[Started]:
    document = files.store.script(path)
    for program in programs(kind, path, document.content) if document is not None else ():
        around = _around(files.store, path.rpartition("/")[0], kind, program)
        yield from Walk(around, files).started(list(Follower(around).follow(program.invocations(lambda _: None))))


def _around(store: DocumentStore, directory: str, kind: Kind, program: Program) -> Surroundings:
    def locate(name: str) -> Found:
        """A file beside the unit; where the unit works in a directory of the machine, nothing is known."""
        found = None if name.startswith("/") else normal(f"{directory}/{name}" if directory else name)
        return Found(found, "mount" if found is not None else "unknown")

    missing = "the platform that runs the Procfile" if kind == "procfile" else ""
    missing = missing or next((f"{file}, which is missing" for file in program.env_files), "")
    return Surroundings(lookup=lambda _: None, locate=locate, store=store, missing=missing)


def _of_image(files: PythonFiles, path: str) -> Iterator[Started]:
    document = files.store.dockerfile(path) if claims(path) else None
    if document is None:
        return
    place = Place(path, 0, 0)
    build = Build(context=Text.assumed("."), directory=_context(document), path=path, args={}, place=place)
    here = built_container(None, build, files.store)
    if here.image is not None:
        yield from Walk(of_container(here, files.store), files).started(start(here, files.store).invocations)


def _context(document: DockerfileDocument) -> str:
    """The directory from which an image is built, as people lay out their repositories."""
    directory = document.path.rpartition("/")[0]
    while directory.rpartition("/")[2].lower() in _OF_DOCKER:
        directory = directory.rpartition("/")[0]
    return directory
