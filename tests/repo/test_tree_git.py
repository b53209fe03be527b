"""What a tree shows of a git repository, in all the states that a work tree may be in."""

import os
from pathlib import Path

import pytest
from conftest import git, write_files

from configlint.model.document import UnreadableError
from configlint.repo import Change, Opening, RepoError, write
from configlint.repo.git import discover
from configlint.repo.revision import open_revision

STACK = {
    ".gitignore": ".env\n.env.local\nnode_modules/\n/secrets/\n*.log\n",
    "compose.yaml": "services: {}\n",
    "app/lib/main.dart": "",
    "new/untracked.yaml": "",
    ".env": "A=1\n",
    "app/.env.local": "A=1\n",
    "debug.log": "",
    "node_modules/x/compose.yaml": "",
    "node_modules/x/.env": "",
    "secrets/.env": "",
}


@pytest.fixture
def stack(repository: Path) -> Path:
    write_files(repository, STACK)
    git(repository, "add", ".gitignore", "compose.yaml", "app/lib/main.dart")
    git(repository, "commit", "--quiet", "-m", "first")
    return repository


def test_tracked_untracked_and_the_env_files_beside_them(stack: Path) -> None:
    tree = Opening(str(stack)).tree()
    assert list(tree.files) == [
        ".env", ".gitignore", "app/.env.local", "app/lib/main.dart", "compose.yaml", "new/untracked.yaml",
    ]  # fmt: skip
    assert [path for path in tree.files if tree.tracked(path)] == [".gitignore", "app/lib/main.dart", "compose.yaml"]
    assert tree.notes == ()


def test_what_git_tracks_is_shared_even_if_it_is_an_env_file(stack: Path) -> None:
    git(stack, "add", "--force", ".env")
    assert Opening(str(stack)).tree().tracked(".env")


def test_what_git_tracks_against_an_ignore_file_of_the_repository(stack: Path) -> None:
    (stack / ".git/info/exclude").write_text("compose.yaml\n", encoding="utf-8")
    (stack / "secrets/.gitignore").write_text("!.env\n", encoding="utf-8")
    (stack / "app/.gitignore").write_text("!.env.local\n", encoding="utf-8")
    git(stack, "add", "--force", ".env", "app", "secrets/.env")
    git(stack, "commit", "--quiet", "-m", "forced")
    for tree in (Opening(str(stack)).tree(), open_revision(Opening(str(stack)).tree(), "HEAD", ()).tree):
        assert [path for path in tree.files if tree.tracked_though_ignored(path)] == [".env", "secrets/.env"]
    git(stack, "rm", "--cached", "--quiet", ".env")
    assert not Opening(str(stack)).tree().tracked_though_ignored(".env")


@pytest.mark.parametrize("start", ["", "app/lib", "app/lib/main.dart", "new", ".env"])
def test_the_root_is_the_top_of_the_work_tree(stack: Path, start: str) -> None:
    assert Opening(str(stack / start)).tree().root == str(stack)


def test_a_directory_that_git_ignores_is_no_part_of_the_repository(stack: Path) -> None:
    tree = Opening(str(stack / "node_modules/x")).tree()
    assert tree.root == str(stack / "node_modules/x")
    assert list(tree.files) == [".env", "compose.yaml"]
    assert "ignores" in tree.notes[0]


def test_relative_starts_and_named_files(stack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stack / "app")
    tree = Opening().tree()
    assert tree.root == str(stack)
    assert tree.locate("lib/main.dart") == "app/lib/main.dart"
    assert tree.locate("..") == ""
    assert tree.locate("../absent.yaml") == "absent.yaml"
    assert tree.locate("../..") is None
    assert tree.locate(str(stack) + "-other/x") is None


