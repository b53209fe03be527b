"""A run that is killed while it writes: at every call to the system, and at random moments."""

import gc
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import git, write_files

from configlint.repo import Change, Opening, WriteError, write
from configlint.repo.journal import journal_path
from configlint.repo.private import make_private

SECRET_BEFORE, SECRET_AFTER = "s3cret-that-was", "s3cret-that-will-be"
OLD = {".env": f"S={SECRET_BEFORE}\n", "b/livekit.yaml": f"k: {SECRET_BEFORE}\n", "b/c.yaml": f"c: {SECRET_BEFORE}\n"}
NEW = {path: content.replace(SECRET_BEFORE, SECRET_AFTER) for path, content in OLD.items()}
CHANGES = {path: Change(OLD[path], NEW[path]) for path in OLD}

CALLS = ("open", "write", "fsync", "fchmod", "utime", "close", "link", "replace", "unlink")
"""All that a run does to the disk."""

Action = Callable[[Path], object]


def write_all(root: Path) -> None:
    write(Opening(str(root)).tree(), CHANGES)


def recover(root: Path) -> None:
    Opening(str(root), to_write=True).tree()


@pytest.fixture(params=["git", "plain"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    top = tmp_path / "root"
    top.mkdir()
    if request.param == "git":
        git(tmp_path, "init", "--quiet", "root")
    return top


class Fuse:
    """Kills this process just before its `step`-th call. With `torn`, half of what is to be written then is."""

    def __init__(self, step: int, torn: bool = False) -> None:
        self.left = step
        self.torn = torn
        for name in CALLS:
            setattr(os, name, self._wrapped(getattr(os, name), name))

    def _wrapped(self, call: Callable[..., Any], name: str) -> Callable[..., Any]:
        def wrapper(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                if self.torn and name == "write":
                    call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)

        return wrapper


def in_child(action: Action, root: Path, step: int, *, torn: bool = False) -> bool:
    """Run in a process of its own that is killed at a step; whether it came to its end before."""
    child = os.fork()
    if child == 0:
        code = 1
        gc.disable()  # it would copy all that is shared with the process of the tests
        try:
            Fuse(step, torn)
            action(root)
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def contents(root: Path) -> dict[str, str]:
    return {path: (root / path).read_text() for path in OLD}


def leftovers(root: Path) -> list[Path]:
    """What no run may leave behind, in the repository or where its user's journals are kept."""
    kept = Path(os.environ["XDG_STATE_HOME"], "configlint")
    return [path for path in root.rglob("*") if "configlint" in path.name] + list(kept.glob("*"))


def judge(root: Path) -> bool:
    """Every file is old or new, the journal holds no secret, and the next run leaves all old or all new, and no more.

    Whether they are new.
    """
    assert all(content in (OLD[path], NEW[path]) for path, content in contents(root).items())
    for path in leftovers(root):
        if "journal" in path.name:
            assert "s3cret" not in path.read_text()
            assert path.stat().st_mode & 0o777 == 0o600
    recover(root)
    assert leftovers(root) == []
    assert contents(root) in (OLD, NEW)
    return contents(root) == NEW


@pytest.mark.parametrize("torn", [False, True])
def test_killed_at_every_step(root: Path, torn: bool) -> None:
    outcomes = []
    for step in range(1, 1000):
        write_files(root, OLD)
        done = in_child(write_all, root, step, torn=torn)
        outcomes.append(judge(root))
        if done:
            break
    assert len(outcomes) > 40
    assert outcomes[0] is False
    assert outcomes[-1] is True
    assert outcomes == sorted(outcomes)  # there is one moment from which on everything is new


def test_killed_again_while_putting_back(root: Path) -> None:
    kills = 0
    for step in (25, 30, 34, 37, 40, 43, 46, 49, 52):
        for again in range(1, 100):
            write_files(root, OLD)
            in_child(write_all, root, step)
            done = in_child(recover, root, again)
            kills += not done
            judge(root)
            if done:
                break
    assert kills > 20


def test_killed_at_any_moment(root: Path) -> None:
    write_files(root, OLD)
    started = time.perf_counter()
    write_all(root)
    length = time.perf_counter() - started
    moments = random.Random(7)
    seen = set()
    for _ in range(60):
        write_files(root, OLD)
        tree = Opening(str(root)).tree()
        child = os.fork()
        if child == 0:
            try:
                write(tree, CHANGES)
            finally:
                os._exit(0)
        time.sleep(moments.uniform(0, length))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(judge(root))
    assert False in seen


def killed_between_renames(root: Path) -> None:
    """Leave the disk as a run does that was killed after its first rename."""
    write_files(root, OLD)
    for step in range(1, 1000):
        in_child(write_all, root, step)
        if contents(root) not in (OLD, NEW):
            return
        recover(root)
    raise AssertionError("there is such a moment")


def test_the_user_is_told(root: Path) -> None:
    killed_between_renames(root)
    assert "an interrupted fix was taken back" in Opening(str(root), to_write=True).tree().notes
    assert "an interrupted fix was taken back" not in Opening(str(root), to_write=True).tree().notes


def test_a_run_that_only_reads_writes_nothing_and_tells_of_it(root: Path) -> None:
    killed_between_renames(root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert any("a fix was interrupted here" in note for note in Opening(str(root)).tree().notes)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    recover(root)
    assert not any("interrupted" in note for note in Opening(str(root)).tree().notes)


def test_the_next_fix_puts_back_and_writes(root: Path) -> None:
    write_files(root, OLD)
    tree = Opening(str(root)).tree()
    killed_between_renames(root)
    write(tree, CHANGES)
    assert contents(root) == NEW
    assert leftovers(root) == []


def test_what_was_changed_since_is_kept(root: Path) -> None:
    killed_between_renames(root)
    time.sleep(0.02)  # longer than the step of the clock that stamps files
    written = next(path for path, content in contents(root).items() if content == NEW[path])
    (root / written).write_text("mine")
    assert f"{written} was changed since, and is kept" in Opening(str(root), to_write=True).tree().notes
    assert contents(root) == OLD | {written: "mine"}
    assert leftovers(root) == []


def test_what_was_removed_since_stays_removed(root: Path) -> None:
    killed_between_renames(root)
    for path in OLD:
        (root / path).unlink()
    (root / "b/x").touch()
    recover(root)
    assert leftovers(root) == []
    assert not any((root / path).exists() for path in OLD)


def test_a_directory_that_is_gone_since(root: Path) -> None:
    killed_between_renames(root)
    for path in (root / "b").iterdir():
        path.unlink()
    (root / "b").rmdir()
    recover(root)
    assert leftovers(root) == []
    assert (root / ".env").read_text() == OLD[".env"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[" * 100_000,
        b"[]",
        b'{"version": 1, "time": "x", "files": []}',
        b'{"version": 2, "time": 1, "files": []}',
        b'{"version": 1, "time": 1, "files": [["../x.yaml", ".configlint-a.new", ".configlint-a.old"]]}',
        b'{"version": 1, "time": 1, "files": [["/etc/x", ".configlint-a.new", ".configlint-a.old"]]}',
        b'{"version": 1, "time": 1, "files": [["a.yaml", "../.configlint-a.new", ".configlint-a.old"]]}',
        b'{"version": 1, "time": 1, "files": [["a.yaml", ".configlint-a.new", "precious"]]}',
        b'{"version": 1, "time": 1, "files": [["a.yaml", 1, ".configlint-a.old"]]}',
        b'{"version": 1, "time": 1, "files": [["out/x.yaml", ".configlint-a.new", ".configlint-a.old"]]}',
    ],
)
def test_a_journal_that_is_not_one_of_ours_is_not_obeyed(tmp_path: Path, state: Path, content: bytes) -> None:
    """Even where only this user can have written it: a disk may be damaged."""
    root = tmp_path / "root"
    write_files(root, {"a.yaml": "a", "precious": "p"})
    write_files(tmp_path, {"x.yaml": "x", ".configlint-a.old": "evil", ".configlint-a.new": "evil"})
    (root / "out").symlink_to("..")
    put_journal(root, content)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    tree = Opening(str(root), to_write=True).tree()
    assert "remove it" in tree.notes[0]
    with pytest.raises(Exception, match="remove it"):
        write(tree, {"a.yaml": Change("a", "b")})
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def put_journal(root: Path, content: bytes, mode: int = 0o600) -> Path:
    path = Path(journal_path(str(root)))
    make_private(str(path.parent))
    path.write_bytes(content)
    path.chmod(mode)
    return path


FORGED = {
    "a.yaml": "a",
    ".configlint-a.old": "evil",
    ".configlint-journal": """{"version": 1, "time": 9999999999999999999,
        "files": [["a.yaml", ".configlint-a.new", ".configlint-a.old"]]}""",
}


@pytest.mark.parametrize("refused", [False, True], ids=["no repository", "a repository that git refuses"])
def test_a_repository_cannot_bring_a_journal_along(tmp_path: Path, refused: bool) -> None:
    """Neither in its files nor, as an archive, in its git directory; be it checked or fixed."""
    git(tmp_path, "init", "--quiet")
    write_files(tmp_path, FORGED | {".git/configlint-journal": FORGED[".configlint-journal"]})
    (tmp_path / ".git" / ("HEAD" if refused else "index")).write_bytes(b"broken")
    for to_write in (False, True):
        Opening(str(tmp_path), to_write=to_write).tree()
    write(Opening(str(tmp_path), to_write=True).tree(), {"a.yaml": Change("a", "b")})
    assert (tmp_path / "a.yaml").read_text() == "b"
    assert (tmp_path / ".configlint-journal").read_text() == FORGED[".configlint-journal"]
    assert (tmp_path / ".configlint-a.old").read_text() == "evil"


@pytest.mark.parametrize("open_to_others", ["the journal", "its directory"])
def test_a_journal_that_somebody_else_may_have_written_is_not_obeyed(
    tmp_path: Path, state: Path, open_to_others: str
) -> None:
    root = tmp_path / "root"
    write_files(root, FORGED)
    path = put_journal(root, FORGED[".configlint-journal"].encode())
    (path if open_to_others == "the journal" else path.parent).chmod(0o777)
    tree = Opening(str(root), to_write=True).tree()
    with pytest.raises(WriteError):
        write(tree, {"a.yaml": Change("a", "b")})
    assert (root / "a.yaml").read_text() == "a"


def test_a_repository_may_be_moved_before_it_is_recovered(root: Path) -> None:
    killed_between_renames(root)
    moved = root.rename(root.with_name("moved"))
    recover(moved)
    assert contents(moved) == OLD
    assert leftovers(moved) == []
