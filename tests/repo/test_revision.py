"""What a commit held, seen beside what stands on the disk today."""

import os
import random
from pathlib import Path

import pytest
from conftest import git, write_files

from configlint.model.document import UnreadableError
from configlint.repo import Opening, RepoError
from configlint.repo.recorded import RecordedTree
from configlint.repo.revision import Revision, open_revision


def commit(top: Path, files: dict[str, str | bytes]) -> str:
    write_files(top, files)
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "x")
    return git(top, "rev-parse", "HEAD").strip()


def past(top: Path, revision: str = "HEAD", root: str | None = None, kept: tuple[str, ...] = ()) -> RecordedTree:
    return opened(top, revision, root, kept).tree


def opened(top: Path, revision: str = "HEAD", root: str | None = None, kept: tuple[str, ...] = ()) -> Revision:
    return open_revision(Opening(str(top), root).tree(), revision, kept)


@pytest.fixture
def stack(repository: Path) -> Path:
    commit(
        repository,
        {
            ".gitignore": ".env\n*.log\n",
            "compose.yaml": "old",
            "api/Dockerfile": "FROM a",
            "gone/x.yaml": "gone",
            "same.yaml": "same",
        },
    )
    return repository


def test_a_file_is_as_it_was(stack: Path) -> None:
    write_files(stack, {"compose.yaml": "new"})
    tree = past(stack)
    assert tree.read("compose.yaml") == "old"
    assert tree.read("./api/../compose.yaml") == "old"
    assert tree.read("same.yaml") == "same"


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("committed", [False, True])
def test_what_was_added_since_is_not_there_and_what_went_is(stack: Path, staged: bool, committed: bool) -> None:
    revision = git(stack, "rev-parse", "HEAD").strip()
    (stack / "gone/x.yaml").unlink()
    (stack / "gone").rmdir()
    if committed:
        commit(stack, {"new/y.yaml": "new"})
    elif staged:
        write_files(stack, {"new/y.yaml": "new"})
        git(stack, "add", "--all")
    tree = past(stack, revision)
    assert tree.files == (".gitignore", "api/Dockerfile", "compose.yaml", "gone/x.yaml", "same.yaml")
    assert tree.state("gone/x.yaml") == "file"
    assert tree.state("gone") == "directory"
    assert tree.read("gone/x.yaml") == "gone"
    assert tree.state("new/y.yaml") == "missing"
    assert tree.state("new") == "missing"
    with pytest.raises(UnreadableError):
        tree.read("new/y.yaml")


def test_what_git_does_not_track_is_as_it_is_today(stack: Path) -> None:
    write_files(stack, {".env": "SECRET=made-up", "scratch.yaml": "mine", "data/x.log": "log"})
    tree = past(stack)
    assert {".env", "scratch.yaml"} < set(tree.files)
    assert tree.read(".env") == "SECRET=made-up"
    assert not tree.tracked(".env")
    assert tree.tracked("compose.yaml")
    assert tree.state("data") == "directory"
    assert tree.state("absent.log") == "ignored"
    assert tree.state("absent.yaml") == "missing"
    assert tree.state("../x") == "outside"


def test_a_file_that_is_tracked_no_more_is_as_it_was(repository: Path) -> None:
    commit(repository, {".env": "A=old", "x.yaml": ""})
    git(repository, "rm", "--quiet", "--cached", ".env")
    write_files(repository, {".gitignore": ".env\n", ".env": "A=new"})
    tree = past(repository)
    assert tree.read(".env") == "A=old"
    assert tree.files.count(".env") == 1


def test_a_file_of_which_today_s_state_was_asked_for(stack: Path) -> None:
    write_files(stack, {"compose.yaml": "new", "added.yaml": "a"})
    git(stack, "add", "added.yaml")
    tree = past(stack, kept=("compose.yaml", "added.yaml"))
    assert tree.read("compose.yaml") == "new"
    assert tree.read("added.yaml") == "a"
    assert tree.state("added.yaml") == "file"


