"""Rules of a test's own, and what the engine says of a tree without a disk."""

from collections.abc import Iterable, Mapping

from configlint import config
from configlint.cli.session import written
from configlint.engine.check import check
from configlint.model.document import Lines
from configlint.model.finding import Finding
from configlint.model.memory_tree import MemoryTree
from configlint.model.result import Result
from configlint.model.settings import Settings
from configlint.rules.prepare import prepare
from configlint.rules.rule import Rule, load

BUILT_IN = load(written())


def rule(body: str, name: str = "mine", severity: str = "error") -> Rule:
    """A rule with what every rule has in front of `body`."""
    head = f"id: {name}\ntitle: the two agree\nwhy: it shows something\nseverity: {severity}\n"
    (loaded,) = load([prepare(f"{name}.yaml", head + body)])
    return loaded


def built_in(*names: str) -> tuple[Rule, ...]:
    found = tuple(rule for rule in BUILT_IN if rule.id in names)
    assert len(found) == len(names)
    return found


SAME = """\
kind: equals
from:
  - {file: .env, key: PORT}
  - {file: app.yaml, key: port}
"""
PORT = rule(SAME + "truth: .env\n", "port")


def settings(text: str, tree: MemoryTree) -> Settings:
    return config.load(".configlint.yaml", text, tree).settings


def run(files: Mapping[str, str], *rules: Rule, configuration: str = "", ignored: Iterable[str] = ()) -> Result:
    """The result of some rules on some files."""
    tree = MemoryTree(files, ignored)
    return check(tree, settings(configuration, tree), rules)


def at(result: Result, finding: Finding) -> str:
    """`path:line` of a finding."""
    place = finding.place
    return f"{place.path}:{Lines(result.contents[place.path]).position(place.start).line}"


def found(result: Result) -> list[tuple[str, str, str]]:
    """(rule, severity or `unverifiable`, path:line) of every finding."""
    return [
        (one.rule, one.severity if one.verdict == "fail" else one.verdict, at(result, one)) for one in result.findings
    ]
