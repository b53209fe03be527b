"""Secrets in every place that a repository has for them, and through every way out: none is ever seen.

A canary is a made-up secret that occurs nowhere else. Neither it, nor six characters of it in a row, nor a common hash
of it may stand in what a run prints or leaves behind.
"""

import base64
import hashlib
import random
import string
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from running import Ran, contents, git, process, repository, run, write

from configlint.cli.commands import cli
from configlint.report import FORMATS

WINDOW = 6

ALPHABETS = {
    "letters": string.ascii_lowercase,
    "hex": "0123456789abcdef",
    "mixed": string.ascii_letters + string.digits,
    "signs": string.ascii_letters + "-_.~!",
}


class Canaries:
    """Makes secrets, and remembers them."""

    def __init__(self, alphabet: str, seed: int) -> None:
        self._random = random.Random(f"{alphabet}{seed}")
        self._alphabet = ALPHABETS[alphabet]
        self.made: list[str] = []

    def __call__(self, length: int = 34) -> str:
        # One letter in front keeps it a text for every format.
        self.made.append("q" + "".join(self._random.choices(self._alphabet, k=length)) + "z")
        return self.made[-1]


def seen(canary: str, text: str) -> str:
    """The part of a canary, or the hash of it, that stands in a text."""
    # Six hex digits stand in somebody else's digest by chance; ten do not.
    width = 10 if set(canary[1:-1]) <= set(ALPHABETS["hex"]) else WINDOW
    for start in range(len(canary) - width + 1):
        if canary[start : start + width] in text:
            return canary[start : start + width]
    data = canary.encode()
    hashes = [hashlib.new(name, data).hexdigest()[:12] for name in ("md5", "sha1", "sha256", "sha512", "blake2b")]
    encoded = base64.b64encode(data).decode()[:12]
    return next((one for one in (*hashes, encoded, data.hex()[:12]) if one in text.lower() or one in text), "")


def dotenv(new: Canaries) -> str:
    same = new()
    return f"""\
# the pair that the API signs with; before: LIVEKIT_API_SECRET={new()}
LIVEKIT_API_KEY=devkey
LIVEKIT_API_SECRET={new()}  # LIVEKIT_API_SECRET was {new()}
#DB_PASSWORD={new()}
DB_PASSWORD='{new()}'
DB_PASSWORD="{new()}"
export STRIPE_API_KEY = {new()}
DATABASE_URL=postgres://app:{new()}@db:5432/app
REDIS_URL=redis://:{new()}@localhost:6379/0
JWT_SECRET={same}
OPAQUE={new()}
SMTP_PASSWORD {new()}
SENTRY_TOKEN="{new()}
"""


def compose(new: Canaries) -> str:
    return f"""\
x-common: &common
  SESSION_SECRET: {new()}
services:
  api:
    build: {{context: ./api, args: [BUILD_TOKEN={new()}]}}
    command: gunicorn --workers 1 app:app
    env_file: .env
    environment:
      - LIVEKIT_API_KEY=devkey
      - LIVEKIT_API_SECRET={new()}   # before: LIVEKIT_API_SECRET={new()}
      - JWT_SECRET=${{JWT_SECRET:-{new()}}}
      - "DATABASE_URL=postgres://app:{new()}@nowhere:5432/app"
      - OTHER_PASSWORD=${{OTHER_PASSWORD-{new()}}}
    ports: ["8000:8000"]
  asr:
    image: registry.example/asr:1
    environment:
      <<: *common
      LIVEKIT_API_KEY: unknownkey
      LIVEKIT_API_SECRET: "{new()}"
      CALLBACK_URL: http://user:{new()}@localhost:9000/hook
      BROKER_URL: redis://:{new()}@asr:1
    labels: {{auth.token: {new()}}}
    ports: ["8000:9000"]
    healthcheck: {{test: ["CMD", "curl", "-u", "user:x", "http://user:{new()}@localhost:1/x?token={new()}"]}}
  redis:
    image: redis:7
    command: redis-server --requirepass {new()}
  livekit:
    image: livekit/livekit-server:v1
    command: '--dev --keys "devkey: {new()}"'
    environment:
      LIVEKIT_KEYS: "devkey: {new()}"
    volumes: [./livekit.yaml:/etc/livekit.yaml]
  egress:
    image: livekit/egress:v1
    environment:
      EGRESS_CONFIG_BODY: |
        api_key: devkey
        api_secret: {new()}
        ws_url: ws://livekit:7880
"""


