"""A wheel is complete: it finds its rules, says what the source tree says, and loads no more than it needs."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from running import HOMES, Ran, run, set_apart, write

from configlint.cli import VERSION
from configlint.cli.session import written
from configlint.model.selector import Selector
from configlint.rules.rule import brief, load

ROOT = Path(__file__).parents[1]

BROKEN = {
    ".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-of-last-year\n",
    "livekit.yaml": "keys:\n  devkey: c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ\n",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory into which a freshly built wheel was installed, without its dependencies."""
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)], check=True)
    (wheel,) = wheels.iterdir()
    subprocess.run([*pip, "install", *offline, "--target", str(target), str(wheel)], check=True)
    return target


def python(installed: Path, directory: Path, program: str, *arguments: str) -> Ran:
    """Run a program to which the installed wheel comes first."""
    set_apart(directory)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=directory,
        env={**os.environ, **HOMES, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


COMMAND = "from configlint.cli import main; main()"
MODULES = """
import sys
from configlint.cli.start import run  # not the entry, which ends the process
code = run()
print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
sys.exit(code)
"""


def loaded(installed: Path, directory: Path, files: Mapping[str, str]) -> set[str]:
    """The modules that `check` has imported when it ends."""
    ran = python(installed, write(directory, files), MODULES, "check")
    assert ran.exit == 1, ran.stderr
    assert "secret-parity" in ran.stdout
    return set(ran.stderr.splitlines()[-1].split())


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    ran = python(installed, tmp_path, "import configlint; print(configlint.__file__)")
    assert ran.stdout.startswith(str(installed))


def test_it_says_that_it_is_typed(installed: Path) -> None:
    assert (installed / "configlint/py.typed").is_file()


def test_the_rules_are_those_of_the_source_tree(installed: Path, tmp_path: Path) -> None:
    wheel, source = python(installed, tmp_path, COMMAND, "rules"), run(tmp_path, "rules")
    assert (wheel.exit, wheel.stdout) == (0, source.stdout)
    assert "secret-parity" in wheel.stdout


def test_findings_are_those_of_the_source_tree(installed: Path, tmp_path: Path) -> None:
    write(tmp_path, BROKEN)
    arguments = ("check", "--format", "json")
    wheel, source = python(installed, tmp_path, COMMAND, *arguments), run(tmp_path, *arguments)
    assert (wheel.exit, wheel.stdout) == (1, source.stdout)


def test_a_check_without_configuration_loads_no_heavy_library(installed: Path, tmp_path: Path) -> None:
    modules = loaded(installed, tmp_path, BROKEN)
    assert "yaml" in modules
    assert modules.isdisjoint({"click", "pydantic", "pydantic_core", "ruamel", "dotenv", "pathlib", "asyncio"})


def test_a_check_with_a_configuration_validates_it(installed: Path, tmp_path: Path) -> None:
    assert "pydantic" in loaded(installed, tmp_path, {**BROKEN, ".configlint.yaml": "exclude: [old/**]\n"})


def test_but_not_twice(installed: Path, tmp_path: Path) -> None:
    files = {**BROKEN, ".configlint.yaml": f"exclude: [{tmp_path.name}/**]\n"}
    assert "pydantic" in loaded(installed, tmp_path, files)
    assert "pydantic" not in loaded(installed, tmp_path, {**files, "livekit.yaml": "keys:\n  devkey: another\n"})
    assert "pydantic" in loaded(installed, tmp_path, {**files, ".configlint.yaml": "exclude: [new/**]\n"})


def test_examples_are_shipped_and_explained(installed: Path, tmp_path: Path) -> None:
    wheel, source = (
        python(installed, tmp_path, COMMAND, "explain", "secret-parity"),
        run(tmp_path, "explain", "secret-parity"),
    )
    assert wheel.stdout == source.stdout
    assert "Nothing is reported here:" in wheel.stdout


def test_the_prepared_form_survives_json() -> None:
    forms = written()
    assert forms
    for one in forms:
        kept = brief(one)
        again = json.loads(json.dumps(kept))
        (here,), (there,) = load([kept]), load([again])
        assert list(map(described, here.constraint.selectors())) == list(map(described, there.constraint.selectors()))
        assert (here.says, here.shows, here.fixable) == (there.says, there.shows, there.fixable)


def described(selected: tuple[str, Selector, tuple[str, ...]]) -> object:
    side, selector, columns = selected
    where = [(test.column, test.values, test.negated) for test in selector.where]
    return side, columns, selector.table, selector.file, selector.key, selector.secret, where


def test_the_version_is_one() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_source_tree_holds_no_prepared_rules() -> None:
    assert not list((ROOT / "configlint").rglob("*.json"))
