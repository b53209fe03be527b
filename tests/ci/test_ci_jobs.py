"""The jobs of CI, acted out: GitHub's steps and GitLab's script, in repositories as these services check them out."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import yaml
from acted import Runner, Step, action, script
from checkout import PROJECT, checkout
from running import repository, write

SECRET = "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"
OLD = "made-up-and-of-last-year"
STACK: dict[str, str | bytes] = {
    ".env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={OLD}\n",
    ".env.example": "LIVEKIT_API_KEY=\nLIVEKIT_API_SECRET=\n",
    "livekit.yaml": f"keys:\n  devkey: {SECRET}\n",
}
HEALTHY = {**STACK, ".env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={SECRET}\n"}
DOCUMENT = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")
INSTALL, CHECK = action()["runs"]["steps"]


class Job(NamedTuple):
    """A repository in a job of its own."""

    runner: Runner
    workspace: Path

    def check(self, **inputs: str) -> Step:
        """The step that checks, with the inputs of a user."""
        given = {name: inputs.pop(name.replace("-", "_"), one["default"]) for name, one in action()["inputs"].items()}
        assert not inputs
        return self.runner.run(CHECK, {f"inputs.{name}": value for name, value in given.items()}, self.workspace)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner on which the action's checkout is installed, by the action's own step."""
    made = Runner(tmp_path_factory.mktemp("runner temp"), checkout(tmp_path_factory.mktemp("action path")))
    installed = made.run(INSTALL, {}, made.temp)
    assert installed.exit == 0, installed.stderr
    return made


HOSTILE = "open('pwned', 'a').write(__name__ + '\\n')\nraise SystemExit(0)\n"
"""A module of a pull request: says that it was run."""

MODULES = ("venv", "pip", "ensurepip", "subprocess", "logging", "sysconfig", "shlex", "os", "click", "configlint",
           "encodings/__init__", "hatchling/__init__", "sitecustomize", "usercustomize", "runpy")  # fmt: skip


def hostile(workspace: Path) -> Path:
    return write(workspace, {f"{name}.py": HOSTILE for name in MODULES})


@pytest.mark.parametrize("variables", [{}, {"PYTHONPATH": "{}", "PYTHONSTARTUP": "{}/os.py"}], ids=["plain", "named"])
def test_no_module_of_the_workspace_is_run(
    runner: Runner, tmp_path_factory: pytest.TempPathFactory, variables: dict[str, str]
) -> None:
    """Neither by the installation nor by the check, also where the job lets Python look for modules there."""
    workspace = hostile(repository(tmp_path_factory.mktemp("hostile"), STACK))
    more = {name: value.format(workspace) for name, value in variables.items()}
    fresh = Runner(tmp_path_factory.mktemp("fresh"), runner.action)
    installed = fresh.run(INSTALL, {}, workspace, **more)
    assert installed.exit == 0, installed.stderr
    assert (fresh.temp / "configlint/bin/configlint").exists()
    inputs = {f"inputs.{name}": one["default"] for name, one in action()["inputs"].items()}
    checked = fresh.run(CHECK, inputs, workspace, **more)
    assert checked.outputs == {"exit-code": "1"}, checked.stderr
    assert len(annotations(checked)) > 0
    assert list(workspace.rglob("pwned")) == []


@pytest.fixture
def job(runner: Runner, tmp_path: Path) -> Job:
    """A broken stack without `.env`, as git has it."""
    root = repository(tmp_path / "work", STACK, ignored=(".env",))
    (root / ".env").unlink()
    return Job(runner, root)


def annotations(step: Step) -> list[str]:
    return [line for line in step.stdout.splitlines() if re.match(r"::(error|warning|notice) ", line)]


def test_what_is_wrong_is_annotated_summed_up_and_fails(job: Job) -> None:
    write(job.workspace, {".env": STACK[".env"]})
    step = job.check()
    assert (step.exit, step.outputs) == (1, {"exit-code": "1"})
    (annotation,) = annotations(step)
    assert annotation.startswith("::error file=.env,line=2,")
    assert "title=configlint%3A secret-parity::" in annotation
    assert step.summary.startswith("## configlint\n\n**Found 1 error in 1 file.**")
    assert "| error | `secret-parity` |" in step.summary
    assert OLD not in step.stdout + step.stderr + step.summary
    assert SECRET not in step.stdout + step.stderr + step.summary


