"""The trace of a run shows whatever would change its answers."""

import marshal
import os
from collections.abc import Callable
from pathlib import Path
from stat import S_IFMT
from time import sleep

import pytest
from conftest import git, write_files

from configlint.repo import Opening, Trace, builtin_rules, read_outside
from configlint.repo.trace import Stamp


def moved(trace: Trace) -> bool:
    """Whether anything on the disk is not as the trace has it."""
    return (
        any(_stamp(path) != stamp for path, stamp in trace.stamps.items())
        or any(_kind(path) != kind for path, kind in trace.kinds.items())
        or any(str(Path(path).resolve()) != place for path, place in trace.places.items())
    )


def _stamp(path: str) -> Stamp | None:
    return Stamp.of(Path(path).stat()) if Path(path).exists() else None


def _kind(path: str) -> int:
    return S_IFMT(Path(path).stat().st_mode) if Path(path).exists() else 0


@pytest.fixture(params=["git", "walk"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    files = {".gitignore": ".env\n*.log\n", "compose.yaml": "a: 1\n", "a/b/livekit.yaml": "", "bare/x.log": ""}
    write_files(tmp_path, files)
    (tmp_path / "empty").mkdir()
    if request.param == "git":
        git(tmp_path, "init", "--quiet")
        git(tmp_path, "add", ".")
    return tmp_path


def looked(root: Path) -> Trace:
    tree = Opening(str(root)).tree()
    tree.read("compose.yaml")
    for path in ("a/.env", "data", "Dockerfile", "out/x.log", "a/b/../../bare/x.log"):
        tree.state(path)
    sleep(0.02)  # longer than the step of the clock that stamps files
    return tree.trace


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file that was read": lambda root: (root / "compose.yaml").write_text("a: 2\n"),
    "the same length, the same time": lambda root: _rewrite(root / "compose.yaml"),
    "a new file": lambda root: (root / "a/b/gunicorn.conf.py").touch(),
    "a new file where there were only directories": lambda root: (root / "a/x.yaml").touch(),
    "a new file in a directory that was empty": lambda root: (root / "empty/compose.yaml").touch(),
    "a new file in a directory of ignored files": lambda root: (root / "bare/compose.yaml").touch(),
    "a new directory": lambda root: write_files(root, {"new/compose.yaml": ""}),
    "an ignored env file": lambda root: (root / "a/.env").touch(),
    "a path that was absent": lambda root: (root / "Dockerfile").touch(),
    "a path that was there": lambda root: (root / "bare/x.log").unlink(),
    "a file that is gone": lambda root: (root / "a/b/livekit.yaml").unlink(),
    "an ignore file": lambda root: (root / ".gitignore").write_text("*.log\n"),
    "a new ignore file": lambda root: (root / "a/.gitignore").write_text("*.yaml\n"),
    "a file that is now a directory": lambda root: _to_directory(root / "bare/x.log"),
}


def _rewrite(path: Path) -> None:
    status = path.stat()
    path.write_text("a: 2\n")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _to_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(root: Path, change: str) -> None:
    trace = looked(root)
    assert not moved(trace)
    CHANGES[change](root)
    assert moved(trace)


def test_what_nobody_asked_for_is_not_in_it(root: Path) -> None:
    write_files(root, {"a/notes.txt": "x"})
    trace = looked(root)
    (root / "a/notes.txt").write_text("more")
    assert not moved(trace)


def test_the_listing_tells_of_the_index(repository: Path) -> None:
    write_files(repository, {"a.yaml": ""})
    before = Opening(str(repository)).tree().trace
    git(repository, "status")
    assert Opening(str(repository)).tree().trace.listing == before.listing
    git(repository, "add", "a.yaml")
    after = Opening(str(repository)).tree().trace
    assert after.listing != before.listing
    assert after.index == str(repository / ".git/index")


def test_the_list_of_what_git_hides_for_this_clone(repository: Path) -> None:
    exclude = repository / ".git/info/exclude"
    exclude.unlink(missing_ok=True)
    trace = Opening(str(repository)).tree().trace
    exclude.write_text("*.yaml\n")
    assert moved(trace)


def test_files_outside(tmp_path: Path) -> None:
    write_files(tmp_path, {"rule.yaml": "old"})
    trace = Trace()
    read_outside(str(tmp_path / "rule.yaml"), trace)
    builtin_rules(trace)
    assert not moved(trace)
    (tmp_path / "rule.yaml").write_text("new")
    assert moved(trace)
    assert str(Path(__file__).parents[2] / "rules") in trace.stamps


def test_it_can_be_kept(root: Path) -> None:
    trace = looked(root)
    plain = {path: tuple(stamp) for path, stamp in trace.stamps.items()}
    assert marshal.loads(marshal.dumps((plain, trace.kinds, trace.listing))) == (plain, trace.kinds, trace.listing)
