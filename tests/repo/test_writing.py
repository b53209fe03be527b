"""Writing all files or none."""

import json
import multiprocessing
import os
import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import pytest
from conftest import git, names, write_files

from configlint.repo import Change, DiskTree, Opening, WriteError, recovery, write

OLD = {"a.env": "A=old\n", "b/c.yaml": "c: old\n", "d.py": "d = 'old'\n"}
NEW = {path: content.replace("old", "new and longer") for path, content in OLD.items()}
CHANGES = {path: Change(OLD[path], NEW[path]) for path in OLD}


@pytest.fixture(params=["git", "plain"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A directory with the files of `OLD`."""
    top = tmp_path / "root"
    write_files(top, OLD)
    if request.param == "git":
        git(tmp_path, "init", "--quiet", "root")
    return top


def contents(root: Path) -> dict[str, str]:
    return {path: (root / path).read_bytes().decode() for path in OLD}


def leftovers(root: Path) -> list[str]:
    """What no run may leave behind, in the repository or where its user's journals are kept."""
    kept = Path(os.environ["XDG_STATE_HOME"], "configlint")
    return [str(path) for path in (*root.rglob("*"), *kept.glob("*")) if "configlint" in path.name or ".j" in path.name]


def refused(tree: DiskTree, changes: dict[str, Change], message: str) -> None:
    """Writing must fail, name the file, and touch nothing."""
    root = Path(tree.root)
    before = {path: (path.lstat(), path.read_bytes()) for path in root.rglob("*.*") if path.is_file()}
    with pytest.raises(WriteError, match=message):
        write(tree, changes)
    for path, (status, content) in before.items():
        assert path.read_bytes() == content
        assert path.lstat().st_ino == status.st_ino
        assert path.lstat().st_mtime_ns == status.st_mtime_ns
    assert leftovers(root) == []


def test_all_files_are_written(root: Path) -> None:
    write(Opening(str(root)).tree(), CHANGES)
    assert contents(root) == NEW
    assert leftovers(root) == []


def test_what_is_written_already_is_left_alone(root: Path) -> None:
    tree = Opening(str(root)).tree()
    write_files(root, {"a.env": NEW["a.env"]})
    inode = (root / "a.env").stat().st_ino
    write(tree, CHANGES | {"d.py": Change(OLD["d.py"], OLD["d.py"])})
    assert contents(root) == NEW | {"d.py": OLD["d.py"]}
    assert (root / "a.env").stat().st_ino == inode
    write(tree, {})


def test_bytes_are_kept(tmp_path: Path) -> None:
    old = "\ufeffA=1\r\nB=é\rC=\n\n"
    write_files(tmp_path, {".env": old})
    tree = Opening(str(tmp_path)).tree()
    write(tree, {".env": Change(tree.read(".env"), tree.read(".env").replace("1", "日本"))})
    assert (tmp_path / ".env").read_bytes() == old.replace("1", "日本").encode()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o666])
def test_mode_and_attributes_are_kept(root: Path, mode: int) -> None:
    target = root / "a.env"
    target.chmod(mode)
    os.setxattr(target, "user.note", b"kept")
    write(Opening(str(root)).tree(), CHANGES)
    assert target.stat().st_mode & 0o7777 == mode
    assert os.getxattr(target, "user.note") == b"kept"


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can give a file away")
def test_the_owner_is_kept(root: Path) -> None:
    os.chown(root / "a.env", 1234, 5678)
    write(Opening(str(root)).tree(), CHANGES)
    status = (root / "a.env").stat()
    assert (status.st_uid, status.st_gid) == (1234, 5678)


def test_a_link_is_written_through(root: Path) -> None:
    (root / "link.yaml").symlink_to("b/c.yaml")
    write(Opening(str(root)).tree(), {"link.yaml": CHANGES["b/c.yaml"]})
    assert (root / "link.yaml").is_symlink()
    assert (root / "b/c.yaml").read_text() == NEW["b/c.yaml"]


def test_a_file_of_two_names_is_written_once(root: Path) -> None:
    (root / "link.yaml").symlink_to("b/c.yaml")
    tree = Opening(str(root)).tree()
    refused(tree, {"link.yaml": CHANGES["b/c.yaml"], "b/c.yaml": Change(OLD["b/c.yaml"], "other")}, "link.yaml")
    write(tree, {"link.yaml": CHANGES["b/c.yaml"], "b/c.yaml": CHANGES["b/c.yaml"]})
    assert (root / "b/c.yaml").read_text() == NEW["b/c.yaml"]


def test_the_other_names_of_a_hard_link_keep_the_old_content(root: Path) -> None:
    os.link(root / "a.env", root / "again.env")
    write(Opening(str(root)).tree(), {"a.env": CHANGES["a.env"]})
    assert (root / "again.env").read_text() == OLD["a.env"]