def test_without_the_env_file_it_is_green_and_says_what_it_lacks(job: Job) -> None:
    step = job.check()
    assert (step.exit, step.outputs) == (0, {"exit-code": "0"})
    assert all(line.startswith("::notice ") for line in annotations(step))
    assert "2 rules could not be checked here: env-example-drift, secret-parity" in step.stdout
    assert "### Not checked" in step.summary
    assert "| `secret-parity` | .env is missing (git-ignored) |" in step.summary
    assert "Missing, because git ignores it: .env. Write it before the check (in CI, from a secret)." in step.summary


def test_a_required_rule_that_lacks_it_is_red(job: Job) -> None:
    step = job.check(args="--require=secret-parity\n")
    assert step.exit == 1
    assert "--require failed: secret-parity" in step.stdout
    assert "--require failed: secret-parity" in step.summary


def test_with_the_env_file_written_before_it_the_rule_is_checked(job: Job) -> None:
    write(job.workspace, {".env": HEALTHY[".env"]})
    step = job.check(args="--require=secret-parity\n\n--require=unreadable-file\n")
    assert step.exit == 0, step.stdout
    assert annotations(step) == []


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("never", 0)])
def test_fail_on_decides(job: Job, fail_on: str, code: int) -> None:
    write(job.workspace, {".env": STACK[".env"]})
    step = job.check(fail_on=fail_on)
    assert (step.exit, step.outputs["exit-code"], len(annotations(step))) == (code, str(code), 1)


def test_other_forms_for_the_log(job: Job) -> None:
    write(job.workspace, {".env": STACK[".env"]})
    step = job.check(format="concise")
    assert step.stdout.startswith(".env:2:20: error secret-parity ")
    assert step.summary.startswith("## configlint\n")


def test_the_sarif_file_is_written_whatever_was_found(job: Job) -> None:
    write(job.workspace, {".env": STACK[".env"]})
    step = job.check(sarif="out file.sarif")
    document = json.loads((job.workspace / "out file.sarif").read_text(encoding="utf-8"))
    assert step.exit == 1
    assert [each["ruleId"] for each in document["runs"][0]["results"]] == ["secret-parity"]


def test_a_sarif_file_that_cannot_be_written_fails_the_step(job: Job) -> None:
    step = job.check(sarif="no/such/directory.sarif")
    assert (step.exit, step.outputs) == (2, {"exit-code": "2"})
    assert "no/such" in step.stderr


def test_a_path_narrows_what_is_told(job: Job) -> None:
    write(job.workspace, {".env": STACK[".env"], "other/a.yaml": "a: 1\n"})
    assert annotations(job.check(path="other")) == []
    assert len(annotations(job.check(path="livekit.yaml"))) == 1


@pytest.mark.parametrize(
    "inputs",
    [
        {"fail_on": "never mind"},
        {"args": "--no-such-option"},
        {"format": "xml"},
        {"path": "--version"},
        {"path": "nowhere"},
    ],
    ids=str,
)
def test_a_wrong_input_is_exit_2_and_the_summary_says_that_nothing_was_checked(
    job: Job, inputs: dict[str, str]
) -> None:
    step = job.check(**inputs)
    assert (step.exit, step.outputs) == (2, {"exit-code": "2"})
    assert step.stderr.startswith("configlint: ")
    assert "Nothing was checked" in step.summary


def test_no_input_is_run(job: Job) -> None:
    """Each input holds what would leave a file behind, if any shell took it for more than a word."""
    evil = "$(touch pwned) `touch pwned`; touch pwned #'\"\n| touch pwned\n${IFS}"
    for name in ("path", "fail_on", "format", "sarif", "args"):
        job.check(**{name: evil})
    assert list(job.workspace.rglob("pwned")) == []


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ("--require secret-parity", 1),
        ("--require 'secret-parity' --verbose", 1),
        ('--fail-on\n"never"', 0),
        ("--root '.'", 0),
        ("--ignore \\secret-parity", 0),
        ("'--require secret-parity'", 2),
        ("--root 'a directory'", 2),
        ("--root 'open", 2),
        ("# no comment", 2),
    ],
)
def test_more_options_are_split_as_by_a_shell(job: Job, args: str, code: int) -> None:
    step = job.check(args=args)
    assert (step.exit, step.outputs) == (code, {"exit-code": str(code)}), step.stderr


