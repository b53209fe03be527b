"""Completion in real shells: what a person sees after pressing Tab."""

import os
import pty
import select
import shutil
import sys
import time
from pathlib import Path

import pytest
from running import HOMES, process, write

from configlint.cli.session import written

COMMANDS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(_CONFIGLINT_COMPLETE=bash_source configlint)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -Uz compinit && compinit -u -D && eval "$(_CONFIGLINT_COMPLETE=zsh_source configlint)"',
    ),
    "fish": (["fish", "--no-config", "-i"], "_CONFIGLINT_COMPLETE=fish_source configlint | source"),
}
"""How each is started, and the line of docs/editors.md that sets it up."""
MINE = "id: mine-alone\ntitle: a title\nwhy: x\nseverity: info\nkind: requires\nfrom: {table: urls}\ncolumn: port\n"
PATIENCE = 30


class Terminal:
    """A shell at a terminal."""

    def __init__(self, command: list[str], directory: Path) -> None:
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(directory)
            os.execvpe(command[0], command, os.environ | HOMES | {"PATH": COMMANDS, "TERM": "xterm", "PS1": "> "})
        self.seen = ""

    def type(self, text: str) -> None:
        self.seen = ""
        os.write(self.terminal, text.encode())

    def shows(self, text: str) -> bool:
        """Whether it comes to show a text; False if it has not for a long time."""
        until = time.monotonic() + PATIENCE
        while text not in self.seen and time.monotonic() < until:
            if select.select([self.terminal], [], [], 0.2)[0]:
                self.seen += os.read(self.terminal, 65536).decode(errors="replace")
        return text in self.seen

    def end(self) -> None:
        os.close(self.terminal)
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)


@pytest.mark.parametrize("name", SHELLS)
def test_tab_completes(name: str, tmp_path: Path) -> None:
    command, setup = SHELLS[name]
    if shutil.which(command[0]) is None:
        pytest.skip(f"there is no {name} here")
    write(tmp_path, {"mine.yaml": MINE, ".configlint.yaml": "rule-files: [mine.yaml]\n"})
    shell = Terminal(command, tmp_path)
    try:
        shell.type(f"{setup}; echo rea''dy\r")
        assert shell.shows("ready")
        for typed, wanted in {
            "configlint expl": "configlint explain ",
            "configlint explain secret-pl": "secret-placeholder",
            "configlint check --ignore mine-a": "mine-alone",
            "configlint check --require worker-c": "worker-count",
            "configlint check .configlint.y": ".configlint.yaml",
        }.items():
            shell.type(f"{typed}\t")
            assert shell.shows(wanted.removeprefix(typed).strip()), f"{typed}: {shell.seen!r}"
            shell.type("\x15")  # the line is taken back
    finally:
        shell.end()


def proposed(directory: Path, *words: str) -> list[str]:
    """What bash is told for a line of which the last word is begun."""
    asked = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1), "_CONFIGLINT_COMPLETE": "bash_complete"}
    ran = process(directory, **asked)
    assert (ran.exit, ran.stderr) == (0, "")
    return [line.partition(",")[2] for line in ran.stdout.splitlines()]


@pytest.mark.parametrize(
    "line", [("explain", ""), ("check", "--select", ""), ("fix", "--ignore", ""), ("check", "--require", "")], ids=str
)
def test_all_rules_are_proposed(line: tuple[str, ...], tmp_path: Path) -> None:
    assert proposed(tmp_path, "configlint", *line) == [form["id"] for form in written()]


def test_a_broken_configuration_leaves_the_built_in_rules(tmp_path: Path) -> None:
    write(tmp_path, {".configlint.yaml": "rule: {}\n"})
    assert proposed(tmp_path, "configlint", "explain", "webhook") == ["webhook-key"]


def test_formats_are_proposed(tmp_path: Path) -> None:
    assert proposed(tmp_path, "configlint", "check", "--format", "s") == ["sarif"]
