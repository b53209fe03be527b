"""The shapes in which people write their stacks: in each of them a bug is found, and nothing else is said."""

from typing import NamedTuple

import pytest
from trees import BUILT_IN, at, run

REAL = "k3Jd82hsPq0aZx71bNvC5mLr9tYw4uEe"
PYTHON = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
MAIN = "docker-compose.yml"

Files = dict[str, str]


class Shape(NamedTuple):
    """Files, and `rule path:line` of every warning and error."""

    files: Files
    loud: list[str]


def loud(files: Files) -> list[str]:
    result = run(files, *BUILT_IN)
    return [f"{one.rule} {at(result, one)}" for one in result.findings if one.severity != "info"]


def given(environment: str, files: Files | None = None) -> Files:
    """A service with these lines of `environment`, beside one that listens on 9000."""
    stack = f"""\
services:
  api:
    image: registry.example/api:1
    command: gunicorn -b 0.0.0.0:80 app:app
    environment:
{environment}  asr:
    image: registry.example/asr:1
    command: gunicorn -b 0.0.0.0:9000 asr:app
"""
    return {MAIN: stack, **(files or {})}


ENVIRONMENT = {
    "an item of a list": Shape(given("      - A=http://asr:1\n"), [f"container-port {MAIN}:6"]),
    "an item in quotes": Shape(given('      - "A=http://asr:1"\n'), [f"container-port {MAIN}:6"]),
    "an item with a comment behind it": Shape(
        given("      - A=http://asr:1 # was 9000\n"), [f"container-port {MAIN}:6"]
    ),
    "a map": Shape(given("      A: http://asr:1\n"), [f"container-port {MAIN}:6"]),
    "a value from the project's file": Shape(
        given("      - A=${ASR}\n", {".env": "ASR=http://asr:1"}), ["container-port .env:1"]
    ),
    "a name alone": Shape(given("      - ASR\n", {".env": "ASR=http://asr:1"}), ["container-port .env:1"]),
    "a name of a map alone": Shape(given("      ASR:\n", {".env": "ASR=http://asr:1"}), ["container-port .env:1"]),
    "a default": Shape(given("      - A=${ASR:-http://asr:1}\n"), [f"container-port {MAIN}:6"]),
    "a default in a default": Shape(given("      - A=${ASR:-${OLD:-http://asr:1}}\n"), [f"container-port {MAIN}:6"]),
    "a default that the project's file replaces": Shape(
        given("      - A=${ASR:-http://asr:1}\n", {".env": "ASR=http://asr:9000"}), []
    ),
    "a host from a variable": Shape(
        given("      - A=http://${H}:9000\n", {".env": "H=nohost"}), ["service-host .env:1"]
    ),
    "a port from a variable": Shape(given("      - A=http://asr:${P}\n", {".env": "P=1"}), ["container-port .env:1"]),
    "two dollar signs": Shape(given("      - A=$$HOME and $$$${B}\n"), []),
    "an anchor": Shape(
        {MAIN: "x-env: &env\n  A: http://asr:1\n" + given("      <<: *env\n")[MAIN]},
        [f"container-port {MAIN}:2"],
    ),
    "an environment that is an alias": Shape(
        {
            MAIN: "x-env: &env {A: http://asr:1}\n"
            + given("")[MAIN].replace("    environment:\n", "    environment: *env\n")
        },
        [f"container-port {MAIN}:1"],
    ),
}


@pytest.mark.parametrize(("files", "wanted"), ENVIRONMENT.values(), ids=ENVIRONMENT)
def test_an_environment(files: Files, wanted: list[str]) -> None:
    assert loud(files) == wanted


def test_a_pair_in_one_item_of_a_list() -> None:
    files = {
        MAIN: f"""\
services:
  livekit:
    image: livekit/livekit-server:v1.9
    command: --dev
    environment:
      - LIVEKIT_KEYS=APIdemo: {REAL}
    ports: [7880:7880, 7882:7882/udp]
  agent:
    image: registry.example/agent:1
    environment:
      - LIVEKIT_API_KEY=APIdemo # as above
      - LIVEKIT_API_SECRET=other
"""
    }
    # Without quotes, `- K=a: b` is a mapping in YAML, and compose refuses it; in quotes it is one item.
    quoted = {MAIN: files[MAIN].replace(f"LIVEKIT_KEYS=APIdemo: {REAL}", f'"LIVEKIT_KEYS=APIdemo: {REAL}"')}
    assert loud(quoted) == [f"secret-parity {MAIN}:12"]