def test_nothing_outside_the_root(root: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.yaml": "x"})
    (root / "link.yaml").symlink_to("../outside.yaml")
    tree = Opening(str(root)).tree()
    for path in ("link.yaml", "../outside.yaml", str(tmp_path / "outside.yaml")):
        with pytest.raises(WriteError, match="outside"):
            write(tree, CHANGES | {path: Change("x", "y")})
    assert (tmp_path / "outside.yaml").read_text() == "x"
    assert contents(root) == OLD


def test_changed_by_somebody_else(root: Path) -> None:
    tree = Opening(str(root)).tree()
    write_files(root, {"b/c.yaml": "c: theirs\n"})
    refused(tree, CHANGES, "b/c.yaml was changed by somebody else")


def test_changed_by_somebody_else_at_the_last_moment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def meanwhile(source: str, target: str, *, follow_symlinks: bool) -> None:
        link(source, target, follow_symlinks=follow_symlinks)
        write_files(root, {"d.py": "theirs"})

    monkeypatch.setattr(os, "link", meanwhile)
    with pytest.raises(WriteError, match=r"d\.py was changed by somebody else"):
        write(Opening(str(root)).tree(), CHANGES)
    assert contents(root) == OLD | {"d.py": "theirs"}
    assert leftovers(root) == []


def test_gone(root: Path) -> None:
    tree = Opening(str(root)).tree()
    (root / "d.py").unlink()
    refused(tree, CHANGES, "d.py does not exist")


def test_read_only(root: Path) -> None:
    (root / "d.py").chmod(0o444)
    refused(Opening(str(root)).tree(), CHANGES, "d.py cannot be written: it is read-only")


def test_no_text(root: Path) -> None:
    refused(Opening(str(root)).tree(), CHANGES | {"d.py": Change(OLD["d.py"], "\ud800")}, "d.py")


def test_what_the_user_may_not_write(unprivileged: Path, state: Path) -> None:
    write_files(unprivileged, OLD)
    tree = Opening(str(unprivileged)).tree()
    (unprivileged / "b").chmod(0o555)
    refused(tree, CHANGES, "b/c.yaml cannot be written: permission denied")
    (unprivileged / "b").chmod(0o755)
    (unprivileged / "b/c.yaml").chmod(0o044)
    with pytest.raises(WriteError, match=r"b/c\.yaml"):
        write(tree, CHANGES)
    (unprivileged / "b/c.yaml").chmod(0o644)
    state.chmod(0o500)
    refused(tree, {"b/c.yaml": CHANGES["b/c.yaml"]}, "journal cannot be written: permission denied")
    state.chmod(0o700)
    write(tree, CHANGES)
    assert contents(unprivileged) == NEW


@pytest.fixture
def immutable(root: Path) -> Iterator[Path]:
    target = root / "d.py"
    if subprocess.run(["chattr", "+i", str(target)], capture_output=True, check=False).returncode != 0:
        pytest.skip("no immutable files here")
    yield root
    subprocess.run(["chattr", "-i", str(target)], check=True)


def test_immutable(immutable: Path) -> None:
    refused(Opening(str(immutable)).tree(), CHANGES, "d.py cannot be written: operation not permitted")


def test_an_immutable_directory_is_noticed_after_other_files_were_prepared(root: Path) -> None:
    if subprocess.run(["chattr", "+i", str(root / "b")], capture_output=True, check=False).returncode != 0:
        pytest.skip("no immutable directories here")
    try:
        refused(Opening(str(root)).tree(), CHANGES, "b/c.yaml cannot be written: operation not permitted")
    finally:
        subprocess.run(["chattr", "-i", str(root / "b")], check=True)


def test_a_full_disk(root: Path) -> None:
    """The file size limit stands in for the disk: writing fails in the middle of the second file."""
    tree = Opening(str(root)).tree()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        refused(
            tree, CHANGES | {"b/c.yaml": Change(OLD["b/c.yaml"], "c" * 20_000)}, "b/c.yaml cannot be written: file too"
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_really_full_disk() -> None:
    with TemporaryDirectory() as name:
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "none", name], capture_output=True, check=False
        ).returncode:
            pytest.skip("no file system can be mounted here")
        try:
            write_files(Path(name), OLD)
            tree = Opening(name).tree()
            refused(tree, CHANGES | {"b/c.yaml": Change(OLD["b/c.yaml"], "c" * 80_000)}, "no space left")
            write(tree, CHANGES)
            assert contents(Path(name)) == NEW
        finally:
            subprocess.run(["umount", name], check=True)


def test_a_target_that_is_a_mount_of_its_own(root: Path, tmp_path: Path) -> None:
    """As a container has it that was given one file: it can be written, and not replaced."""
    write_files(tmp_path, {"d.py": OLD["d.py"]})
    if subprocess.run(
        ["mount", "--bind", tmp_path / "d.py", root / "d.py"], capture_output=True, check=False
    ).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        refused(Opening(str(root)).tree(), CHANGES, "d.py cannot be written: device or resource busy")
    finally:
        subprocess.run(["umount", str(root / "d.py")], check=True)


