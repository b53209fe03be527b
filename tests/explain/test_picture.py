"""A stack as a picture: which places state a value, whom it is about, and who counts on it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from running import HOMES, write
from trees import BUILT_IN, rule, settings

from configlint.engine.check import check
from configlint.explain.picture import pictures
from configlint.model.document import Lines
from configlint.model.memory_tree import MemoryTree
from configlint.model.picture import Picture, Value
from configlint.model.result import Result

PAIR = "LIVEKIT_API_KEY=APIdemo\nLIVEKIT_API_SECRET=made-up-0123456789-made-up-0123456789\n"
SERVER = "port: 7880\nkeys:\n  APIdemo: another-0123456789-another-0123456789\n"
STACK = {
    "docker-compose.yml": """\
services:
  livekit:
    image: livekit/livekit-server:v1.9
    command: --config /livekit.yaml
    volumes: ["./livekit.yaml:/livekit.yaml:ro"]
    ports: ["7880:7880"]
  api:
    build: ./api
    command: gunicorn --workers 1 --bind 0.0.0.0:8000 app:app
    env_file: .env
    ports: ["8800:8000"]
    environment: {ASR_URL: "http://asr:8004", GUNICORN_CMD_ARGS: "--workers 4"}
  asr:
    build: ./asr
    command: uvicorn --port 8004 app:app
    environment: {API_URL: "${API_URL}"}
""",
    ".env": PAIR + "API_URL=http://api:8000\n",
    "livekit.yaml": SERVER,
    "api/Dockerfile": "FROM python:3.12-slim\n",
    "asr/Dockerfile": "FROM python:3.12-slim\n",
}


class Told(NamedTuple):
    """A statement: where, and what it does there."""

    where: str
    role: str
    user: str


def drawn(files: dict[str, str], configuration: str = "") -> Result:
    tree = MemoryTree(files, ())
    return check(tree, settings(configuration, tree), BUILT_IN, draw=pictures)


def value(picture: Picture, name: str) -> Value:
    (found,) = (one for one in picture.values if one.name == name)
    return found


def told(result: Result, name: str) -> set[Told]:
    """What the only picture says of a value."""
    (picture,) = result.pictures
    return {
        Told(f"{at.path}:{Lines(result.contents[at.path]).position(at.start).line}", one.role, one.user)
        for one in value(picture, name).statements
        for at in [one.place]
    }


def test_a_key_pair_is_about_the_server_and_counted_on_by_its_clients() -> None:
    result = drawn(STACK)
    (picture,) = result.pictures
    pair = value(picture, "LiveKit key pair")
    assert (pair.said, pair.services, pair.users) == ("APIdemo", ("livekit",), ("api",))
    assert {Told("livekit.yaml:3", "states", ""), Told(".env:2", "states", "api")} <= told(result, pair.name)


def test_an_address_is_stated_by_who_listens_who_publishes_and_who_calls() -> None:
    result = drawn(STACK)
    (picture,) = result.pictures
    address = value(picture, "address of api")
    assert (address.said, address.services, address.users) == ("8000, published as 8800", ("api",), ("asr",))
    places = told(result, address.name)
    assert Told("docker-compose.yml:9", "states", "") in places
    assert Told("docker-compose.yml:11", "states", "") in places
    assert Told(".env:3", "states", "asr") in places
    assert Told("docker-compose.yml:16", "refers", "asr") in places, "the reference that passes it on"


def test_what_a_higher_layer_wins_over_is_overridden_and_what_the_configuration_asks_for_expected() -> None:
    result = drawn(STACK | {"api/gunicorn.conf.py": "workers = 2\n"}, "workers: {api: 3}\n")
    places = told(result, "workers of api")
    assert Told("docker-compose.yml:9", "states", "") in places
    assert Told("docker-compose.yml:12", "overridden", "") in places
    assert Told(".configlint.yaml:1", "expected", "") in {
        Told(f"{one.place.path}:1", one.role, one.user)
        for one in value(result.pictures[0], "workers of api").statements
    }


def test_a_host_that_is_no_service_is_shown_as_such() -> None:
    (picture,) = drawn(
        {"compose.yaml": "services:\n  a:\n    image: a:1\n    environment: {B_URL: 'http://b:1'}\n"}
    ).pictures
    (host,) = (one for one in picture.services if one.name == "b")
    assert (host.kind, host.note) == ("address", "no such service")
    assert value(picture, "address of b").users == ("a",)


def test_files_without_a_stack_are_drawn_as_who_would_run_with_them() -> None:
    (picture,) = drawn({".env": PAIR, "livekit.yaml": SERVER, "api/gunicorn.conf.py": "workers = 1\n"}).pictures
    assert [(one.name, one.kind) for one in picture.services] == [("LiveKit server", "program"), ("api/", "program")]
    assert [(one.name, one.note) for one in picture.users] == [("LiveKit client", "reads .env")]


def test_each_stack_is_a_picture_and_calls_from_outside_are_in_that_which_answers() -> None:
    service = "services:\n  {0}:\n    build: .\n    ports: ['{1}:80']\n"
    result = drawn(
        {
            "one/compose.yaml": service.format("web", 8001),
            "two/compose.yaml": service.format("api", 8002),
            "tools/probe.py": "import requests\n\nrequests.get('http://localhost:8002/x')\n",
        }
    )
    assert {one.stack: [user.name for user in one.users] for one in result.pictures} == {
        "one/compose.yaml": [],
        "two/compose.yaml": ["tools/probe.py"],
    }


def test_no_picture_holds_a_secret() -> None:
    secret = "made-up-0123456789-made-up-0123456789"
    result = drawn(STACK | {".env": PAIR + f"API_URL=http://me:{secret}@api:8000\n"})
    for picture in result.pictures:
        said = [
            *(f"{one.name} {one.said}" for one in picture.values),
            *(f"{one.said} {one.by}" for found in picture.values for one in found.statements),
            *(f"{one.name} {one.note}" for one in (*picture.services, *picture.users)),
        ]
        assert not any(secret[:12] in one or "another-" in one for one in said)


SECRET_URL = """\
kind: equals
from:
  - {file: compose.yaml, key: services.api.environment.NEXT_URL, secret: true}
  - {file: other.yaml, key: url, secret: true}
"""


def test_what_a_user_calls_secret_is_one() -> None:
    url = "{NEXT_URL: 'http://hush-hush-1234:80'}"
    tree = MemoryTree(
        {
            "compose.yaml": f"services:\n  api:\n    image: a:1\n    environment: {url}\n",
            "other.yaml": "url: http://something-else\n",
        },
        (),
    )
    (picture,) = check(tree, settings("", tree), [rule(SECRET_URL)], draw=pictures).pictures
    (address,) = (one for one in picture.values if one.sort == "address")
    assert address.name == "address of a hidden host"
    assert {one.said for one in address.statements} == {"<secret, under 32 characters>"}


@pytest.mark.parametrize(("form", "expected"), [("text", False), ("json", False), ("html", True)])
def test_only_the_page_pays_for_a_picture(tmp_path: Path, form: str, expected: bool) -> None:
    write(tmp_path, STACK)
    program = "import sys\nfrom configlint.cli.start import run\nrun()\nprint(*sys.modules, file=sys.stderr)\n"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "--no-cache", "--format", form, "--root", str(tmp_path)],
        capture_output=True, text=True, check=False, env=os.environ | HOMES,
    )  # fmt: skip
    loaded = {name for name in done.stderr.split() if "picture" in name or name.startswith("configlint.report.html")}
    assert bool(loaded) is expected
