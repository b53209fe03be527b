"""The programs of the services of a run, each found once."""

from collections.abc import Sequence

from configlint.compose.running import Running
from configlint.compose.surroundings import of_container
from configlint.formats.shell.script import Invocation
from configlint.model.decision import Decision
from configlint.programs.process import process
from configlint.programs.started import Started, Walk
from configlint.programs.table import by_command
from configlint.workspace.documents import Shelf
from configlint.workspace.python_files import PythonFiles


class Programs:
    """Answers which programs a service runs."""

    def __init__(self, shelf: Shelf) -> None:
        self.files = PythonFiles(shelf)
        self._found: dict[tuple[str, str], tuple[Started, ...]] = {}

    def of(self, one: Running) -> tuple[Started, ...]:
        """In the order in which they are started. An image that is pulled stands for what no command names."""
        key = (one.stack, one.name)
        if key not in self._found:
            walk = Walk(of_container(one.container, self.files.shelf), self.files, one)
            found = tuple(walk.started(one.start.invocations))
            pulled = walk.by_image(one) if not any(each.name for each in found) else None
            self._found[key] = found if pulled is None else (pulled,)
        return self._found[key]

    def workers(self, one: Running, invocation: Invocation) -> Decision | None:
        """The count of a command that is not run, because another one replaces it."""
        program = by_command(invocation.program.raw)
        around = of_container(one.container, self.files.shelf)
        return program.workers(process(around, invocation, self.files, one)) if program is not None else None


def unseen(one: Running, found: Sequence[Started]) -> str:
    """Why it is not known how many workers a service runs."""
    known = next((each.name for each in found if each.name), "")
    image = one.service.image if one.image is None else None
    if known:
        by = f"the image {image} starts" if image is not None and not one.start.invocations else "it starts"
        return f"{by} {known}, whose workers are not counted here"
    if one.start.unknown:
        return one.start.unknown
    if image is not None:
        return f"the image {image} is not built here, and what it starts is not a server that is known here"
    return "it starts no server whose workers are known here"
