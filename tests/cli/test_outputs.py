"""Where a run may write: to what the user named, and never through a link that came with the repository."""

from pathlib import Path

import pytest
from running import process, repository, run, write

FILES: dict[str, str | bytes] = {
    "docker-compose.yml": "services:\n  a: {image: x, ports: ['80:1']}\n  b: {image: x, ports: ['80:1']}\n"
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, {"precious": "p"})
    return repository(tmp_path / "root", FILES)


def test_a_dash_is_standard_output(root: Path) -> None:
    plain, dashed = (
        run(root, "check", "--format", "concise"),
        run(root, "check", "--format", "concise", "--output", "-"),
    )
    assert dashed == plain
    assert "port-conflict" in plain.stdout
    assert not (root / "-").exists()


def test_a_result_is_not_written_over_what_was_checked(root: Path) -> None:
    ran = run(root, "check", "--output", "docker-compose.yml")
    assert (ran.exit, "one of the files that were checked" in ran.stderr) == (2, True)
    assert (root / "docker-compose.yml").read_text() == FILES["docker-compose.yml"]


def test_nor_through_a_link_of_the_repository(root: Path) -> None:
    (root / "configlint.sarif").symlink_to("../precious")
    ran = run(root, "check", "--format", "sarif", "--output", "configlint.sarif")
    assert (ran.exit, "symbolic link" in ran.stderr) == (2, True)
    assert (root.parent / "precious").read_text() == "p"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("baseline",), ".configlint-baseline"),
        (("init",), ".configlint.yaml"),
        (("init",), ".configlint.schema.json"),
    ],
)
def test_names_of_this_program_are_written_through_no_link(root: Path, command: tuple[str, ...], name: str) -> None:
    (root / name).symlink_to("../coming")
    ran = run(root, *command)
    assert (ran.exit, f"{name} is a symbolic link" in ran.stderr) == (1, True)
    assert sorted(path.name for path in root.parent.iterdir()) == ["precious", "root"]
    assert not any((root / other).exists() for other in (".configlint.yaml", ".configlint.schema.json"))


def test_clean_follows_no_link_and_removes_only_what_is_its_own(root: Path) -> None:
    elsewhere = write(root.parent / "elsewhere", {"precious.run": "p"})
    (root.parent / "cache").mkdir()
    (root.parent / "cache/configlint").symlink_to(elsewhere)
    ran = process(root, "clean", XDG_CACHE_HOME=str(root.parent / "cache"))
    assert (ran.exit, "not a directory" in ran.stderr) == (2, True)
    assert (elsewhere / "precious.run").read_text() == "p"
    own = write(root.parent / "own/configlint", {"a.run": "", "b.made": "", "notes.txt": "mine"})
    assert process(root, "clean", XDG_CACHE_HOME=str(own.parent)).exit == 0
    assert [path.name for path in own.iterdir()] == ["notes.txt"]
