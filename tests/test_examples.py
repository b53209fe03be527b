"""The examples that people see first: what is broken is found, and `fix` turns it into what is right, byte by byte."""

import shutil
from pathlib import Path

import pytest
from running import check, contents, run

EXAMPLES = Path(__file__).parents[1] / "examples"
STACKS = sorted(path.parent.name for path in EXAMPLES.glob("*/broken"))
MAIN_JOB = {"secret-parity", "worker-count", "mobile-localhost"}
BUGS = {
    "compose-stack": MAIN_JOB,
    "livekit-stack": MAIN_JOB,
    "other-shapes": {*MAIN_JOB, "endpoint-protocol"},
    "websocket": {"port-parity", "endpoint-protocol", "endpoint-unknown"},
}

MENDED = {"websocket": "app/lib/whisper.dart", "other-shapes": "docker-compose.yml"}
"""A file that `fix` changes where it is not .env."""


def copied(stack: str, state: str, to: Path) -> Path:
    """An example outside of this repository, as a user would have it."""
    return shutil.copytree(EXAMPLES / stack / state, to / stack)


def test_there_are_examples() -> None:
    assert set(STACKS) == set(BUGS)


@pytest.mark.parametrize("stack", STACKS)
class TestStack:
    """One example, broken and fixed."""

    def test_what_is_broken_is_found(self, stack: str, tmp_path: Path) -> None:
        ran = check(copied(stack, "broken", tmp_path))
        assert ran.exit == 1
        assert {one["rule"] for one in ran.findings} >= BUGS[stack]

    def test_nothing_is_left_and_a_second_fix_changes_nothing(self, stack: str, tmp_path: Path) -> None:
        directory = copied(stack, "fixed", tmp_path)
        ran = check(directory)
        assert [one["message"] for one in ran.findings if one["severity"] != "info"] == []
        assert run(directory, "fix", "--exit-non-zero-on-fix").exit == 0
        assert contents(directory) == contents(EXAMPLES / stack / "fixed")

    def test_every_bug_has_its_paragraph(self, stack: str, tmp_path: Path) -> None:
        """Where there is a page of its own, it speaks of every rule that finds something."""
        page = EXAMPLES / stack / "README.md"
        ran = check(copied(stack, "broken", tmp_path))
        found = {one["rule"] for one in ran.findings if one["severity"] != "info"}
        assert not page.exists() or [rule for rule in found if f"*`{rule}`*" not in page.read_text()] == []

    def test_the_demo_of_the_makefile(self, stack: str) -> None:
        """It runs inside this repository, with --root."""
        root = str(EXAMPLES / stack / "broken")
        before = contents(EXAMPLES)
        assert run(EXAMPLES, "check", "--fail-on", "never", "--root", root).exit == 0
        diff = run(EXAMPLES, "fix", "--diff", "--root", root)
        assert (diff.exit, contents(EXAMPLES)) == (1, before)
        assert f"--- a/{MENDED.get(stack, '.env')}" in diff.stdout


def test_fix_makes_it_right_and_touches_nothing_else(tmp_path: Path) -> None:
    directory = copied("livekit-stack", "broken", tmp_path)
    assert run(directory, "fix").exit == 0
    assert contents(directory) == contents(EXAMPLES / "livekit-stack" / "fixed")


class TestWhatFixLeaves:
    """The stack in which two of the bugs are for people to mend."""

    def test_the_rest_is_said(self, tmp_path: Path) -> None:
        directory = copied("compose-stack", "broken", tmp_path)
        ran = run(directory, "fix")
        assert ran.exit == 1
        assert "docker compose up -d --force-recreate api" in ran.stdout + ran.stderr
        left = [
            (one["rule"], one["path"], one["line"]) for one in check(directory).findings if one["severity"] != "info"
        ]
        assert left == [("variable-undefined", "docker-compose.yml", 18), ("endpoint-protocol", "tools/probe.py", 9)]

    def test_what_fix_writes_is_what_a_careful_hand_would(self, tmp_path: Path) -> None:
        directory = copied("compose-stack", "broken", tmp_path)
        run(directory, "fix")
        mended, wanted = contents(directory), contents(EXAMPLES / "compose-stack" / "fixed")
        by_hand = [path for path in wanted if mended[path] != wanted[path]]
        assert sorted(by_hand) == [".env", ".env.example", "tools/probe.py"]
        assert wanted[".env"] == mended[".env"] + b"SPEECH_MODEL=small\n"
