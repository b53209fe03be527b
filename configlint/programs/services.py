"""The programs of the services of a run, each found once."""

from collections.abc import Sequence

from configlint.compose.running import Running
from configlint.compose.surroundings import of_container
from configlint.formats.shell.script import Invocation
from configlint.model.decision import Decision
from configlint.model.reason import Reason
from configlint.programs.process import process
from configlint.programs.started import Started, Walk
from configlint.programs.table import by_command
from configlint.workspace.documents import DocumentStore
from configlint.workspace.python_files import PythonFiles


class Programs:
    """Answers which programs a service runs."""

    def __init__(self, store: DocumentStore) -> None:
        self.files = PythonFiles(store)
        self._found: dict[tuple[str, str], tuple[Started, ...]] = {}

    def of(self, one: Running) -> tuple[Started, ...]:
        """In the order in which they are started. An image that is pulled stands for what no command names."""
        key = (one.stack, one.name)
        if key not in self._found:
            walk = Walk(of_container(one.container, self.files.store), self.files, one)
            found = tuple(walk.started(one.start.invocations))
            pulled = walk.by_image(one) if not any(each.name for each in found) else None
            self._found[key] = found if pulled is None else (pulled,)
        return self._found[key]

    def workers(self, one: Running, invocation: Invocation) -> Decision | None:
        """The count of a command that is not run, because another one replaces it."""
        program = by_command(invocation.program.raw)
        around = of_container(one.container, self.files.store)
        return program.workers(process(around, invocation, self.files, one)) if program is not None else None


def unseen(one: Running, found: Sequence[Started]) -> Reason:
    """Why it is not known how many workers a service runs."""
    if one.start.unknown is not None:
        return one.start.unknown
    if one.image is None and one.service.image is not None:
        return Reason("foreign-image", str(one.service.image))
    known = next((each.name for each in found if each.name), "")
    return Reason("uncounted-workers", known) if known else Reason("no-known-server")
