"""The rows of compose projects: one module for each kind of thing that a stack is made of."""

from collections.abc import Iterator

from configlint.compose.discover import Stack, stacks
from configlint.compose.running import Running
from configlint.model.tables import Row, Variable
from configlint.programs.livekit import accepted_settings as shape
from configlint.programs.livekit import credentials
from configlint.programs.livekit import service as livekit
from configlint.programs.services import Programs
from configlint.resolve.stack import (
    accounts,
    code,
    code_defaults,
    dependencies,
    health,
    listeners,
    needs,
    network,
    paths,
    service_variables,
    started_files,
    urls,
    variables,
    workers,
)
from configlint.workspace.workspace import Workspace

__all__ = ["Running", "Stack", "rows", "stacks"]


def rows(workspace: Workspace, stack: Stack, programs: Programs) -> Iterator[Row]:
    """All rows of one stack."""
    named = list(network.rows(stack))
    listening = list(listeners.rows(stack, programs))
    yield from named
    yield from listening
    yield from variables.rows(workspace, stack)
    yield from paths.rows(workspace.store, stack)
    yield from dependencies.rows(workspace, stack)
    yield from paths.refused(stack)
    given: list[Variable] = []
    for one in stack.running.values():
        yield from credentials.rows(one, workspace)
        yield from shape.rows(one, workspace.store)
        yield from started_files.rows(workspace.store, one, programs)
        yield from workers.rows(workspace, one, programs)
        if path := livekit.baked(one, workspace.store):
            yield paths.baked_file(one, path)
        yield from health.rows(one)
        read = code.read(workspace, one)
        missing = list(needs.rows(workspace, stack, one, read, programs)) if read is not None else []
        yield from missing
        if read is not None and read.reads:
            yield from code.rows(one, read, {row.variable for row in missing if row.state == "missing"})
        given += service_variables.rows(workspace, one, read)
    yield from given
    reached = urls.network(stack, workspace.store, [*named, *listening])
    called = list(urls.rows(reached, programs))
    yield from called
    yield from accounts.rows(workspace, stack, programs, called)
    yield from code_defaults.rows(reached, given, programs)
