"""A checkout without the files that git ignores, as CI has it: what lacks them is said to lack them."""

import pytest
from trees import built_in, found, run

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
    assert result.findings[0].reason == ".env is not here, and git ignores it"
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
