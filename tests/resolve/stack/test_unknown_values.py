"""What cannot be known is said to be so: no lower layer, no default and no absence is reported in its place."""

from typing import NamedTuple

import pytest
from trees import built_in, found, run

REAL = "k3Jd82hsPq0aZx71bNvC5mLr9tYw4uEe"
PYTHON = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
CONF = "docker-compose.yml"

Files = dict[str, str]


class Unknown(NamedTuple):
    """The files of a case, the places of what cannot be verified, and what git ignores."""

    files: Files
    places: list[str]
    ignored: tuple[str, ...] = ()


def told(rule: str, case: Unknown, configuration: str = "") -> list[tuple[str, str]]:
    result = run(case.files, *built_in(rule), configuration=configuration, ignored=case.ignored)
    return [(severity, where) for name, severity, where in found(result) if name == rule]


def api(command: str, more: str = "", files: Files | None = None) -> Files:
    line = f"    command: {command}\n" if command else ""
    stack = f"services:\n  api:\n    build: .\n{line}{more}"
    return {CONF: stack, "Dockerfile": PYTHON, **(files or {})}


WORKERS = {
    "the number of processors": Unknown(
        api(
            "gunicorn -c gunicorn.conf.py app:app",
            files={"gunicorn.conf.py": "import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1\n"},
        ),
        ["gunicorn.conf.py:2"],
    ),
    "a variable without default that nothing sets": Unknown(
        api(
            "gunicorn -c gunicorn.conf.py app:app",
            files={"gunicorn.conf.py": "import os\nworkers = int(os.environ['W'])\n"},
        ),
        ["gunicorn.conf.py:2"],
    ),
    "a configuration file that Python cannot read, above a variable that says another number": Unknown(
        api(
            "gunicorn -c gunicorn.conf.py app:app",
            "    environment: {WEB_CONCURRENCY: 1}\n",
            {"gunicorn.conf.py": "workers = (\n"},
        ),
        [f"{CONF}:4"],
    ),
    "a configuration file under a volume": Unknown(
        api(
            "gunicorn -c /app/conf/gunicorn.conf.py app:app",
            "    volumes: [settings:/app/conf]\n",
            {"conf/gunicorn.conf.py": "workers = 1\n"},
        ),
        [f"{CONF}:4"],
    ),
    "a configuration file that git ignores": Unknown(
        api("gunicorn -c gunicorn.conf.py app:app", '    volumes: ["./gunicorn.conf.py:/app/gunicorn.conf.py"]\n'),
        [f"{CONF}:4"],
        ("gunicorn.conf.py",),
    ),
    "an env file that git ignores, where only a variable could say it": Unknown(
        api("gunicorn app:app", "    env_file: .env\n"), [f"{CONF}:4"], (".env",)
    ),
    "a start script that is not here": Unknown(
        {CONF: "services: {api: {build: .}}", "Dockerfile": PYTHON + 'CMD ["/srv/start.sh"]\n'}, ["Dockerfile:4"]
    ),
    "an image that is not built here": Unknown(
        {CONF: "services: {api: {image: registry.example/api:1}}"}, [f"{CONF}:1"]
    ),
    "options for the entry point of an image that is not built here": Unknown(
        {CONF: 'services: {api: {image: "registry.example/api:1", command: ["--workers", "1"]}}'}, [f"{CONF}:1"]
    ),
    "a variable in the command that may be set in an absent env file": Unknown(
        api("gunicorn -w ${WORKERS} app:app"), [f"{CONF}:4"], (".env",)
    ),
    "a word of the command of which nothing is known": Unknown(
        api('sh -c "gunicorn $$(cat flags) app:app"'), [f"{CONF}:4"]
    ),
    "a Dockerfile that cannot be read": Unknown({CONF: "services: {api: {build: ./gone}}"}, [f"{CONF}:1"]),
}


@pytest.mark.parametrize("case", WORKERS.values(), ids=WORKERS)
def test_the_number_of_workers(case: Unknown) -> None:
    assert told("worker-count", case, "workers: {api: 3}") == [("unverifiable", place) for place in case.places]


def test_a_default_expectation_does_not_reach_images_that_nobody_knows() -> None:
    case = Unknown({CONF: "services: {db: {image: postgres}}"}, [])
    assert told("worker-count", case, "workers: {default: 3}") == []


