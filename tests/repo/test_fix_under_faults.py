"""`configlint fix` itself, as a process: killed at random moments, and before files that cannot be written."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import git, write_files

OLD = {
    ".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-old-made-up-and-old-made-up\n",
    "livekit.yaml": "keys:\n  devkey: made-up-and-right-made-up-and-right-made-up\n",
    "docker-compose.yml": "services:\n  api:\n    image: registry.example/api\n"
    "    command: gunicorn --workers 1 app:app\n    env_file: .env\n",
    "lib/a.dart": "const url = 'http://localhost:8000';\n",
    "pubspec.yaml": "name: a\ndependencies: {flutter: {sdk: flutter}}\n",
    ".configlint.yaml": "workers: {default: 3}\nmobile: {host: 10.1.2.3}\n",
}
NEW = OLD | {
    ".env": OLD[".env"].replace(
        "made-up-and-old-made-up-and-old-made-up", "made-up-and-right-made-up-and-right-made-up"
    ),
    "docker-compose.yml": OLD["docker-compose.yml"].replace("--workers 1", "--workers 3"),
    "lib/a.dart": OLD["lib/a.dart"].replace("localhost", "10.1.2.3"),
}
START = "from configlint.cli import main; main()"


@pytest.fixture(params=["git", "plain"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    top = tmp_path / "root"
    write_files(top, OLD)
    if request.param == "git":
        git(tmp_path, "init", "--quiet", "root")
        (top / ".gitignore").write_text(".env\n")
    return top


def homes(root: Path) -> dict[str, str]:
    home = root.parent
    return {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state")}


def start(root: Path, *arguments: str, by: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*by, sys.executable, "-c", START, *arguments],
        cwd=root,
        env=os.environ | homes(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def fix(root: Path, *, by: tuple[str, ...] = ()) -> tuple[int, str]:
    process = start(root, "fix", "--unsafe", by=by)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert "made-up" not in out + err
    return process.returncode, err


def contents(root: Path) -> dict[str, str]:
    return {path: (root / path).read_text() for path in OLD}


def leftovers(root: Path) -> list[Path]:
    kept = root.parent / "state/configlint"
    return [path for path in root.rglob("*") if "configlint-" in path.name] + list(kept.glob("*"))


def test_all_three_are_mended(root: Path) -> None:
    """Else nothing below shows anything."""
    code, _ = fix(root)
    assert code == 0
    assert contents(root) == NEW
    assert leftovers(root) == []


def test_killed_at_any_moment(root: Path) -> None:
    """The next run, whatever its command, leaves all files old or all new; nothing that is left before is readable."""
    started = time.monotonic()
    fix(root)
    length = time.monotonic() - started
    moments = random.Random(11)
    outcomes = set()
    for _ in range(15):
        write_files(root, OLD)
        process = start(root, "fix", "--unsafe")
        # Most of a run is reading; it writes towards its end.
        time.sleep(length * moments.uniform(0.6, 1.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert all(content in (OLD[path], NEW[path]) for path, content in contents(root).items())
        for path in leftovers(root):
            if "journal" in path.name:
                assert path.stat().st_mode & 0o777 == 0o600
                assert "made-up" not in path.read_text()
        start(root, "fix", "--select", "unused-suppression").communicate()
        assert leftovers(root) == []
        assert contents(root) in (OLD, NEW)
        outcomes.add(contents(root) == NEW)
    assert outcomes


NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all,+dac_read_search",
          "--ambient-caps=+dac_read_search", "--bounding-set=-all,+dac_read_search")  # fmt: skip
"""Runs a program as a user without privileges, who may read everything (the interpreter, too) and write only what is
his."""


def somebody_else() -> bool:
    return subprocess.run([*NOBODY, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A repository of somebody who is not the superuser."""
    write_files(tmp_path / "root", OLD)
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, 65534, 65534)
    return tmp_path / "root"


@pytest.mark.skipif(not somebody_else(), reason="nobody can become somebody else here")
@pytest.mark.parametrize(
    ("path", "mode"), [("lib", 0o555), ("lib/a.dart", 0o444), ("docker-compose.yml", 0o400), (".", 0o555)]
)
def test_without_the_right_to_write(shared: Path, path: str, mode: int) -> None:
    """As a user without privileges: modes mean nothing to the superuser, as whom tests often run."""
    before = (shared / path).stat().st_mode
    (shared / path).chmod(mode)
    code, err = fix(shared, by=NOBODY)
    (shared / path).chmod(before)
    assert code == 1
    assert "cannot be written" in err
    assert contents(shared) == OLD
    assert leftovers(shared) == []
    assert fix(shared, by=NOBODY)[0] == 0
    assert contents(shared) == NEW


