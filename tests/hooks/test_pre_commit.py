"""The hooks as pre-commit runs them: installed from a clone, in real repositories, on real commits."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from checkout import checkout

SERVER_SECRET = "made-up-server-secret-of-forty-characters"
LIVEKIT = f"port: 7880\nkeys:\n  devkey: {SERVER_SECRET}\n"
RENEWED = LIVEKIT.replace("made-up", "renewed")
ENVIRONMENT = f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={SERVER_SECRET}\n"
DART = "class Api {{\n  static const String base = 'http://{host}:8000';\n}}\n"
STACK = {
    ".gitignore": ".env\n",
    ".env": ENVIRONMENT,
    "livekit.yaml": LIVEKIT,
    ".configlint.yaml": "mobile: {host: 192.168.1.44}\n",
    "app/pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\n",
    "app/lib/api.dart": DART.format(host="192.168.1.44"),
    "README.md": "",
}


class Tool(NamedTuple):
    """pre-commit, and a commit of this project to install the hooks from."""

    home: Path
    clone: Path
    revision: str

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        # The commits below call pre-commit by itself.
        path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
        return kept | {"PRE_COMMIT_HOME": str(self.home), "PATH": path, "NO_COLOR": "1"}


class Repository(NamedTuple):
    top: Path
    tool: Tool

    def run(self, *command: str, directory: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, cwd=self.top / directory, env=self.tool.environment(), capture_output=True, text=True, check=False
        )

    def git(self, *arguments: str, directory: str = "") -> "subprocess.CompletedProcess[str]":
        return self.run("git", "-c", "user.name=T", "-c", "user.email=t@example.com", *arguments, directory=directory)

    def commit(self, changes: Mapping[str, str], directory: str = "") -> "subprocess.CompletedProcess[str]":
        """Write the files, stage those that git does not ignore, and commit."""
        self.write(changes)
        for path in changes:
            self.git("add", path)
        return self.git("commit", "-m", "change", directory=directory)

    def write(self, files: Mapping[str, str]) -> None:
        for path, content in files.items():
            (self.top / path).parent.mkdir(parents=True, exist_ok=True)
            (self.top / path).write_text(content)

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD").stdout)


@pytest.fixture(scope="session")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Tool:
    """This project as it stands, committed to a repository of its own, and one home for all of pre-commit's work."""
    clone = checkout(tmp_path_factory.mktemp("project"))
    made = Repository(clone, Tool(tmp_path_factory.mktemp("home"), clone, ""))
    made.git("init", "--quiet")
    made.git("add", "--force", ".")
    made.git("commit", "--quiet", "-m", "snapshot")
    return made.tool._replace(revision=made.git("rev-parse", "HEAD").stdout.strip())


@pytest.fixture(params=["configlint"])
def repository(tmp_path: Path, tool: Tool, request: pytest.FixtureRequest) -> Repository:
    """A healthy stack with the hook installed, whose one commit passed it."""
    made = Repository(tmp_path / "stack", tool)
    hook = f"repos:\n- repo: {tool.clone}\n  rev: {tool.revision}\n  hooks: [{{id: {request.param}}}]\n"
    made.write({**STACK, ".pre-commit-config.yaml": hook})
    made.git("init", "--quiet", "--initial-branch=main")
    installed = made.run("pre-commit", "install", "--install-hooks")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    made.git("add", ".")
    first = made.git("commit", "-m", "first")
    assert first.returncode == 0, first.stdout + first.stderr
    return made


with_fix = pytest.mark.parametrize("repository", ["configlint-fix"], indirect=True)


def test_a_commit_of_the_server_s_side_alone_is_refused(repository: Repository) -> None:
    refused = repository.commit({"livekit.yaml": RENEWED})
    assert refused.returncode != 0
    assert "secret-parity" in refused.stderr
    assert ".env:2" in refused.stderr
    assert "server-secret-of" not in refused.stderr + refused.stdout
    assert repository.commits() == 1


def test_a_commit_of_the_app_alone_is_refused(repository: Repository) -> None:
    refused = repository.commit({"app/lib/api.dart": DART.format(host="localhost")})
    assert refused.returncode != 0
    assert "mobile-localhost" in refused.stderr
    assert repository.commits() == 1


def test_the_ignored_side_is_read_though_it_is_never_staged(repository: Repository) -> None:
    repository.write({".env": ENVIRONMENT.replace("made-up", "old")})
    refused = repository.commit({"livekit.yaml": LIVEKIT + "log_level: info\n"})
    assert refused.returncode != 0
    assert "secret-parity" in refused.stderr
    repository.write({".env": ENVIRONMENT})
    assert repository.git("commit", "-m", "again").returncode == 0


