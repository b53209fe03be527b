"""Secrets for every place that a repository has for them, and the look for what is left of them.

A canary is a made-up secret that occurs nowhere else. Neither it, nor six characters of it in a row, nor a common hash
of it may stand in what a run prints or leaves behind.
"""

import base64
import hashlib
import random
import string
import time
from pathlib import Path
from typing import NamedTuple

from running import Ran, repository

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


def nested(directory: Path, alphabet: str) -> Nest:
    """A repository of canaries from an alphabet, with its `.env` files ignored."""
    new = Canaries(alphabet, 0)
    root = repository(directory, stack(new), ignored=(".env", "app/.env"))
    return Nest(root, new.made, time.monotonic())
