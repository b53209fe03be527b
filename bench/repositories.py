"""Made-up repositories of any size. Every hundredth stack is broken, so that a run has something to say."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

OURS = 10
"""Files of one stack that configlint reads."""

SMALL = {
    ".configlint.yaml": "workers: {default: 3}\nmobile: {host: 192.168.1.44}\nexclude: [legacy/**]\n",
    ".env": "LIVEKIT_API_KEY=APIdemo\nLIVEKIT_API_SECRET=made-up-for-the-bench-of-last-year\nAPI_PORT=8000\n",
    "docker-compose.yml": """\
services:
  api:
    build: ./api
    command: gunicorn -c gunicorn.conf.py app:app
    env_file: .env
    ports: ["8000:8000"]
  livekit:
    image: livekit/livekit-server:v1.8
    command: --config /etc/livekit.yaml
    volumes: ["./livekit.yaml:/etc/livekit.yaml"]
    ports: ["7880:7880"]
""",
    "livekit.yaml": "port: 7880\nkeys:\n  APIdemo: made-up-for-the-bench-of-this-year\n",
    "api/gunicorn.conf.py": 'bind = "0.0.0.0:8000"\nworkers = 1\n',
    "app/lib/config.dart": "class Config {\n  static const host = 'localhost';\n  static const api = 'http://$host:8000';\n}\n",
}
"""Six files of ours, a configuration among them."""


def small() -> dict[str, str]:
    """206 files, six of them ours."""
    return SMALL | dict(_others(200))


def large(files: int, others: int = 0) -> dict[str, str]:
    """`files` files of ours, rounded up to whole stacks, and `others` that concern nobody."""
    made = dict(_others(others))
    for number in range(-(-files // OURS)):
        made |= _stack(number)
    return made


def ignored(count: int) -> dict[str, str]:
    """Files that git ignores, in directories of their own and among the others."""
    return {
        f"node_modules/p{number // 50}/f{number}.js" if number % 2 else f"src/d{number // 60}/f{number}.log": "x\n"
        for number in range(count)
    }


def _others(count: int) -> Iterator[tuple[str, str]]:
    endings = ("ts", "md", "go", "css", "py", "txt", "svg", "rs")
    for number in range(count):
        yield f"src/d{number // 60}/f{number}.{endings[number % len(endings)]}", f"x = {number}\n" * 20


def _stack(number: int) -> dict[str, str]:
    top, key = f"stacks/g{number // 40}/s{number}", f"API{number:07}"
    secret = f"made-up-for-the-bench-{number:012}"
    broken = number % 100 == 0
    redis = "redis:\n  address: redis:6379\n"
    files = {
        "docker-compose.yml": """\
services:
  api:
    build: ./api
    command: gunicorn -c gunicorn.conf.py app:app
    environment:
      LIVEKIT_API_KEY: ${LIVEKIT_API_KEY}
      LIVEKIT_API_SECRET: ${LIVEKIT_API_SECRET}
      REDIS_URL: redis://redis:6379/0
    ports: ["8000:8000"]
    depends_on: [redis, livekit]
  livekit:
    image: livekit/livekit-server:v1.8
    command: --config /etc/livekit.yaml
    volumes: ["./livekit.yaml:/etc/livekit.yaml"]
    ports: ["7880:7880", "7881:7881"]
  redis:
    image: redis:7
""",
        "docker-compose.override.yml": "services:\n  api:\n    environment:\n      LOG_LEVEL: debug\n",
        ".env": f"LIVEKIT_API_KEY={key}\nLIVEKIT_API_SECRET={secret}{'-old' * broken}\nAPI_PORT=8000\n",
        ".env.example": "LIVEKIT_API_KEY=\nLIVEKIT_API_SECRET=\nAPI_PORT=8000\n",
        "livekit.yaml": f"port: 7880\nrtc:\n  tcp_port: 7881\nkeys:\n  {key}: {secret}\n{redis}",
        "egress.yaml": f"api_key: {key}\napi_secret: {secret}\nws_url: ws://livekit:7880\n{redis}",
        "api/Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nCMD ["gunicorn", "app:app"]\n',
        "api/gunicorn.conf.py": f'bind = "0.0.0.0:8000"\nworkers = {number % 4 + 1}\n',
        "app/pubspec.yaml": f"name: app{number}\ndependencies:\n  flutter: {{sdk: flutter}}\n",
        "app/lib/config.dart": (
            f"class Config {{\n  static const host = '{'localhost' if broken else 'api.example.com'}';\n"
            "  static const api = 'https://$host/v1';\n}\n"
        ),
    }
    assert len(files) == OURS
    return {f"{top}/{path}": content for path, content in files.items()}


def write(directory: Path, tracked: Mapping[str, str], beside: Mapping[str, str] | None = None) -> Path:
    """A git repository with files it tracks, and others that it ignores, sees or not."""
    _files(directory, {**tracked, ".gitignore": "node_modules/\n*.log\n"})
    _git(directory, "init", "--quiet")
    _git(directory, "add", "--all")
    _git(directory, "-c", "user.name=B", "-c", "user.email=b@example.com", "commit", "--quiet", "--message", "all")
    _files(directory, beside or {})
    return directory


def _files(directory: Path, files: Mapping[str, str]) -> None:
    made: set[str] = set()
    for path, content in files.items():
        target = os.path.join(directory, path)
        above = os.path.dirname(target)
        if above not in made:
            made.add(above)
            os.makedirs(above, exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(content)


def _git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "gc.auto=0", *arguments], cwd=directory, check=True)