def test_the_point_at_which_this_branch_left_is_meant(stack: Path) -> None:
    git(stack, "checkout", "--quiet", "-b", "mine")
    commit(stack, {"compose.yaml": "mine"})
    git(stack, "checkout", "--quiet", "main")
    commit(stack, {"compose.yaml": "theirs"})
    git(stack, "tag", "--annotate", "--message", "x", "release")
    git(stack, "checkout", "--quiet", "mine")
    for revision in ("main", "release", "HEAD~1"):
        assert past(stack, revision).read("compose.yaml") == "old"
    assert past(stack, "HEAD").read("compose.yaml") == "mine"
    git(stack, "checkout", "--quiet", "main~1")
    assert past(stack, "main").read("compose.yaml") == "old", "one that is ahead of HEAD"


def test_renames_are_told(stack: Path) -> None:
    git(stack, "mv", "compose.yaml", "api/compose.yaml")
    assert opened(stack).moved == {"compose.yaml": "api/compose.yaml"}


def test_a_directory_as_the_root(stack: Path) -> None:
    commit(stack, {"api/x.yaml": "x", "api-other/x.yaml": "other"})
    git(stack, "mv", "api/x.yaml", "api/y.yaml")
    write_files(stack, {"api/Dockerfile": "FROM b", "fresh/x.yaml": ""})
    tree = past(stack, root=str(stack / "api"))
    assert tree.files == ("Dockerfile", "x.yaml")
    assert tree.read("Dockerfile") == "FROM a"
    assert opened(stack, root=str(stack / "api")).moved == {"x.yaml": "y.yaml"}
    assert past(stack, root=str(stack / "fresh")).files == ("x.yaml",)


def test_symbolic_links(stack: Path) -> None:
    links = {
        "link.yaml": "compose.yaml", "api/up.yaml": "../same.yaml", "here": "api", "out.yaml": "../../etc/passwd",
        "away.yaml": "/etc/passwd", "inside.yaml": f"{stack}/same.yaml", "one": "two", "two": "one", "env": ".env",
        "chain.yaml": "link.yaml", "dead.yaml": "nowhere.yaml",
    }  # fmt: skip
    for name, target in links.items():
        (stack / name).symlink_to(target)
    commit(stack, {".env": "A=1"})
    for name in links:
        (stack / name).unlink()
    write_files(stack, {"compose.yaml": "new"})
    tree = past(stack)
    assert set(links) & set(tree.files) == {
        "link.yaml", "api/up.yaml", "inside.yaml", "env", "chain.yaml"
    }  # fmt: skip
    read = {"link.yaml": "old", "chain.yaml": "old", "api/up.yaml": "same", "here/Dockerfile": "FROM a", "env": "A=1"}
    assert {path: tree.read(path) for path in read} == read
    states = {
        "here": "directory", "here/up.yaml": "file", "out.yaml": "outside", "away.yaml": "outside", "one": "other",
        "dead.yaml": "missing", "here/none": "missing",
    }  # fmt: skip
    assert {path: tree.state(path) for path in states} == states
    assert not tree.tracked("env")
    for path in ("out.yaml", "away.yaml", "one", "here", "dead.yaml"):
        with pytest.raises(UnreadableError):
            tree.read(path)


@pytest.mark.parametrize("attribute", ["text eol=crlf", "filter=made-up", "working-tree-encoding=UTF-16LE"])
def test_what_git_writes_otherwise_than_it_holds_is_as_it_is_on_the_disk(repository: Path, attribute: str) -> None:
    started = repository.parent / "started"
    git(repository, "config", "filter.made-up.clean", f"touch {started}; cat")
    git(repository, "config", "filter.made-up.smudge", f"touch {started}; tr a b")
    commit(repository, {".gitattributes": f"*.yaml {attribute}\n", "x.yaml": "a: 1\na: 2\n".encode("utf-16-le")
                        if "UTF" in attribute else "a: 1\na: 2\n"})  # fmt: skip
    (repository / "x.yaml").unlink()
    git(repository, "checkout", "--quiet", "--", "x.yaml")
    on_disk = (repository / "x.yaml").read_bytes()
    started.unlink(missing_ok=True)
    tree = past(repository)
    if "UTF" in attribute:
        with pytest.raises(UnreadableError):
            tree.read("x.yaml")
    else:
        assert tree.read("x.yaml").encode() == on_disk
    assert not started.exists()


