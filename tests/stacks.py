"""Cases of one rule each on small stacks, and what the engine says of them."""

from typing import NamedTuple

from trees import built_in, found, run

REAL = "k3Jd82hsPq0aZx71bNvC5mLr9tYw4uEe"
"""A secret of 32 bytes, made up."""
PYTHON = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
MAIN = "docker-compose.yml"

Files = dict[str, str]
Told = list[tuple[str, str]]
"""(severity or `unverifiable`, path:line) of every finding."""


class Case(NamedTuple):
    """A rule on some files, and what it says of them."""

    rule: str
    files: Files
    told: Told
    configuration: str = ""
    ignored: tuple[str, ...] = ()


def told(case: Case) -> Told:
    """What the rule really says."""
    result = run(case.files, *built_in(case.rule), configuration=case.configuration, ignored=case.ignored)
    return [(severity, where) for name, severity, where in found(result) if name == case.rule]


def warned(line: int, path: str = MAIN) -> Told:
    return [("warning", f"{path}:{line}")]


def failed(line: int, path: str = MAIN) -> Told:
    return [("error", f"{path}:{line}")]