def test_a_named_root_is_a_part_of_the_repository(stack: Path) -> None:
    tree = Opening(str(stack), root=str(stack / "app")).tree()
    assert tree.root == str(stack / "app")
    assert list(tree.files) == [".env.local", "lib/main.dart"]
    assert tree.tracked("lib/main.dart")
    assert not tree.tracked(".env.local")
    assert tree.state("../compose.yaml") == "outside"
    assert tree.state("a.log") == "ignored"


@pytest.mark.parametrize("start", ["absent", "compose.yaml/x"])
def test_no_such_start(stack: Path, start: str) -> None:
    with pytest.raises(RepoError, match=start):
        Opening(str(stack / start)).tree()
    with pytest.raises(RepoError):
        Opening(str(stack), root=str(stack / start)).tree()


def test_the_root_is_a_directory(stack: Path) -> None:
    with pytest.raises(RepoError):
        Opening(str(stack), root=str(stack / "compose.yaml")).tree()


def test_states(stack: Path) -> None:
    tree = Opening(str(stack)).tree()
    states = {
        "": "directory",
        "compose.yaml": "file",
        "./app/../compose.yaml": "file",
        "app": "directory",
        "debug.log": "file",  # ignored, and there
        "node_modules/x": "directory",
        "absent.yaml": "missing",
        "absent/x.yaml": "missing",
        "compose.yaml/x": "missing",
        "app/.env": "ignored",
        "deep/er/x.log": "ignored",
        "node_modules/absent/Dockerfile": "ignored",
        "app/node_modules": "ignored",  # only a directory would be
        "secrets/x": "ignored",
        "app/secrets/x": "missing",
        ":x.yaml": "missing",
        ":!x.log": "ignored",
        "..": "outside",
        "app/../../x": "outside",
        "/etc/passwd": "outside",
        "nul\0": "other",
        "\ud800": "other",
        "a" * 5000: "other",
    }
    assert {path: tree.state(path) for path in states} == states


def test_a_path_below_a_sub_directory_stays_answered_after_a_question_that_git_refuses(stack: Path) -> None:
    tree = Opening(str(stack)).tree()
    assert tree.state("absent/../../../x") == "outside"
    assert tree.state("x.log") == "ignored"
    assert tree.state("y.log") == "ignored"


def test_files_that_are_gone(stack: Path) -> None:
    (stack / "compose.yaml").unlink()
    (stack / "app/lib/main.dart").unlink()
    (stack / "app/lib").rmdir()
    tree = Opening(str(stack)).tree()
    assert "compose.yaml" not in tree.files
    assert tree.state("compose.yaml") == "missing"
    assert tree.state("app/lib") == "missing"


def test_a_directory_that_became_a_link_is_not_followed(stack: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "elsewhere", {"main.dart": "secret"})
    (stack / "app/lib/main.dart").unlink()
    (stack / "app/lib").rmdir()
    (stack / "app/lib").symlink_to(tmp_path / "elsewhere")
    tree = Opening(str(stack)).tree()
    assert "app/lib/main.dart" not in tree.files
    assert tree.state("app/lib/main.dart") == "outside"


def test_what_a_sparse_checkout_leaves_out_is_not_missing(stack: Path) -> None:
    git(stack, "sparse-checkout", "set", "--no-cone", "/*", "!/app/")
    tree = Opening(str(stack)).tree()
    assert "app/lib/main.dart" not in tree.files
    assert {path: tree.state(path) for path in ("app/lib/main.dart", "app/lib", "app/other")} == {
        "app/lib/main.dart": "ignored",
        "app/lib": "ignored",
        "app/other": "missing",
    }


def test_a_merge_conflict_lists_each_file_once(stack: Path) -> None:
    git(stack, "checkout", "--quiet", "-b", "other")
    write_files(stack, {"compose.yaml": "services: {a: 1}\n"})
    git(stack, "commit", "--quiet", "-am", "other")
    git(stack, "checkout", "--quiet", "main")
    write_files(stack, {"compose.yaml": "services: {b: 1}\n"})
    git(stack, "commit", "--quiet", "-am", "main")
    with pytest.raises(Exception, match="merge"):
        git(stack, "merge", "other")
    tree = Opening(str(stack)).tree()
    assert list(tree.files).count("compose.yaml") == 1
    assert "<<<<<<<" in tree.read("compose.yaml")