def test_an_edit_that_is_not_staged_counts_whatever_git_does_to_line_ends(repository: Path) -> None:
    commit(repository, {".gitattributes": "*.yaml text eol=crlf\n", "x.yaml": "a: 1\n"})
    write_files(repository, {"x.yaml": "a: 2\r\n"})
    assert past(repository).read("x.yaml") == "a: 1\n"


def test_what_is_no_text_is_as_unreadable_as_on_the_disk(repository: Path) -> None:
    commit(repository, {"nul.yaml": b"a\0b", "latin.yaml": b"\xe9", "large.yaml": b"#" * (5 << 20), "ok.yaml": "ok"})
    for name in ("nul.yaml", "latin.yaml", "large.yaml"):
        (repository / name).unlink()
    tree = past(repository)
    for name in ("nul.yaml", "large.yaml", "latin.yaml"):
        with pytest.raises(UnreadableError):
            tree.read(name)
        assert tree.read("ok.yaml") == "ok"


def test_many_files_one_after_the_other(repository: Path) -> None:
    files: dict[str, str | bytes] = {f"d/{number}.yaml": f"{number} " * number * 7 for number in range(400)}
    commit(repository, files)
    write_files(repository, dict.fromkeys(files, "other"))
    tree = past(repository)
    assert {path: tree.read(path) for path in files} == files


def test_a_submodule_is_as_it_is_today(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    commit(other, {"livekit.yaml": "port: 1"})
    git(repository, "submodule", "--quiet", "add", str(other), "sub")
    commit(repository, {"x.yaml": ""})
    commit(repository / "sub", {"livekit.yaml": "port: 2"})
    tree = past(repository)
    assert tree.state("sub") == "directory"
    assert tree.state("sub/livekit.yaml") == Opening(str(repository)).tree().state("sub/livekit.yaml")
    assert tree.read("sub/livekit.yaml") == "port: 2"


def test_what_a_sparse_checkout_leaves_out_is_left_out_on_both_sides(stack: Path) -> None:
    git(stack, "sparse-checkout", "set", "--no-cone", "/compose.yaml", "/.gitignore")
    tree = past(stack)
    assert tree.files == (".gitignore", "compose.yaml")
    assert tree.state("same.yaml") == "ignored"
    assert tree.state("api") == "ignored"


def test_a_work_tree_of_its_own(stack: Path, tmp_path: Path) -> None:
    git(stack, "worktree", "add", "--quiet", str(tmp_path / "second"), "-b", "second")
    write_files(tmp_path / "second", {"compose.yaml": "new"})
    assert past(tmp_path / "second", "main").read("compose.yaml") == "old"


def test_nothing_is_written_and_no_program_started(stack: Path) -> None:
    started = stack.parent / "started"
    for name in ("core.fsmonitor", "diff.external", "core.sshCommand", "core.pager", "diff.made-up.textconv"):
        git(stack, "config", name, f"touch {started}")
    write_files(stack, {".git/info/attributes": "*.yaml diff=made-up\n", ".git/hooks/post-checkout": "#!/bin/sh\n"})
    os.utime(stack / "compose.yaml")
    before = {path: path.lstat().st_mtime_ns for path in (stack / ".git").rglob("*")}
    tree = past(stack)
    assert tree.read("compose.yaml") == "old"
    tree.close()
    assert {path: path.lstat().st_mtime_ns for path in (stack / ".git").rglob("*")} == before
    assert not started.exists()


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "", "-x", "--output=pwned", "--all", "HEAD..HEAD", "^HEAD", "HEAD~9", "HEAD:same.yaml", "a\nb"],
)
def test_what_is_no_revision(stack: Path, revision: str) -> None:
    before = {path: path.lstat().st_mtime_ns for path in stack.rglob("*")}
    with pytest.raises(RepoError, match=r"^--base: ") as raised:
        past(stack, revision)
    assert "\n" not in str(raised.value)
    assert {path: path.lstat().st_mtime_ns for path in stack.rglob("*")} == before