def publishes(one: str, other: str) -> Files:
    first, second = (
        f"  {name}:\n    image: {name}\n    ports:\n      - {port}\n" for name, port in (("a", one), ("b", other))
    )
    return {MAIN: "services:\n" + first + second}


PORTS = {
    "unquoted": ("8000:8000", "8000:80"),
    "in quotes": ('"8000:8000"', "8000:80"),
    "with a comment": ("8000:8000 # the API", "8000:80"),
    "an address of this machine": ('"127.0.0.1:8000:8000"', "8000:80"),
    "a range": ('"7990-8010:7990-8010"', "8000:80"),
    "UDP": ('"8000:8000/udp"', '"8000:80/UDP"'),
    "long": ("{target: 8000, published: 8000}", "{target: 80, published: '8000', protocol: tcp}"),
    "a variable with a default": ("${PORT:-8000}:8000", "8000:80"),
    "an address of IPv6": ('"[::]:8000:8000"', "8000:80"),
}
APART = {
    "another protocol": ("8000:8000", "8000:8000/udp"),
    "another address": ('"127.0.0.1:8000:8000"', '"127.0.0.2:8000:80"'),
    "a port that docker chooses": ("8000", "8000:80"),
    "a range beside it": ('"8001-8010:8001-8010"', "8000:80"),
    "a variable that nothing sets": ("${PORT:?}:8000", "8000:80"),
}


@pytest.mark.parametrize(("one", "other"), PORTS.values(), ids=PORTS)
def test_ports_of_one_number(one: str, other: str) -> None:
    assert loud(publishes(one, other)) == [f"port-conflict {MAIN}:9"]


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_ports_that_do_not_meet(one: str, other: str) -> None:
    assert loud(publishes(one, other)) == []


BROKEN = given("      - A=http://asr:1\n")[MAIN]
PROJECTS = {
    "a root file that only includes": Shape(
        {MAIN: "include:\n  - deploy/base.yml\n", "deploy/base.yml": BROKEN}, ["container-port deploy/base.yml:6"]
    ),
    "an included file with an env file and paths of its own": Shape(
        {
            MAIN: "include: [deploy/base.yml]\n",
            "deploy/base.yml": BROKEN.replace("http://asr:1", "${ASR}").replace(
                "  asr:", "    env_file: own.env\n    volumes: [./gone.conf:/etc/gone.conf]\n  asr:"
            ),
            "deploy/.env": "ASR=http://asr:1\n",
            "deploy/own.env": "B=http://nohost:1\n",
        },
        ["container-port deploy/.env:1", "missing-path deploy/base.yml:8", "service-host deploy/own.env:1"],
    ),
    "an override of comments only": Shape(
        {MAIN: BROKEN, "docker-compose.override.yml": "# services:\n#   api: {}\n"}, [f"container-port {MAIN}:6"]
    ),
    "an override without services": Shape(
        {MAIN: BROKEN, "docker-compose.override.yml": "services: {}\n"}, [f"container-port {MAIN}:6"]
    ),
    "an empty override": Shape({MAIN: BROKEN, "docker-compose.override.yml": ""}, [f"container-port {MAIN}:6"]),
    "an override that mends it": Shape(
        {MAIN: BROKEN, "docker-compose.override.yml": "services: {api: {environment: [A=http://asr:9000]}}\n"}, []
    ),
    "an empty project": Shape({MAIN: "", "compose.dev.yml": "services:\n"}, []),
    "an empty list that was meant as a reset": Shape(
        {
            MAIN: "services:\n  a: {image: a, ports: [8000:8000]}\n",
            "docker-compose.prod.yml": "services:\n  a: {ports: []}\n  b: {image: b, ports: [8000:80]}\n",
        },
        ["port-conflict docker-compose.prod.yml:3"],
    ),
    "a reset": Shape(
        {
            MAIN: "services:\n  a: {image: a, ports: [8000:8000]}\n",
            "docker-compose.prod.yml": "services:\n  a: {ports: !reset []}\n  b: {image: b, ports: [8000:80]}\n",
        },
        [],
    ),
    "a profile": Shape(
        {
            MAIN: BROKEN.replace(
                "    command: gunicorn -b 0.0.0.0:80", "    profiles: [extra]\n    command: gunicorn -b 0.0.0.0:80"
            )
        },
        [f"container-port {MAIN}:7"],
    ),
    "services of two profiles on one port": Shape(
        {
            MAIN: "services:\n  cpu: {image: a, profiles: [cpu], ports: [8000:80]}\n"
            "  gpu: {image: a, profiles: [gpu, cuda], ports: [8000:80]}\n"
        },
        [],
    ),
    "a compose file under another name": Shape(
        {"deploy/production.yml": BROKEN}, ["container-port deploy/production.yml:6"]
    ),
    "another tool's file under such a name": Shape(
        {
            "ci.yml": "services:\n  docker: {entrypoint: x}\n",
            ".github/workflows/test.yml": BROKEN,
            "local.yml": "services: [a]\n",
        },
        [],
    ),
    "an overlay for a stack without a main name": Shape(
        {
            "compose.base.yml": BROKEN.replace("http://asr:1", "http://asr:9000"),
            "compose.dev.yml": "services: {web: {image: web, depends_on: [asr], environment: [A=http://asr:1]}}\n",
        },
        ["container-port compose.dev.yml:1"],
    ),
}