def test_a_commit_that_touches_nothing_of_it_is_not_held_up(repository: Repository) -> None:
    repository.write({".env": ENVIRONMENT.replace("made-up", "old")})
    passed = repository.commit({"README.md": "more\n"})
    assert passed.returncode == 0
    assert "no files to check" in passed.stderr


def test_a_healthy_change_passes_from_a_directory_below(repository: Repository) -> None:
    repository.write({"app/lib/other.dart": DART.format(host="192.168.1.44")})
    repository.git("add", "app")
    passed = repository.git("commit", "-m", "more", directory="app/lib")
    assert passed.returncode == 0, passed.stderr
    assert repository.commits() == 2


def test_a_commit_of_some_paths_from_a_directory_below_is_refused(repository: Repository) -> None:
    repository.write({"livekit.yaml": RENEWED, "README.md": "not in this commit\n"})
    refused = repository.git("commit", "-m", "part", "../livekit.yaml", directory="app")
    assert refused.returncode != 0
    assert "secret-parity" in refused.stderr


def test_half_of_a_pair_staged(repository: Repository) -> None:
    """pre-commit puts unstaged changes aside, so what is checked is what would be committed."""
    repository.write({"livekit.yaml": RENEWED})
    repository.git("add", "livekit.yaml")
    repository.write({"livekit.yaml": LIVEKIT})
    refused = repository.git("commit", "-m", "staged is wrong")
    assert refused.returncode != 0
    assert "secret-parity" in refused.stderr
    assert (repository.top / "livekit.yaml").read_text() == LIVEKIT


def test_in_a_work_tree_of_its_own(repository: Repository) -> None:
    repository.git("worktree", "add", "--quiet", "../second", "-b", "second")
    second = repository._replace(top=repository.top.parent / "second")
    second.write({".env": ENVIRONMENT})
    refused = second.commit({"livekit.yaml": RENEWED})
    assert refused.returncode != 0
    assert "secret-parity" in refused.stderr
    assert second.commit({"livekit.yaml": LIVEKIT + "log_level: info\n"}).returncode == 0


def test_in_ci_without_the_ignored_side_all_files_pass_unless_the_rule_is_required(repository: Repository) -> None:
    (repository.top / ".env").unlink()
    passed = repository.run("pre-commit", "run", "--all-files", "--verbose")
    assert passed.returncode == 0, passed.stdout
    assert "1 rule could not be checked here: secret-parity" in passed.stdout
    hooks = (repository.top / ".pre-commit-config.yaml").read_text()
    required = hooks.replace("{id: configlint}", "{id: configlint, args: [--require=secret-parity]}")
    repository.write({".pre-commit-config.yaml": required})
    failed = repository.run("pre-commit", "run", "--all-files")
    assert failed.returncode != 0
    assert "--require failed: secret-parity" in failed.stdout


@with_fix
def test_the_fix_mends_the_staged_file_and_fails_the_commit(repository: Repository) -> None:
    refused = repository.commit({"app/lib/api.dart": DART.format(host="localhost")})
    assert refused.returncode != 0
    assert (repository.top / "app/lib/api.dart").read_text() == DART.format(host="192.168.1.44")
    assert "localhost" in repository.git("show", ":app/lib/api.dart").stdout  # nothing was staged by the hook
    assert repository.commits() == 1
    assert repository.commit({"app/lib/api.dart": DART.format(host="192.168.1.44") + "\n"}).returncode == 0


@with_fix
def test_the_fix_fails_a_commit_though_only_an_ignored_file_was_mended(repository: Repository) -> None:
    """pre-commit cannot see that file change; the exit code tells it."""
    refused = repository.commit({"livekit.yaml": RENEWED})
    assert refused.returncode != 0
    assert (repository.top / ".env").read_text() == ENVIRONMENT.replace("made-up", "renewed")
    assert "server-secret-of" not in refused.stderr + refused.stdout
    assert repository.git("status", "--porcelain").stdout == "M  livekit.yaml\n"
    assert repository.git("commit", "-m", "again").returncode == 0
    assert repository.git("show", "HEAD:livekit.yaml").stdout == RENEWED


@with_fix
def test_a_healthy_commit_passes_the_fix(repository: Repository) -> None:
    assert repository.commit({"livekit.yaml": LIVEKIT + "log_level: info\n"}).returncode == 0