def livekit(server: str, client: str = "") -> str:
    stack = f"services:\n  livekit:\n    image: livekit/livekit-server:v1.9\n{server}"
    stack += "  agent:\n    image: registry.example/agent:1\n"
    return stack + (client or "    environment: {LIVEKIT_API_KEY: APIdemo, LIVEKIT_API_SECRET: other}\n")


KEYS = f'    environment: ["LIVEKIT_KEYS=APIdemo: {REAL}"]\n'
MOUNTED = '    command: --config /etc/lk.yaml\n    volumes: ["./lk.yaml:/etc/lk.yaml"]\n'
SECRETS = {
    "the server's file is not here": Unknown({CONF: livekit(MOUNTED)}, [f"{CONF}:8"], ("lk.yaml",)),
    "the server's file is mounted from outside": Unknown(
        {CONF: livekit("    command: --config /etc/lk.yaml\n    volumes: [/srv/lk.yaml:/etc/lk.yaml]\n")}, [f"{CONF}:8"]
    ),
    "a script writes the server's file": Unknown(
        {
            CONF: livekit(
                '    entrypoint: ["/bin/sh", "-c"]\n'
                '    command: ["echo x > /lk.yaml && exec livekit-server --config /lk.yaml"]\n'
            )
        },
        [f"{CONF}:8"],
    ),
    "the server's keys come from an absent env file": Unknown(
        {CONF: livekit('    environment: {LIVEKIT_KEYS: "${LIVEKIT_KEYS}"}\n')}, [f"{CONF}:7"], (".env",)
    ),
    "the client's secret comes from an absent env file": Unknown(
        {CONF: livekit(KEYS, '    environment: {LIVEKIT_API_KEY: APIdemo, LIVEKIT_API_SECRET: "${S}"}\n')},
        [f"{CONF}:7"],
        (".env",),
    ),
    "the client's secret has to be set by whoever runs compose": Unknown(
        {CONF: livekit(KEYS, '    environment: {LIVEKIT_API_KEY: APIdemo, LIVEKIT_API_SECRET: "${S:?}"}\n')},
        [f"{CONF}:7"],
    ),
    "another program fills the client's secret in": Unknown(
        {CONF: livekit(KEYS, "    environment: {LIVEKIT_API_KEY: APIdemo, LIVEKIT_API_SECRET: <secret>}\n")},
        [f"{CONF}:7"],
    ),
    "the file of egress is not here, and its variables are": Unknown(
        {
            CONF: "services:\n  livekit:\n    image: livekit/livekit-server\n"
            + KEYS
            + "  egress:\n    image: livekit/egress\n"
            '    environment: ["EGRESS_CONFIG_FILE=/e.yaml", "LIVEKIT_API_KEY=APIdemo", "LIVEKIT_API_SECRET=other"]\n'
            '    volumes: ["./egress.yaml:/e.yaml"]\n'
        },
        [f"{CONF}:7"],
        ("egress.yaml",),
    ),
}


@pytest.mark.parametrize("case", SECRETS.values(), ids=SECRETS)
def test_a_pair(case: Unknown) -> None:
    assert told("secret-parity", case) == [("unverifiable", place) for place in case.places]


def caller(variable: str, more: str) -> str:
    start = "services:\n  api:\n    image: registry.example/api:1\n    command: gunicorn -b 0.0.0.0:80 app:app\n"
    return start + f"    environment:\n      - {variable}\n{more}"


