"""Addresses that services are given: localhost, unknown hosts, other people's Redis."""

import pytest
from stacks import MAIN, PYTHON, Case, Files, failed, told, warned


def calling(*variables: str, more: str = "", command: str = "gunicorn -b 0.0.0.0:8000 app:app") -> Files:
    """A service that is given variables from line 6 on; `more` follows behind them."""
    lines = "".join(f"      {line}\n" for line in variables)
    stack = (
        f"services:\n  api:\n    image: registry.example/api:1\n    command: {command}\n    environment:\n{lines}{more}"
    )
    return {MAIN: stack}


LOCALHOST = {
    "somebody else's port": Case("container-localhost", calling("TTS_URL: http://localhost:5002"), warned(6)),
    "in other words": Case("container-localhost", calling("TTS_URL: ws://127.0.0.1:5002/x"), warned(6)),
    "its own port": Case("container-localhost", calling("SELF_CHECK_URL: http://localhost:8000"), []),
    "its own published port": Case(
        "container-localhost", calling("A_URL: http://localhost:8800", more='    ports: ["8800:8000"]\n'), []
    ),
    "for a bundle in the browser": Case("container-localhost", calling("VITE_API: http://localhost:5002"), []),
    "where a login comes back": Case("container-localhost", calling("OIDC_REDIRECT_URL: http://localhost:5002"), []),
    "where a payment ends": Case("container-localhost", calling("PAYMENT_SUCCESS_URL: http://localhost:3000"), []),
    "a public address": Case("container-localhost", calling("LIVEKIT_PUBLIC_URL: ws://localhost:7880"), []),
    "a link to the frontend": Case("container-localhost", calling("FRONTEND_URL: http://localhost:3000"), []),
    "a page without a port": Case("container-localhost", calling("HOME_PAGE: http://localhost"), []),
    "handed on to browsers, says the comment": Case(
        "container-localhost", calling("# the address that browsers connect to", "LIVEKIT_URL: ws://localhost:7880"), []
    ),
    "handed on, says the comment that heads the block": Case(
        "container-localhost", calling("# Public URLs", "MODE: demo", "ROOMS: http://localhost:9000"), []
    ),
    "a comment of another block": Case(
        "container-localhost", calling("# for browsers", "A: b", "", "TTS_URL: http://localhost:5002"), warned(9)
    ),
    "LiveKit, by a program that calls it": Case(
        "container-localhost", calling("LIVEKIT_URL: ws://localhost:7880"), warned(6)
    ),
    "LiveKit, by the service that only tells browsers where it is": Case(
        "container-localhost",
        {
            MAIN: "services: {jwt: {image: ghcr.io/element-hq/lk-jwt-service, "
            'environment: {LIVEKIT_URL: "ws://localhost:7880"}}}'
        },
        [],
    ),
    "the service is told the inside address too": Case(
        "container-localhost",
        calling(
            "LIVEKIT_URL: ws://localhost:7880",
            "LIVEKIT_API_URL: http://livekit:7880",
            more='  livekit: {image: livekit/livekit-server, command: --dev, ports: ["7880:7880"]}\n',
        ),
        [],
    ),
    "it is told the inside address of another one": Case(
        "container-localhost",
        calling(
            "LIVEKIT_URL: ws://localhost:7880",
            "ASR_URL: http://asr:9000",
            more='  livekit: {image: livekit/livekit-server, command: --dev, ports: ["7880:7880"]}\n'
            "  asr: {image: registry.example/asr:1}\n",
        ),
        warned(6),
    ),
    "what the front end tells browsers": Case(
        "container-localhost",
        {
            MAIN: 'services: {frontend: {image: node, environment: {API_URL: "http://localhost:3001"}}, '
            'api: {image: x, ports: ["3001:3000"]}}'
        },
        [],
    ),
    "the address of the service itself": Case(
        "container-localhost",
        {
            MAIN: 'services: {searxng: {image: searxng/searxng, environment: {SEARXNG_BASE_URL: "http://localhost:9999"}}}'
        },
        [],
    ),
    "the server of egress, in its file": Case(
        "container-localhost",
        {
            MAIN: "services: {egress: {image: livekit/egress, environment: [EGRESS_CONFIG_FILE=/e.yaml], "
            'volumes: ["./e.yaml:/e.yaml"], ports: ["7980:7980"]}, '
            "livekit: {image: livekit/livekit-server, command: --dev}}",
            "e.yaml": "ws_url: ws://localhost:7880\nredis: {address: 'redis:6379'}\n",
        },
        warned(1, "e.yaml"),
    ),
    "a Redis that runs in the same container": Case(
        "redis-parity",
        {
            MAIN: 'services: {all: {build: ., environment: {REDIS_URL: "redis://localhost:6379"}}}',
            "Dockerfile": PYTHON + "CMD redis-server --daemonize yes && gunicorn app:app\n",
        },
        [],
    ),
}


