"""What a run says of itself: which values were read, and which of them some rule looked at."""

from collections.abc import Mapping

import pytest
from trees import PORT, built_in, settings

from configlint.engine.check import check
from configlint.model.memory_tree import MemoryTree
from configlint.model.stats import Stats
from configlint.rules.rule import Rule

COMPOSE = """\
services:
  api:
    image: registry.example/api:1
    environment: ["DATABASE_URL=postgres://db:5432/app", "MODE=${MODE}"]
    ports: ["8000:8000"]
  db:
    image: postgres:16
    command: postgres -p 5432
"""


def measured(files: Mapping[str, str], *rules: Rule) -> Stats:
    tree = MemoryTree(files)
    found = check(tree, settings("", tree), rules, measure=True).stats
    assert found is not None
    return found


def unwatched(stats: Stats) -> dict[str, list[str]]:
    return {one.path: [".".join(key) for key in one.keys] for one in stats.unwatched}


def test_nothing_is_measured_unless_it_is_asked_for() -> None:
    assert check(MemoryTree({".env": "A=1\n"}), settings("", MemoryTree({})), [PORT]).stats is None


def test_files_and_values_are_counted_by_format() -> None:
    stats = measured(
        {".env": "A=1\nMODE=\n", "b.env": "C=2\n", "docker-compose.yml": COMPOSE}, *built_in("port-conflict")
    )
    assert [(one.format, one.files, one.values) for one in stats.read] == [("dotenv", 2, 3), ("yaml", 1, 6)]
    assert [(one.stack, one.services) for one in stats.stacks] == [("default", ("api", "db"))]


def test_a_value_is_watched_where_a_rule_reads_its_cell() -> None:
    left = unwatched(measured({"docker-compose.yml": COMPOSE}, *built_in("port-conflict")))
    assert left == {
        "docker-compose.yml": [
            *("services.api.image", "services.api.environment.DATABASE_URL", "services.api.environment.MODE"),
            *("services.db.image", "services.db.command"),
        ]
    }


def test_a_part_of_a_value_is_enough() -> None:
    listens = COMPOSE.replace("postgres -p 5432", "uvicorn app:app --port 5432")
    left = unwatched(
        measured({"docker-compose.yml": listens.replace("postgres:/", "http:/")}, *built_in("container-port"))
    )
    assert "services.api.environment.DATABASE_URL" not in left["docker-compose.yml"]
    assert "services.api.image" in left["docker-compose.yml"]


def test_what_a_rule_would_forbid_is_watched_where_it_is_healthy_too() -> None:
    files = {"docker-compose.yml": COMPOSE}
    assert "services.api.environment.DATABASE_URL" not in unwatched(measured(files, *built_in("service-host")))


def test_a_value_that_only_passes_another_on_is_watched_with_it() -> None:
    """The secret stands in `.env`, and compose hands it to the service."""
    files = {
        ".env": "S=c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ\nOTHER=1\n",
        "docker-compose.yml": (
            "services:\n  lk: {image: livekit/livekit-server, environment: ['LIVEKIT_KEYS=k: ${S}']}\n"
            "  api: {image: x, environment: [LIVEKIT_API_KEY=k, 'LIVEKIT_API_SECRET=${S}']}\n"
        ),
    }
    assert unwatched(measured(files, *built_in("secret-parity"))) == {
        ".env": ["OTHER"],
        "docker-compose.yml": ["services.lk.image", "services.api.image"],
    }


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({".env": "PORT=8000\nA=1\n", "app.yaml": "port: 8000\n"}, {".env": ["A"]}),
        ({".env": "PORT=\nA=\n", "app.yaml": "port: ''\n"}, {".env": ["A"]}),
        ({".env": "PORT=8000\nA=1\n"}, {".env": ["PORT", "A"]}),  # the rule is vacuous
    ],
)
def test_only_a_rule_that_compares_something_watches(files: dict[str, str], left: dict[str, list[str]]) -> None:
    assert unwatched(measured(files, PORT)) == left


def test_a_rule_on_names_or_on_the_form_of_files_watches_no_value() -> None:
    files = {".env": "A=1\nA=1\n", ".env.example": "A=\nB=\n"}
    rules = built_in("env-example-drift", "duplicate-key", "unreadable-file")
    assert unwatched(measured(files, *rules)) == {".env": ["A"], ".env.example": ["A", "B"]}


def test_a_file_that_cannot_be_read_is_counted_without_values() -> None:
    stats = measured({"docker-compose.yml": "services: [\n"}, *built_in("unreadable-file"))
    assert [(one.format, one.files, one.values) for one in stats.read] == [("yaml", 1, 0)]
    assert stats.unwatched == ()


def test_a_value_that_is_made_of_two_is_watched_at_both() -> None:
    files = {
        "livekit.yaml": "keys: {k: v}\nrtc: {port_range_start: 50000, port_range_end: 50100}\n",
        "docker-compose.yml": (
            "services:\n  lk:\n    image: livekit/livekit-server\n    command: --config /l.yaml\n"
            "    volumes: ['./livekit.yaml:/l.yaml']\n    ports: ['50000-50100:50000-50100/udp']\n"
        ),
    }
    assert unwatched(measured(files, *built_in("rtc-ports")))["livekit.yaml"] == ["keys.k"]
