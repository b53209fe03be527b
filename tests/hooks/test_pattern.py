"""The hooks run whenever a file that takes part has changed, and only then."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats import format_of
from configlint.formats.shell.units import kind_of

HOOKS = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())


def runs_for(path: str) -> bool:
    """As pre-commit decides it."""
    found = {re.search(hook["files"], path) is not None for hook in HOOKS}
    (answer,) = found
    return answer


@pytest.mark.parametrize(
    "path",
    [
        ".env", "apps/api/.env", ".env.local", ".env.production", "api.env", ".env.example", "prod.env.template",
        "env.example", "config/env_template.txt", ".flaskenv",
        "livekit.yaml", "deploy/livekit.production.yml", "egress.yaml", "ingress.yaml", "sip.yaml",
        "compose.yaml", "compose.override.yml", "docker-compose.yml", "docker-compose.prod.yaml",
        "Dockerfile", "api/Dockerfile.prod", "api.Dockerfile", "api/dockerfile", "Containerfile",
        "gunicorn.conf.py", "gunicorn.conf", "services/asr/gunicorn.conf.py", "app/main.py", "settings.py",
        "frontend/lib/core/constants.dart", "frontend/pubspec.yaml",
        "Procfile", "Procfile.dev", "deploy/api.service", "supervisord.conf", "etc/supervisor/conf.d/api.conf",
        "supervisor.ini", "start.sh", "scripts/entrypoint.sh", "docker-entrypoint.sh", "docker-entrypoint",
        "entrypoint", "start", "bin/run",
        ".configlint.yaml", "configlint.yaml", "pyproject.toml", "config-rules/postgres.yaml", ".configlint-baseline",
        "Makefile", "build/rules.mk", "justfile", "ios/fastlane/Fastfile", "Jenkinsfile",
        "app/android/app/src/main/AndroidManifest.xml",
        "settings.json", "Cargo.toml", "a b/é/.env",
    ],
)  # fmt: skip
def test_takes_part(path: str) -> None:
    assert runs_for(path)


@pytest.mark.parametrize(
    "path",
    [
        "README.md", "docs/env.md", "app.js", "index.html", "makefile.txt", "LICENSE", "poetry.lock", "main.go",
        "image.png", ".envrc", "environment.ts", "env.d.ts", "env.ts", "venv/bin/activate", ".dockerignore",
        "Dockerfile.dockerignore", "nginx.conf", "redis.conf", "setup.cfg", "dotenv", "starting",
        "restart", "running/x",
        ".env/x.txt", "Dockerfiles/notes.txt", "livekit.yaml.md", "x.yaml/notes.txt", "x.py.txt", "yaml", "py",
        "supervisor/notes.txt", ".gitignore", "services.txt", "entrypoints.txt", "profile", "Procfile/x.txt",
    ],
)  # fmt: skip
def test_takes_no_part(path: str) -> None:
    assert not runs_for(path)


words = st.sampled_from(
    ["", ".", "-", "_", "/", "env", "flaskenv", "example", "template", "Dockerfile", "Containerfile", "Procfile", "x",
     "prod", "gunicorn.conf", ".py", ".dart", ".yaml", ".yml", ".json", ".service", "supervisor", "supervisord",
     ".conf", ".ini", "ignore", "bak", ".g", "txt"]
)  # fmt: skip


@settings(max_examples=2000, deadline=None)
@given(st.lists(words, min_size=1, max_size=6).map("".join))
def test_whatever_a_reader_claims_makes_the_hooks_run(path: str) -> None:
    if path and not path.endswith("/") and (format_of(path) is not None or kind_of(path) is not None):
        assert runs_for(path)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_both_hooks_read_everything(hook: dict[str, object]) -> None:
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert hook["require_serial"] is True


def test_the_entries() -> None:
    assert {hook["id"]: hook["entry"] for hook in HOOKS} == {
        "configlint": "configlint check",
        "configlint-fix": "configlint fix --exit-non-zero-on-fix",
    }


def test_a_hostile_path_is_answered() -> None:
    for part in ("a/", ".env.", "supervisor/", "supervisor", "Dockerfile."):
        runs_for(part * 800 + "!")
