"""Servers that run without compose: by a Procfile, a systemd unit, supervisor's configuration, or a Dockerfile."""

from collections.abc import Iterator

from configlint.compose.command import start
from configlint.compose.container import Container, Found
from configlint.compose.environment import environment
from configlint.compose.model import Build, Service
from configlint.compose.tree import Scope
from configlint.compose.variables import Variables
from configlint.formats.dockerfile.document import DockerfileDocument, claims
from configlint.formats.dockerfile.image import image
from configlint.formats.shell.script import Invocation
from configlint.formats.shell.units import Kind, Program, kind_of, programs
from configlint.model.record import record
from configlint.model.tables import Row, Workers
from configlint.model.text import Text
from configlint.model.tree import normal
from configlint.programs.embedded import decisions
from configlint.programs.gunicorn_files import expected, workers_in_words
from configlint.programs.workers import Decision, Process, process
from configlint.resolve.stack.workers import chain, overrides
from configlint.workspace.documents import Shelf
from configlint.workspace.workspace import Scene

_FOR_DEVELOPERS = frozenset({"dev", "development", "test", "tests", "testing", "local", "ci", "debug"})
_OF_DOCKER = frozenset({"docker", ".docker", "dockerfiles", "containers", "images", "build", "deploy", "ops", "infra"})
"""Directories that hold Dockerfiles apart from what they build."""


@record
class Alone:
    """A server that the file at `path` starts."""

    path: str
    process: Process
    decision: Decision


def alone(scene: Scene) -> Iterator[Alone]:
    """The servers of every such file, but for those whose name says that they are for developers."""
    for path in scene.files:
        if _FOR_DEVELOPERS.isdisjoint(path.rpartition("/")[2].lower().replace("-", ".").split(".")):
            kind = kind_of(path)
            started = _of_unit(scene.shelf, path, kind) if kind is not None else _of_image(scene.shelf, path)
            for one in started:
                for decision in decisions(one):
                    yield Alone(path=path, process=one, decision=decision)


def rows(scene: Scene, one: Alone) -> Iterator[Row]:
    """A server's row, under the path of the file that starts it, and one for each of its settings in vain."""
    decision = one.decision
    text = decision.count.text
    yield Workers(
        stack="default", at=text if text.place else one.process.invocation.program, name=one.path,
        count=decision.count, expected=expected(scene.settings, decision.config, one.path),
        runs=workers_in_words(decision.count), chain=chain(scene.shelf, decision),
    )  # fmt: skip
    yield from overrides(scene.shelf, "default", one.path, decision)


def _of_unit(shelf: Shelf, path: str, kind: Kind) -> Iterator[Process]:
    document = shelf.script(path)
    for program in programs(kind, path, document.content) if document is not None else ():
        for invocation in program.invocations(lambda _: None):
            yield _process(shelf, path.rpartition("/")[0], kind, program, invocation)


def _process(shelf: Shelf, directory: str, kind: Kind, program: Program, invocation: Invocation) -> Process:
    made = dict(invocation.environment)

    def locate(name: str) -> Found:
        """A file beside the unit; where the unit works in a directory of the machine, nothing is known."""
        if invocation.directory is None or f"{invocation.directory}{name}".startswith("/"):
            return Found(None, "unknown")
        found = normal("/".join(part for part in (directory, invocation.directory, name) if part))
        return Found(found, "mount" if found is not None else "unknown")

    missing = "the platform that runs the Procfile" if kind == "procfile" else ""
    missing = missing or next((f"{file}, which is not here" for file in program.env_files), "")
    return Process(invocation=invocation, lookup=made.get, locate=locate, shelf=shelf, missing=missing)


def _of_image(shelf: Shelf, path: str) -> Iterator[Process]:
    document = shelf.dockerfile(path) if claims(path) else None
    built = image(document) if document is not None else None
    if document is None or built is None:
        return
    build = Build(context=Text.assumed("."), directory=_context(document), path=path, args={}, place=built.place)
    scope = Scope(path=path, content=document.content, directory="", variables=Variables({}))
    service = Service(name=Text.exactly("", built.place), scope=scope, place=built.place, build=build, declared={})
    here = Container(
        service=service,
        build=build,
        dockerfile=document,
        image=built,
        environment=environment(service, shelf, built),
    )
    for invocation in start(here, shelf).invocations:
        yield process(here, invocation, shelf)


def _context(document: DockerfileDocument) -> str:
    """The directory from which an image is built, as people lay out their repositories."""
    directory = document.path.rpartition("/")[0]
    while directory.rpartition("/")[2].lower() in _OF_DOCKER:
        directory = directory.rpartition("/")[0]
    return directory
