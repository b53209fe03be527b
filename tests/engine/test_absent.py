"""A checkout without the files that git ignores, as CI has it: what lacks them is said to lack them."""

import pytest
from trees import built_in, found, run

from configlint.model.reason import Reason
from configlint.model.result import Result

COMPOSE = """\
services:
  livekit:
    image: livekit/livekit-server:v1
    command: --config /etc/livekit.yaml
    volumes: ["./livekit.yaml:/etc/livekit.yaml"]
  api:
    build: ./api
    env_file: .env
"""
STACK = {
    "docker-compose.yml": COMPOSE,
    "livekit.yaml": "keys: {devkey: c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ}\n",
    ".env.example": "LIVEKIT_API_KEY=\nLIVEKIT_API_SECRET=\n",
}


def parity(files: dict[str, str]) -> Result:
    return run(files, *built_in("secret-parity"), ignored=[".env", "api/.env"])


def test_the_pair_that_a_service_would_get_from_an_absent_env_file_cannot_be_verified() -> None:
    result = parity(STACK)
    assert found(result) == [("secret-parity", "unverifiable", "docker-compose.yml:8")]
    assert result.findings[0].reason == Reason("ignored-file", ".env")
    assert result.absent == (".env",)


@pytest.mark.parametrize("template", ["PORT=\n", None])
def test_an_absent_env_file_is_not_taken_to_hold_what_nobody_promised(template: str | None) -> None:
    files = {path: text for path, text in STACK.items() if path != ".env.example"}
    assert found(parity(files | ({".env.example": template} if template else {}))) == []


def test_a_service_that_says_its_pair_itself_needs_no_env_file() -> None:
    pair = "    environment:\n      LIVEKIT_API_KEY: devkey\n      LIVEKIT_API_SECRET: the-old-one\n"
    assert found(parity({**STACK, "docker-compose.yml": COMPOSE + pair})) == [
        ("secret-parity", "error", "docker-compose.yml:11")
    ]


def test_only_what_a_finding_lacks_is_called_absent() -> None:
    """`api/.env` is looked for, too, but nothing that is said depends on it; `.env` is no part of its name."""
    files = {path: text for path, text in STACK.items() if path != ".env.example"}
    compose = COMPOSE.replace(": .env", ": api/.env")
    beside = {"api/.env.example": "LIVEKIT_API_SECRET=\n", "docker-compose.yml": compose}
    assert parity(files | beside).absent == ("api/.env",)


@pytest.mark.parametrize(
    ("template", "absent"),
    [(".env.example", ".env"), (".env.production.example", ".env.production"), ("env.sample", ".env")],
)
def test_a_template_without_its_env_file_is_held_against_nothing_and_says_so_once(template: str, absent: str) -> None:
    files = {template: "A=\nB=\n", "other/.env.example": "C=\n", "other/.env": "C=1\n"}
    result = run(files, *built_in("env-example-drift"), ignored=[absent])
    assert found(result) == [("env-example-drift", "unverifiable", f"{template}:1")]
    (finding,) = result.findings
    assert finding.message == f"{template} is not compared: {absent} is missing (git-ignored)"
    assert finding.reason == Reason("ignored-file", absent)
    assert result.absent == (absent,)


def test_a_template_of_a_file_that_git_does_not_ignore_stands_alone() -> None:
    assert found(run({".env.example": "A=\n"}, *built_in("env-example-drift"))) == []


def test_that_a_file_is_absent_excuses_no_variable_that_its_template_lacks() -> None:
    files = {".env.example": "A=\n", "docker-compose.yml": "services: {api: {image: 'x:${TAG}'}}\n"}
    result = run(files, *built_in("variable-undefined", "env-example-drift"), ignored=[".env"])
    assert found(result) == [
        ("env-example-drift", "unverifiable", ".env.example:1"),
        ("variable-undefined", "warning", "docker-compose.yml:1"),
    ]
