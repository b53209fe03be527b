"""What all tests share: their order, an environment without git's variables, and real repositories."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from scheduling import pytest_collection_modifyitems, pytest_ignore_collect, pytest_terminal_summary

__all__ = ["pytest_collection_modifyitems", "pytest_ignore_collect", "pytest_terminal_summary"]


@pytest.fixture(autouse=True)
def _no_git_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests themselves may run from a hook."""
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the runs of a test keep their journals; anybody may make one there."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        monkeypatch.setenv("XDG_STATE_HOME", name)
        yield Path(name) / "configlint"


def git(directory: Path, *arguments: str, **environment: str) -> str:
    """What git prints when run in a directory, under a made-up identity."""
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ["git", "-C", str(directory), *identity, *arguments],
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


def names(directory: Path) -> list[str]:
    """All that a directory holds, sorted."""
    return sorted(path.name for path in directory.iterdir())


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A directory of a user who is not the superuser, and that user's identity for the length of a test."""
    with TemporaryDirectory() as name:
        directory = Path(name).resolve()
        if os.geteuid() != 0:
            yield directory
            return
        os.chown(directory, 65534, 65534)
        os.setegid(65534)
        os.seteuid(65534)
        try:
            yield directory
        finally:
            os.seteuid(0)
            os.setegid(0)
