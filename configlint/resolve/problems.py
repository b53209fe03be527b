"""What the readers could not take, or met twice."""

from collections.abc import Iterator

from configlint.model.cell import cell
from configlint.model.tables import EVERY_STACK, Problem
from configlint.model.text import Text
from configlint.workspace.workspace import Workspace, start_of


def rows(workspace: Workspace) -> Iterator[Problem]:
    """One row for each file that was read, and one for each thing that is wrong with one."""
    for path in sorted(workspace.store.documents):
        yield Problem(stack=EVERY_STACK, at=start_of(path), what="", detail="", name=path)
    for path in sorted(workspace.store.failures):
        failure = workspace.store.failures[path]
        at = Text.exactly("", failure.place)
        yield Problem(stack=EVERY_STACK, at=at, what="unreadable", detail=failure.message, name=path)
    for path in sorted(workspace.store.documents):
        for twice in workspace.store.documents[path].duplicates:
            yield Problem(
                stack=EVERY_STACK, at=twice.second, what="duplicate-key", detail="", name=".".join(twice.key),
                value=cell(twice.second), other=cell(twice.first),
            )  # fmt: skip
