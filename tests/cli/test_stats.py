"""`check --stats`: beside the result, never in its way."""

import json
from pathlib import Path

import pytest
from running import Ran, process, repository, run, write

from configlint.report import FORMATS

FILES = {
    ".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-of-last-year\nMODE=fast\n",
    "livekit.yaml": "port: 7880\nkeys:\n  devkey: c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ\n",
    "gunicorn.conf.py": "workers = cpu_count()\n",
    ".configlint.yaml": "workers: {default: 3}\n",
}


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_the_result_is_the_same_with_it(tmp_path: Path, form: str) -> None:
    write(tmp_path, FILES)
    plain, measured = (run(tmp_path, "check", "--format", form, *more) for more in ((), ("--stats",)))
    assert (plain.exit, plain.stdout) == (measured.exit, measured.stdout)
    assert plain.stderr == ""
    assert measured.stderr.startswith("read: 3 files with 5 values\n")


def test_it_tells_what_was_read_what_was_not_checked_and_what_nobody_watches(tmp_path: Path) -> None:
    said = run(write(tmp_path, FILES), "check", "--stats").stderr
    assert "  dotenv: 1 file, 3 values\n" in said
    assert "1 stack\n  default: no services\n" in said
    assert "1 rule could not be checked\n  worker-count: " in said
    assert "rules found nothing to check\n  " in said
    assert "2 values watched by no rule\n  .env: MODE\n  livekit.yaml: port\n" in said
    assert "fast" not in said


def test_programs_find_it_in_the_json(tmp_path: Path) -> None:
    ran = run(write(tmp_path, FILES), "check", "--format", "json", "--stats")
    stats = json.loads(ran.stdout)["stats"]
    assert ran.stderr == ""
    assert {"format": "dotenv", "files": 1, "values": 3} in stats["read"]
    assert stats["stacks"] == [{"name": "default", "services": []}]
    assert [one["rule"] for one in stats["unverifiable"]] == ["worker-count"]
    assert {"path": ".env", "keys": ["MODE"]} in stats["unwatched"]
    assert "stats" not in json.loads(run(tmp_path, "check", "--format", "json").stdout)


def test_many_keys_are_named_only_when_all_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {".env": "".join(f"KEY{number}=1\n" for number in range(20))})
    assert "KEY11, and 8 more\n" in run(tmp_path, "check", "--stats").stderr
    assert "KEY19\n" in run(tmp_path, "check", "--stats", "--verbose").stderr


def test_a_value_that_stands_where_a_name_should_is_not_shown(tmp_path: Path) -> None:
    items = "['DB_PASSWORD made-up=1', 'sk-madeup0123456789=2']"
    files = {"docker-compose.yml": f"services: {{a: {{image: x, environment: {items}}}}}\n"}
    said = run(write(tmp_path, files), "check", "--stats", "--verbose").stderr
    assert "services.a.environment.…" in said
    assert "made-up" not in said
    assert "madeup" not in said


def test_a_repository_without_files_has_none_to_tell_of(tmp_path: Path) -> None:
    ran = run(tmp_path, "check", "--stats")
    assert (ran.exit, ran.stderr.splitlines()[:2]) == (0, ["read: 0 files with 0 values", "0 stacks"])


def test_two_processes_say_the_same(tmp_path: Path) -> None:
    repository(tmp_path, dict(FILES))

    def once() -> Ran:
        return process(tmp_path, "check", "--stats", "--verbose")

    assert once() == once()
