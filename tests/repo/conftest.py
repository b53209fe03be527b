"""Real repositories in temporary directories."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _no_git_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests themselves may run from a hook."""
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)


def git(directory: Path, *arguments: str, **environment: str) -> str:
    """What git prints when run in a directory, under a made-up identity."""
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ["git", "-C", directory, *identity, *arguments],
        env=os.environ | environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def write_files(directory: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty repository."""
    top = tmp_path / "repository"
    top.mkdir()
    git(top, "init", "--quiet", "--initial-branch=main")
    return top
