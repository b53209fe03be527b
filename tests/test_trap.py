"""Nothing of a linted repository is executed or imported: everything here would leave a mark if it were.

A repository's own `.git` is no exception: it may have come in an archive, and names programs.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import HOMES, contents, git, write

from configlint.cli.commands import cli

RULE = """\
id: mine
title: they agree
why: so
severity: error
kind: equals
from: [{file: .env, key: A}, {file: app.yaml, key: a}]
"""

COMMANDS: dict[str, list[tuple[str, ...]]] = {
    "check": [
        (),
        ("--format", "json"),
        ("--verbose", "--no-cache"),
        ("--base", "HEAD", "--stats"),
        ("--staged", "--quiet"),
    ],
    "fix": [("--diff",), ("--unsafe",)],
    "why": [("API_SECRET",), ("api.workers",)],
    "explain": [("mine",)],
    "rules": [()],
    "test": [("rule.yaml",)],
    "init": [()],
    "baseline": [(), ("--prune",)],
    "schema": [()],
    "clean": [()],
}


def trapped(mark: Path) -> dict[str, str | bytes]:
    """Files of a healthy-looking stack, each of which makes `mark` when somebody runs, imports or builds it."""
    python = f"import os, pathlib\npathlib.Path({str(mark)!r}).touch()\n"
    shell = f"#!/bin/sh\ntouch {mark}\n"
    modules = (
        "conftest", "sitecustomize", "usercustomize", "setup", "yaml", "click", "pydantic", "dotenv", "json",
        "configlint/__init__", "configlint/cli/__init__", "manage", "noxfile", "encodings/__init__",
        "ruamel/yaml/__init__",
    )  # fmt: skip
    scripts = ("start.sh", "git", "docker", "sh", "configlint-fix", "Makefile", "dart", "flutter")
    return {
        **{f"{name}.py": python for name in modules},
        **dict.fromkeys(scripts, shell),
        "gunicorn.conf.py": f"{python}workers = os.cpu_count() * 2 + int(open(__file__).read() and 1)\n",
        "api/gunicorn.conf.py": f"{python}workers = (lambda: exec({python!r}))() or 1\n",
        "api/main.py": f"{python}from fastapi import FastAPI\napp = FastAPI()\nSECRET = os.getenv('API_SECRET', 'x')\n",
        "trap.pth": f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n",
        "docker-compose.yml": "services:\n  api:\n    build: ./api\n    env_file: .env\n    ports: ['8000:8000']\n"
        f"    command: sh -c '$(touch {mark}) `touch {mark}` gunicorn main:app'\n"
        f"    environment:\n      X: !!python/object/apply:os.system ['touch {mark}']\n      U_URL: http://nobody:1\n",
        "api/Dockerfile": f'FROM python:3.12\nRUN touch {mark}\nCOPY . .\nCMD ["sh", "-c", "touch {mark}"]\n',
        "livekit.yaml": f"keys:\n  devkey: !!python/object/new:os.system ['touch {mark}']\n",
        ".env": f"A=$(touch {mark})\nB=`touch {mark}`\nAPI_SECRET=made-up\nLIVEKIT_API_KEY=k\nLIVEKIT_API_SECRET=y\n",
        "app.yaml": "a: 1\n",
        "rule.yaml": RULE,
        ".configlint.yaml": "rule-files: [rule.yaml]\n",
        "lib/main.dart": f"import 'dart:io';\nfinal x = Process.runSync('touch', ['{mark}']);\n"
        "const url = 'http://localhost:1';\n",
        "pubspec.yaml": "name: a\ndependencies: {flutter: {sdk: flutter}}\n",
        "pyproject.toml": "[build-system]\nbuild-backend = 'setup'\nbackend-path = ['.']\n",
        ".pre-commit-config.yaml": f"repos: [{{repo: local, hooks: [{{id: x, name: x, entry: touch {mark}, "
        "language: system}]}]\n",
        ".envrc": f"touch {mark}\n",
        ".gitattributes": "* filter=trap diff=trap merge=trap\n",
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::touch ' + f"{mark}\n\tupdate = !touch {mark}\n",
    }


PROGRAMS = (
    "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy", "core.hooksPath",
    "core.alternateRefsCommand", "diff.external", "diff.trap.textconv", "diff.trap.command", "merge.trap.driver",
    "filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "credential.helper", "gpg.program",
    "sequence.editor", "pager.ls-files", "pager.config", "pager.rev-parse", "pager.check-ignore",
    "uploadpack.packObjectsHook", "remote.origin.uploadpack", "remote.origin.vcs", "trace2.eventTarget",
    "browser.x.cmd", "interactive.diffFilter", "init.templateDir", "gc.recentObjectsHook",
)  # fmt: skip
"""What a repository's configuration may name for git to run."""

