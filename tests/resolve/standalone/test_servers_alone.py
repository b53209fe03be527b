"""Servers that run without compose."""

from collections.abc import Mapping

import pytest

from configlint.model.cell import typed
from configlint.model.memory_tree import MemoryTree
from configlint.model.settings import Settings
from configlint.model.tables import Override, Row, Workers
from configlint.model.text import Text
from configlint.resolve.standalone import servers as alone
from configlint.workspace.documents import DocumentStore
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import workspace

EXPECTED = Settings(workers={"default": typed(3, Text.assumed("3"))}, rules={}, stacks={})


def rows(files: Mapping[str, str]) -> list[Row]:
    seen = workspace(DocumentStore(MemoryTree(files)), EXPECTED)
    return [row for one in alone.alone(seen, PythonFiles(seen.store)) for row in alone.rows(seen, one)]


def counts(files: Mapping[str, str]) -> list[tuple[str, object]]:
    return [(row.name, row.count.value) for row in rows(files) if isinstance(row, Workers)]


CONFIGURATION = {"gunicorn.conf.py": "workers = 5\n", "conf/g.py": "workers = 6\n"} | {
    "bin/run.sh": "#!/bin/sh\nexec gunicorn -w 7 a\n",
    "package.json": '{"scripts": {"start": "gunicorn -w 8 a"}}',
}


@pytest.mark.parametrize(
    ("path", "content", "count"),
    [
        ("Procfile", "web: gunicorn -w 2 a", 2),
        ("Procfile", "web: gunicorn a", 5),
        ("Procfile", "web: gunicorn -c conf/g.py a", 6),
        ("Procfile", "web: cd conf && gunicorn -c g.py a", 6),
        ("Procfile", "web: uvicorn a", None),
        ("Procfile", "web: bin/run.sh", 7),
        ("Procfile", "web: npm start", 8),
        ("api.service", "[Service]\nExecStart=bin/run.sh", 7),
        ("Dockerfile", "FROM x\nWORKDIR /a\nCOPY . .\nCMD npm start", 8),
        ("api.service", "[Service]\nExecStart=/opt/venv/bin/gunicorn -w 2 a", 2),
        ("api.service", "[Service]\nEnvironment=WEB_CONCURRENCY=4\nExecStart=/bin/uvicorn a", 4),
        ("api.service", "[Service]\nWorkingDirectory=/srv\nExecStart=gunicorn a", 1),
        ("api.service", "[Service]\nWorkingDirectory=/srv\nExecStart=gunicorn -c g.py a", None),
        ("api.service", "[Service]\nEnvironmentFile=/etc/a.env\nExecStart=uvicorn a", None),
        ("supervisord.conf", "[program:a]\ncommand=gunicorn --workers=2 a", 2),
        ("Dockerfile", "FROM x\nWORKDIR /a\nCOPY . .\nCMD gunicorn a", 5),
        ("Dockerfile", "FROM x\nCMD gunicorn a", 1),
        ("docker/Dockerfile.prod", "FROM x\nWORKDIR /a\nCOPY . .\nCMD gunicorn a", 5),
        ("Dockerfile", "FROM x\nENV WEB_CONCURRENCY=4\nCMD uvicorn a", 4),
    ],
)
def test_counts(path: str, content: str, count: int | None) -> None:
    assert counts({path: content, **CONFIGURATION}) == [(path, count)]


@pytest.mark.parametrize("path", ["Dockerfile.dev", "Procfile.dev", "dev.Dockerfile", "Dockerfile-test"])
def test_files_for_developers_are_passed_over(path: str) -> None:
    assert counts({path: "FROM x\nCMD gunicorn -w 1 a\nweb: gunicorn -w 1 a"}) == []


def test_a_setting_in_vain() -> None:
    found = rows({"Procfile": "web: gunicorn -w 2 a", **CONFIGURATION})
    (override,) = [row for row in found if isinstance(row, Override)]
    assert (override.loser.value, override.winner.value) == (5, 2)


def test_the_expected_count_is_that_of_the_configuration() -> None:
    (row,) = [row for row in rows({"Procfile": "web: gunicorn -w 2 a"}) if isinstance(row, Workers)]
    assert row.expected.value == 3
