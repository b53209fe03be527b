"""Which compose files run together: what the repository itself starts, says of them, or calls them."""

from collections.abc import Mapping

import pytest

from configlint.compose.discover import Stack, stacks
from configlint.model.memory_tree import MemoryTree
from configlint.model.settings import DEFAULTS
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import workspace

BASE = "services: {a: {image: x, environment: {FROM: '.'}}}\n"
OVER = "services: {a: {volumes: ['./a.conf:/a.conf']}}\n"
WHOLE = "services: {b: {image: y}}\n"


def found(files: Mapping[str, str]) -> tuple[Stack, ...]:
    return stacks(workspace(DocumentStore(MemoryTree(files)), DEFAULTS))


def lists(files: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [one.project.files for one in found(files)]


MAIN, PROD = "docker-compose.yml", "deploy/docker-compose.prod.yml"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("Makefile", "up:\n\tdocker compose -f docker-compose.yml -f deploy/docker-compose.prod.yml up -d\n"),
        ("Makefile", "COMPOSE = docker-compose --file=docker-compose.yml --file=deploy/docker-compose.prod.yml\n"),
        (
            "deploy/up.sh",
            "cd ..\ndocker compose -p x \\\n  -f docker-compose.yml \\\n  -f deploy/docker-compose.prod.yml up\n",
        ),
        ("README.md", "Run `docker compose -f docker-compose.yml -f deploy/docker-compose.prod.yml up`.\n"),
        (
            ".github/workflows/ci.yml",
            "run: docker compose -f ./docker-compose.yml -f deploy/docker-compose.prod.yml up\n",
        ),
        ("package.json", '{"up": "docker compose -f docker-compose.yml -f deploy/docker-compose.prod.yml up"}'),
        (".gitlab-ci.yml", "variables:\n  COMPOSE_FILE: docker-compose.yml:deploy/docker-compose.prod.yml\n"),
    ],
)
def test_files_that_the_repository_starts_together(path: str, content: str) -> None:
    files = {MAIN: BASE, PROD: WHOLE, path: content}
    assert lists(files) == [(MAIN,), (MAIN, PROD)]


@pytest.mark.parametrize(
    "content",
    [
        "docker compose up",
        "docker compose -f deploy/docker-compose.prod.yml up",
        "docker compose -f docker-compose.yml -f deploy/docker-compose.$ENV.yml up",
        "docker compose -f docker-compose.yml up && docker compose -f deploy/docker-compose.prod.yml up",
        "tail -f docker-compose.yml",
    ],
)
def test_files_that_are_started_apart(content: str) -> None:
    assert lists({MAIN: BASE, PROD: WHOLE, "up.sh": content}) == [(MAIN,), (PROD,)]


def mount(files: Mapping[str, str]) -> str | None:
    """The source of the only mount."""
    (one,) = [
        volume.path for stack in found(files) for each in stack.running.values() for volume in each.service.volumes
    ]
    return one


def test_paths_start_where_the_first_file_is_or_the_project_directory() -> None:
    listed = "docker compose -f docker-compose.yml -f deploy/docker-compose.prod.yml up\n"
    assert mount({MAIN: BASE, PROD: OVER, "Makefile": listed}) == "a.conf"
    alone = {"deploy/docker-compose.yml": "services: {a: {image: x, volumes: ['./a.conf:/a.conf']}}\n"}
    assert mount({**alone, MAIN: BASE}) == "deploy/a.conf"
    moved = "docker compose --project-directory . -f deploy/docker-compose.yml up\n"
    assert mount({**alone, MAIN: BASE, "Makefile": moved}) == "a.conf"


def test_variables_come_from_where_compose_is_run() -> None:
    files = {
        "a/docker-compose.yml": "services: {a: {image: 'x:${TAG}'}}\n", "a/compose.prod.yml": OVER, ".env": "TAG=2\n",
        "Makefile": "\tdocker compose -f a/docker-compose.yml -f a/compose.prod.yml up\n",
    }  # fmt: skip
    images = {stack.name: stack.running["a"].service.image for stack in found(files)}
    image = images["a/compose.prod.yml"] if "a/compose.prod.yml" in images else images["default"]
    assert image is not None
    assert image.value == "x:2"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # the file that its comment names
        (
            {
                MAIN: BASE,
                "docker-compose.big.yml": BASE,
                "docker-compose.x.yml": "# On top of docker-compose.big.yml\n" + OVER,
            },
            [(MAIN,), ("docker-compose.big.yml",), ("docker-compose.big.yml", "docker-compose.x.yml")],
        ),
        # the file after which it is called, which is laid over another one itself
        (
            {MAIN: BASE, "docker-compose.prod.yml": OVER, "docker-compose.prod.small.yml": OVER},
            [
                (MAIN,),
                (MAIN, "docker-compose.prod.yml", "docker-compose.prod.small.yml"),
                (MAIN, "docker-compose.prod.yml"),
            ],
        ),
        # the main file beside it, of any name
        ({"compose.yaml": BASE, "compose.prod.yaml": OVER}, [("compose.yaml",), ("compose.yaml", "compose.prod.yaml")]),
        # the main file above that holds its services
        ({MAIN: BASE, "deploy/compose.limits.yml": OVER}, [(MAIN,), (MAIN, "deploy/compose.limits.yml")]),
        ({MAIN: WHOLE, "deploy/compose.limits.yml": OVER}, [(MAIN,), ("deploy/compose.limits.yml",)]),
    ],
)
def test_what_a_file_is_laid_over_that_cannot_run_alone(
    files: Mapping[str, str], expected: list[tuple[str, ...]]
) -> None:
    assert lists(files) == expected


def test_a_file_without_its_base_is_a_part_of_something_unseen() -> None:
    (stack,) = found({"deploy/compose.limits.yml": OVER})
    assert stack.unseen is not None
    assert stack.unseen.code == "base-file"