@pytest.mark.skipif(not somebody_else(), reason="nobody can become somebody else here")
def test_files_of_somebody_else(shared: Path) -> None:
    os.chown(shared / "docker-compose.yml", 0, 0)
    (shared / "docker-compose.yml").chmod(0o644)
    code, err = fix(shared, by=NOBODY)
    assert code == 1
    assert "docker-compose.yml cannot be written: permission denied" in err
    assert contents(shared) == OLD
    assert leftovers(shared) == []


def mounted(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def test_a_file_system_that_is_read_only(root: Path) -> None:
    if not mounted("--bind", str(root), str(root)):
        pytest.skip("nothing can be mounted here")
    try:
        assert mounted("-o", "remount,bind,ro", str(root))
        code, err = fix(root)
        assert code == 1
        assert "read-only file system" in err
        assert contents(root) == OLD
        assert leftovers(root) == []
    finally:
        subprocess.run(["umount", str(root)], check=True)


def test_a_part_that_is_read_only(root: Path) -> None:
    if not mounted("--bind", str(root / "lib"), str(root / "lib")):
        pytest.skip("nothing can be mounted here")
    try:
        assert mounted("-o", "remount,bind,ro", str(root / "lib"))
        code, err = fix(root)
        assert (code, "lib/a.dart cannot be written" in err) == (1, True)
        assert contents(root) == OLD
        assert leftovers(root) == []
    finally:
        subprocess.run(["umount", str(root / "lib")], check=True)


def test_a_full_disk_at_every_size(tmp_path: Path) -> None:
    """A tmpfs on which ever less is free: all new, or all old and nothing left."""
    outer = tmp_path / "disk"
    outer.mkdir()
    outcomes = set()
    for free in range(9):
        if not mounted("-t", "tmpfs", "-o", "size=128k", "none", str(outer)):
            pytest.skip("no file system can be mounted here")
        try:
            root = outer / "root"
            write_files(root, OLD)
            with (outer / "ballast").open("wb", buffering=0) as ballast:
                try:
                    while True:
                        ballast.write(b"x" * 4096)
                except OSError:
                    pass
                ballast.truncate(max(ballast.tell() - free * 4096, 0))
            code, err = fix(root)
            assert contents(root) in (OLD, NEW), free
            assert leftovers(root) == []
            assert (code == 0) == (contents(root) == NEW), err
            assert code == 0 or "no space left" in err
            outcomes.add(code)
        finally:
            subprocess.run(["umount", str(outer)], check=True)
    assert outcomes == {0, 1}


@pytest.mark.parametrize("path", ["lib/a.dart", "lib", "docker-compose.yml"])
def test_immutable(root: Path, path: str) -> None:
    if subprocess.run(["chattr", "+i", str(root / path)], capture_output=True, check=False).returncode:
        pytest.skip("no immutable files here")
    try:
        code, err = fix(root)
        assert code == 1
        assert "operation not permitted" in err
        assert contents(root) == OLD
        assert leftovers(root) == []
    finally:
        subprocess.run(["chattr", "-i", str(root / path)], check=True)


def test_changed_by_somebody_else_between_reading_and_writing(root: Path) -> None:
    """The process is stopped when it has read everything, and goes on when a file is another one."""
    held = root.parent / "held"
    code = (
        "import os, signal\n"
        "from configlint import repo\n"
        "from configlint.cli import fix\n"
        "write = fix.write\n"
        "def wait(*arguments):\n"
        f"    open({str(held)!r}, 'w').close()\n"
        "    os.kill(os.getpid(), signal.SIGSTOP)\n"
        "    return write(*arguments)\n"
        "fix.write = wait\n" + START
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "fix", "--unsafe"], cwd=root, stderr=subprocess.PIPE, text=True,
        env=os.environ | homes(root),
    )  # fmt: skip
    end = time.monotonic() + 60
    while not held.exists() and time.monotonic() < end:
        time.sleep(0.01)
    (root / "docker-compose.yml").write_text("services: {}\n")
    while process.poll() is None:
        process.send_signal(signal.SIGCONT)
        time.sleep(0.02)
    _, err = process.communicate()
    assert process.returncode == 1
    assert "docker-compose.yml was changed by somebody else" in err
    assert contents(root) == OLD | {"docker-compose.yml": "services: {}\n"}
    assert leftovers(root) == []
