"""`--quiet`, and paths as the reader calls them."""

import json
from pathlib import Path

import pytest
from running import repository, run

BROKEN = """\
services:
  api:
    image: registry.example/api:1
    environment: [ASR_URL=http://gone:8001, "NAME=${NOBODY}"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = repository(
        tmp_path / "a" / "root", {"sub/docker-compose.yml": BROKEN, "sub/.env": "A=1\n", "other/deep/x.txt": "x"}
    )
    (tmp_path / "b").mkdir()
    return made


def test_quietly_only_errors_are_printed(root: Path) -> None:
    ran = run(root, "check", "--format", "concise", "--quiet")
    found, told = ran.stdout.splitlines()
    assert "error service-host" in found
    assert told == "Found 1 error and 1 warning in 1 file. Not shown, because of --quiet: 1 warning."
    assert ran.exit == 1


def test_quietly_a_warning_still_decides_the_exit_code(root: Path) -> None:
    ran = run(root, "check", "--quiet", "--select", "variable-undefined")
    assert ran.stdout == "Found 1 warning in 1 file.\nNot shown, because of --quiet: 1 warning.\n"
    assert ran.exit == 1


@pytest.mark.parametrize("form", ["text", "concise"])
def test_quietly_nothing_is_said_where_nothing_is_wrong(root: Path, form: str) -> None:
    ran = run(root, "check", "--quiet", "--format", form, "--select", "port-conflict")
    assert (ran.exit, ran.stdout, ran.stderr) == (0, "", "")


def test_a_required_rule_is_named_quietly_too(root: Path) -> None:
    ran = run(root, "check", "--quiet", "--select", "webhook-key", "--require", "webhook-key")
    assert ran.exit == 1
    assert "webhook-key" in ran.stdout


def test_programs_get_all_findings(root: Path) -> None:
    plain, quiet = (run(root, "check", "--format", "json", *more).stdout for more in ((), ("--quiet",)))
    assert json.loads(plain) == json.loads(quiet)


def test_quiet_and_verbose_exclude_each_other(root: Path) -> None:
    ran = run(root, "check", "--quiet", "--verbose")
    assert ran.exit == 2
    assert "--verbose" in ran.stderr


@pytest.mark.parametrize(
    ("here", "arguments", "path"),
    [
        (".", (), "sub/docker-compose.yml"),
        ("sub", (), "docker-compose.yml"),
        ("other", ("..",), "../sub/docker-compose.yml"),
        ("other/deep", ("../../sub",), "../../sub/docker-compose.yml"),
        ("../../b", ("../a/root",), "../a/root/sub/docker-compose.yml"),
        ("..", ("--root", "root", "root"), "root/sub/docker-compose.yml"),
        ("sub", ("--root", "."), "docker-compose.yml"),
    ],
)
def test_a_path_leads_from_the_current_directory(root: Path, here: str, arguments: tuple[str, ...], path: str) -> None:
    directory = root / here
    for form in ("text", "concise"):
        assert f" {path}:4:" in " " + run(directory, "check", "--format", form, *arguments).stdout.replace("\n", " ")
    machine = run(directory, "check", "--format", "json", *arguments).findings[0]["path"]
    assert machine == ("docker-compose.yml" if arguments == ("--root", ".") else "sub/docker-compose.yml")


def test_so_does_a_path_of_why(root: Path) -> None:
    assert " docker-compose.yml:4" in run(root / "sub", "why", "NAME").stdout
