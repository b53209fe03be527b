"""What a service may wait for: services of the merged project that are active and, where it matters, have a check."""

import pytest
from stacks import Told
from trees import built_in, found, run

API = "services:\n  api:\n    image: registry.example/api:1\n"
HEALTHY = f"{API}    depends_on: {{other: {{condition: service_healthy}}}}\n  other: "
FROM_PYTHON = {"Dockerfile": "FROM python:3.12-slim\n"}
CHECKED = "HEALTHCHECK CMD curl -f http://localhost\n"


def said(files: dict[str, str], configuration: str = "", ignored: tuple[str, ...] = ()) -> Told:
    result = run(files, *built_in("depends-on"), configuration=configuration, ignored=ignored)
    return [(severity, where) for _, severity, where in found(result)]


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [
        ("", "", []),
        ("", ", profiles: [full]", [("error", "compose.yaml:4")]),
        ("    profiles: [full]\n", ", profiles: [full]", []),
        ("    profiles: [full]\n", ", profiles: [debug, full]", []),
        ("    profiles: [debug, full]\n", ", profiles: [full]", [("warning", "compose.yaml:4")]),
        ("    profiles: [debug]\n", ", profiles: [full]", [("warning", "compose.yaml:4")]),
        ("    profiles: [debug]\n", "", []),
    ],
)
def test_a_service_is_active_wherever_the_one_is_that_waits_for_it(own: str, other: str, told: Told) -> None:
    compose = f"{API}    depends_on: [other]\n{own}  other: {{image: registry.example/other:1{other}}}\n"
    assert said({"compose.yaml": compose}) == told


def test_a_profile_that_the_env_file_switches_on_is_active() -> None:
    compose = f"{API}    depends_on: [other]\n  other: {{image: registry.example/other:1, profiles: [full]}}\n"
    assert said({"compose.yaml": compose, ".env": "COMPOSE_PROFILES=full\n"}) == []
    assert said({"compose.yaml": compose}, ignored=(".env",)) == [("unverifiable", "compose.yaml:4")]


@pytest.mark.parametrize("required", ["true", "false"])
def test_only_an_inactive_service_may_be_absent(required: str) -> None:
    options = f"{{condition: service_started, required: {required}}}"
    inactive = f"{API}    depends_on: {{other: {options}}}\n  other: {{image: x, profiles: [full]}}\n"
    unknown = f"{API}    depends_on: {{nobody: {options}}}\n"
    assert said({"compose.yaml": inactive}) == ([("error", "compose.yaml:4")] if required == "true" else [])
    assert said({"compose.yaml": unknown}) == [("error", "compose.yaml:4")]


@pytest.mark.parametrize(
    ("other", "files", "told"),
    [
        ("{image: 'redis:7'}", {}, "error"),
        ("{image: 'docker.io/library/redis:7'}", {}, "error"),
        ("{image: 'registry.example/redis:7'}", {}, "unverifiable"),
        ("{image: 'redis:7', healthcheck: {test: redis-cli ping}}", {}, ""),
        ("{image: 'redis:7', healthcheck: {interval: 5s}}", {}, "error"),
        ("{image: 'registry.example/redis:7', healthcheck: {disable: true}}", {}, "error"),
        ("{image: 'registry.example/redis:7', healthcheck: {test: [NONE]}}", {}, "error"),
        ("{build: .}", FROM_PYTHON, "error"),
        ("{build: .}", {"Dockerfile": f"FROM python:3.12 AS base\n{CHECKED}FROM base\nUSER app\n"}, ""),
        ("{build: .}", {"Dockerfile": f"FROM python:3.12 AS base\n{CHECKED}FROM base\nHEALTHCHECK NONE\n"}, "error"),
        ("{build: .}", {"Dockerfile": f"FROM python:3.12 AS base\n{CHECKED}FROM python:3.12\n"}, "error"),
        ("{build: .}", {"Dockerfile": "FROM registry.example/base:1\n"}, "unverifiable"),
        ("{build: .}", {}, "unverifiable"),
    ],
)
def test_health_is_waited_for_where_a_check_exists(other: str, files: dict[str, str], told: str) -> None:
    assert said({"compose.yaml": f"{HEALTHY}{other}\n", **files}) == ([(told, "compose.yaml:4")] if told else [])


def test_a_file_that_is_not_a_default_one_may_be_a_part_of_a_project() -> None:
    part = f"{API}    depends_on: [db]\n"
    assert said({"docker-compose.gpu.yml": part}) == [("unverifiable", "docker-compose.gpu.yml:4")]
    whole = "stacks: {gpu: {compose: [docker-compose.gpu.yml]}}\n"
    assert said({"docker-compose.gpu.yml": part}, whole) == [("error", "docker-compose.gpu.yml:4")]
    beside = {"docker-compose.yml": part, "docker-compose.db.yml": "services: {db: {image: 'postgres:16'}}\n"}
    assert said(beside) == [("unverifiable", "docker-compose.yml:4")]
    override = {"docker-compose.yml": part, "docker-compose.override.yml": "services: {db: {image: 'postgres:16'}}\n"}
    assert said(override) == []
    included = {
        "docker-compose.yml": f"include: [db.yml]\n{part}",
        "db.yml": "services: {db: {image: 'postgres:16'}}\n",
    }
    assert said(included) == []
    absent = {"docker-compose.yml": f"include: [db/compose.yml]\n{part}"}
    assert said(absent) == [("unverifiable", "docker-compose.yml:5")]
