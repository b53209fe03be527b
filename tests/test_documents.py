"""What the documents show is true: commands do what is shown, snippets are taken, names exist."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml
from blocks import ROOT, Block, blocks, commands, documents, shows
from blocks import run as run_block
from checkout import checkout
from drawn import STACK, standalone
from running import git, run, write

from configlint import config
from configlint.cli.commands import cli
from configlint.model.glob import wild
from configlint.model.memory_tree import MemoryTree
from configlint.report import FORMATS

DOCUMENTS = documents()
README, ARCHITECTURE, CONTRIBUTING = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
)
ALL = [block for path in DOCUMENTS for block in blocks(path)]
RULES = [path.stem for path in ROOT.glob("rules/*.yaml")]
NOT_RUN = {"README.md": 1, "docs/comparison.md": 1}
"""Blocks of commands that no test runs, by document. Each has its reason beside it; a new one is weighed here."""


def of(language: str) -> list[Block]:
    return [block for block in ALL if block.language == language]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository, as a checkout has it, with an environment in which it is installed."""
    copy = checkout(tmp_path_factory.mktemp("project"))
    for environment in (".venv", ".demo"):
        (copy / environment).mkdir()
        (copy / environment / "bin").symlink_to(Path(sys.executable).parent)
        (copy / environment / ".installed").touch()
    git(copy, "init", "--quiet")
    git(copy, "add", "--all")
    return copy


def test_the_drawing_is_what_the_page_shows() -> None:
    assert STACK.read_text(encoding="utf-8") == standalone(), "`make docs` writes it"


@pytest.mark.parametrize("block", [block for block in of("console") if not block.reason], ids=str)
def test_commands_do_what_is_shown(block: Block, project: Path, tmp_path: Path) -> None:
    directory = project
    if block.directory != ".":
        directory = Path(shutil.copytree(ROOT / block.directory, tmp_path / "work"))
        git(directory, "init", "--quiet")
        git(directory, "add", "--all")
    wanted = list(commands(block))
    done = run_block(block, directory, project)
    assert len(done) == len(wanted), f"{block}: the shell ended before the block"
    for command, did in zip(wanted, done, strict=True):
        assert did.code in (0, 1), f"{block}: `{command.text}` ends with {did.code}\n{did.printed}"
        if command.shown:
            assert shows(command.shown, did.printed), f"{block}: `{command.text}` prints\n{did.printed}"


def test_what_is_not_run_says_why() -> None:
    left = [block for block in of("console") if block.reason]
    assert {path: sum(block.path == path for block in left) for path in {block.path for block in left}} == NOT_RUN
    assert all(len(block.reason) > 15 for block in left)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_no_command_stands_outside_of_a_block_that_is_run(path: str) -> None:
    text = re.sub(r"^```.*?^```$", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert not re.findall(r"^(?: {4}|\t)(?:\$ )?(?:configlint|make|pip|pre-commit) .*$", text, re.MULTILINE)
    assert {block.language for block in blocks(path)} <= {"console", "yaml", "text", "dotenv", "toml", "json"}


@pytest.mark.parametrize("block", of("yaml"), ids=str)
def test_yaml_is_taken_by_whom_it_is_for(block: Block, tmp_path: Path) -> None:
    form = yaml.safe_load(block.content)
    if "repos" in form:
        pre_commit = [sys.executable, "-m", "pre_commit", "validate-config", "snippet.yaml"]
        write(tmp_path, {"snippet.yaml": block.content})
        done = subprocess.run(pre_commit, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    elif "kind" in form:
        ran = run(write(tmp_path, {"rule.yaml": block.content}), "test", "rule.yaml")
        assert (ran.exit, ran.stderr) == (0, ""), ran.stdout
        assert valid(form, "rule")
    elif {"jobs", "runs", "stages"} & set(form) or any("script" in job for job in form.values()):
        pass  # for a service that runs elsewhere: it is YAML
    else:
        configured = config.load(".configlint.yaml", block.content, MemoryTree(dict.fromkeys(named(form), "")))
        config.check_names(configured, RULES)
        assert valid(form, "config")


def named(form: object) -> set[str]:
    """All that could be a file in a configuration; the one that a pattern would match where it is one."""
    if isinstance(form, dict):
        return {text for key, value in form.items() for text in (*named(key), *named(value))}
    if isinstance(form, list):
        return {text for value in form for text in named(value)}
    return {form.replace("*", "x") if wild(form) else form} if isinstance(form, str) else set()


def valid(form: object, what: str) -> bool:
    schema = json.loads(run(ROOT, "schema", what).stdout)
    return jsonschema.Draft202012Validator(schema).is_valid(form)


def test_the_suppression_suppresses(tmp_path: Path) -> None:
    (block,) = [block for block in of("dotenv") if block.path == "README.md"]
    write(tmp_path, {".env": f"PORT=8000\n{block.content}"})
    assert run(tmp_path, "check", "--format", "json").exit == 0
    write(tmp_path, {".env": f"PORT=8000\n{block.content.partition('#')[0]}\n"})
    assert run(tmp_path, "check", "--format", "json").exit == 1


def test_the_commands_exist() -> None:
    named = re.findall(r"^\| `(\w+)[^|`]*(?:\\\|[^|`]*)?`[^|]*\|[^|]*\|$", README, re.MULTILINE)
    assert set(named) == set(cli.commands)


def test_the_formats_exist() -> None:
    (said,) = re.findall(r"--format text`, (.*?)\.\s", README, re.DOTALL)
    assert ["text", *re.findall(r"`(\w+)`", said)] == list(FORMATS)


def test_the_layers_are_those_of_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    (block,) = [block for block in of("text") if block.path == "ARCHITECTURE.md"]
    assert [line.split("  ")[0].strip() for line in block.content.splitlines()] == contract


@pytest.mark.parametrize("name", ["demo", "quick", "test", "layers", "docs", "coverage"])
def test_the_targets_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{name}:", makefile, re.MULTILINE)
    assert f"make {name}" in README + ARCHITECTURE + CONTRIBUTING


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_files_that_are_named_exist(path: str) -> None:
    text, here = (ROOT / path).read_text(encoding="utf-8"), (ROOT / path).parent
    for linked in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (here / linked).exists(), linked
    for name in re.findall(r"`((?:model|formats|kinds|tests|rules)/[\w./]+\.py|rules/)`", text):
        assert (ROOT / name).exists() or (ROOT / "configlint" / name).exists(), name


def test_one_page() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 110
