"""The command line: the only layer that prints, and the only one that ends the program."""

import gc
import os
import sys

VERSION = "0.1.0"


def main() -> None:
    """The entry point of the `configlint` command."""
    from configlint.cli.replay import replay

    code = replay()
    if code is not None:
        os._exit(code)  # all is written, and taking the interpreter down in order takes as long as the rest
    if sys.stdout is sys.__stdout__:  # this process is ours, and ends soon: its garbage need not be looked for
        gc.disable()
    from configlint.cli.commands import run  # click is imported only where there is something to do

    run()
