"""`check --base REV`: what is new since this branch left it, and nothing else."""

import subprocess
import sys
from pathlib import Path

import kept
import pytest
from running import check, git, repository, run, write

COMPOSE = """\
services:
  api:
    image: registry.example/api:1
    environment:
      - ASR_URL=http://gone:8001
"""
SECRET = "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"
FILES: dict[str, str | bytes] = {
    "docker-compose.yml": COMPOSE,
    "livekit.yaml": f"keys:\n  devkey: {SECRET}\n",
    ".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-old\n",
}
ADDED = COMPOSE + "      - TTS_URL=http://lost:8002\n"


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    """A committed stack that is wrong in two ways and has an orphan; `.env` is ignored. `mine` has left `main`."""
    root = repository(tmp_path / "stack", FILES, ignored=(".env",))
    commit(root, {})
    git(root, "branch", "--move", "main")
    git(root, "checkout", "--quiet", "-b", "mine")
    return root


def commit(root: Path, files: dict[str, str | bytes]) -> None:
    write(root, files)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")


def told(root: Path, *arguments: str, base: str = "main") -> list[tuple[str, str]]:
    """(rule, `path:line`) of each failure."""
    found = check(root, "--base", base, *arguments).findings
    return [(one["rule"], f"{one['path']}:{one['line']}") for one in found if one["verdict"] == "fail"]


def test_an_ignored_file_that_the_commit_cannot_hold_makes_nothing_new(stack: Path) -> None:
    assert told(stack) == []
    assert check(stack, "--base", "main").summary["known"] == 3


def test_a_tracked_change_against_it_is_new(stack: Path) -> None:
    write(stack, {".env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={SECRET}\n"})
    assert check(stack, "--base", "main").summary["known"] == 2
    commit(stack, {"livekit.yaml": "keys:\n  devkey: made-up-and-renewed-for-all-who-sign-in\n"})
    assert told(stack) == [("secret-parity", ".env:2")]


@pytest.mark.parametrize("step", ["edited", "staged", "committed"])
def test_what_is_new_in_the_files_as_they_stand(stack: Path, step: str) -> None:
    write(stack, {"docker-compose.yml": ADDED})
    if step != "edited":
        git(stack, "add", "--all")
    if step == "committed":
        git(stack, "commit", "--quiet", "--message", "x")
    assert told(stack) == [("service-host", "docker-compose.yml:6")]


def test_what_came_to_the_other_branch_is_not_ours(stack: Path) -> None:
    """It mended what is still wrong here, and that is not new."""
    git(stack, "checkout", "--quiet", "main")
    commit(stack, {"docker-compose.yml": COMPOSE.replace("gone", "api")})
    git(stack, "checkout", "--quiet", "mine")
    assert told(stack) == []


def test_lines_that_move_and_files_that_are_renamed_make_nothing_new(stack: Path) -> None:
    git(stack, "mv", "docker-compose.yml", "compose.yaml")
    commit(stack, {"compose.yaml": "# moved\n\n" + COMPOSE})
    assert told(stack) == []


def test_of_findings_that_are_alike_the_added_line_is_told(stack: Path) -> None:
    app: dict[str, str | bytes] = {"app/pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\n"}
    line = "  await http.get(Uri.parse('http://localhost:{}/x'));\n"
    dart = "import 'package:http/http.dart' as http;\nFuture<void> f() async {{\n{}}}\n"
    commit(stack, {**app, "app/lib/a.dart": dart.format(line.format(1) + line.format(2))})
    commit(stack, {"app/lib/a.dart": dart.format(line.format(3) + line.format(1) + line.format(2))})
    assert ("mobile-localhost", "app/lib/a.dart:3") in told(stack, base="HEAD~1")
    assert len(told(stack, "--select", "mobile-localhost", base="HEAD~1")) == 1


def test_a_second_one_of_the_same_name_is_new_though_the_first_is_known(stack: Path) -> None:
    web = "  web:\n    image: registry.example/web:1\n    environment:\n      - ASR_URL=http://gone:8001\n"
    commit(stack, {"docker-compose.yml": COMPOSE + web})
    assert told(stack) == [("service-host", "docker-compose.yml:9")]


def test_a_rule_and_a_configuration_of_today_hold_for_both_sides(stack: Path) -> None:
    own = "id: mine\ntitle: no asr\nwhy: x\nseverity: error\nkind: forbids\nfrom: {file: docker-compose.yml, key: "
    own += "services.api.image}\ncolumn: value\n"
    new: dict[str, str | bytes] = {
        "rules/mine.yaml": own,
        ".configlint.yaml": "rule-files: [rules/mine.yaml]\nworkers: {default: 3}\n",
        "gunicorn.conf.py": "workers = 1\n",
    }
    write(stack, {"gunicorn.conf.py": "workers = 1\n"})
    git(stack, "add", "--all")
    git(stack, "commit", "--quiet", "--amend", "--no-edit")
    git(stack, "branch", "--force", "main")
    commit(stack, new)
    assert {one["rule"] for one in check(stack).findings} >= {"mine", "worker-count"}
    assert told(stack) == []


def test_a_suppression_that_became_stale_is_new(stack: Path) -> None:
    commit(stack, {"docker-compose.yml": COMPOSE.rstrip() + "  # configlint: ignore[service-host] until March\n"})
    git(stack, "branch", "--force", "main")
    assert told(stack) == []
    commit(stack, {"docker-compose.yml": COMPOSE.replace("gone:8001", "api  # configlint: ignore[service-host]")})
    assert told(stack) == [("unused-suppression", "docker-compose.yml:5")]