def dart(new: Canaries) -> str:
    return f"""\
class Config {{
  static const String livekitApiSecret = '{new()}'; // before: '{new()}'
  static const url = 'http://user:{new()}@localhost:8000/x'; // apiSecret: '{new()}'
  static const env = String.fromEnvironment('LIVEKIT_API_SECRET', defaultValue: '{new()}');
  final fallback = dotenv.env['LIVEKIT_API_SECRET'] ?? '{new()}';
  final call = Uri.parse('http://127.0.0.1:9999/?token={new()}');
}}
"""


def python(new: Canaries) -> str:
    return f"""\
import os
from pydantic_settings import BaseSettings

SECRET = os.getenv("LIVEKIT_API_SECRET", "{new()}")  # LIVEKIT_API_SECRET={new()}
KEY = os.environ.get("LIVEKIT_API_KEY", "devkey")
URL = os.getenv("DATABASE_URL", "postgres://app:{new()}@localhost:5432/app")


class Settings(BaseSettings):
    livekit_api_secret: str = "{new()}"
    jwt_secret: str = "{new()}"
"""


def stack(new: Canaries) -> dict[str, str | bytes]:
    """A repository with many mistakes, each beside a secret."""
    opaque = """\
id: opaque
title: one opaque word
why: so
severity: error
kind: equals
truth: .env
from: [{file: .env, key: OPAQUE, secret: true}, {file: conf.yaml, key: opaque, secret: true}]
"""
    return {
        ".env": dotenv(new),
        ".env.example": f"LIVEKIT_API_KEY=\nLIVEKIT_API_SECRET=\nMISSING_TOKEN={new()}\n",
        "docker-compose.yml": compose(new),
        "livekit.yaml": f"""\
port: 7880
keys:
  # devkey: {new()}
  devkey: {new()}
  second: "{new()}"
webhook: {{api_key: nobody, urls: ["http://user:{new()}@api:1/hook"]}}
redis: {{address: "nowhere:6379", password: {new()}}}
api_secret: {new()}
""",
        "loose/livekit.yaml": f"keys: {{devkey: {new()}}} # {new()}\n",
        "loose/.env": f"LIVEKIT_API_KEY=devkey\n# {new()}\nLIVEKIT_API_SECRET={new()}\n",
        "loose/egress.yaml": f"""\
api_key: devkey
# {new()}
# until June
api_secret: {new()}
# or {new()}
ws_url: ws://livekit:7880
redis: {{password: {new()}}}
""",
        "conf.yaml": f"opaque: {new()}  # was {new()}\n",
        "opaque.yaml": opaque,
        "api/Dockerfile": f"FROM python:3.12\nENV LIVEKIT_API_SECRET={new()}\nARG TOKEN={new()}\nCOPY . .\n",
        "api/app.py": python(new),
        "api/gunicorn.conf.py": f'workers = 1\nraw_env = ["JWT_SECRET={new()}"]\n',
        "app/pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\nflutter: {assets: [.env]}\n",
        "app/.env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={new()}\n",
        "app/lib/config.dart": dart(new),
        "broken/livekit.yaml": f"keys:\n  devkey: {new()}\n\tother: {new()}\n",
        "broken/docker-compose.yml": f"services:\n  api: {{environment: [JWT_SECRET={new()}, \n",
        "broken/gunicorn.conf.py": f'SECRET = "{new()}\nworkers = (\nTOKEN = "{new()}"\n',
        "broken/.env": f"A='{new()}\nLIVEKIT_API_SECRET={new()}\n".encode() + b"B=\xff\n",
        "broken/lib/a.dart": f"const apiSecret = '{new()};\nconst url = 'http://localhost:{new()}",
        ".configlint.yaml": "rule-files: [opaque.yaml]\nworkers: {default: 3}\nmobile: {host: 10.1.2.3}\n",
    }  # fmt: skip