def test_a_work_tree_of_its_own(stack: Path, tmp_path: Path) -> None:
    git(stack, "worktree", "add", "--quiet", str(tmp_path / "second"))
    write_files(tmp_path / "second", {".env": "B=2\n"})
    tree = Opening(str(tmp_path / "second/app")).tree()
    assert tree.root == str(tmp_path / "second")
    assert list(tree.files) == [".env", ".gitignore", "app/lib/main.dart", "compose.yaml"]
    assert tree.read(".env") == "B=2\n"
    assert tree.state("app/.env") == "ignored"


@pytest.fixture
def outer(stack: Path, tmp_path: Path) -> Path:
    """A repository that holds `stack` as its submodule `sub`."""
    top = tmp_path / "outer"
    top.mkdir()
    git(top, "init", "--quiet")
    git(top, "submodule", "--quiet", "add", str(stack), "sub")
    write_files(top, {"compose.yaml": ""})
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "outer")
    return top


def test_a_submodule_is_not_walked_but_is_there(outer: Path) -> None:
    write_files(outer / "sub", {".env": ""})
    tree = Opening(str(outer)).tree()
    assert list(tree.files) == [".gitmodules", "compose.yaml"]
    assert tree.state("sub/compose.yaml") == "file"
    assert tree.read("sub/compose.yaml") == "services: {}\n"
    assert tree.tracked("sub/compose.yaml")
    assert not tree.tracked("sub/.env")
    assert tree.state("sub/x") == "ignored"  # the submodule may stand at another commit there
    assert tree.state("x") == "missing"


def test_a_submodule_that_is_not_checked_out(outer: Path) -> None:
    git(outer, "submodule", "--quiet", "deinit", "--force", "sub")
    assert Opening(str(outer)).tree().state("sub/Dockerfile") == "ignored"


def test_a_submodule_as_the_root(outer: Path) -> None:
    tree = Opening(str(outer / "sub/app")).tree()
    assert tree.root == str(outer / "sub")
    assert "app/lib/main.dart" in tree.files
    assert tree.state("x.log") == "ignored"


def test_a_repository_within_that_is_no_submodule(stack: Path) -> None:
    write_files(stack, {"vendored/compose.yaml": ""})
    git(stack / "vendored", "init", "--quiet")
    git(stack / "vendored", "add", ".")
    git(stack / "vendored", "commit", "--quiet", "-m", "x")
    assert not [path for path in Opening(str(stack)).tree().files if path.startswith("vendored")]


