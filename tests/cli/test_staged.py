"""`check --staged`: what the next commit would hold, for hooks that are not pre-commit's."""

import os
from pathlib import Path

import pytest
from running import check, git, process, repository, run, write

SECRET = "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"
RENEWED = "bWFkZS11cC1hbmQtcmVuZXdlZC1mb3ItYWxs"
COMPOSE = "services:\n  api:\n    image: registry.example/api:1\n    environment: [ASR_URL=http://asr:8001]\n"
FILES = {
    "docker-compose.yml": COMPOSE + "  asr:\n    image: registry.example/asr:1\n    expose: [8001]\n",
    "livekit.yaml": f"keys:\n  devkey: {SECRET}\n",
    "egress.yaml": f"api_key: devkey\napi_secret: {SECRET}\nws_url: ws://livekit:7880\nredis: {{address: r:6379}}\n",
}


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    root = repository(tmp_path / "stack", {**FILES}, ignored=(".env",))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x")
    return root


def told(root: Path, *arguments: str) -> list[tuple[str, str]]:
    """(rule, `path:line`) of each failure that counts."""
    found = check(root, "--staged", "--select", "secret-parity,service-host,missing-path", *arguments).findings
    return [(one["rule"], f"{one['path']}:{one['line']}") for one in found if one["verdict"] == "fail"]


def test_half_of_a_pair_is_staged(stack: Path) -> None:
    """Both files agree on the disk; the commit would hold the new secret of one side alone."""
    changed = {path: FILES[path].replace(SECRET, RENEWED) for path in ("livekit.yaml", "egress.yaml")}
    write(stack, changed)
    assert told(stack) == []
    git(stack, "add", "livekit.yaml")
    assert told(stack) == [("secret-parity", "egress.yaml:2")]
    assert check(stack, "--select", "secret-parity").findings == []
    git(stack, "add", "egress.yaml")
    assert told(stack) == []


def test_a_change_that_is_not_staged_does_not_count(stack: Path) -> None:
    write(stack, {"docker-compose.yml": COMPOSE})
    assert check(stack, "--select", "service-host").exit == 1
    assert told(stack) == []
    git(stack, "add", "docker-compose.yml")
    assert told(stack) == [("service-host", "docker-compose.yml:4")]


def test_a_file_that_was_forgotten_is_missing(stack: Path) -> None:
    write(stack, {"docker-compose.yml": f"{FILES['docker-compose.yml']}    env_file: asr.env\n", "asr.env": "A=1\n"})
    git(stack, "add", "docker-compose.yml")
    assert check(stack, "--select", "missing-path").findings == []
    assert told(stack) == [("missing-path", "docker-compose.yml:8")]


def test_an_ignored_file_is_read_from_the_disk(stack: Path) -> None:
    write(stack, {".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-old\n"})
    assert told(stack) == [("secret-parity", ".env:2")]


def test_the_configuration_is_the_staged_one(stack: Path) -> None:
    write(stack, {"docker-compose.yml": COMPOSE, ".configlint.yaml": "rules: {service-host: off}\n"})
    git(stack, "add", "docker-compose.yml")
    assert told(stack) == [("service-host", "docker-compose.yml:4")]
    git(stack, "add", ".configlint.yaml")
    assert told(stack) == []
    write(stack, {".configlint.yaml": "rules: {service-host: loud}\n"})
    assert told(stack) == []


def test_so_is_the_baseline(stack: Path) -> None:
    write(stack, {"docker-compose.yml": COMPOSE})
    git(stack, "add", "docker-compose.yml")
    run(stack, "baseline")
    assert told(stack) == [("service-host", "docker-compose.yml:4")]
    git(stack, "add", ".configlint-baseline")
    assert told(stack) == []


def test_compared_with_a_commit(stack: Path) -> None:
    write(stack, {"docker-compose.yml": COMPOSE})
    assert told(stack, "--base", "HEAD") == []
    git(stack, "add", "docker-compose.yml")
    assert told(stack, "--base", "HEAD") == [("service-host", "docker-compose.yml:4")]
    git(stack, "commit", "--quiet", "--message", "x")
    assert told(stack, "--base", "HEAD") == []


def test_a_commit_of_some_paths_has_an_index_of_its_own(stack: Path) -> None:
    """Git gives it to its hooks in `GIT_INDEX_FILE`."""
    write(stack, {"docker-compose.yml": COMPOSE})
    git(stack, "add", "docker-compose.yml")
    index = stack / ".git" / "part"
    git(stack, "read-tree", f"--index-output={index}", "HEAD")
    asked = ("check", "--staged", "--select", "service-host")
    assert process(stack, *asked).exit == 1
    assert process(stack, *asked, GIT_INDEX_FILE=os.fspath(index)).exit == 0


def test_nothing_is_kept_of_it(stack: Path) -> None:
    """What is staged may change while no file on the disk does."""
    write(stack, {"docker-compose.yml": COMPOSE})
    for path in stack.rglob("*"):
        os.utime(path, (1, 1))
    asked = ("check", "--staged", "--select", "service-host")
    assert [process(stack, *asked).exit for _ in range(2)] == [0, 0]
    git(stack, "add", "docker-compose.yml")
    assert process(stack, *asked).exit == 1


def test_without_git_it_is_refused(stack: Path) -> None:
    ran = process(stack, "check", "--staged", PATH="")
    assert (ran.exit, ran.stdout) == (2, "")
    assert "--staged reads the index of git, and git refuses" in ran.stderr
