"""Where the bugs of real stacks were, in the shapes in which they stood: each is found, and at its place."""

import pytest
from trees import built_in, found, run

REAL = "k3Jd82hsPq0aZx71bNvC5mLr9tYw4uEe"
PYTHON = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
GUNICORN = 'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "wsgi:app"]\n'

Files = dict[str, str]
Table = dict[str, tuple[Files, list[tuple[str, str]]]]
"""By what it shows: the files, and (severity or `unverifiable`, path:line) of every finding."""


def said(rule: str, files: Files, configuration: str = "", ignored: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    told = found(run(files, *built_in(rule), configuration=configuration, ignored=ignored))
    return [(severity, where) for name, severity, where in told if name == rule]


def compose(command: str = "", more: str = "") -> str:
    line = f"    command: {command}\n" if command else ""
    return f"services:\n  api:\n    build: .\n{line}{more}"


WORKERS: Table = {
    "a service without command and a CMD without a flag run one worker": (
        {"docker-compose.yml": compose(), "Dockerfile": PYTHON + GUNICORN},
        [("error", "Dockerfile:4")],
    ),
    "a command as one string": (
        {"docker-compose.yml": compose("gunicorn --workers 1 app:app"), "Dockerfile": PYTHON},
        [("error", "docker-compose.yml:4")],
    ),
    "a command as a folded scalar": (
        {"docker-compose.yml": compose(">-\n      gunicorn\n      --workers 1\n      app:app"), "Dockerfile": PYTHON},
        [("error", "docker-compose.yml:6")],
    ),
    "a command as a list": (
        {"docker-compose.yml": compose('["gunicorn", "-w", "1", "app:app"]'), "Dockerfile": PYTHON},
        [("error", "docker-compose.yml:4")],
    ),
    "a command after a migration, in a shell": (
        {"docker-compose.yml": compose('sh -c "alembic upgrade head && gunicorn -w 1 app:app"'), "Dockerfile": PYTHON},
        [("error", "docker-compose.yml:4")],
    ),
    "an entry point with the flags in CMD": (
        {
            "docker-compose.yml": compose(),
            "Dockerfile": PYTHON + 'ENTRYPOINT ["python", "-m", "uvicorn"]\nCMD ["app:app", "--workers", "1"]\n',
        },
        [("error", "Dockerfile:5")],
    ),
    "a start script that CMD names": (
        {
            "docker-compose.yml": compose(),
            "Dockerfile": PYTHON + 'CMD ["./start.sh"]\n',
            "start.sh": "#!/bin/sh\ngunicorn --workers 1 app:app &\nwait\n",
        },
        [("error", "start.sh:2")],
    ),
    "a variable of compose whose default decides": (
        {"docker-compose.yml": compose("gunicorn -w ${API_WORKERS:-1} app:app"), "Dockerfile": PYTHON},
        [("error", "docker-compose.yml:4")],
    ),
    "an environment variable that the configuration file reads": (
        {
            "docker-compose.yml": compose("gunicorn -c gunicorn.conf.py app:app", "    environment: [WORKERS=1]\n"),
            "Dockerfile": PYTHON,
            "gunicorn.conf.py": 'import os\nworkers = int(os.getenv("WORKERS", "3"))\n',
        },
        [("error", "docker-compose.yml:5")],
    ),
    "threads, worker classes and celery's word are no workers": (
        {
            "docker-compose.yml": compose(
                "gunicorn -w 3 --threads 1 --worker-class gthread app:app",
                "  jobs: {build: ., command: celery -A app worker --concurrency 1}\n",
            ),
            "Dockerfile": PYTHON,
        },
        [],
    ),
}


@pytest.mark.parametrize(("files", "wanted"), WORKERS.values(), ids=WORKERS)
def test_one_worker_where_three_are_expected(files: Files, wanted: list[tuple[str, str]]) -> None:
    assert said("worker-count", files, "workers: {api: 3}") == wanted


def test_other_services_of_the_stack_run_one_worker_on_purpose() -> None:
    files = {
        "docker-compose.yml": compose("gunicorn -w 3 app:app", "  asr: {build: ., command: gunicorn -w 1 asr:app}\n"),
        "Dockerfile": PYTHON,
    }
    assert said("worker-count", files, "workers: {api: 3, asr: 1}") == []
    assert said("worker-count", files, "workers: {default: 3}") == [("error", "docker-compose.yml:5")]


OVERRIDES: Table = {
    "a flag over the configuration file of the same start": (
        {
            "docker-compose.yml": compose("gunicorn -c gunicorn.conf.py --workers 1 app:app"),
            "Dockerfile": PYTHON,
            "gunicorn.conf.py": "workers = 3\n",
        },
        [("warning", "gunicorn.conf.py:1")],
    ),
    "a flag over a variable of the same start": (
        {
            "docker-compose.yml": compose("gunicorn -w 1 app:app", "    environment: {WEB_CONCURRENCY: 3}\n"),
            "Dockerfile": PYTHON,
        },
        [("warning", "docker-compose.yml:5")],
    ),
    "a command of compose that replaces the image's is meant": (
        {
            "docker-compose.yml": compose("uvicorn app:app --reload"),
            "Dockerfile": PYTHON + 'CMD ["gunicorn", "-w", "4", "app:app"]\n',
        },
        [],
    ),
    "both say the same": (
        {
            "docker-compose.yml": compose("gunicorn -w 3 app:app", "    environment: {WEB_CONCURRENCY: 3}\n"),
            "Dockerfile": PYTHON,
        },
        [],
    ),
}


@pytest.mark.parametrize(("files", "wanted"), OVERRIDES.values(), ids=OVERRIDES)
def test_a_worker_setting_without_effect(files: Files, wanted: list[tuple[str, str]]) -> None:
    assert said("worker-override", files) == wanted


SERVER = "services:\n  livekit:\n    image: livekit/livekit-server:v1.9\n"


def paired(client: str, more: Files | None = None) -> Files:
    """A server with a pair of its own, and a client as given."""
    keys = f'    environment: ["LIVEKIT_KEYS=APIdemo: {REAL}"]\n'
    return {"docker-compose.yml": SERVER + keys + client, **(more or {})}


AGENT = "  agent:\n    image: registry.example/agent:1\n"
SECRETS: Table = {
    "two entries of a list": (
        paired(AGENT + "    environment:\n      - LIVEKIT_API_KEY=APIdemo\n      - LIVEKIT_API_SECRET=old\n"),
        [("error", "docker-compose.yml:9")],
    ),
    "a map": (
        paired(AGENT + "    environment: {LIVEKIT_API_KEY: APIdemo, LIVEKIT_API_SECRET: old}\n"),
        [("error", "docker-compose.yml:7")],
    ),
    "both the name and the secret differ": (
        paired(AGENT + "    environment: {LIVEKIT_API_KEY: APIold, LIVEKIT_API_SECRET: old}\n"),
        [("error", "docker-compose.yml:7")],
    ),
    "a default in compose": (
        paired(AGENT + "    environment:\n      LIVEKIT_API_KEY: APIdemo\n      LIVEKIT_API_SECRET: ${S:-secret}\n"),
        [("error", "docker-compose.yml:9")],
    ),
    "the names of Element's token service": (
        paired(
            "  jwt:\n    image: element-hq/lk-jwt-service\n    environment: [LIVEKIT_KEY=APIdemo, LIVEKIT_SECRET=old]\n"
        ),
        [("error", "docker-compose.yml:7")],
    ),
    "ENV of a Dockerfile": (
        paired(
            "  agent: {build: .}\n",
            {"Dockerfile": PYTHON + "ENV LIVEKIT_API_KEY=APIdemo LIVEKIT_API_SECRET=old\n"},
        ),
        [("error", "Dockerfile:4")],
    ),
    "a default in Python": (
        paired(
            "  agent: {build: ., command: python agent.py}\n",
            {
                "Dockerfile": PYTHON,
                "agent.py": "import os\nkey = os.getenv('LIVEKIT_API_KEY', 'APIdemo')\n"
                "secret = os.getenv('LIVEKIT_API_SECRET', 'secret')\n",
            },
        ),
        [("error", "agent.py:3")],
    ),
    "an env file that the service is given": (
        paired(AGENT + "    env_file: agent.env\n", {"agent.env": "LIVEKIT_API_KEY=APIdemo\nLIVEKIT_API_SECRET=old\n"}),
        [("error", "agent.env:2")],
    ),
    "the file of egress": (
        paired(
            "  egress:\n    image: livekit/egress:v1.9\n    environment: [EGRESS_CONFIG_FILE=/out/egress.yaml]\n"
            '    volumes: ["./egress.yaml:/out/egress.yaml"]\n',
            {"egress.yaml": "api_key: APIdemo\napi_secret: old\nws_url: ws://livekit:7880\n"},
        ),
        [("error", "egress.yaml:2")],
    ),
    "the body of ingress's configuration in a variable": (
        paired(
            "  ingress:\n    image: livekit/ingress:v1.4\n    environment:\n      INGRESS_CONFIG_BODY: |\n"
            "        api_key: APIdemo\n        api_secret: old\n"
        ),
        [("error", "docker-compose.yml:10")],
    ),
    "the same pair in every shape": (
        paired(AGENT + f'    environment: ["LIVEKIT_API_KEY=APIdemo", "LIVEKIT_API_SECRET={REAL}"]\n'),
        [],
    ),
    "one of several pairs of the server": (
        {
            "docker-compose.yml": SERVER
            + '    command: --keys "{one: a, two: b}"\n'
            + AGENT
            + "    environment: {LIVEKIT_API_KEY: two, LIVEKIT_API_SECRET: b}\n"
        },
        [],
    ),
    "a pair in a file that nothing mounts": (
        paired("", {"old/egress.yaml": "api_key: APIdemo\napi_secret: of-last-year\nws_url: ws://livekit:7880\n"}),
        [],
    ),
}


@pytest.mark.parametrize(("files", "wanted"), SECRETS.values(), ids=SECRETS)
def test_another_secret_than_the_server(files: Files, wanted: list[tuple[str, str]]) -> None:
    assert said("secret-parity", files) == wanted


def calls(variable: str, more: str = "", files: Files | None = None) -> Files:
    """A service that is given an address, beside one that listens on 8000 and is published as 8001."""
    stack = f"""\
services:
  api:
    image: registry.example/api:1
    command: gunicorn -b 0.0.0.0:80 app:app
    environment: ["{variable}"]
{more}  asr:
    image: registry.example/asr:1
    command: gunicorn --bind 0.0.0.0:8000 asr:app
    ports: ["8001:8000"]
"""
    return {"docker-compose.yml": stack, **(files or {})}


PORTS: Table = {
    "the published port inside the network": (calls("ASR_URL=http://asr:8001"), [("error", "docker-compose.yml:5")]),
    "the container's port": (calls("ASR_URL=http://asr:8000"), []),
    "environment beats a correct env file": (
        calls("ASR_URL=http://asr:8001", "    env_file: .env\n", {".env": "ASR_URL=http://asr:8000\n"}),
        [("error", "docker-compose.yml:5")],
    ),
    "a wrong env file that environment corrects": (
        calls("ASR_URL=http://asr:8000", "    env_file: .env\n", {".env": "ASR_URL=http://asr:8001\n"}),
        [],
    ),
    "the published port of a database that is pulled": (
        calls("DSN=postgresql://a:b@db:5433/x", '  db: {image: "postgres:16", ports: ["5433:5432"]}\n'),
        [("error", "docker-compose.yml:5")],
    ),
    "a port that is published from another one of an image that nobody knows": (
        calls("TTS_URL=http://tts:9001", '  tts: {image: "registry.example/tts:1", ports: ["9001:9000"]}\n'),
        [("error", "docker-compose.yml:5")],
    ),
}


@pytest.mark.parametrize(("files", "wanted"), PORTS.values(), ids=PORTS)
def test_a_port_on_which_the_service_does_not_listen(files: Files, wanted: list[tuple[str, str]]) -> None:
    assert said("container-port", files) == wanted


def reading(given: str, read: str) -> Files:
    return {
        "docker-compose.yml": f"services:\n  api:\n    build: .\n    command: python app.py\n    environment: [{given}=http://stt:80]\n",
        "Dockerfile": PYTHON,
        "app.py": f'import os\nurl = os.getenv("{read}", "http://localhost:80")\n',
    }


NAMES: Table = {
    "one word differs": (reading("VOSK_SERVICE_URL", "VOSK_STT_URL"), [("warning", "docker-compose.yml:5")]),
    "a letter too many": (reading("TTTS_API_URL", "TTS_API_URL"), [("warning", "docker-compose.yml:5")]),
    "the same name": (reading("VOSK_STT_URL", "VOSK_STT_URL"), []),
    "another variable altogether": (reading("MAIL_SENDER", "VOSK_STT_URL"), []),
}


@pytest.mark.parametrize(("files", "wanted"), NAMES.values(), ids=NAMES)
def test_a_variable_under_a_name_that_the_code_does_not_read(files: Files, wanted: list[tuple[str, str]]) -> None:
    assert said("variable-unread", files) == wanted


def test_without_the_override_the_env_file_for_the_host_is_the_one_useful_warning() -> None:
    files = calls(
        "A=b",
        "    env_file: .env\n  db: {image: postgres}\n",
        {".env": "DATABASE_URL=postgresql://a:b@localhost:5432/x\n"},
    )
    assert said("container-localhost", files) == [("warning", ".env:1")]
