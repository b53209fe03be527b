"""Where the output goes: to a full disk, to nobody, to a terminal of little means."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from running import HOMES, repository, run

FILES: dict[str, str | bytes] = {
    "docker-compose.yml": "services:\n  a: {image: x, ports: ['80:1']}\n  b: {image: x, ports: ['80:1']}\n"
}
MAIN = "from configlint.cli import main; main()"
KEEPING = "from configlint.cli.cache import keep; keep.SETTLED = 0; " + MAIN
"""Files that were written just now are old enough."""

START = [sys.executable, "-c", MAIN]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "root", FILES)


def shell(root: Path, redirection: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`configlint ARGUMENTS` as a shell starts it with a redirection."""
    return subprocess.run(
        ["bash", "-c", f'"$@" {redirection}', "bash", *START, *arguments],
        cwd=root,
        env=os.environ | HOMES | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("redirection", "told"),
    [("> /dev/full", "no space left on device"), (">&-", "closed"), ("<&- >&-", "closed")],
)
@pytest.mark.parametrize("kept", [False, True])
def test_a_result_that_cannot_be_written(root: Path, redirection: str, told: str, kept: bool) -> None:
    arguments = ("check",) if kept else ("check", "--no-cache")
    cache = root.parent / "cache"
    if kept:
        environment = os.environ | HOMES | {"XDG_CACHE_HOME": str(cache)}
        keeping = [sys.executable, "-c", KEEPING, "check"]
        subprocess.run(keeping, cwd=root, env=environment, capture_output=True, check=False)
        assert len(list(cache.glob("configlint/*.run"))) == 1
    done = shell(root, redirection, *arguments, XDG_CACHE_HOME=str(cache))
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot write the result" in done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full", "<&-", "<&- 2>&-"])
def test_without_the_other_streams_the_result_is_the_same(root: Path, redirection: str) -> None:
    plain, done = shell(root, "", "check", "--no-cache"), shell(root, redirection, "check", "--no-cache")
    assert (done.returncode, done.stdout) == (plain.returncode, plain.stdout)
    assert plain.returncode == 1


def test_a_file_for_the_result_needs_no_standard_output(root: Path) -> None:
    assert shell(root, ">&-", "check", "--output", "../out.txt").returncode == 1
    assert "port-conflict" in (root.parent / "out.txt").read_text()


def on_terminal(root: Path, **environment: str) -> str:
    """What a terminal is given."""
    ours, theirs = pty.openpty()
    command = [*START, "check", "--no-cache"]
    base = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    with subprocess.Popen(command, cwd=root, env=base | HOMES | environment, stdout=theirs, stderr=theirs):
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 4096):
                parts.append(part)
        except OSError:  # the other side is closed
            pass
    os.close(ours)
    return b"".join(parts).decode()


@pytest.mark.parametrize(
    ("environment", "colored"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
    ids=str,
)
def test_colours_of_a_terminal(root: Path, environment: dict[str, str], colored: bool) -> None:
    shown = on_terminal(root, **environment)
    assert "port-conflict" in shown
    assert ("\x1b[" in shown) == colored


@pytest.mark.parametrize(("value", "colored"), [("1", True), ("0", False), ("", False)])
def test_forced_colours_where_there_is_no_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch, value: str, colored: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", value)
    assert ("\x1b[" in run(root, "check").stdout) == colored
    assert "\x1b[" not in run(root, "check", "--color", "never").stdout
    run(root, "check", "--output", "../out.txt")
    assert "\x1b[" not in (root.parent / "out.txt").read_text()


def test_rules_are_named_one_by_one_or_with_commas(root: Path) -> None:
    both = run(root, "check", "--select", "port-conflict", "--select", "secret-parity", "--format", "json")
    assert run(root, "check", "--select", "port-conflict, secret-parity", "--format", "json") == both
    assert "port-conflict" not in run(root, "check", "--ignore", "rtc-ports,port-conflict").stdout
    assert run(root, "check", "--select", "port-conflict,").exit == 2
    assert run(root, "check", "--require", "port-conflict,secret-parity").exit == 1
