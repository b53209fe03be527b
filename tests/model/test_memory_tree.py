"""Trees without a disk answer as the one on the disk does."""

import pytest

from configlint.model.document import UnreadableError
from configlint.model.memory_tree import EditedTree, MemoryTree
from configlint.model.tree import State, normal, private


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("a/b.yaml", "file"),
        ("./a//b.yaml", "file"),
        ("a/../a/b.yaml", "file"),
        ("a", "directory"),
        ("a/", "directory"),
        ("", "directory"),
        (".", "directory"),
        ("a/c.yaml", "missing"),
        ("a/b.yaml/c", "missing"),
        (".env", "ignored"),
        ("logs/today/x", "ignored"),
        ("..", "outside"),
        ("a/../../x", "outside"),
        ("/a/b.yaml", "outside"),
    ],
)
def test_state(path: str, state: State) -> None:
    assert MemoryTree({"a/b.yaml": "x"}, ignored=[".env", "logs/"]).state(path) == state


def test_an_ignored_file_that_is_there_is_a_file_that_nobody_shares() -> None:
    tree = MemoryTree(
        {"secrets.yaml": "", "compose.yaml": "", ".env": "", ".env.example": ""}, ignored=["secrets.yaml"]
    )
    assert tree.state("secrets.yaml") == "file"
    assert [path for path in tree.files if tree.tracked(path)] == [".env.example", "compose.yaml"]
    assert not tree.tracked("absent")


def test_files_are_sorted_and_read_as_they_are() -> None:
    tree = MemoryTree({"b": "\ufeff1\r\n", "a": ""})
    assert list(tree.files) == ["a", "b"]
    assert tree.read("b") == "\ufeff1\r\n"
    with pytest.raises(UnreadableError):
        tree.read("c")
    with pytest.raises(UnreadableError):
        tree.read("")


def test_an_edited_tree_differs_in_content_alone() -> None:
    tree = MemoryTree({".env": "A=1", "b": ""}, ignored=["c"])
    edited = EditedTree(tree, {".env": ""})
    assert (edited.read(".env"), edited.read("b")) == ("", "")
    assert tree.read(".env") == "A=1"
    assert edited.files == tree.files
    assert [edited.state(path) for path in (".env", "c", "d")] == ["file", "ignored", "missing"]
    assert edited.tracked("b")
    assert not edited.tracked(".env")


@pytest.mark.parametrize("path", [".env", "a/.env.local", ".env-prod", ".env_dev", ".ENV", "x/.env.bak"])
def test_private(path: str) -> None:
    assert private(path)


@pytest.mark.parametrize("path", [".env.example", ".env.sample", ".env.template", ".envrc", "env", "a.yaml", ".env/x"])
def test_not_private(path: str) -> None:
    assert not private(path)


@pytest.mark.parametrize(
    ("path", "plain"), [("a/./b/", "a/b"), ("a//b/../c", "a/c"), (".", ""), ("a/..", ""), ("../a", None), ("/", None)]
)
def test_normal(path: str, plain: str | None) -> None:
    assert normal(path) == plain
