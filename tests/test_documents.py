"""What the documents show is true: pictures are printed so, snippets are taken, names exist."""

import re
import tomllib
from pathlib import Path

import pytest
from running import run

from configlint import config
from configlint.cli.commands import cli
from configlint.model.memory_tree import MemoryTree
from configlint.report import FORMATS
from configlint.rules.prepare import prepare

ROOT = Path(__file__).parents[1]
README, ARCHITECTURE, CONTRIBUTING = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
)


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_the_picture_is_what_the_demo_prints() -> None:
    shown = blocks(README, "text")[0]
    printed = run(ROOT, "check", "--root", "examples/livekit-stack/broken").stdout
    for finding in shown.split("\n\n"):
        assert finding.strip() in printed


def test_the_configuration_is_taken() -> None:
    (text,) = [block for block in blocks(README, "yaml") if "rule-files:" in block]
    files = ["services/asr/gunicorn.conf.py", "config-rules/a.yaml", "docker-compose.production.yml", ".env.production"]
    tree = MemoryTree(dict.fromkeys([*files, "deploy/livekit.yaml"], ""))
    configured = config.load(".configlint.yaml", text, tree)
    config.check_services(configured, ["api"], tree)
    config.check_names(configured, [path.stem for path in ROOT.glob("rules/*.yaml")])


def test_the_rule_of_one_s_own_is_taken() -> None:
    (text,) = [block for block in blocks(README, "yaml") if block.startswith("id: ")]
    assert prepare("config-rules/postgres-password.yaml", text)["id"] == "postgres-password"


def test_the_rule_to_add_is_taken() -> None:
    text = blocks(CONTRIBUTING, "yaml")[0].partition("examples:")[0]
    assert prepare("rules/redis-password.yaml", text)["id"] == "redis-password"


def test_the_commands_exist() -> None:
    named = set(re.findall(r"^\| `(\w+)[^|]*\|[^|]*\|$", README, re.MULTILINE))
    missing = {"why", "init", "baseline", "schema", "clean"} - set(cli.commands)
    assert named - missing == set(cli.commands)
    if missing:
        pytest.skip(f"not there yet: {', '.join(sorted(missing))}")


def test_the_formats_exist() -> None:
    (said,) = re.findall(r"--format text`, (.*?)\.\s", README, re.DOTALL)
    assert ["text", *re.findall(r"`(\w+)`", said)] == list(FORMATS)


def test_the_layers_are_those_of_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    drawn = [line.split("  ")[0].strip() for line in blocks(ARCHITECTURE, "text")[0].splitlines()]
    assert drawn == contract


@pytest.mark.parametrize("name", ["demo", "test", "layers"])
def test_the_targets_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{name}:", makefile, re.MULTILINE)
    assert f"make {name}" in README + ARCHITECTURE


@pytest.mark.parametrize("text", [README, ARCHITECTURE, CONTRIBUTING], ids=["readme", "architecture", "contributing"])
def test_the_files_that_are_named_exist(text: str) -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named = re.findall(r"`((?:model|formats|kinds|tests|rules)/[\w./]+\.py|rules/)`", text)
    for path in (*linked, *named):
        assert (ROOT / path).exists() or (ROOT / "configlint" / path).exists(), path


def test_one_page() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 110