@pytest.mark.parametrize(("files", "wanted"), PROJECTS.values(), ids=PROJECTS)
def test_a_project(files: Files, wanted: list[str]) -> None:
    assert loud(files) == wanted


DOTENV = {
    "accents in comments": "# clé de l'API: à changer\n{}\n",
    "no final newline": "{}",
    "carriage returns": "Z=b\r\n{}\r\n",
    "a byte order mark": "\ufeff{}\n",
    "values with spaces, quotes and semicolons": 'TITLE="a; b"\nWORDS=one two\n{}\n',
    "an inline comment": "{} # the new one\n",
    "empty values and files of secrets": "EMPTY=\nDB_PASSWORD_FILE=/run/secrets/db\n{}\n",
    "exported": "export Z=b\nexport {}\n",
}


@pytest.mark.parametrize("content", DOTENV.values(), ids=DOTENV)
def test_an_env_file(content: str) -> None:
    files = given("      - B=${B:-1}\n", {"api.env": content.format("A=http://asr:1")})
    files[MAIN] = files[MAIN].replace("    environment:", "    env_file: [api.env]\n    environment:")
    (said,) = loud(files)
    assert said.startswith("container-port api.env:")


@pytest.mark.parametrize("name", ["env_template.txt", "env.example", ".env.example", ".env.sample", "example.env"])
def test_a_template_is_no_environment(name: str) -> None:
    files = given("      - A=${ASR}\n", {name: "ASR=http://asr:1\nDB_PASSWORD=changeme\n"})
    assert loud(files) == []


CODE = {
    "getenv": "import os\nS = os.getenv('LIVEKIT_API_SECRET', 'other')\n",
    "environ.get": "from os import environ\nS = environ.get('LIVEKIT_API_SECRET', 'other')\n",
    "nested": "import os\nS = os.getenv('LK_SECRET', os.getenv('LIVEKIT_API_SECRET', 'other'))\n",
    "or": "import os\nS = os.getenv('LIVEKIT_API_SECRET') or 'other'\n",
    "a constant": "import os\nD = 'other'\nS = os.environ.get('LIVEKIT_API_SECRET', D)\n",
    "settings": "from pydantic_settings import BaseSettings\n"
    "class S(BaseSettings):\n    livekit_api_secret: str = 'other'\n",
}


@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
def test_a_default_in_python(code: str) -> None:
    files = {
        MAIN: f"""\
services:
  livekit:
    image: livekit/livekit-server:v1.9
    command: '--dev --keys "APIdemo: {REAL}"'
    ports: [7880:7880, 7882:7882/udp]
  agent:
    build: .
    command: python agent.py
    environment: [LIVEKIT_API_KEY=APIdemo]
""",
        "Dockerfile": PYTHON,
        "agent.py": code,
    }
    (said,) = loud(files)
    assert said.startswith("secret-parity agent.py:")
