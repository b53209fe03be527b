"""What is staged for the next commit, seen beside what is on the disk."""

from pathlib import Path
from subprocess import CalledProcessError

import pytest
from conftest import git, write_files

from configlint.model.document import UnreadableError
from configlint.repo import Opening, RepoError
from configlint.repo.index import open_index
from configlint.repo.recorded import RecordedTree


@pytest.fixture
def stack(repository: Path) -> Path:
    write_files(repository, {".gitignore": ".env\nlogs/\n", "compose.yaml": "old", "api/Dockerfile": "FROM a"})
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "x")
    return repository


def staged(top: Path, root: str | None = None) -> RecordedTree:
    return open_index(Opening(str(top), root).tree())


def test_a_file_is_as_it_is_staged(stack: Path) -> None:
    write_files(stack, {"compose.yaml": "staged"})
    git(stack, "add", "compose.yaml")
    write_files(stack, {"compose.yaml": "on the disk", "api/Dockerfile": "FROM b"})
    tree = staged(stack)
    assert tree.read("compose.yaml") == "staged"
    assert tree.read("api/Dockerfile") == "FROM a"
    assert tree.files == (".gitignore", "api/Dockerfile", "compose.yaml")


def test_before_the_first_commit(repository: Path) -> None:
    write_files(repository, {"a.yaml": "a", "b.yaml": "b"})
    git(repository, "add", "a.yaml")
    assert staged(repository).files == ("a.yaml",)


def test_what_was_never_added_is_missing(stack: Path) -> None:
    write_files(stack, {"new.yaml": "x", "api/new.yaml": "x", "fresh/deep/x.yaml": "x"})
    tree = staged(stack)
    for path in ("new.yaml", "api/new.yaml", "fresh", "fresh/deep", "fresh/deep/x.yaml"):
        assert tree.state(path) == "missing"
        assert not tree.tracked(path)
        assert path not in tree.files
    assert tree.state("api") == "directory"
    with pytest.raises(UnreadableError, match="does not exist"):
        tree.read("new.yaml")


def test_ignored_and_private_files_are_as_they_are_on_the_disk(stack: Path) -> None:
    write_files(stack, {".env": "A=1", "api/.env.local": "B=2", "logs/x.log": "", "api/.env.example": "B="})
    tree = staged(stack)
    assert tree.read(".env") == "A=1"
    assert tree.read("api/.env.local") == "B=2"
    assert tree.state("logs") == "directory"
    assert tree.state("logs/x.log") == "file"
    assert tree.state("logs/none.log") == "ignored"
    assert tree.state("api/.env.example") == "missing", "a template is shared, once it is added"
    assert not tree.tracked(".env")


def test_a_file_that_is_gone_from_the_disk_alone_is_there(stack: Path) -> None:
    (stack / "compose.yaml").unlink()
    assert staged(stack).read("compose.yaml") == "old"


def test_a_file_whose_removal_is_staged_is_missing(stack: Path) -> None:
    git(stack, "rm", "--quiet", "--cached", "compose.yaml")
    assert (stack / "compose.yaml").exists()
    assert staged(stack).state("compose.yaml") == "missing"


def test_links_are_those_that_are_staged(stack: Path) -> None:
    (stack / "link.yaml").symlink_to("compose.yaml")
    (stack / "dead.yaml").symlink_to("new.yaml")
    (stack / "out.yaml").symlink_to("../elsewhere.yaml")
    git(stack, "add", "--all")
    write_files(stack, {"new.yaml": "x", "compose.yaml": "on the disk"})
    (stack / "link.yaml").unlink()
    (stack / "link.yaml").write_text("a file now")
    tree = staged(stack)
    assert tree.read("link.yaml") == "old"
    assert tree.state("dead.yaml") == "missing"
    assert tree.state("out.yaml") == "outside"
    assert "dead.yaml" not in tree.files


def test_a_file_with_an_open_conflict_is_read_from_the_disk(stack: Path) -> None:
    git(stack, "checkout", "--quiet", "-b", "other")
    write_files(stack, {"compose.yaml": "theirs"})
    git(stack, "commit", "--quiet", "--all", "--message", "x")
    git(stack, "checkout", "--quiet", "-")
    write_files(stack, {"compose.yaml": "ours"})
    git(stack, "commit", "--quiet", "--all", "--message", "x")
    with pytest.raises(CalledProcessError):
        git(stack, "merge", "other")
    assert "<<<<<<<" in staged(stack).read("compose.yaml")


def test_a_directory_as_the_root(stack: Path) -> None:
    write_files(stack, {"api/Dockerfile": "FROM b"})
    tree = staged(stack, root=str(stack / "api"))
    assert tree.files == ("Dockerfile",)
    assert tree.read("Dockerfile") == "FROM a"


def test_without_git_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(RepoError, match="--staged reads the index of git"):
        staged(tmp_path)