def test_no_script_holds_an_expression() -> None:
    for step in (INSTALL, CHECK):
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_content_of_files_is_no_command_and_no_html(job: Job) -> None:
    """A key and a path that would speak to the runner, in a finding."""
    path = "::stop-commands::x/<img src=x>|`y`/docker-compose.yml"
    port = "services: {a: {image: x, ports: ['1:1']}, 'b%0A::add-mask::x': {image: x, ports: ['1:1']}}\n"
    write(job.workspace, {path: port})
    step = job.check()
    assert step.exit == 1
    commands = [line.split("::")[1].split(" ")[0] for line in step.stdout.splitlines() if line.strip().startswith("::")]
    assert set(commands) <= {"error", "warning", "notice", "group", "endgroup"}
    assert "<img" not in step.summary
    assert not re.search(r"^\s*::", step.summary, re.MULTILINE)
    assert {row.count("|") for row in step.summary.splitlines() if row.startswith("| error")} == {5}


def test_two_runs_say_the_same(job: Job) -> None:
    write(job.workspace, {".env": STACK[".env"]})
    once, again = job.check(), job.check()
    assert (once.stdout, once.summary) == (again.stdout, again.summary)


def test_a_checkout_of_another_user_is_checked_all_the_same(job: Job) -> None:
    """As in a container: git refuses, and what it ignores is known from its files."""
    changed = subprocess.run(["chown", "-R", "12345", str(job.workspace)], check=False)
    if changed.returncode != 0:
        pytest.skip("only root can give files away")
    step = job.check()
    assert step.exit == 0, step.stdout
    assert "| `secret-parity` | .env is missing (git-ignored) |" in step.summary
    assert "note:" in step.summary


def commands(directory: Path, **scripts: str) -> str:
    """A PATH that holds bash and some scripts, and nothing else."""
    directory.mkdir()
    (directory / "bash").symlink_to(str(shutil.which("bash")))
    for name, text in scripts.items():
        made = directory / name
        made.write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
        made.chmod(0o755)
    return str(directory)


def test_without_a_python_that_is_new_enough_it_says_what_to_do(runner: Runner, tmp_path: Path) -> None:
    old = commands(tmp_path / "bin", python3="exit 1")
    step = runner.run(INSTALL, {}, tmp_path, PATH=old, RUNNER_TOOL_CACHE=str(tmp_path / "none"))
    assert step.exit == 1
    assert step.stdout == (
        "::error title=configlint::Python 3.11 or newer is needed: put actions/setup-python before this step\n"
    )


def test_a_python_of_the_tool_cache_serves_where_that_of_the_job_is_too_old(runner: Runner, tmp_path: Path) -> None:
    old = commands(tmp_path / "bin", python3="exit 1")
    cached = tmp_path / "cache/Python/3.13.1/x64/bin"
    cached.parent.mkdir(parents=True)
    commands(cached, python3='[ "$2" = -c ] || echo "asked for $*"')
    temporary = Runner(tmp_path / "temp", runner.action)
    temporary.temp.mkdir()
    step = temporary.run(INSTALL, {}, tmp_path, PATH=old, RUNNER_TOOL_CACHE=str(tmp_path / "cache"))
    assert step.stdout == f"asked for -I -m venv {temporary.temp}/configlint\n"


def test_nothing_of_others_is_used() -> None:
    """No step that somebody else could change."""
    assert all("uses" not in step for step in action()["runs"]["steps"])


def test_every_input_and_output_is_described() -> None:
    described = action()
    assert all(one["description"] and "default" in one for one in described["inputs"].values())
    assert set(described["outputs"]) == {"exit-code"}