def test_links(stack: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.env": "SECRET=1\n"})
    (stack / "inside.yaml").symlink_to("compose.yaml")
    (stack / "app/.env").symlink_to(tmp_path / "outside.env")
    (stack / "gone.yaml").symlink_to("nowhere.yaml")
    (stack / "loop.yaml").symlink_to("loop.yaml")
    (stack / "to-ignored.yaml").symlink_to("x.log")
    (stack / "shared.env").symlink_to(".env")
    (stack / "here").symlink_to("app")
    git(stack, "add", "inside.yaml", "shared.env", "loop.yaml")
    tree = Opening(str(stack)).tree()
    assert [path for path in tree.files if (stack / path).is_symlink()] == ["inside.yaml", "shared.env"]
    assert tree.read("inside.yaml") == "services: {}\n"
    states = {
        "inside.yaml": "file",
        "app/.env": "outside",
        "gone.yaml": "missing",
        "loop.yaml": "other",
        "to-ignored.yaml": "ignored",
        "here": "directory",
        "here/lib/main.dart": "file",
        "here/../compose.yaml": "file",
    }
    assert {path: tree.state(path) for path in states} == states
    assert tree.tracked("inside.yaml")
    assert not tree.tracked("shared.env")  # git shares the link, not what it leads to
    for path in ("app/.env", "gone.yaml", "loop.yaml", "app", "../x", "nul\0"):
        with pytest.raises(UnreadableError):
            tree.read(path)


def test_what_is_no_file_never_blocks(stack: Path) -> None:
    os.mkfifo(stack / "livekit.yaml")
    os.mkfifo(stack / "app/.env")
    (stack / "gunicorn.conf.py").mkdir()
    (stack / "compose.yaml").unlink()
    os.mkfifo(stack / "compose.yaml")
    tree = Opening(str(stack)).tree()
    assert not {"livekit.yaml", "app/.env", "gunicorn.conf.py", "compose.yaml"} & set(tree.files)
    assert tree.state("compose.yaml") == "other"
    assert tree.state("gunicorn.conf.py") == "directory"
    for path in ("compose.yaml", "gunicorn.conf.py"):
        with pytest.raises(UnreadableError, match="is "):
            tree.read(path)


def test_names_that_no_output_can_show_are_passed_by_and_told(stack: Path) -> None:
    for name in (b"bad\xff.yaml", b"two\nlines.yaml", b"\x1b[31m.yaml", "é und 日本.yaml".encode()):
        Path(os.fsdecode(os.fsencode(stack) + b"/" + name)).write_bytes(b"")
    tree = Opening(str(stack)).tree()
    assert "é und 日本.yaml" in tree.files
    assert not [path for path in tree.files if "\n" in path or "\x1b" in path or "\udcff" in path]
    (note,) = tree.notes
    assert "and 2 more" in note
    assert note.isascii()
    assert note.isprintable()


def test_a_file_that_nobody_may_list(stack: Path) -> None:
    """git names a file in a directory that has been closed in between."""
    (stack / "app").chmod(0)
    try:
        assert "compose.yaml" in Opening(str(stack)).tree().files
    finally:
        (stack / "app").chmod(0o755)


def test_a_commit_of_some_paths_has_an_index_of_its_own(stack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = stack / ".git/next-index-1.lock"
    git(stack, "read-tree", "HEAD", GIT_INDEX_FILE=str(index))
    git(stack, "update-index", "--add", "new/untracked.yaml", GIT_INDEX_FILE=str(index))
    assert not Opening(str(stack)).tree().tracked("new/untracked.yaml")
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    assert Opening(str(stack)).tree().tracked("new/untracked.yaml")
    monkeypatch.chdir(stack)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    assert Opening(str(stack)).tree().tracked("new/untracked.yaml")


def test_the_variables_of_another_repository_are_dropped(
    stack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "--quiet", str(other))
    write_files(other, {"other.yaml": ""})
    git(other, "add", ".")
    for name, value in (("INDEX_FILE", ".git/index"), ("DIR", ".git"), ("WORK_TREE", ""), ("PREFIX", "x/")):
        monkeypatch.setenv(f"GIT_{name}", str(other / value))
        tree = Opening(str(stack)).tree()
        assert tree.root == str(stack)
        assert tree.notes == ()
        assert tree.tracked("compose.yaml")
        assert not tree.tracked("other.yaml")


def test_a_repository_that_only_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    write_files(home, {"compose.yaml": "", "work/x.yaml": ""})
    git(tmp_path, "init", "--quiet", "--bare", "dotfiles")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "dotfiles"))
    monkeypatch.setenv("GIT_WORK_TREE", str(home))
    git(home, "add", "compose.yaml")
    tree = Opening(str(home / "work")).tree()
    assert tree.root == str(home)
    assert tree.tracked("compose.yaml")
    assert not tree.tracked("work/x.yaml")
    assert Opening(str(tmp_path)).tree().root == str(tmp_path)