def test_no_commit_yet(repository: Path) -> None:
    with pytest.raises(RepoError, match="not know the revision 'HEAD'"):
        past(repository)


def test_histories_that_have_nothing_in_common(stack: Path) -> None:
    git(stack, "checkout", "--quiet", "--orphan", "other")
    commit(stack, {"other.yaml": ""})
    with pytest.raises(RepoError, match=r"HEAD and 'main' have no commit in common$"):
        past(stack, "main")


def test_a_shallow_clone_says_how_to_get_the_rest(stack: Path, tmp_path: Path) -> None:
    git(stack, "checkout", "--quiet", "-b", "mine")
    for number in range(3):
        commit(stack, {"compose.yaml": f"mine {number}"})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=mine", stack.as_uri(), str(clone))
    for revision in ("origin/main", "HEAD~1"):
        with pytest.raises(RepoError, match="this clone is shallow: run `git fetch"):
            past(clone, revision)
    git(clone, "fetch", "--depth=1", "origin", "main:refs/remotes/origin/main")
    with pytest.raises(RepoError, match="this clone is shallow") as raised:
        past(clone, "origin/main")
    command = str(raised.value).split("`")[1].split()
    git(clone, *command[1:])
    assert past(clone, "origin/main").read("compose.yaml") == "old"


def test_a_partial_clone_fetches_nothing_and_says_how_to(stack: Path, tmp_path: Path) -> None:
    commit(stack, {"compose.yaml": "new"})
    git(stack, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", stack.as_uri(), str(clone))
    before = sorted((clone / ".git/objects").rglob("*"))
    tree = past(clone, "HEAD~1")
    with pytest.raises(RepoError, match="is incomplete") as raised:
        tree.read("compose.yaml")
    assert sorted((clone / ".git/objects").rglob("*")) == before
    git(clone, *str(raised.value).split("`")[1].split()[1:])
    assert past(clone, "HEAD~1").read("compose.yaml") == "old"


def test_without_git(tmp_path: Path) -> None:
    write_files(tmp_path, {"x.yaml": ""})
    with pytest.raises(RepoError, match="--base compares with a commit of git"):
        past(tmp_path)


NAMES = ("compose.yaml", "a/compose.yaml", "a/b/.env.example", "a/b/x.yaml", "c/livekit.yaml", "c/main.py", "link.yaml")


def shuffle(top: Path, chance: random.Random) -> None:
    """Some files come, go, change, move or turn into links; some of that is staged."""
    for name in chance.sample(NAMES, 3):
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if chance.random() < 0.2:
            path.symlink_to(os.path.relpath(top / chance.choice((*NAMES, "a", "c")), path.parent))
        elif chance.random() < 0.8:
            path.write_text(f"{chance.random()}\n" * chance.randint(1, 9))
    if chance.random() < 0.5:
        git(top, "add", "--all")


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_a_checkout_of_the_commit_would_hold(repository: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        shuffle(repository, chance)
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "--allow-empty", "--message", "x")
    revision = git(repository, "rev-parse", "HEAD~1").strip()
    git(repository, "worktree", "add", "--quiet", "--detach", str(tmp_path / "checkout"), revision)
    shuffle(repository, chance)
    git(repository, "add", "--intent-to-add", "--all")  # so that nothing is untracked
    then, checkout = past(repository, revision), Opening(str(tmp_path / "checkout")).tree()
    assert then.files == checkout.files
    for path in (*NAMES, "nowhere", "a/nowhere.yaml", "link.yaml/b/x.yaml"):
        assert then.state(path) == checkout.state(path), path
    for path in ("a", "a/b", "c"):
        assert checkout.state(path) in ("missing", then.state(path)), "an empty directory may stand here"
    assert [path for path in then.files if then.tracked(path)] == [
        path for path in checkout.files if checkout.tracked(path)
    ]
    assert {path: then.read(path) for path in then.files} == {path: checkout.read(path) for path in checkout.files}