class Nest(NamedTuple):
    """A repository, the canaries in it, and when it was made."""

    root: Path
    canaries: list[str]
    made: float

    def silent(self, ran: Ran) -> None:
        """Fails if a canary got out."""
        for canary in self.canaries:
            for stream in (ran.stdout, ran.stderr):
                part = seen(canary, stream)
                assert not part, f"{part!r} of {canary!r} in {line_of(part, stream)!r}"


def line_of(part: str, text: str) -> str:
    return next((line for line in text.splitlines() if part in line), "")[:400]


@pytest.fixture(scope="module", params=ALPHABETS)
def nest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Nest:
    new = Canaries(request.param, 0)
    root = repository(tmp_path_factory.mktemp("nest"), stack(new), ignored=(".env", "app/.env"))
    return Nest(root, new.made, time.monotonic())


def test_the_repository_has_much_to_say(nest: Nest) -> None:
    """A canary that nobody is asked about proves nothing."""
    ran = run(nest.root, "check", "--format", "json")
    assert ran.exit == 1, ran.stderr
    places = {(one["rule"], one["path"]) for one in ran.findings}
    assert len(places) >= 25
    assert places >= {
        ("secret-parity", "loose/.env"),
        ("secret-parity", "docker-compose.yml"),
        ("duplicate-key", ".env"),
        ("unreadable-file", "broken/livekit.yaml"),
        ("unreadable-file", "broken/.env"),
        ("port-conflict", "docker-compose.yml"),
        ("service-host", "docker-compose.yml"),
        ("worker-count", "docker-compose.yml"),
        ("mobile-localhost", "app/lib/config.dart"),
        ("opaque", "conf.yaml"),
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("more", [(), ("--verbose", "--debug", "--color", "always")], ids=["plain", "verbose"])
def test_every_format(nest: Nest, form: str, more: tuple[str, ...]) -> None:
    ran = run(nest.root, "check", "--format", form, *more)
    assert ran.exit == 1
    assert "secret-parity" in ran.stdout
    nest.silent(ran)


def commands() -> Iterator[tuple[str, ...]]:
    yield from (("fix", "--diff"), ("fix", "--unsafe", "--diff"), ("rules",), ("explain", "secret-parity"))
    yield from (("explain", "opaque"), ("check", "app"), ("check", "--select", "unreadable-file", "--verbose"))
    yield from (("check", "--stats", "--verbose"), ("check", "--stats", "--verbose", "--format", "json"))
    for key in (
        "LIVEKIT_API_SECRET",
        "DATABASE_URL",
        "api.workers",
        "api.command",
        "redis.command",
        "8000",
        "JWT_SECRET",
    ):
        if "why" in cli.commands:
            yield from (("why", key), ("why", key, "--format", "json"))


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_every_command(nest: Nest, arguments: tuple[str, ...]) -> None:
    ran = run(nest.root, *arguments)
    assert ran.exit in (0, 1), ran.stderr
    assert ran.stdout
    nest.silent(ran)


@pytest.mark.parametrize("arguments", [("check",), ("fix", "--unsafe", "--diff", "--debug")], ids=" ".join)
def test_a_process_of_its_own_leaves_nothing(nest: Nest, arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Its home, with the cache that it keeps there, is looked through."""
    before = contents(nest.root)
    home = {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    # The answer about files that were written just now is not kept.
    time.sleep(max(0.0, nest.made + 2.5 - time.monotonic()))
    for _ in range(2):
        nest.silent(process(nest.root, *arguments, **home))
    assert contents(nest.root) == before
    left = contents(tmp_path)
    assert any(path.endswith(".run") for path in left) == (arguments == ("check",))
    for path, content in left.items():
        nest.silent(Ran(0, content.decode("latin-1"), path))


def test_against_a_commit(nest: Nest, tmp_path: Path) -> None:
    write(tmp_path, contents(nest.root))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "nothing")
    git(tmp_path, "add", "--all", "--force")
    new = run(tmp_path, "check", "--base", "HEAD", "--format", "json")
    git(tmp_path, "commit", "--quiet", "--message", "all")
    known = run(tmp_path, "check", "--base", "HEAD", "--format", "json")
    assert new.summary["error"] > 0
    assert known.summary["known"] >= new.summary["error"]
    nest.silent(new)
    nest.silent(known)


def test_files_that_a_run_writes(nest: Nest, tmp_path: Path) -> None:
    write(tmp_path, contents(nest.root))
    before = set(contents(tmp_path))
    nest.silent(run(tmp_path, "check", "--format", "sarif", "--output", "result.sarif"))
    if "baseline" in cli.commands:
        nest.silent(run(tmp_path, "baseline"))
    nest.silent(run(tmp_path, "fix", "--unsafe"))
    left = {path: content for path, content in contents(tmp_path).items() if path not in before}
    assert "result.sarif" in left
    for path, content in left.items():
        nest.silent(Ran(0, content.decode("latin-1"), path))


def test_what_init_writes(nest: Nest, tmp_path: Path) -> None:
    if "init" not in cli.commands:
        pytest.skip("no such command yet")
    write(tmp_path, {path: content for path, content in contents(nest.root).items() if path != ".configlint.yaml"})
    nest.silent(run(tmp_path, "init"))
    nest.silent(Ran(0, (tmp_path / ".configlint.yaml").read_text(encoding="utf-8"), ""))


@pytest.mark.parametrize(
    "text",
    [
        "workers: {{api: {0}}}\n",
        "mobile: {{hots: {0}}}\n",
        "mobile: {{host: 'http://user:{0}@10.1.2.3/'}}\n",
        "rules: {{secret-parity: {0}}}\n",
        "rules: {{secret-parity: {{severity: {0}}}}}\n",
        "exclude: {0}\n",
        "workers: {{api: 1}}\nworkers: {{api: {0}}}\n",
        "{0}\n",
        "- {0}\n",
        "exclude: [{0}\n",
        "exclude: ['{0}\n",
        'exclude: ["\\{0}"]\n',
        "exclude: !{{0}} *{0}\n",
    ],
)
def test_a_broken_configuration_is_not_quoted(nest: Nest, tmp_path: Path, text: str) -> None:
    canary = nest.canaries[0]
    for command in (("check", "--debug"), ("fix", "--diff")):
        ran = run(write(tmp_path, {".configlint.yaml": text.format(canary)}), *command)
        assert ran.exit == 2
        nest.silent(ran)


@pytest.mark.parametrize(
    "text", ["workers.api = '{0}'", "mobile.hots = '{0}'", "exclude = '{0}", "exclude = [{0}]", "{0}"]
)
def test_nor_is_one_in_toml(nest: Nest, tmp_path: Path, text: str) -> None:
    canary = nest.canaries[0]
    if text == "{0}" and not canary.isalnum():
        pytest.skip("another broken file: the canary is no key")
    ran = run(write(tmp_path, {"pyproject.toml": f"[tool.configlint]\n{text.format(canary)}\n"}), "check", "--debug")
    assert ran.exit == 2
    nest.silent(ran)


def test_a_fault_is_told_without_its_values(nest: Nest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        try:
            raise ValueError(nest.canaries[0])
        except ValueError as error:
            raise RuntimeError(*nest.canaries) from error

    monkeypatch.setattr("configlint.cli.check.check", broken)
    for more in ((), ("--debug",)):
        ran = run(nest.root, "check", *more)
        assert ran.exit == 3
        nest.silent(ran)


def test_a_canary_would_be_seen() -> None:
    """The look itself works: a part, a hash and an encoding are all noticed."""
    canary = Canaries("mixed", 0)()
    sha = hashlib.sha256(canary.encode()).hexdigest()
    for text in (
        canary,
        canary[4:10],
        f"x{canary[:6]}",
        sha,
        sha[:16].upper(),
        base64.b64encode(canary.encode()).decode(),
    ):
        assert seen(canary, f"key: {text}, and so on")
    assert not seen(canary, "key: <secret, 36 characters>")
