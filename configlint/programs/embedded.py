"""Servers that a Python program starts itself: `uvicorn.run(…, workers=4)`, or gunicorn as another process."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from configlint.formats.shell.script import Invocation
from configlint.model.cell import typed
from configlint.model.record import replace
from configlint.model.text import Text
from configlint.programs.ports import commands, started
from configlint.programs.workers import Decision, Process, concurrency, decide, decision, stated

if TYPE_CHECKING:
    from configlint.code.python.servers import ServerRun

_DEPTH = 3
"""How many programs may start each other."""


def decisions(process: Process, depth: int = 0) -> Iterator[Decision]:
    """The counts of every server that a program is, or starts."""
    found = decide(process)
    if found is not None:
        yield found
    elif depth < _DEPTH:
        for run in started(process):
            yield from _of_run(process, run, depth)


def _of_run(process: Process, run: "ServerRun", depth: int) -> Iterator[Decision]:
    for inner in commands(process, run):
        yield from decisions(replace(process, invocation=_beside(process.invocation, inner)), depth + 1)
    if run.server not in ("uvicorn", "gunicorn"):
        return
    at = Text.written("1", run.place)
    if run.server == "uvicorn" and run.reload is not None and run.reload.value == "True":
        yield Decision(server=run.server, count=typed(1, at), by="reload = True")
    else:
        own = [stated(run.workers, run.place.path)] if run.workers is not None else []
        yield decision(run.server, [*own, *concurrency(process)], at)


def _beside(outer: Invocation, inner: Invocation) -> Invocation:
    """A program that another one starts: in its directory, with what is set for it."""
    return replace(
        inner,
        environment=(*outer.environment, *inner.environment),
        conditional=outer.conditional,
        directory=outer.directory,
    )