@pytest.mark.parametrize("case", LOCALHOST.values(), ids=LOCALHOST)
def test_localhost(case: Case) -> None:
    assert told(case) == case.told


HOSTS = {
    "no service": Case("service-host", calling("A_URL: http://nohost:9000"), failed(6)),
    "a service": Case("service-host", calling("A_URL: http://db:1", more="  db: {image: x}\n"), []),
    "an alias": Case(
        "service-host",
        calling("A_URL: http://store:1", more="  db: {image: x, networks: {default: {aliases: [store]}}}\n"),
        [],
    ),
    "a name with a dot is asked elsewhere": Case("service-host", calling("A_URL: http://gpu.lan:9000"), []),
    "docker's own name": Case("service-host", calling("A_URL: http://host.docker.internal:9000"), []),
    "one finding for one fact: an unknown host has no port": Case("container-port", calling("A: http://nohost:1"), []),
    "Redis is redis-parity's": Case("service-host", calling("A: redis://nohost:6379"), []),
    "a profile lowers it": Case(
        "service-host", calling("A_URL: http://nohost:9000", more="    profiles: [extra]\n"), warned(6)
    ),
}


@pytest.mark.parametrize("case", HOSTS.values(), ids=HOSTS)
def test_hosts(case: Case) -> None:
    assert told(case) == case.told


REDIS = '  redis: {image: "redis:7"}\n'
REDISES = {
    "no Redis of this name": Case("redis-parity", calling("R: redis://cache:6379", more=REDIS), failed(6)),
    "another port": Case("redis-parity", calling("R: redis://redis:6380", more=REDIS), failed(6)),
    "the published port": Case(
        "redis-parity",
        calling("R: redis://redis:6380", more='  redis: {image: "redis:7", ports: ["6380:6379"]}\n'),
        failed(6),
    ),
    "localhost": Case("redis-parity", calling("R: redis://localhost:6379", more=REDIS), failed(6)),
    "right, without a port": Case("redis-parity", calling("R: redis://redis/0", more=REDIS), []),
    "right, on a port of its own": Case(
        "redis-parity",
        calling("R: redis://redis:6380", more='  redis: {image: "redis:7", command: redis-server --port 6380}\n'),
        [],
    ),
    "right, on the port of its file": Case(
        "redis-parity",
        calling(
            "R: redis://redis:6380",
            more='  redis: {image: "redis:7", command: redis-server /r.conf, volumes: ["./r.conf:/r.conf"]}\n',
        )
        | {"r.conf": "bind 0.0.0.0\nport 6380\n"},
        [],
    ),
    "right, on the port for TLS": Case(
        "redis-parity",
        calling(
            "R: rediss://redis:6380",
            more='  redis: {image: "redis:7", command: redis-server --port 0 --tls-port 6380}\n',
        ),
        [],
    ),
    "the usual port beside the one for TLS": Case(
        "redis-parity",
        calling("R: redis://redis", more='  redis: {image: "redis:7", command: redis-server --tls-port 6380}\n'),
        [],
    ),
    "a port that is switched off": Case(
        "redis-parity",
        calling("R: redis://redis", more='  redis: {image: "redis:7", command: redis-server --port 0 --tls-port 1}\n'),
        failed(6),
    ),
    "the port for TLS of its file": Case(
        "redis-parity",
        calling(
            "R: rediss://redis:6380",
            more='  redis: {image: "redis:7", command: redis-server /r.conf, volumes: ["./r.conf:/r.conf"]}\n',
        )
        | {"r.conf": "port 0\ntls-port 6380\n"},
        [],
    ),
    "Valkey is one": Case("redis-parity", calling("R: redis://v:6379", more="  v: {image: valkey/valkey}\n"), []),
    "LiveKit's own": Case(
        "redis-parity",
        {
            MAIN: "services:\n  livekit:\n    image: livekit/livekit-server\n    command: --config /l.yaml\n"
            '    volumes: ["./l.yaml:/l.yaml"]\n' + REDIS,
            "l.yaml": "redis:\n  address: localhost:6379\n",
        },
        failed(2, "l.yaml"),
    ),
}


@pytest.mark.parametrize("case", REDISES.values(), ids=REDISES)
def test_redis(case: Case) -> None:
    assert told(case) == case.told
