"""The command run on made-up repositories, as a user would run it: in this process, or in one of its own."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

from configlint.cli import start

_HOME = TemporaryDirectory(prefix="configlint-")
HOMES = {"HOME": _HOME.name, "XDG_CACHE_HOME": f"{_HOME.name}/cache", "XDG_CONFIG_HOME": f"{_HOME.name}/config",
         "XDG_STATE_HOME": f"{_HOME.name}/state"}  # fmt: skip
"""Where a run may leave what is its own."""


class Ran(NamedTuple):
    """What a run of the command left behind."""

    exit: int
    stdout: str
    stderr: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of `--format json`."""
        found: list[dict[str, Any]] = json.loads(self.stdout)["findings"]
        return found

    @property
    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.stdout)["summary"]
        return found


def write(directory: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files into a directory, byte for byte; gives the directory."""
    for path, content in files.items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return directory


def contents(directory: Path) -> dict[str, bytes]:
    """Every file below a directory, but git's own."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(directory).parts
    }


def run(directory: Path, *arguments: str) -> Ran:
    """`configlint ARGUMENTS` in a directory."""
    set_apart(directory)
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    with (
        chdir(directory),
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
        patch.object(sys, "argv", ["configlint", *arguments]),
        patch.dict(os.environ, HOMES),
    ):
        code = start.run()  # not the entry: it may replay a result and end this process
    out, err = (_written(stream) for stream in streams)
    return Ran(code, out, err)


def set_apart(directory: Path) -> None:
    """A directory of a test is a repository of its own: what lies above it on this machine must not count."""
    if not any((above / ".git").exists() for above in (directory, *directory.parents)):
        git(directory, "init", "--quiet")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def check(directory: Path, *arguments: str) -> Ran:
    """`configlint check --format json ARGUMENTS`, which must end with a verdict."""
    ran = run(directory, "check", "--format", "json", *arguments)
    assert ran.exit in (0, 1), ran.stderr
    return ran


def process(directory: Path, *arguments: str, **environment: str) -> Ran:
    """`configlint ARGUMENTS` as a process of its own."""
    set_apart(directory)
    done = subprocess.run(
        [sys.executable, "-c", "from configlint.cli import main; main()", *arguments],
        cwd=directory,
        env=os.environ | HOMES | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def git(directory: Path, *arguments: str) -> None:
    """Run git in a directory, under a made-up identity and without anybody's configuration."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", *arguments],
        cwd=directory,
        env=keep | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        check=True,
    )


def repository(directory: Path, files: Mapping[str, str | bytes], ignored: tuple[str, ...] = ()) -> Path:
    """A git repository that holds files, some of them ignored."""
    write(directory, {**files, ".gitignore": "".join(f"/{path}\n" for path in ignored)})
    git(directory, "init", "--quiet")
    git(directory, "add", "--all")
    return directory
