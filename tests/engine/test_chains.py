"""A decision in words: every place quoted as it is written."""

import pytest
from trees import built_in, run

COMPOSE = "services:\n  api:\n    image: a\n    command: {}\n    environment: {{WEB_CONCURRENCY: 3}}\n"


def message(rule: str, files: dict[str, str]) -> str:
    result = run(files, *built_in(rule), configuration="workers: {default: 9}\n")
    (found,) = [one for one in result.findings if one.rule == rule]
    return found.message


@pytest.mark.parametrize(
    ("command", "quoted"),
    [
        ("gunicorn -w 2 a", "`-w 2` overrides docker-compose.yml:5 `WEB_CONCURRENCY=3`"),
        ("gunicorn -w2 a", "`-w2` overrides"),
        ("gunicorn --workers=2 a", "`--workers=2` overrides"),
        ("gunicorn --workers 2 a", "`--workers 2` overrides"),
        ("gunicorn --workers ${W:-2} a", "`--workers 2` overrides"),
        ("uvicorn a --reload", "`--reload` overrides docker-compose.yml:5 `WEB_CONCURRENCY=3`"),
        ("fastapi dev a.py", "set at docker-compose.yml:4 `fastapi dev`"),
        ("gunicorn a", "set at docker-compose.yml:5 `WEB_CONCURRENCY=3`"),
    ],
)
def test_an_option_is_quoted_as_it_is_written(command: str, quoted: str) -> None:
    assert quoted in message("worker-count", {"docker-compose.yml": COMPOSE.format(command)})


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("gunicorn -w 2 a", "`WEB_CONCURRENCY=3` has no effect on api: docker-compose.yml:4 `-w 2` overrides it"),
        (
            "uvicorn a --reload",
            "`WEB_CONCURRENCY=3` has no effect on api: docker-compose.yml:4 `--reload` overrides it",
        ),
    ],
)
def test_a_setting_without_effect_and_what_wins(command: str, told: str) -> None:
    assert message("worker-override", {"docker-compose.yml": COMPOSE.format(command)}) == told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("workers = 3\n", ": set at gunicorn.conf.py:1 `workers = 3`"),
        ("import os\nworkers = int(os.getenv('W', '3'))\n", ": set at gunicorn.conf.py:2"),
        ("bind = ':1'\n", ": gunicorn.conf.py:2 (gunicorn's default, 1)"),
    ],
)
def test_what_is_computed_is_not_quoted(content: str, told: str) -> None:
    assert message("worker-count", {"gunicorn.conf.py": content}).endswith(told)
