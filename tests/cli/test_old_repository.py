"""The story of a team with an old repository: green in two commands, and from then on only what is new is told."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path

import pytest
from old_repository import FILES, SECRETS
from running import HOMES, check, git, repository, run, set_apart, write

from configlint.report import FORMATS
from configlint.report.screen import width

BASELINE = ".configlint-baseline"


def old(directory: Path) -> Path:
    """The repository with its history of one commit; shop/.env is nobody's but this developer's."""
    repository(directory, FILES)
    write(directory, {".gitignore": FILES[".gitignore"]})
    git(directory, "rm", "--quiet", "--cached", "shop/.env")
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message", "all that we have")
    return directory


def commit(directory: Path, files: dict[str, str | bytes]) -> None:
    write(directory, files)
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message", "a change")


def told(directory: Path, *arguments: str) -> list[tuple[str, str, str]]:
    """(rule, path, severity) of each failure that `check` reports."""
    found = check(directory, *arguments).findings
    return [(one["rule"], one["path"], one["severity"]) for one in found if one["verdict"] == "fail"]


WITH_STORE = FILES["media/docker-compose.yml"].replace(
    "      STORE_URL: http://store:9000\n", "      STORE_URL: http://store:9000\n      MAIL_URL: http://mail:9000\n"
)
NEW = [("service-host", "media/docker-compose.yml", "error")]


def test_forty_findings_of_many_rules_in_several_stacks(tmp_path: Path) -> None:
    found = check(old(tmp_path))
    grave = [one for one in found.findings if one["severity"] != "info"]
    assert len(grave) == 39
    assert len({one["rule"] for one in grave}) >= 12
    assert {one["severity"] for one in grave} == {"error", "warning"}
    assert found.summary["stacks"] == 3
    assert "`configlint baseline` records these findings" in run(tmp_path, "check").stdout


def test_green_in_two_commands_and_then_only_what_is_new(tmp_path: Path) -> None:
    old(tmp_path)
    assert run(tmp_path, "check").exit == 1
    assert run(tmp_path, "baseline").exit == 0
    green = run(tmp_path, "check")
    assert green.exit == 0
    assert green.stdout.startswith("Nothing new: ")
    assert "41 in the baseline" in green.stdout
    commit(tmp_path, {"media/docker-compose.yml": WITH_STORE})
    assert told(tmp_path) == NEW
    assert run(tmp_path, "check").exit == 1


def test_the_same_with_a_revision_and_no_file_at_all(tmp_path: Path) -> None:
    old(tmp_path)
    assert run(tmp_path, "check", "--base", "HEAD").exit == 0
    commit(tmp_path, {"media/docker-compose.yml": WITH_STORE})
    assert told(tmp_path, "--base", "HEAD~1") == NEW
    assert check(tmp_path, "--base", "HEAD~1").summary["known"] == 41
    assert run(tmp_path, "check", "--base", "HEAD~1").exit == 1
    assert run(tmp_path, "check", "--base", "HEAD").exit == 0


def test_a_mistake_that_another_file_makes_is_new_though_its_place_is_old(tmp_path: Path) -> None:
    """The search service moves to another port, and the health check that was right is now wrong."""
    old(tmp_path)
    moved = FILES["asr/docker-compose.yml"].replace("--port 8006", "--port 8016")
    commit(tmp_path, {"asr/docker-compose.yml": moved})
    rules = [rule for rule, _, _ in told(tmp_path, "--base", "HEAD~1")]
    assert "healthcheck-port" in rules


def test_a_mended_mistake_is_pruned_and_does_not_come_back_unseen(tmp_path: Path) -> None:
    old(tmp_path)
    run(tmp_path, "baseline")
    mended = FILES["shop/docker-compose.yml"].replace("http://asr-service:8000", "http://search:9200")
    commit(tmp_path, {"shop/docker-compose.yml": mended})
    assert f"{BASELINE} has 1 stale entry" in run(tmp_path, "check").stdout
    before = (tmp_path / BASELINE).read_text().splitlines()
    pruned = run(tmp_path, "baseline", "--prune")
    assert "1 stale entry removed" in pruned.stderr
    after = (tmp_path / BASELINE).read_text().splitlines()
    assert [line for line in before if line not in after] == [
        "service-host|found|shop/docker-compose.yml|api|host|ASR_URL"
    ]
    commit(tmp_path, {"shop/docker-compose.yml": FILES["shop/docker-compose.yml"]})
    assert told(tmp_path) == [("service-host", "shop/docker-compose.yml", "error")]


def test_fix_mends_what_it_can_and_is_green_about_the_rest(tmp_path: Path) -> None:
    old(tmp_path)
    run(tmp_path, "baseline")
    assert "fixed" not in run(tmp_path, "fix").stderr, "what the baseline holds is not asked for"
    assert run(tmp_path, "fix", "--baselined").exit == 1, "and counts then"
    assert "stale entries" in run(tmp_path, "check").stdout
    run(tmp_path, "baseline", "--prune")
    assert run(tmp_path, "fix", "--exit-non-zero-on-fix").exit == 0
    assert run(tmp_path, "check").exit == 0


def test_in_ci_where_the_env_file_is_absent_nothing_is_new_and_nothing_stale(tmp_path: Path) -> None:
    old(tmp_path)
    run(tmp_path, "baseline")
    git(tmp_path, "add", BASELINE)
    git(tmp_path, "commit", "--quiet", "--message", "baseline")
    subprocess.run(["git", "clone", "--quiet", tmp_path, tmp_path / "ci"], check=True)
    ran = run(tmp_path / "ci", "check")
    assert ran.exit == 0
    assert "stale" not in ran.stdout
    assert run(tmp_path / "ci", "baseline", "--prune").exit == 0
    assert (tmp_path / "ci" / BASELINE).read_bytes() == (tmp_path / BASELINE).read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_no_output_of_it_holds_a_secret(tmp_path: Path, form: str) -> None:
    old(tmp_path)
    outputs = [
        run(tmp_path, "check", "--format", form, "--verbose"),
        run(tmp_path, "baseline"),
        run(tmp_path, "check", "--format", form, "--verbose", "--base", "HEAD"),
        run(tmp_path, "baseline", "--prune"),
    ]
    written = "".join(one.stdout + one.stderr for one in outputs) + (tmp_path / BASELINE).read_text()
    for secret in SECRETS:
        assert secret[:6] not in written


def test_the_baseline_holds_no_line_no_value_and_no_message(tmp_path: Path) -> None:
    old(tmp_path)
    run(tmp_path, "baseline")
    found = check(tmp_path, "--no-cache").summary["baselined"]
    lines = (tmp_path / BASELINE).read_text().splitlines()[1:]
    assert len(lines) == found == 41
    assert lines == sorted(lines)
    for line in lines:
        rule, outcome, path, _, column, _ = line.split("|")
        assert re.fullmatch(r"[a-z-]+", rule), line
        assert outcome.isalpha(), line
        assert column.isidentifier(), line
        assert path in FILES, line
    for value in ("8006", "50000", "asr-service", "localhost:", "changeme", "characters", "service of"):
        assert value not in "".join(lines)


def test_two_branches_that_both_accept_something_merge(tmp_path: Path) -> None:
    old(tmp_path)
    run(tmp_path, "baseline")
    commit(tmp_path, {})
    git(tmp_path, "checkout", "--quiet", "-b", "one")
    write(tmp_path, {"media/docker-compose.yml": WITH_STORE})
    run(tmp_path, "baseline")
    commit(tmp_path, {})
    git(tmp_path, "checkout", "--quiet", "-b", "two", "HEAD~1")
    write(tmp_path, {"app/lib/constants.dart": FILES["app/lib/constants.dart"].replace(
        "}\n", "  static const String more = 'http://127.0.0.1:8000';\n}\n")})  # fmt: skip
    run(tmp_path, "baseline")
    commit(tmp_path, {})
    git(tmp_path, "merge", "--quiet", "one")
    assert run(tmp_path, "check").exit == 0
    assert "stale" not in run(tmp_path, "check").stdout


def test_a_first_run_fits_into_a_terminal_of_eighty_columns(tmp_path: Path) -> None:
    """Hundreds of findings: by rule, counted, and the last words are what to do about them."""
    for team in range(8):
        write(tmp_path / f"team-{team}", FILES)
    lines = on_terminal(tmp_path, "check", columns=80)
    assert max(map(width, lines)) <= 80
    assert "error[mobile-localhost]: 15 more" in lines
    assert "Found 168 errors and 144 warnings in 80 files." in lines
    assert lines[-2:] == [
        "`configlint baseline` records these findings: from then on, only new ones are",
        "reported.",
    ]


def on_terminal(directory: Path, *arguments: str, columns: int) -> list[str]:
    """The lines that the command writes to a terminal without colour."""
    set_apart(directory)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-c", "from configlint.cli import main; main()", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen(
        command, cwd=directory, env=environment | HOMES | {"NO_COLOR": "1"}, stdout=theirs, stderr=subprocess.DEVNULL
    ):
        os.close(theirs)
        written = b""
        with suppress(OSError):  # what a terminal says when the other side is gone
            while part := os.read(ours, 1 << 16):
                written += part
    os.close(ours)
    return written.decode().rstrip().split("\r\n")