def test_a_suppression_that_is_taken_away_makes_its_finding_new(stack: Path) -> None:
    commit(stack, {"docker-compose.yml": COMPOSE.rstrip() + "  # configlint: ignore[service-host]\n"})
    git(stack, "branch", "--force", "main")
    commit(stack, {"docker-compose.yml": COMPOSE})
    assert told(stack) == [("service-host", "docker-compose.yml:5")]


def test_with_a_baseline_each_old_finding_is_known_once(stack: Path) -> None:
    run(stack, "baseline")
    commit(stack, {})
    git(stack, "branch", "--force", "main")
    twice = COMPOSE + "      - ASR_URL=http://lost:8001\n"
    commit(stack, {"docker-compose.yml": twice + "      - TTS_URL=http://lost:8002\n"})
    assert ("service-host", "docker-compose.yml:7") in told(stack)
    summary = check(stack, "--base", "main").summary
    assert (summary["baselined"], summary["known"]) == (3, 0)


def test_what_touches_the_paths_and_is_new(stack: Path) -> None:
    commit(stack, {"docker-compose.yml": ADDED, "other/docker-compose.yml": ADDED})
    assert told(stack, "other") == [("service-host", "other/docker-compose.yml:5"),
                                    ("service-host", "other/docker-compose.yml:6")]  # fmt: skip
    assert told(stack, "docker-compose.yml") == [("service-host", "docker-compose.yml:6")]


def test_a_required_rule_has_to_be_verifiable_today(stack: Path) -> None:
    (stack / ".env").unlink()
    write(stack, {"docker-compose.yml": COMPOSE + "    env_file: .env\n"})
    assert run(stack, "check", "--base", "HEAD").exit == 0
    assert run(stack, "check", "--base", "HEAD", "--require", "missing-path").exit == 1


def test_an_untracked_file_is_no_news_but_that_is_said(stack: Path) -> None:
    write(stack, {"new/docker-compose.yml": COMPOSE})
    assert told(stack) == []
    assert "count as new after `git add`" in run(stack, "check", "--base", "main").stdout
    git(stack, "add", "--all")
    assert told(stack) == [("service-host", "new/docker-compose.yml:5")]
    assert "git add" not in run(stack, "check", "--base", "main").stdout


@pytest.mark.parametrize("convert", ["true", "input", "false"])
def test_line_ends_make_nothing_new(stack: Path, convert: str) -> None:
    git(stack, "config", "core.autocrlf", convert)
    commit(stack, {"docker-compose.yml": COMPOSE.replace("\n", "\r\n")})
    assert told(stack) == []
    write(stack, {"docker-compose.yml": ADDED.replace("\n", "\r\n")})
    assert told(stack) == [("service-host", "docker-compose.yml:6")]


def test_from_a_directory_below_and_for_one_as_the_root(stack: Path) -> None:
    commit(stack, {"deploy/docker-compose.yml": COMPOSE})
    git(stack, "branch", "--force", "main")
    commit(stack, {"deploy/docker-compose.yml": ADDED})
    assert told(stack / "deploy") == [("service-host", "deploy/docker-compose.yml:6")]
    assert told(stack, "--root", str(stack / "deploy")) == [("service-host", "docker-compose.yml:6")]


def test_a_file_that_cannot_be_read_any_more(stack: Path) -> None:
    commit(stack, {"livekit.yaml": "keys: [\n"})
    assert [rule for rule, _ in told(stack)] == ["unreadable-file"]
    commit(stack, {})
    assert told(stack, base="HEAD~1") == []


def test_what_git_holds_encrypted_is_as_it_is_here_while_no_commit_changes_it(stack: Path) -> None:
    git(stack, "config", "filter.crypt.clean", "printf '\\000GITCRYPT\\000x'")
    git(stack, "config", "filter.crypt.smudge", "cat")
    commit(stack, {".gitattributes": "sealed/** filter=crypt\n", "sealed/docker-compose.yml": COMPOSE})
    assert ("service-host", "sealed/docker-compose.yml:5") in [
        (one["rule"], f"{one['path']}:{one['line']}") for one in check(stack).findings
    ]
    assert told(stack, base="HEAD") == []


@pytest.mark.parametrize("revision", ["nowhere", "-x", "--output=pwned", "", "HEAD:livekit.yaml"])
def test_what_is_no_revision_is_wrong_usage(stack: Path, revision: str) -> None:
    ran = run(stack, "check", f"--base={revision}")
    assert (ran.exit, ran.stdout) == (2, "")
    assert ran.stderr.startswith("configlint: --base: ")
    assert not (stack / "pwned").exists()


def test_outside_of_git_is_wrong_usage(tmp_path: Path) -> None:
    write(tmp_path, {"docker-compose.yml": COMPOSE, ".git/config": ""})
    ran = run(tmp_path, "check", "--base", "HEAD")
    assert ran.exit == 2
    assert "--base compares with a commit of git" in ran.stderr


def test_such_an_answer_is_not_kept(stack: Path, tmp_path: Path) -> None:
    """It depends on what the revision is at that moment."""
    first = kept.run(stack, tmp_path / "cache", "check", "--base", "main")
    assert not kept.run(stack, tmp_path / "cache", "check", "--base", "main").replayed
    commit(stack, {"docker-compose.yml": ADDED})
    assert kept.run(stack, tmp_path / "cache", "check", "--base", "main").exit == 1
    assert first.exit == 0


def test_a_plain_check_imports_nothing_of_it(stack: Path) -> None:
    code = (
        "import sys; from configlint.cli import start\n"
        "start.run()\n"
        "print([name for name in sys.modules if name.rpartition('.')[2] in ('revision', 'commit', 'since')])"
    )
    command = [sys.executable, "-c", code, "check", "--no-cache"]
    done = subprocess.run(command, cwd=stack, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")
