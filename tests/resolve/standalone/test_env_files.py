"""Which env files hold real secrets that git shares against its ignore files."""

import pytest
from trees import BUILT_IN, at, settings

from configlint.engine.check import check
from configlint.model.memory_tree import MemoryTree

RULES = [rule for rule in BUILT_IN if rule.id == "secret-tracked"]


def said(path: str, line: str) -> list[str]:
    tree = MemoryTree({path: f"PORT=8000\n{line}\n"}, ignored=[path], tracked=[path])
    result = check(tree, settings("", tree), RULES)
    return [at(result, one) for one in result.findings]


@pytest.mark.parametrize(
    "line",
    ["DB_PASSWORD=Tn4-made-up-8812", "DATABASE_URL=postgres://app:Tn4madeup8812@db/app", "export API_KEY=f83kdQ2p"],
)
def test_a_real_secret(line: str) -> None:
    assert said(".env", line) == [".env:2"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (".env.example", "DB_PASSWORD=Tn4-made-up-8812"),
        (".env.test", "DB_PASSWORD=Tn4-made-up-8812"),
        (".env", "DB_PASSWORD="),
        (".env", "DB_PASSWORD=changeme"),
        (".env", "DB_PASSWORD=${FROM_ELSEWHERE}"),
        (".env", "DATABASE_URL=postgres://app:${DB_PASSWORD}@db/app"),
        (".env", "DB_PASSWORD_FILE=/run/secrets/db"),
        (".env", "VITE_MAPS_TOKEN=f83kdQ2pLmZ0"),
        (".env", "MODE=production"),
    ],
)
def test_what_is_not_a_real_secret(path: str, line: str) -> None:
    assert said(path, line) == []