REACHED = {
    "container-port: an image that nobody knows": Unknown(
        {CONF: caller("TTS_URL=http://tts:9000", "  tts: {image: registry.example/tts:1}\n")}, [f"{CONF}:6"]
    ),
    "container-port: a port in a variable that nothing sets": Unknown(
        {
            CONF: caller("TTS_URL=http://tts:9000", "  tts: {build: .}\n"),
            "Dockerfile": PYTHON + "CMD uvicorn --port $PORT app:app\n",
        },
        [f"{CONF}:6"],
    ),
    "container-localhost: a port of an image that states none": Unknown(
        {CONF: 'services: {bot: {image: registry.example/bot:1, environment: {TTS_URL: "http://localhost:5002"}}}'},
        [f"{CONF}:1"],
    ),
    "redis-parity: a Redis on the internet": Unknown(
        {CONF: caller("REDIS_URL=redis://cache.acme.dev:6379", "")}, [f"{CONF}:6"]
    ),
    "redis-parity: a host in a variable of an absent env file": Unknown(
        {CONF: caller("REDIS_URL=redis://${REDIS_HOST}:6379", '  redis: {image: "redis:7"}\n')},
        [f"{CONF}:6"],
        (".env",),
    ),
    "redis-parity: the Redis of the host": Unknown(
        {
            CONF: "services:\n  livekit:\n    image: livekit/livekit-server\n    network_mode: host\n" + MOUNTED,
            "lk.yaml": f"redis: {{address: 'localhost:6379'}}\nkeys: {{a: {REAL}}}\n",
        },
        ["lk.yaml:1"],
    ),
    "redis-parity: a port in a file of Redis that is not here": Unknown(
        {
            CONF: caller(
                "REDIS_URL=redis://redis:6380",
                '  redis: {image: "redis:7", command: redis-server /etc/redis.conf, volumes: ["/srv:/etc"]}\n',
            )
        },
        [f"{CONF}:6"],
    ),
    "webhook-key: the server's keys are not known": Unknown(
        {
            CONF: "services:\n  livekit:\n    image: livekit/livekit-server\n    environment: [LIVEKIT_KEYS=$KEYS]\n"
            + MOUNTED,
            "lk.yaml": "webhook: {urls: ['https://api.acme.dev'], api_key: APIdemo}\n",
        },
        ["lk.yaml:1"],
        (".env",),
    ),
    "rtc-ports: a published port that is set where compose is run": Unknown(
        {
            CONF: "services:\n  livekit:\n    image: livekit/livekit-server\n"
            + MOUNTED
            + '    ports: ["${UDP:?}:7882/udp"]\n',
            "lk.yaml": f"rtc: {{udp_port: 7882}}\nkeys: {{a: {REAL}}}\n",
        },
        [f"{CONF}:6"],
    ),
    "healthcheck-port: a port in a variable that nothing sets": Unknown(
        {
            CONF: "services:\n  api:\n    build: .\n    healthcheck: {test: curl -f http://localhost:8000/health}\n",
            "Dockerfile": PYTHON + "CMD uvicorn --port $PORT app:app\n",
        },
        [f"{CONF}:4"],
    ),
    "missing-path: what git ignores": Unknown(
        {CONF: 'services: {api: {image: x, env_file: .env, volumes: ["./a.conf:/a.conf"]}}'},
        [f"{CONF}:1", f"{CONF}:1"],
        (".env", "a.conf"),
    ),
    "missing-path: a file that is included": Unknown(
        {CONF: "include: [local.yml]\nservices: {api: {image: x}}\n"}, [f"{CONF}:1"], ("local.yml",)
    ),
    "variable-undefined: no env file and no template": Unknown(
        {CONF: 'services: {api: {image: "x:${TAG}"}}'}, [f"{CONF}:1"]
    ),
    "variable-undefined: an env file that git ignores": Unknown(
        {CONF: 'services: {api: {image: "x:${TAG}"}}'}, [f"{CONF}:1"], (".env",)
    ),
}


@pytest.mark.parametrize(("name", "case"), REACHED.items(), ids=REACHED)
def test_what_is_reached(name: str, case: Unknown) -> None:
    assert told(name.partition(":")[0], case) == [("unverifiable", place) for place in case.places]


NOTHING = {
    "service-host: services of a file that is included and not here": {
        CONF: "include: [../more.yml]\n" + caller("ASR_URL=http://asr:9000", "")
    },
    "service-host: an overlay whose main file is not here": {
        "docker-compose.gpu.yml": caller("ASR_URL=http://asr:9000", "    depends_on: [asr]\n")
    },
    "service-host: a service of a file beside, which may run in the same project": {
        CONF: caller("ASR_URL=http://asr:9000", ""),
        "docker-compose.speech.yml": "services: {asr: {image: registry.example/asr:1}}\n",
    },
    "rtc-ports: a configuration that is not here says nothing of the usual range": {CONF: livekit(MOUNTED)},
    "secret-strength: a secret that is not here": {CONF: livekit(MOUNTED)},
    "missing-path: a path with a variable that nothing sets": {
        CONF: 'services: {api: {image: x, volumes: ["${CERTS:?}/a.pem:/a.pem", "/srv/a.pem:/b.pem", "~/c.pem:/c.pem"]}}'
    },
}


@pytest.mark.parametrize(("name", "files"), NOTHING.items(), ids=NOTHING)
def test_nothing_is_made_up(name: str, files: Files) -> None:
    assert told(name.partition(":")[0], Unknown(files, [], ("lk.yaml",))) == []