def test_without_hard_links_the_old_content_is_copied(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for a file system that has none, and then for one that fails after the first rename."""
    (root / "a.env").chmod(0o640)

    def no_links(*_paths: str, **_options: bool) -> None:
        raise OSError(95, "operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    rename, done = os.replace, 0

    def failing(source: str, target: str) -> None:
        nonlocal done
        done += source.endswith(".new") and "journal" not in source
        if done == 3 and source.endswith(".new"):
            raise OSError(5, "Input/output error")
        rename(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(WriteError, match=r"d.py cannot be written: input/output error"):
        write(Opening(str(root)).tree(), CHANGES)
    assert contents(root) == OLD
    assert leftovers(root) == []
    assert (root / "a.env").stat().st_mode & 0o777 == 0o640
    monkeypatch.setattr(os, "replace", rename)
    write(Opening(str(root)).tree(), CHANGES)
    assert contents(root) == NEW
    assert leftovers(root) == []


def test_an_interruption_takes_everything_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, done = os.replace, 0

    def interrupted(source: str, target: str) -> None:
        nonlocal done
        rename(source, target)
        done += 1
        if done == 3:  # the journal, the first file, the second file
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(Opening(str(root)).tree(), CHANGES)
    assert contents(root) == OLD
    assert leftovers(root) == []


def test_another_run_is_waited_for(root: Path) -> None:
    tree = Opening(str(root)).tree()
    descriptor = os.open(root, os.O_RDONLY)
    flock(descriptor, LOCK_EX)
    timer = Timer(0.3, os.close, [descriptor])
    timer.start()
    write(tree, CHANGES)
    timer.join()
    assert contents(root) == NEW


def test_another_run_that_does_not_end(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "PATIENCE", 0.1)
    tree = Opening(str(root)).tree()
    descriptor = os.open(root, os.O_RDONLY)
    flock(descriptor, LOCK_EX)
    refused(tree, CHANGES, "another run")
    os.close(descriptor)


def _compete(root: str, number: int, results: "multiprocessing.Queue[str]") -> None:
    new = {path: Change(content, content.replace("old", str(number) * 2000)) for path, content in OLD.items()}
    tree = Opening(root).tree()
    try:
        write(tree, new)
    except WriteError as error:
        results.put(str(error))
    else:
        results.put("written")


def test_of_many_runs_one_wins(root: Path) -> None:
    processes = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[str] = processes.Queue()
    runs = [processes.Process(target=_compete, args=(str(root), number, results)) for number in range(6)]
    for run in runs:
        run.start()
    answers = [results.get(timeout=60) for _ in runs]
    for run in runs:
        run.join()
    assert answers.count("written") >= 1
    assert len({content.strip("acd:= '\nA") for content in contents(root).values()}) == 1
    assert leftovers(root) == []


def test_the_journal_is_closed_to_others_and_holds_no_content(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, str]] = []
    link: Callable[..., None] = os.link

    def look(source: str, target: str, *, follow_symlinks: bool) -> None:
        (path,) = [path for path in leftovers(root) if path.endswith(".journal")]
        seen.append((Path(path).stat().st_mode & 0o777, Path(path).read_text()))
        link(source, target, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "link", look)
    (root / "a.env").chmod(0o600)
    write(Opening(str(root)).tree(), CHANGES)
    assert len(seen) == 3
    for mode, text in seen:
        assert mode == 0o600
        assert json.loads(text).keys() == {"version", "time", "files"}
        assert "new and longer" not in text
        assert "old" not in text.replace(".old", "")


def test_what_is_written_is_closed_until_it_has_its_mode(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []
    put = os.write

    def look(descriptor: int, data: bytes) -> int:
        modes.append(os.fstat(descriptor).st_mode & 0o777)
        return put(descriptor, data)

    monkeypatch.setattr(os, "write", look)
    write(Opening(str(root)).tree(), CHANGES)
    assert set(modes) == {0o600}


def test_in_a_work_tree_of_its_own(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "main")
    write_files(tmp_path / "main", OLD)
    git(tmp_path / "main", "add", ".")
    git(tmp_path / "main", "commit", "--quiet", "-m", "x")
    git(tmp_path / "main", "worktree", "add", "--quiet", "../second")
    write(Opening(str(tmp_path / "second")).tree(), CHANGES)
    assert contents(tmp_path / "second") == NEW
    assert contents(tmp_path / "main") == OLD
    assert leftovers(tmp_path) == []


def test_a_part_of_a_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write_files(tmp_path / "part", OLD)
    write(Opening(str(tmp_path), root=str(tmp_path / "part")).tree(), CHANGES)
    assert contents(tmp_path / "part") == NEW
    assert names(tmp_path) == [".git", "part"]
    assert leftovers(tmp_path) == []
