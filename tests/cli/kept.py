"""Runs whose answers may be kept: each in a process of its own, forked so that nothing has to be imported again."""

import os
import sys
import tempfile
from collections.abc import Callable
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from configlint.cli import commands, main, start
from configlint.cli.cache import keep, replay

STEP = 0.03
"""Seconds. Longer than the step of the clock that stamps files here, and what the runs are told to take it for."""


class Kept(NamedTuple):
    """What a run left behind, and whether it was an earlier one's answer."""

    exit: int
    stdout: bytes
    stderr: bytes
    replayed: bool


def run(directory: Path, cache: Path, *arguments: str, before: Callable[[], object] = lambda: None) -> Kept:
    """`configlint ARGUMENTS` in a directory, with the entries in `cache`; `before` is done in the process itself."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                _child(directory, cache, arguments, (out.fileno(), err.fileno()), writing, before)
            finally:
                os._exit(70)
        os.close(writing)
        replayed = bool(os.read(reading, 1))
        os.close(reading)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        out.seek(0)
        err.seek(0)
        return Kept(code, out.read(), err.read(), replayed)


def _child(
    directory: Path,
    cache: Path,
    arguments: tuple[str, ...],
    streams: tuple[int, int],
    told: int,
    before: Callable[[], object],
) -> None:
    os.chdir(directory)
    os.environ["XDG_CACHE_HOME"] = str(cache)
    for number, stream in enumerate(streams, 1):
        os.dup2(stream, number)
    # As Python opens them when it starts.
    sys.stdout = sys.__stdout__ = TextIOWrapper(BufferedWriter(FileIO(1, "w")), encoding="utf-8")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = TextIOWrapper(BufferedWriter(FileIO(2, "w")), encoding="utf-8")  # type: ignore[misc]
    sys.argv = ["configlint", *arguments]
    keep.SETTLED = int(STEP * 1e9)
    given = replay.replay

    def noticed() -> int | None:
        code = given()
        if code is not None:
            os.write(told, b"replayed")
        return code

    replay.replay = noticed
    before()
    try:
        main()
        code: object = 0
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 71)


LOADED = commands, start
"""Imported here, once for all processes."""
