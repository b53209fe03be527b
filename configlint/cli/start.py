"""Where a run begins and ends.

`configlint check` without options, as hooks and people run it, has nothing to parse. click is not imported for it:
that takes as long as checking a small repository.
"""

import sys

from configlint.cli import terminal
from configlint.cli.codes import FAULT, INTERRUPTED, USAGE
from configlint.repo import Opening, RepoError, WriteError
from configlint.rules.errors import InputError


def run() -> int:
    """Run the command line, and return the exit code."""
    try:
        return _check() if sys.argv[1:] == ["check"] else _parsed()
    except WriteError as error:
        terminal.note(str(error))
        return 1
    except (InputError, RepoError, terminal.OutputError) as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return 1
    except Exception as error:
        if "--debug" in sys.argv:
            _trace(error)
        terminal.note(
            f"a bug in configlint: {type(error).__name__}. Please report it with the output of the same command with "
            "--debug, which contains no value of your files."
        )
        return FAULT


def _check() -> int:
    from configlint.cli.cache.keep import Keeper
    from configlint.cli.common_options import Wanted

    keeper = Keeper({})
    wanted = Wanted(opening=Opening())
    from configlint.cli import check  # while git lists the files

    return check.run(wanted, keeper)


def _parsed() -> int:
    import click

    from configlint.cli.commands import cli

    try:
        return cli.main(prog_name="configlint", standalone_mode=False) or 0
    except click.ClickException as error:
        return _refused(error.format_message())
    except click.Abort:
        return INTERRUPTED


def _refused(message: str) -> int:
    terminal.note(message)
    return USAGE


def _trace(error: BaseException) -> None:
    """Where the fault is, without the values at hand: an exception's own text may quote a file."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    terminal.aside([f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames])
