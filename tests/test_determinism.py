"""The same files give the same bytes: again, elsewhere, in any order of listing, and wherever the machine stands."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from running import HOMES, git, write

from configlint.cli.commands import cli
from configlint.report import FORMATS

EXAMPLES = Path(__file__).parent.parent / "examples"

OTHERWISE = {
    "another locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "no locale": {"LC_ALL": "C.UTF-8"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "another seed of hashes": {"PYTHONHASHSEED": "4242"},
    "no seed of hashes": {"PYTHONHASHSEED": "0"},
    "another machine": {"USER": "nobody", "LOGNAME": "nobody", "HOSTNAME": "elsewhere", "LIVEKIT_API_SECRET": "poison",
                        "COMPOSE_FILE": "/nowhere", "WEB_CONCURRENCY": "97", "COLUMNS": "40"},
}  # fmt: skip

START = """\
import os, random, sys
umask, seed = int(sys.argv.pop(1)), sys.argv.pop(1)
os.umask(umask)
if seed:
    shuffle, scan, names = random.Random(seed).shuffle, os.scandir, os.listdir
    class Shuffled(list):
        def __enter__(self): return self
        def __exit__(self, *_): return None
        def close(self): return None
    def scandir(*where):
        with scan(*where) as found: made = Shuffled(found)
        shuffle(made)
        return made
    def listdir(*where):
        made = names(*where)
        shuffle(made)
        return made
    os.scandir, os.listdir = scandir, listdir
from configlint.cli import main
main()
"""
"""The command, with a umask, and with directories listed in an order that a seed decides."""


def starts(
    root: Path,
    *arguments: str,
    umask: int = 0o022,
    seed: str = "",
    environment: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """All that a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", START, str(umask), seed, *arguments],
        cwd=root,
        env={**os.environ, **HOMES, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + b"\0" + done.stderr + bytes([done.returncode])


ASKED = [
    *(("check", "--format", form, "--verbose") for form in FORMATS),
    ("check", "--stats", "--verbose"),
    ("check", "--quiet"),
    ("fix", "--diff"),
    ("fix", "--diff", "--unsafe"),
    ("why", "LIVEKIT_API_SECRET"),
    ("why", "api.workers", "--format", "json"),
    ("rules",),
    ("explain", "secret-parity"),
    ("schema",),
    ("schema", "rule"),
]
WRITES = {"baseline", "init", "clean", "test"}
"""Commands whose result is a file, is seen in `test_what_is_written`, or says nothing of a repository."""


def test_every_command_is_here() -> None:
    assert {arguments[0] for arguments in ASKED} | WRITES == set(cli.commands)


def stack(root: Path, *, by: str) -> Path:
    """Everything that the examples get wrong, several times over, so that there is something to put in order."""
    for name in ("compose-stack", "livekit-stack", "websocket"):
        for copy in ("", "again"):
            shutil.copytree(EXAMPLES / name / "broken", root / f"{name}{copy}")
    for path in root.rglob(".configlint.yaml"):
        path.unlink()
    write(root, {".configlint.yaml": "workers: {default: 3}\nmobile: {host: 10.1.2.3}\n", "Straße/ünï.env": "A=é\n"})
    if by == "git":
        git(root, "init", "--quiet")
        git(root, "add", "--all")
    return root


@pytest.fixture(scope="module", params=["git", "walk"])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stack(tmp_path_factory.mktemp("here") / "stack", by=request.param)


@pytest.fixture(scope="module")
def plain(root: Path) -> dict[tuple[str, ...], bytes]:
    """What a run says that nothing is changed for."""
    return {arguments: starts(root, *arguments, "--no-cache") for arguments in readers()}


def readers() -> Iterator[tuple[str, ...]]:
    """What is asked of a repository."""
    yield from (arguments for arguments in ASKED if arguments[0] != "schema")


def test_there_is_something_to_put_in_order(plain: dict[tuple[str, ...], bytes]) -> None:
    assert plain["check", "--format", "concise", "--verbose"].count(b"\n") > 30


def same(
    root: Path,
    plain: dict[tuple[str, ...], bytes],
    number: int,
    seed: str = "",
    otherwise: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Every third command each time, for each costs a process: together they ask for all, several times."""
    for position, arguments in enumerate(plain):
        if position % 3 == number % 3:
            assert starts(root, *arguments, "--no-cache", seed=seed, environment=otherwise) == plain[arguments], (
                arguments
            )


def test_again(root: Path, plain: dict[tuple[str, ...], bytes]) -> None:
    same(root, plain, 0)


@pytest.mark.parametrize("number", range(3))
def test_in_any_order_of_listing(root: Path, plain: dict[tuple[str, ...], bytes], number: int) -> None:
    same(root, plain, number, seed=f"{number}")


@pytest.mark.parametrize("what", OTHERWISE)
def test_anywhere(root: Path, plain: dict[tuple[str, ...], bytes], what: str) -> None:
    same(root, plain, list(OTHERWISE).index(what), otherwise=OTHERWISE[what])


def test_under_another_umask(root: Path, plain: dict[tuple[str, ...], bytes]) -> None:
    for arguments in list(plain)[::4]:
        assert starts(root, *arguments, "--no-cache", umask=0o077) == plain[arguments]


def test_in_a_copy_elsewhere(root: Path, plain: dict[tuple[str, ...], bytes], tmp_path: Path) -> None:
    """Copied in another order, so that the disk lists it otherwise, under another name and from another directory."""
    copy = tmp_path / "a longer name, elsewhere"
    paths = sorted(
        (path for path in root.rglob("*") if not path.is_dir()), key=lambda path: random.Random(f"{path}").random()
    )
    for path in paths:
        target = copy / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        os.utime(target, (1, 1))
    for directory in root.rglob("*"):
        if directory.is_dir():
            (copy / directory.relative_to(root)).mkdir(parents=True, exist_ok=True)
    for arguments, said in plain.items():
        assert starts(copy, *arguments, "--no-cache") == said, arguments


def test_what_is_written(root: Path, tmp_path: Path) -> None:
    left = []
    for number in range(2):
        copy = shutil.copytree(root, tmp_path / f"{number}")
        for arguments in (("baseline",), ("fix", "--unsafe"), ("baseline", "--prune")):
            starts(
                copy,
                *arguments,
                "--no-cache",
                seed=f"{number}",
                umask=[0o022, 0o077][number],
                environment={"TZ": ["UTC", "Asia/Tokyo"][number]},
            )
        (copy / ".configlint.yaml").unlink()
        starts(copy, "init", "--no-cache", seed=f"{number}")
        left.append({str(path.relative_to(copy)): path.read_bytes() for path in copy.rglob("*")
                     if path.is_file() and ".git/" not in f"{path}"})  # fmt: skip
    assert ".configlint-baseline" in left[0]
    assert left[0] == left[1]


def test_the_schema_is_the_same_everywhere(tmp_path: Path) -> None:
    for what in ("config", "rule"):
        first = starts(tmp_path, "schema", what)
        assert all(
            starts(tmp_path, "schema", what, environment={"PYTHONHASHSEED": seed}) == first for seed in ("1", "2")
        )
