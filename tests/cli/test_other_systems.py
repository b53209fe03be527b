"""What Windows lacks is not asked for, and what its consoles cannot show is shown otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import HOMES, git, run, write

from configlint.report import FORMATS, ON_SCREEN

STACK = {".env": "PORT=1\nPORT=2\n", "deploy/docker-compose.yml": "services: {a: {image: 'x', env_file: ../.env}}\n"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_every_format_is_printed_whatever_the_console_can_encode(tmp_path: Path, form: str, encoding: str) -> None:
    """What programs read is UTF-8, as its format says; what people read is transcribed."""
    write(tmp_path, {**STACK, "Straße.env": "é=“\nÄ日=1\nÄ日=2\n"})
    git(tmp_path, "init", "--quiet")
    done = subprocess.run(
        [sys.executable, "-c", "from configlint.cli import main; main()", "check", "--format", form, "--no-cache"],
        cwd=tmp_path, env=os.environ | HOMES | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    printed = done.stdout.decode(encoding if form in ON_SCREEN else "utf-8")
    assert form in ON_SCREEN or "Straße" in printed or "Stra\\u00dfe" in printed or "Stra%C3%9Fe" in printed


def test_without_what_only_posix_has_files_are_found_by_a_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, STACK)
    as_here = run(root, "check", "--format", "concise")
    for name in ("posix_spawnp", "geteuid"):
        monkeypatch.delattr(os, name)
    elsewhere = run(root, "check", "--format", "concise")
    assert (elsewhere.exit, elsewhere.stdout.splitlines()[0]) == (as_here.exit, as_here.stdout.splitlines()[0])
    assert "git cannot be run on this system" in elsewhere.stdout + elsewhere.stderr
