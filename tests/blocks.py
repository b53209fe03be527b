"""The code blocks of the documents, and the shell in which their commands are run."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from running import HOMES

ROOT = Path(__file__).parents[1]

_BLOCK = re.compile(r"((?:^[^\n]*\n)?)(?:^\n)?^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PLACE = re.compile(r"<!-- in (\S+) -->")
_REASON = re.compile(r"\*Not run by our tests: (.*)\.\*")
_END = "block-ends-here"


class Block(NamedTuple):
    """A fenced block. `above` is the line before it, or before the empty line over it."""

    path: str
    line: int
    language: str
    content: str
    above: str

    @property
    def directory(self) -> str:
        """Where its commands are run, from the root of this repository: a copy is made of it."""
        found = _PLACE.search(self.above)
        return found[1] if found else "."

    @property
    def reason(self) -> str:
        """Why it is not run; empty where it is."""
        found = _REASON.search(self.above)
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Command(NamedTuple):
    """A line after `$`, and the lines of output that are shown for it."""

    text: str
    shown: tuple[str, ...]


class Done(NamedTuple):
    code: int
    printed: str


def documents() -> list[str]:
    """All documents, but the pages that are made of the rule files."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*/README.md")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def blocks(path: str) -> list[Block]:
    text = (ROOT / path).read_text(encoding="utf-8")
    return [
        Block(path, text.count("\n", 0, found.start(2)) + 1, found[2], found[3], found[1].strip())
        for found in _BLOCK.finditer(text)
    ]


def commands(block: Block) -> Iterator[Command]:
    head, *parts = re.split(r"^\$ ", block.content, flags=re.MULTILINE)
    assert not head, f"{block}: a console block begins with `$ `"
    for part in parts:
        text, *shown = part.rstrip("\n").split("\n")
        yield Command(text, tuple(shown))


def run(block: Block, directory: Path, project: Path) -> list[Done]:
    """All commands of a block, one after the other in one shell, with what each printed."""
    script = "".join(f"{command.text}\necho; echo {_END} $?\n" for command in commands(block))
    keep = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_TARGET": f"{directory}/lib"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=directory,
        env=keep
        | HOMES
        | offline
        | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{keep['PATH']}", "PROJECT": str(project)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    printed = re.split(rf"^{_END} (\d+)\n", done.stdout, flags=re.MULTILINE)
    return [Done(int(code), text) for text, code in zip(printed[::2], printed[1::2], strict=False)]


def shows(shown: tuple[str, ...], printed: str) -> bool:
    """Whether the lines that a document shows are what was printed; `…` stands for lines, or for a part of one."""
    return re.fullmatch("".join(map(_pattern, shown)) + r"\n*", printed) is not None


def _pattern(line: str) -> str:
    if line == "…":
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
