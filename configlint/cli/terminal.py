"""Where the output goes."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

from configlint.cli import VERSION
from configlint.repo.reading import reason
from configlint.report import Options, RuleHelp
from configlint.rules.rule import Rule


def options(
    rules: tuple[Rule, ...],
    *,
    color: str,
    command: str,
    verbose: bool = False,
    quiet: bool = False,
    root: str = "",
    output: str | None = None,
) -> Options:
    """How to show a result on this terminal, or in this file; with a `root`, paths are relative to where one is."""
    stream: TextIO | None = sys.stdout
    terminal = output is None and stream is not None and stream.isatty()
    colored = color == "always" or (color == "auto" and output is None and _colored(terminal))
    return Options(
        version=version(),
        color=colored,
        width=_width() if terminal else None,
        encoding="utf-8" if output is not None or stream is None else (stream.encoding or "utf-8"),
        verbose=verbose,
        quiet=quiet,
        root=root.replace(os.sep, "/"),
        here=os.path.realpath(".").replace(os.sep, "/") if root else "",
        command="fix" if command == "fix" else "check",
        rules={rule.id: _help(rule) for rule in rules},
    )


def _colored(terminal: bool) -> bool:
    """`NO_COLOR` and `FORCE_COLOR` first, which apply to all programs, then what the terminal can show."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def _help(rule: Rule) -> RuleHelp:
    return RuleHelp(
        title=rule.title, why=rule.why, severity=rule.severity, help=rule.help, fix=rule.fix, fixable=rule.fixable
    )


def _width() -> int:
    import shutil  # with every archive format that it knows; output that goes to a program needs none of that

    return shutil.get_terminal_size().columns


def version() -> str:
    return VERSION


class OutputError(Exception):
    """The result cannot be written."""


said: list[tuple[int, str]] = []
"""All that was printed: descriptor (1 or 2) and text."""


def say(text: str, color: bool | None = None, *, utf8: bool = False) -> None:
    """Results go to standard output; in `utf8` those of which the format says so, whatever the terminal takes.

    Raises `OutputError` if they cannot be written there.
    """
    if utf8 and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    said.append((1, text))
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise OutputError("cannot write the result: standard output is closed")
    try:
        _write(stream, text, color)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write the result to standard output: {reason(error)}") from None


def aside(lines: Sequence[str]) -> None:
    """Print additional output, which goes to standard error."""
    text = "".join(f"{line}\n" for line in lines)
    said.append((2, text))
    stream: TextIO | None = sys.stderr
    if stream is not None:
        with suppress(OSError):  # nobody can read it any more
            _write(stream, text)


def note(text: str) -> None:
    """Print a note to standard error."""
    aside([f"configlint: {text}"])


def _write(stream: TextIO, text: str, color: bool | None = None) -> None:
    if os.name == "nt":
        import click  # which knows what a Windows console takes

        click.echo(text, stream, nl=False, color=color)
    else:
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
