"""The examples that people see first: what is broken is found, and `fix` turns it into what is right, byte by byte."""

import shutil
from pathlib import Path

import pytest
from running import check, contents, run

EXAMPLES = Path(__file__).parents[1] / "examples"
STACKS = sorted(path.parent.name for path in EXAMPLES.glob("*/broken"))


def copied(stack: str, state: str, to: Path) -> Path:
    """An example outside of this repository, as a user would have it."""
    return shutil.copytree(EXAMPLES / stack / state, to / stack)


def test_there_are_examples() -> None:
    assert STACKS


@pytest.mark.parametrize("stack", STACKS)
class TestStack:
    """One example, broken and fixed."""

    def test_what_is_broken_is_found(self, stack: str, tmp_path: Path) -> None:
        ran = check(copied(stack, "broken", tmp_path))
        assert ran.exit == 1
        assert {one["rule"] for one in ran.findings} >= {"secret-parity", "worker-count", "mobile-localhost"}

    def test_fix_makes_it_right_and_touches_nothing_else(self, stack: str, tmp_path: Path) -> None:
        directory = copied(stack, "broken", tmp_path)
        assert run(directory, "fix").exit == 0
        assert contents(directory) == contents(EXAMPLES / stack / "fixed")

    def test_nothing_is_left_and_a_second_fix_changes_nothing(self, stack: str, tmp_path: Path) -> None:
        directory = copied(stack, "fixed", tmp_path)
        ran = check(directory)
        assert [one["message"] for one in ran.findings if one["severity"] != "info"] == []
        assert run(directory, "fix", "--exit-non-zero-on-fix").exit == 0
        assert contents(directory) == contents(EXAMPLES / stack / "fixed")

    def test_the_demo_of_the_makefile(self, stack: str) -> None:
        """It runs inside this repository, with --root."""
        root = str(EXAMPLES / stack / "broken")
        before = contents(EXAMPLES)
        assert run(EXAMPLES, "check", "--fail-on", "never", "--root", root).exit == 0
        diff = run(EXAMPLES, "fix", "--diff", "--root", root)
        assert (diff.exit, contents(EXAMPLES)) == (1, before)
        assert "--- .env" in diff.stdout
