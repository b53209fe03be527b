"""`why` and `check` say the same: on every repository that stands in the examples, in the rules and in the tests."""

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from trees import built_in, settings

from configlint.cli.session import written
from configlint.engine.check import check
from configlint.explain.why import Entry, why
from configlint.model.cell import Cell, Interval
from configlint.model.memory_tree import MemoryTree
from configlint.model.reason import Reason
from configlint.model.tables import Listener, Override, Row, Variable, Workers
from configlint.model.text import Place
from configlint.resolve import Resolution, resolve
from configlint.rules.rule import examples

TESTS = Path(__file__).parents[1]
MODULES = sorted((TESTS / "resolve").rglob("test_*.py"))
EXAMPLES = sorted((TESTS.parent / "examples").glob("*/*/"))
NUMBER = "workers: {default: 99}\n"

Repository = Mapping[str, str]


def of_directory(top: Path) -> Repository:
    files = [path for path in top.rglob("*") if path.is_file() and path.suffix != ".png"]
    return {str(path.relative_to(top)): path.read_text() for path in sorted(files)}


def of_module(path: Path) -> Iterator[Repository]:
    """Every dictionary in a module of tests that is a repository."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for value in vars(module).values():
        yield from _within(value)


def _within(value: object) -> Iterator[Repository]:
    if isinstance(value, dict):
        if value and all(isinstance(one, str) for pair in value.items() for one in pair):
            if any("compose" in name or name == "Procfile" for name in value):
                yield value
        else:
            for inner in value.values():
                yield from _within(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _within(inner)


SOURCES: dict[str, Sequence[Repository]] = {
    "examples": [of_directory(path) for path in EXAMPLES],
    "rules": [one.files for prepared in written() for one in examples(prepared)],
    **{path.stem: found for path in MODULES if (found := list(of_module(path)))},
}


def resolved(files: Repository) -> Resolution:
    tree = MemoryTree(files)
    return resolve(tree, settings(NUMBER, tree), ())


def deciding(entry: Entry) -> Place | None:
    return next(part.place for part in entry.parts if part.role == "decides")


def entries(resolution: Resolution, row: Row, name: str, kind: str) -> list[Entry]:
    answer = why(
        resolution, f"{row.stack}/{row.service}.{name}" if row.service else f"{getattr(row, 'name', '')}.{name}"
    )
    return [one for one in answer.entries if one.kind == kind and (one.stack, one.service) == (row.stack, row.service)]


def shown(cell: Cell) -> tuple[str, Reason | None]:
    """The value behind what is shown: what is masked for an output alone is the same value."""
    return cell.text.raw, cell.text.reason


def agree_on_workers(resolution: Resolution) -> int:
    rows = [row for row in resolution.tables["workers"] if isinstance(row, Workers) and row.decision is not None]
    for row in rows:
        told = [(shown(one.uses), deciding(one)) for one in entries(resolution, row, "workers", "workers")]
        assert (shown(row.count), row.count.text.place or row.at.place) in told
    for lost in (row for row in resolution.tables["overrides"] if isinstance(row, Override)):
        parts = [part for one in entries(resolution, lost, "workers", "workers") for part in one.parts]
        assert (lost.loser.text.place, str(lost.loser)) in [
            (part.place, str(part.text)) for part in parts if part.role == "overridden"
        ]
    return len(rows)


def agree_with_findings(files: Repository, resolution: Resolution) -> int:
    """What `check` reports of the workers stands where `why` says that it is decided."""
    tree = MemoryTree(files)
    result = check(tree, settings(NUMBER, tree), built_in("worker-count"))
    told = {
        deciding(one) for row in resolution.tables["workers"] for one in entries(resolution, row, "workers", "workers")
    }
    assert {one.place for one in result.findings if one.verdict == "fail"} <= told
    return len(result.findings)


def agree_on_variables(resolution: Resolution) -> int:
    rows = [row for row in resolution.tables["variables"] if isinstance(row, Variable)]
    for row in rows:
        (entry,) = entries(resolution, row, str(row.name.value), "variable")
        assert shown(entry.uses) == shown(row.value)
        winner = row.decision.winner if row.decision is not None else None
        if winner is not None and winner.value.text.place is not None:
            place = deciding(entry)
            assert place is not None
            assert (place.path, place.start) == winner.value.text.place[:2]
    return len(rows)


def agree_with_the_environment(resolution: Resolution) -> None:
    """A container that sets a variable is believed, unless its code replaces it."""
    for stack in resolution.stacks:
        for one in stack.running.values():
            for name in one.environment.values:
                rows = resolution.tables.of_service("variables", stack.name, one.name)
                (row,) = [row for row in rows if isinstance(row, Variable) and row.name.value == name]
                winner = row.decision.winner if row.decision is not None else None
                text = one.environment.lookup(name)
                if text is not None and winner is not None and winner.means != "loaded":
                    assert row.value.text is text


def agree_on_ports(resolution: Resolution) -> int:
    rows = [row for row in resolution.tables["listeners"] if isinstance(row, Listener)]
    rows = [row for row in rows if row.source in ("command", "config") and isinstance(row.port.value, Interval)]
    for row in rows:
        answer = why(resolution, str(row.port.value))
        told = [part.service for one in answer.entries for part in one.parts if part.role == "listens"]
        assert row.service in told
    return len(rows)


@pytest.mark.parametrize("repositories", SOURCES.values(), ids=SOURCES)
def test_every_winner_is_that_of_the_tables(repositories: Sequence[Repository]) -> None:
    compared = 0
    for files in repositories:
        resolution = resolved(files)
        compared += agree_on_workers(resolution)
        compared += agree_with_findings(files, resolution)
        compared += agree_on_variables(resolution)
        compared += agree_on_ports(resolution)
        agree_with_the_environment(resolution)
    assert compared >= len(repositories) / 4