HOOKS = ("fsmonitor-watchman", "post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction")


def armed(root: Path, mark: Path) -> Path:
    """A repository whose own git configuration and hooks would make `mark`, and whose files would."""
    write(root, trapped(mark))
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x")
    program = write(root, {".git/trap": f"#!/bin/sh\ntouch {mark}\n"}) / ".git/trap"
    program.chmod(0o755)
    for hook in HOOKS:
        (root / ".git/hooks" / hook).write_bytes(program.read_bytes())
        (root / ".git/hooks" / hook).chmod(0o755)
    for path in ("start.sh", "git", "docker", "sh"):
        (root / path).chmod(0o755)
    for name in PROGRAMS:
        git(root, "config", name, str(program))
    for name in ("ls-files", "rev-parse", "config", "check-ignore"):
        git(root, "config", f"alias.{name}", f"!{program}")
    (root / "lib/main.dart").touch()  # git would look at its content again, through the filter
    return root


def starts(root: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed command, as a user has it who stands in that directory; its own modules come first."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("configlint")), *arguments],
        cwd=root,
        env={**os.environ, **HOMES, "HOME": str(home), "PATH": f"{os.environ['PATH']}:.", "PAGER": "false"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def mark(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "mark"
    yield path
    assert not path.exists(), "something of the repository was run"


def test_every_command_has_its_turn() -> None:
    assert set(COMMANDS) == set(cli.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_of_a_repository_is_run(tmp_path: Path, mark: Path, command: str) -> None:
    root = armed(tmp_path / "root", mark)
    if command == "init":
        (root / ".configlint.yaml").unlink()
    for more in COMMANDS[command]:
        ran = starts(root, tmp_path, command, *more)
        assert ran.returncode in (0, 1), ran.stderr
        assert "refuses" not in ran.stderr + ran.stdout  # it was asked
    assert "__pycache__" not in " ".join(contents(root))


def test_nor_where_git_would_fetch_what_is_missing(tmp_path: Path, mark: Path) -> None:
    """A partial clone asks its remote for an object that is not here, through any program that the remote names."""
    root = write(tmp_path / "root", trapped(mark))
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    for path in (".gitignore", "lib/.gitignore"):
        git(root, "update-index", "--add", "--cacheinfo", f"100644,{'1' * 40},{path}")
        git(root, "update-index", "--skip-worktree", path)
    for name, value in {
        "remote.origin.url": f"ext::touch {mark}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
    }.items():
        git(root, "config", name, value)
    subprocess.run(["git", "ls-files", "-o", "--exclude-standard"], cwd=root, capture_output=True, check=False)
    assert mark.exists(), "this is no trap"
    mark.unlink()
    ran = starts(root, tmp_path, "check", "--no-cache")
    assert ran.returncode in (0, 1, 2), ran.stderr


def test_nor_in_a_bare_repository_that_lies_in_another_one(tmp_path: Path, mark: Path) -> None:
    """Its configuration comes with every clone of the outer one."""
    root = armed(tmp_path / "root", mark)
    inner = root / "inner"
    inner.mkdir()
    for path in ("HEAD", "config", "index"):
        (inner / path).write_bytes((root / ".git" / path).read_bytes())
    for path in ("objects", "refs"):
        (inner / path).mkdir()
    git(inner, "config", "--file", "config", "core.bare", "false")
    git(inner, "config", "--file", "config", "core.worktree", str(root))
    write(inner, {"docker-compose.yml": "services: {a: {image: x}}\n"})
    for place in (root, inner):
        ran = starts(place, tmp_path, "check", "--no-cache")
        assert ran.returncode in (0, 1), ran.stderr
