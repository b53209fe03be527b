"""Services that run steps for somebody, acted out: the files and variables that they give, and the shell."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from checkout import PROJECT
from running import HOMES, Ran

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


class Step(NamedTuple):
    """What a step left behind."""

    exit: int
    stdout: str
    stderr: str
    summary: str
    outputs: dict[str, str]


class Runner(NamedTuple):
    """A machine of GitHub's with one job: its directory for temporary files, and the checkout of the action."""

    temp: Path
    action: Path

    def run(self, step: Mapping[str, Any], values: Mapping[str, str], workspace: Path, **more: str) -> Step:
        """One `run:` step as the runner has bash run it.

        `values` are what its expressions stand for, `more` are further variables.
        """
        files = {
            name: self.temp / f"{name}-{len(list(self.temp.iterdir()))}" for name in ("script", "summary", "output")
        }
        files["script"].write_text(step["run"], encoding="utf-8")
        environment = {name: filled(value, values) for name, value in step.get("env", {}).items()}
        given = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(self.temp),
            "RUNNER_TOOL_CACHE": "/opt/hostedtoolcache",
        }
        for name in ("summary", "output"):
            files[name].touch()
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", files["script"]],
            cwd=workspace,
            env=clean() | given | environment | more,
            capture_output=True,
            text=True,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in files["output"].read_text(encoding="utf-8").splitlines())
        return Step(done.returncode, done.stdout, done.stderr, files["summary"].read_text(encoding="utf-8"), outputs)


def script(lines: Sequence[str], variables: Mapping[str, str], runner: Runner, workspace: Path, **more: str) -> Ran:
    """The `script:` of a GitLab job: its lines in one shell that ends at the first failure.

    The variables of a job speak before those of the project, which are `more`.

    configlint is installed on the runner already, so that what `pip install` is asked for is there.
    """
    done = subprocess.run(
        ["bash", "-c", "set -eo pipefail\n" + "\n".join(lines)],
        cwd=workspace,
        env=clean()
        | more
        | dict(variables)
        | {
            "CI": "true",
            "GITLAB_CI": "true",
            "CONFIGLINT": "configlint",
            "PATH": f"{runner.temp}/configlint/bin{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its expressions replaced."""
    return _EXPRESSION.sub(lambda match: values[match[1]], text)


def clean() -> dict[str, str]:
    """The environment without what belongs to this run of the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "PYTEST_"))}
    return kept | HOMES


def action() -> dict[str, Any]:
    """`action.yml`."""
    found: dict[str, Any] = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
    return found
