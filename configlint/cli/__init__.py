"""The command line: the only layer that prints, and the only one that ends the program."""

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing takes longer to import than a kept answer to print
    from typing import NoReturn

VERSION = "0.1.0"


def main() -> int:
    """The entry point of the `configlint` command: the contract's exit code, unless the process ends here."""
    from configlint.cli.cache.replay import replay

    _occupy_streams()
    code = replay()
    if code is None:
        ours = sys.stdout is sys.__stdout__
        if ours:  # this process ends soon: its garbage need not be looked for
            gc.disable()
        from configlint.cli.start import run

        code = run()
        if not ours:
            return code
    return _end(code)


def _occupy_streams() -> None:
    """Where somebody has closed a standard stream, the next file that is opened would take its place."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None:
            os.open(os.devnull, os.O_RDWR)


def _end(code: int) -> "NoReturn":
    """All is said: taking the interpreter down in order takes as long as importing a good part of it."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except BrokenPipeError:
        code = 1
    except OSError:  # it was said when the result was written
        code = code or 2
    os._exit(code)
