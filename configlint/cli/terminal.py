"""What the output goes to."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

from configlint.cli import VERSION
from configlint.report import Options, RuleHelp
from configlint.rules.rule import Rule


def options(rules: tuple[Rule, ...], *, color: str, verbose: bool, command: str, output: str | None = None) -> Options:
    """How to show a result on this terminal, or in this file."""
    terminal = output is None and sys.stdout.isatty()
    colored = color == "always" or (color == "auto" and terminal and not os.environ.get("NO_COLOR"))
    return Options(
        version=version(),
        color=colored,
        width=_width() if terminal else None,
        encoding="utf-8" if output is not None else (sys.stdout.encoding or "utf-8"),
        verbose=verbose,
        command="fix" if command == "fix" else "check",
        rules={rule.id: _help(rule) for rule in rules},
    )


def _help(rule: Rule) -> RuleHelp:
    return RuleHelp(
        title=rule.title, why=rule.why, severity=rule.severity, help=rule.help, fix=rule.fix, fixable=rule.fixable
    )


def _width() -> int:
    import shutil  # with every archive format that it knows; output that goes to a program needs none of that

    return shutil.get_terminal_size().columns


def version() -> str:
    return VERSION


said: list[tuple[int, str]] = []
"""All that was printed: descriptor (1 or 2) and text."""


def say(text: str, color: bool | None = None, *, utf8: bool = False) -> None:
    """Results go to standard output; in `utf8` those of which the format says so, whatever the terminal takes."""
    if utf8 and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    said.append((1, text))
    _write(sys.stdout, text, color)


def aside(lines: Sequence[str]) -> None:
    """What was asked for beside the result goes to standard error."""
    text = "".join(f"{line}\n" for line in lines)
    said.append((2, text))
    _write(sys.stderr, text)


def note(text: str) -> None:
    """Everything else goes to standard error."""
    aside([f"configlint: {text}"])


def _write(stream: TextIO | None, text: str, color: bool | None = None) -> None:
    if os.name == "nt":
        import click  # which knows what a Windows console takes

        click.echo(text, stream, nl=False, color=color)
    elif stream is not None:  # somebody closed it
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
