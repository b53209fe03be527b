"""What a tree shows where git cannot be asked."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import git, write_files

from configlint.repo import Opening


def walked(directory: Path) -> list[str]:
    return list(Opening(str(directory)).tree().files)


def test_a_plain_directory(tmp_path: Path) -> None:
    write_files(tmp_path, {"b/compose.yaml": "", ".env": "", "a.yaml": "", "b/.env.example": ""})
    tree = Opening(str(tmp_path)).tree()
    assert tree.root == str(tmp_path)
    assert list(tree.files) == [".env", "a.yaml", "b/.env.example", "b/compose.yaml"]
    assert [path for path in tree.files if tree.tracked(path)] == ["a.yaml", "b/.env.example", "b/compose.yaml"]
    assert not tree.tracked("absent.yaml")
    (note,) = tree.notes
    assert "not a git repository" in note
    assert "walking" in note


@pytest.mark.parametrize("name", [".configlint.yaml", "configlint.yaml"])
def test_the_nearest_directory_with_a_configuration_is_the_root(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {name: "", "x/a/b.yaml": "", "compose.yaml": ""})
    assert Opening(str(tmp_path / "x/a")).tree().root == str(tmp_path)
    assert Opening(str(tmp_path / "x/a/b.yaml")).tree().root == str(tmp_path)
    write_files(tmp_path, {f"x/{name}": ""})
    assert Opening(str(tmp_path / "x/a")).tree().root == str(tmp_path / "x")
    assert Opening(str(tmp_path / "x/a"), root=str(tmp_path / "x/a")).tree().root == str(tmp_path / "x/a")


def test_what_a_walk_passes_by(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "node_modules/x/compose.yaml": "",
            "app/build/compose.yaml": "",
            "app/.dart_tool/x.yaml": "",
            "app/target/x.yaml": "",
            "env/pyvenv.cfg": "",
            "env/lib/compose.yaml": "",
            "cache/CACHEDIR.TAG": "",
            "cache/x/compose.yaml": "",
            "other/.git/HEAD": "",
            "other/compose.yaml": "",
            "sub/.git": "gitdir: ../x\n",
            "sub/compose.yaml": "",
            "app/builder/compose.yaml": "",
            "pyvenv.cfg": "",
        },
    )
    tree = Opening(str(tmp_path)).tree()
    assert list(tree.files) == ["app/builder/compose.yaml", "pyvenv.cfg"]
    assert "other and 1 more" in tree.notes[1]
    assert tree.state("other/compose.yaml") == "file"


def test_ignore_files_are_followed_but_for_env_files(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            ".gitignore": ".env\n*.log\n/out/\n",
            "app/.gitignore": "!kept.log\nlocal.yaml\n",
            ".env": "",
            "a.log": "",
            "out/.env": "",
            "app/out/compose.yaml": "",
            "app/kept.log": "",
            "app/local.yaml": "",
        },
    )
    tree = Opening(str(tmp_path)).tree()
    assert list(tree.files) == [".env", ".gitignore", "app/.gitignore", "app/kept.log", "app/out/compose.yaml"]
    states = {
        "app/.env": "ignored",
        "app/x.log": "ignored",
        "out/x/y": "ignored",
        "app/other.yaml": "missing",
        "app/local.yaml": "file",
        "app/deep/local.yaml": "ignored",
    }
    assert {path: tree.state(path) for path in states} == states
    assert not tree.tracked("app/local.yaml")


def test_an_ignore_file_that_cannot_be_read_ignores_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {".gitignore": b"\xff\xfe*", "a/b.yaml": "", "c/d.yaml": ""})
    (tmp_path / "a/.gitignore").symlink_to(tmp_path / "list")
    os.mkfifo(tmp_path / "c/.gitignore")
    assert walked(tmp_path) == [".gitignore", "a/b.yaml", "c/d.yaml"]


def test_links(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write_files(tmp_path, {"root/a/compose.yaml": "x", "secret.env": ""})
    (root / "again").symlink_to("a")
    (root / "up").symlink_to("..")
    (root / "b.yaml").symlink_to("a/compose.yaml")
    (root / ".env").symlink_to(tmp_path / "secret.env")
    (root / "loop").symlink_to("loop")
    tree = Opening(str(root)).tree()
    assert list(tree.files) == ["a/compose.yaml", "b.yaml"]
    assert tree.state(".env") == "outside"
    assert tree.state("up/secret.env") == "outside"
    assert tree.state("up/root/a") == "directory"


def test_what_is_no_file_is_not_listed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "compose.yaml")
    os.mkfifo(tmp_path / ".env")
    (tmp_path / "livekit.yaml").mkdir()
    assert walked(tmp_path) == []


def test_a_tree_of_any_depth(tmp_path: Path) -> None:
    """Deeper than Python recurses, and than a path may be long: its upper part is read."""
    write_files(tmp_path, {"compose.yaml": "", "d/d/x.yaml": ""})
    directory = os.open(tmp_path, os.O_RDONLY)
    for _ in range(2500):
        with suppress(FileExistsError):
            os.mkdir("d", dir_fd=directory)
        deeper = os.open("d", os.O_RDONLY, dir_fd=directory)
        os.close(directory)
        directory = deeper
    os.close(directory)
    try:
        assert walked(tmp_path) == ["compose.yaml", "d/d/x.yaml"]
    finally:
        subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # pytest's own way of cleaning up recurses


@pytest.fixture
def foreign(repository: Path) -> Path:
    """A repository that belongs to another user, as in a container."""
    if os.geteuid() != 0:
        pytest.skip("only the superuser can give a repository away")
    write_files(repository, {".gitignore": ".env\n", "app/compose.yaml": "", "app/x.yaml": "", "livekit.yaml": ""})
    git(repository, "add", ".")
    for path in (repository, *repository.rglob("*")):
        os.lchown(path, 65534, 65534)
    return repository


def test_git_refuses_the_repository_of_another_user(foreign: Path) -> None:
    tree = Opening(str(foreign / "app")).tree()
    assert tree.root == str(foreign)
    assert list(tree.files) == [".gitignore", "app/compose.yaml", "app/x.yaml", "livekit.yaml"]
    assert tree.state("app/.env") == "ignored"
    assert tree.tracked("livekit.yaml")
    assert "dubious ownership" in tree.notes[0]
    assert f"safe.directory {foreign}" in tree.notes[0]


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(repository, {"compose.yaml": "", "a/b.yaml": "", ".gitignore": "x\n"})
    monkeypatch.setenv("PATH", "/nonexistent")
    tree = Opening(str(repository / "a")).tree()
    assert tree.root == str(repository)
    assert list(tree.files) == [".gitignore", "a/b.yaml", "compose.yaml"]
    assert tree.state("x") == "ignored"
    assert "git is not installed" in tree.notes[0]


def test_a_repository_that_git_cannot_read(repository: Path) -> None:
    write_files(repository, {"compose.yaml": ""})
    git(repository, "add", ".")
    (repository / ".git/index").write_bytes(b"DIRC broken")
    tree = Opening(str(repository)).tree()
    assert list(tree.files) == ["compose.yaml"]
    assert "index" in tree.notes[0]


def test_a_git_directory_that_is_empty(tmp_path: Path) -> None:
    write_files(tmp_path, {"compose.yaml": "", "a/b.yaml": ""})
    (tmp_path / ".git").mkdir()
    tree = Opening(str(tmp_path / "a")).tree()
    assert tree.root == str(tmp_path)
    assert list(tree.files) == ["a/b.yaml", "compose.yaml"]


def test_both_ways_show_the_same_files(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(
        repository,
        {
            ".gitignore": "*.log\nsecrets/\n.env\n",
            "a/b.yaml": "",
            "a/.env": "",
            "x.log": "",
            "secrets/k.yaml": "",
            "é": "",
        },
    )
    git(repository, "add", "a/b.yaml")
    asked = ["a/.env", "b/.env", "secrets", "secrets/x", "x.log", "y.log", "y"]
    with_git = Opening(str(repository)).tree()
    answers = [with_git.state(path) for path in asked]
    monkeypatch.setenv("PATH", "/nonexistent")
    without = Opening(str(repository)).tree()
    assert without.files == with_git.files
    assert [without.state(path) for path in asked] == answers
