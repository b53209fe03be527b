"""`init` proposes a configuration from what is there: it changes nothing, and holds where it is taken as it stands."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from running import Ran, check, contents, repository, run, write

from configlint.cli.init import SCHEMA

EXAMPLES = Path(__file__).parents[2] / "examples"
NAME = ".configlint.yaml"

APP = "name: app\ndependencies: {flutter: {sdk: flutter}}\n"
SERVICE = "    image: registry.example/{0}:1\n    command: gunicorn --workers {1} {0}:app\n"
STACK = {"docker-compose.yml": "services:\n  api:\n" + SERVICE.format("api", 1)}
HEALTHY = {
    **STACK,
    "docker-compose.prod.yml": "services:\n  api:\n" + SERVICE.format("api", 4),
    "asr/gunicorn.conf.py": "workers = 2\n",
    "tts/gunicorn.conf.py": "import os\nworkers = os.cpu_count()\n",
    "app/pubspec.yaml": APP,
    "app/lib/api.dart": "const String api = 'http://192.168.1.44/';\nconst String log = 'http://192.168.1.44/log';\n"
    "const String tv = 'http://192.168.1.7/';\n",
    ".env": "PORT=1\n",
    ".env.example": "PORT=\n",
    "prod.env.sample": "PORT=\n",
}


def configuration(directory: Path) -> str:
    return (directory / NAME).read_text(encoding="utf-8")


def taken(text: str) -> str:
    """The proposal as it would be taken in full: `#` alone begins what may be uncommented, `# ` begins prose."""
    return re.sub(r"^#(?=\S|  )", "", text, flags=re.MULTILINE)


def told(ran: Ran) -> set[tuple[str, str, int]]:
    return {(one["rule"], one["path"], one["line"]) for one in ran.findings if one["verdict"] == "fail"}


def test_it_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, HEALTHY)
    before = check(tmp_path)
    assert run(tmp_path, "init").exit == 0
    assert check(tmp_path) == before


def test_what_it_says_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path, HEALTHY)
    run(tmp_path, "init")
    text = configuration(tmp_path)
    for line in (
        "#  asr/gunicorn.conf.py: 2   # set at asr/gunicorn.conf.py:1 `workers = 2`",
        "#  default/api: 1   # set at docker-compose.yml:4 `--workers 1`",
        "#  host: 192.168.1.44",
        "#  default: {compose: [docker-compose.yml]}",
        "#  docker-compose.prod.yml/api: 4   # set at docker-compose.prod.yml:4 `--workers 4`",
        "#  docker-compose.prod.yml: {compose: [docker-compose.prod.yml]}",
        "# - .env, compared with .env.example",
        "# - prod.env.sample, a template whose env file is missing",
    ):
        assert f"\n{line}\n" in text, text
    assert "# tts/gunicorn.conf.py: its present number is not known" in text


@pytest.mark.parametrize("files", [HEALTHY, STACK, {"README.md": ""}, {}], ids=["all", "one", "nothing", "empty"])
def test_taken_in_full_it_is_valid_and_brings_nothing_new(files: dict[str, str], tmp_path: Path) -> None:
    before = told(check(write(tmp_path, files)))
    run(tmp_path, "init")
    write(tmp_path, {NAME: taken(configuration(tmp_path))})
    validator = jsonschema.Draft202012Validator(json.loads((tmp_path / SCHEMA).read_text()))
    assert list(validator.iter_errors(yaml.safe_load(configuration(tmp_path)))) == []
    assert told(check(tmp_path)) <= before


@pytest.mark.parametrize("stack", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_so_it_is_with_every_example(stack: str, tmp_path: Path) -> None:
    directory = Path(shutil.copytree(EXAMPLES / stack / "fixed", tmp_path / stack))
    (directory / NAME).unlink()
    before = told(check(directory))
    assert run(directory, "init").exit == 0
    assert told(check(directory)) == before
    write(directory, {NAME: taken(configuration(directory))})
    assert told(check(directory)) <= before


def test_the_schema_stands_where_the_first_line_says(tmp_path: Path) -> None:
    write(tmp_path, STACK)
    run(tmp_path, "init")
    first = configuration(tmp_path).splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    assert name != first
    assert (tmp_path / name).read_text(encoding="utf-8") == run(tmp_path, "schema").stdout


def test_it_prints_a_hook_that_pre_commit_takes(tmp_path: Path) -> None:
    said = run(write(tmp_path, STACK), "init").stdout
    (hook,) = re.findall(r"^  - repo: .*?(?=\n\n|\Z)", said, re.DOTALL | re.MULTILINE)
    write(tmp_path, {"hooks.yaml": f"repos:\n{hook}\n"})
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", "hooks.yaml"], cwd=tmp_path, check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (NAME, "workers: {default: 3}\n"),
        ("configlint.yaml", ""),
        ("pyproject.toml", "[tool.configlint]\nexclude = ['old/**']\n"),
    ],
)
def test_it_never_overwrites(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path, {**STACK, name: content})
    before = contents(tmp_path)
    ran = run(tmp_path, "init")
    assert (ran.exit, contents(tmp_path)) == (2, before)
    assert f"{name} already configures configlint" in ran.stderr


def test_nor_a_schema_that_is_there(tmp_path: Path) -> None:
    write(tmp_path, {SCHEMA: "{}"})
    assert run(tmp_path, "init").exit == 0
    assert (tmp_path / SCHEMA).read_text() == "{}"


def test_a_pyproject_of_others_is_no_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[project]\nname = 'x'\n"})
    assert run(tmp_path, "init").exit == 0


def test_it_writes_at_the_root_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    ran = run(repository(tmp_path, STACK) / "api", "init")
    assert (tmp_path / NAME).exists()
    assert not (tmp_path / "api" / NAME).exists()
    assert f"Both are in {tmp_path.resolve()}." in ran.stdout


def test_a_name_of_a_file_ends_no_comment(tmp_path: Path) -> None:
    write(
        tmp_path, {"a\nexclude: ['**']\n/gunicorn.conf.py": "workers = 2\n", "it's/gunicorn.conf.py": "workers = 2\n"}
    )
    assert run(tmp_path, "init").exit == 0
    assert yaml.safe_load(configuration(tmp_path)) is None
    assert "#  'it''s/gunicorn.conf.py': 2 " in configuration(tmp_path)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Nothing to check: configlint found no file that it can read.\n"),
        ({"README.md": "# Nothing of ours\n", "main.go": "package main\n"}, "Nothing to check"),
        ({"package.json": "{}\n", "src/app.py": "print(1)\n"}, "Nothing to check"),
    ],
    ids=["empty", "other languages", "no stack"],
)
def test_without_a_configuration_a_run_is_quiet_where_there_is_nothing(
    files: dict[str, str], said: str, tmp_path: Path
) -> None:
    ran = run(write(tmp_path, files), "check")
    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout.startswith(said)
    assert len(ran.stdout.splitlines()) == 1