class TestGitLab:
    """The job of `docs/ci.md`: its script is run, and what it leaves is read as GitLab reads it."""

    @pytest.fixture
    def gitlab(self) -> dict[str, Any]:
        (text,) = [
            block
            for block in re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
            if block.startswith("configlint:\n")
        ]
        found: dict[str, Any] = yaml.safe_load(text)["configlint"]
        return found

    def test_it_fails_and_leaves_both_reports(self, job: Job, gitlab: dict[str, Any]) -> None:
        write(job.workspace, {".env": STACK[".env"]})
        ran = script(gitlab["script"], gitlab["variables"], job.runner, job.workspace)
        assert ran.exit == 1
        assert "error[secret-parity]" in ran.stdout
        reports = gitlab["artifacts"]["reports"]
        assert gitlab["artifacts"]["when"] == "always"
        (entry,) = json.loads((job.workspace / reports["codequality"]).read_text(encoding="utf-8"))
        assert entry["check_name"] == "secret-parity"
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"] == {"path": ".env", "lines": {"begin": 2, "end": 2}}
        suite = ElementTree.parse(job.workspace / reports["junit"]).getroot()[0]
        assert suite.attrib["failures"] == "1"
        left = "".join((job.workspace / name).read_text(encoding="utf-8") for name in reports.values())
        assert OLD not in left + ran.stdout + ran.stderr
        assert SECRET not in left + ran.stdout + ran.stderr

    @pytest.mark.parametrize("more", [{}, {"PYTHONPATH": "."}])
    def test_no_module_of_the_project_is_run(self, job: Job, gitlab: dict[str, Any], more: dict[str, str]) -> None:
        hostile(job.workspace)
        ran = script(gitlab["script"], gitlab["variables"], job.runner, job.workspace, **more)
        assert ran.exit == 0, ran.stderr
        assert list(job.workspace.rglob("pwned")) == []

    def test_it_is_green_without_the_env_file_and_says_so(self, job: Job, gitlab: dict[str, Any]) -> None:
        ran = script(gitlab["script"], gitlab["variables"], job.runner, job.workspace)
        assert ran.exit == 0
        assert "Missing, because git ignores it: .env." in ran.stdout
        suite = ElementTree.parse(job.workspace / gitlab["artifacts"]["reports"]["junit"]).getroot()[0]
        assert suite.attrib["failures"] == "0"
        assert "Missing, because git ignores it: .env." in (suite[-1].text or "")

    def test_what_is_known_of_a_finding_stands_while_lines_move(self, job: Job, gitlab: dict[str, Any]) -> None:
        def known() -> tuple[list[str], list[str]]:
            script(gitlab["script"], gitlab["variables"], job.runner, job.workspace)
            entries = json.loads((job.workspace / gitlab["artifacts"]["reports"]["codequality"]).read_bytes())
            suite = ElementTree.parse(job.workspace / gitlab["artifacts"]["reports"]["junit"]).getroot()[0]
            return [one["fingerprint"] for one in entries], [case.attrib["name"] for case in suite.iter("testcase")]

        write(job.workspace, {".env": STACK[".env"]})
        before = known()
        write(job.workspace, {".env": f"# more\n\n# of it\n{str(STACK['.env']).replace(OLD, OLD[::-1])}"})
        assert known() == before


def test_the_workflows_of_the_document_use_what_the_action_has() -> None:
    """Their inputs exist, and the secret comes to the script through the environment."""
    blocks = [yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)]
    steps = [step for block in blocks if "jobs" in block for one in block["jobs"].values() for step in one["steps"]]
    used = [step for step in steps if "/configlint@" in step.get("uses", "")]
    assert len(used) == 4
    for step in used:
        assert set(step["with"]) <= set(action()["inputs"])
    assert not any("${{" in step.get("run", "") for step in steps)


def test_a_workflow_that_writes_the_env_file_checks_it(job: Job) -> None:
    blocks = [yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)]
    (writing,) = [
        step for block in blocks if "jobs" in block for step in block["jobs"]["configlint"]["steps"] if "run" in step
    ]
    written = job.runner.run(writing, {"secrets.DOTENV": str(HEALTHY[".env"]).strip()}, job.workspace)
    assert (written.exit, written.stdout) == (0, "")
    assert (job.workspace / ".env").read_bytes().decode() == HEALTHY[".env"]
    assert job.check(args="--require=secret-parity").exit == 0