def test_the_programs_that_a_repository_names_are_not_started(stack: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    program.chmod(0o755)
    git(stack, "config", "core.fsmonitor", str(program))
    git(stack, "status", "--short")
    assert (tmp_path / "started").exists()
    (tmp_path / "started").unlink()
    assert Opening(str(stack)).tree().state("x.log") == "ignored"
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("elsewhere", ["elsewhere", "", "/"])
def test_a_work_tree_that_is_set_elsewhere_is_not_believed(stack: Path, tmp_path: Path, elsewhere: str) -> None:
    """Nor is one that holds the repository, and other things beside it."""
    write_files(tmp_path, {"elsewhere/x.yaml": "", "other/.env": "A=1"})
    git(stack, "config", "core.worktree", str(tmp_path / elsewhere))
    tree = Opening(str(stack)).tree()
    assert tree.root == str(stack)
    assert "compose.yaml" in tree.files
    assert "elsewhere" in tree.notes[0]
    with pytest.raises(RepoError, match="outside"):
        write(tree, {"../other/.env": Change("A=1", "A=2")})


def test_not_even_where_a_repository_is_there(stack: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(stack, "config", "core.worktree", str(tmp_path))
    assert Opening(str(stack)).tree().root == str(stack)


def test_nothing_is_written(stack: Path) -> None:
    os.utime(stack / "compose.yaml")
    before = {path: path.lstat().st_mtime_ns for path in (stack / ".git").rglob("*")}
    Opening(str(stack)).tree().state("x.log")
    assert {path: path.lstat().st_mtime_ns for path in (stack / ".git").rglob("*")} == before


def test_what_git_hides_for_this_clone_alone(stack: Path) -> None:
    (stack / ".git/info/exclude").write_text("mine.yaml\n")
    write_files(stack, {"mine.yaml": ""})
    tree = Opening(str(stack)).tree()
    assert "mine.yaml" not in tree.files
    assert tree.state("app/mine.yaml") == "ignored"


@pytest.mark.parametrize("kind", ["pipe", "pattern"])
def test_git_is_not_waited_for_when_it_may_never_answer(stack: Path, kind: str) -> None:
    deep = stack / "app/deep"
    deep.mkdir()
    if kind == "pipe":
        os.mkfifo(deep / ".gitignore")
    else:
        (deep / ".gitignore").write_text("**/a/" * 25 + "b\n")
        (deep / "/".join("a" * 50)).mkdir(parents=True)
        (deep / "/".join("a" * 50) / "x").write_text("")
    tree = Opening(str(stack)).tree()
    assert "app/deep/.gitignore" in " ".join(tree.notes)
    assert "compose.yaml" in tree.files


@pytest.mark.parametrize("name", ["HEAD", "config", "config.worktree", "commondir", "index", "info/exclude"])
@pytest.mark.parametrize("where", ["", "new/"])
def test_a_pipe_among_the_files_of_git_is_not_waited_for(stack: Path, where: str, name: str) -> None:
    """In the repository, and in one that lies in its work tree."""
    if where:
        git(stack, "init", "--quiet", where)
    path = stack / f"{where}.git" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert "compose.yaml" in Opening(str(stack)).tree().files


def test_a_pipe_that_the_settings_include(stack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can foresee what git will open: it is waited for, but not for ever."""
    monkeypatch.setattr("configlint.repo.git.AT_ONCE", 0.5)
    git(stack, "config", "include.path", "../pipe")
    os.mkfifo(stack / "pipe")
    tree = Opening(str(stack)).tree()
    assert "it did not answer" in tree.notes[0]
    assert "compose.yaml" in tree.files


def test_no_process_of_git_outlives_the_run(stack: Path) -> None:
    """Not even one whose answer nobody wants any more."""
    repository = discover(str(stack))
    os.mkfifo(stack / "new/.gitignore")
    question = repository.ask_files(str(stack))
    del question
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
