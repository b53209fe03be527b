"""A program about to start: what every module of this room is asked about."""

from collections.abc import Callable

from configlint.compose.container import Found
from configlint.compose.running import Running
from configlint.compose.surroundings import Surroundings
from configlint.formats.compose_template import Lookup
from configlint.formats.shell.launchers import program_name
from configlint.formats.shell.script import Invocation
from configlint.model.record import record, replace
from configlint.model.text import Text
from configlint.workspace.documents import DocumentStore
from configlint.workspace.python_files import PythonFiles


@record
class Process:
    """A program with what it finds set, and which file of the repository is at a path there.

    `missing` tells why its environment may not be complete, or is empty. `service` is None where it runs without
    compose. `by_image`: no command names it, the image that is pulled is known to start it.
    """

    invocation: Invocation
    lookup: Lookup
    locate: Callable[[str], Found]
    files: PythonFiles
    missing: str = ""
    service: Running | None = None
    by_image: bool = False

    @property
    def store(self) -> DocumentStore:
        return self.files.store

    @property
    def program(self) -> Text:
        return self.invocation.program

    @property
    def name(self) -> str:
        """The name of the program without its directory."""
        return program_name(self.program.raw)

    @property
    def args(self) -> tuple[Text, ...]:
        return self.invocation.args

    def file(self, path: str) -> str:
        """The file of the repository at a path; empty where there is none."""
        found = self.locate(path).path
        return found if found is not None and self.store.state(found) == "file" else ""

    def behind(self, count: int) -> "Process":
        """The same process without the first words of its command line: `run` of `flask run`."""
        return replace(self, invocation=replace(self.invocation, args=self.args[count:]))


def process(
    around: Surroundings, one: Invocation, files: PythonFiles, service: Running | None = None, *, by_image: bool = False
) -> Process:
    """A program that is started in certain surroundings, with what a script sets for it."""
    made = dict(one.environment)

    def lookup(name: str) -> Text | None:
        found = made.get(name)
        return around.lookup(name) if found is None else found

    def locate(path: str) -> Found:
        if path.startswith("/"):
            return around.locate(path)
        if one.directory is None:
            return Found(None, "unknown")
        return around.locate(f"{one.directory}/{path}" if one.directory else path)

    return Process(
        invocation=one, lookup=lookup, locate=locate, files=files, missing=around.missing, service=service,
        by_image=by_image,
    )  # fmt: skip
