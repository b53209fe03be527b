"""The project does what it asks of others: it is checked by itself, typed, and started in every way that it names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from running import HOMES, run, write
from scheduling import BY_PARAMETER, POSIX, SLOW, TOGETHER

ROOT = Path(__file__).parents[1]


def test_configlint_finds_nothing_here() -> None:
    ran = run(ROOT, "check", "--no-cache", "--fail-on", "info", "--format", "concise", "--verbose")
    assert ran.exit == 0, ran.stdout
    assert "No errors, no warnings" in ran.stdout + ran.stderr


def test_its_hooks_are_those_of_a_repository_that_pre_commit_takes() -> None:
    path = ROOT / ".pre-commit-config.yaml"
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    (local,) = yaml.safe_load(path.read_text(encoding="utf-8"))["repos"]
    (published, *_) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (own,) = (hook for hook in local["hooks"] if hook["id"] == published["id"])
    assert own["entry"] == f".venv/bin/{published['entry']}"
    assert own["pass_filenames"] is published["pass_filenames"]


@pytest.mark.parametrize("path", sorted((ROOT / ".github").rglob("*.yml")), ids=lambda path: path.name)
def test_what_github_reads_is_yaml_of_its_kind(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.parent.name == "workflows":
        assert form["permissions"] == {"contents": "read"}  # a job that needs more says so itself
        assert all(step.keys() & {"run", "uses"} for job in form["jobs"].values() for step in job["steps"])
    elif path.name != "config.yml":
        assert {"name", "description", "body"} <= form.keys()


def test_every_python_that_is_promised_is_tried() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))["jobs"]
    for job in ("linux", "elsewhere"):
        versions = jobs[job]["strategy"]["matrix"]["python"]
        assert all(f'"Programming Language :: Python :: {version}",' in project for version in versions)
        assert project.count("Programming Language :: Python :: 3.") == len(versions)


def test_the_lists_of_modules_name_modules() -> None:
    for name in (*SLOW, *TOGETHER, *BY_PARAMETER, *POSIX):
        assert (ROOT / "tests" / name).is_file(), name


def as_module(root: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *options, "-m", "configlint", "check"],
        cwd=root, env=os.environ | HOMES, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("options", [(), ("-P",)], ids=["with the directory in front", "without it"])
def test_python_m_configlint_is_the_command(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Though Python puts the current directory first, no module of it is imported."""
    mark = tmp_path / "mark"
    modules = ("yaml", "click", "pydantic", "dotenv", "json", "select", "marshal", "ruamel/yaml/__init__")
    root = write(tmp_path / "root", {f"{name}.py": f"open({str(mark)!r}, 'w')\n" for name in modules})
    write(root, {".env": "PORT=1\nPORT=2\n", ".configlint.yaml": "exclude: ['*.py']\n"})
    command = run(root, "check")
    ran = as_module(root, *options)
    assert (ran.returncode, ran.stdout, ran.stderr) == (command.exit, command.stdout, command.stderr)
    assert "duplicate-key" in ran.stdout
    assert not mark.exists()
