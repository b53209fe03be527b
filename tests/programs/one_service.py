"""A repository of one service, and the programs that are found in it."""

from collections.abc import Mapping

from configlint.compose.discover import stacks
from configlint.compose.running import Running
from configlint.model.memory_tree import MemoryTree
from configlint.model.settings import DEFAULTS
from configlint.programs.services import Programs
from configlint.programs.started import Started
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import workspace

MAIN = "docker-compose.yml"
DOCKERFILE = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n"


def service(command: str, **files: str) -> dict[str, str]:
    """A service `a` that is built here and starts a command, which is YAML."""
    return {MAIN: f"services:\n  a:\n    build: .\n    command: {command}\n", "Dockerfile": DOCKERFILE, **files}


def pulled(image: str, command: str = "", **files: str) -> dict[str, str]:
    """A service `a` of an image that is pulled."""
    line = f"    command: {command}\n" if command else ""
    return {MAIN: f"services:\n  a:\n    image: {image}\n{line}", **files}


def found(files: Mapping[str, str], ignored: tuple[str, ...] = ()) -> tuple[Programs, Running]:
    """Service `a`, and what answers which programs it starts."""
    store = DocumentStore(MemoryTree(files, ignored))
    (stack,) = stacks(workspace(store, DEFAULTS))
    return Programs(store), stack.running["a"]


def started(files: Mapping[str, str], ignored: tuple[str, ...] = ()) -> tuple[Started, ...]:
    """The programs of service `a`."""
    programs, running = found(files, ignored)
    return programs.of(running)
