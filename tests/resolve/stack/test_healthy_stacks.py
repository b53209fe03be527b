"""What must not be reported: healthy repositories on which every built-in rule together says no error and no warning.

One case for each way in which a tool like this one cries wolf.
"""

import pytest
from trees import BUILT_IN, at, run

SERVER = "keys:\n  APIdemo: bWFkZS11cC1mb3ItdGhlLXRlc3RzLWFuZC1sb25n\n"
SECRET = "bWFkZS11cC1mb3ItdGhlLXRlc3RzLWFuZC1sb25n"
LIVEKIT = """\
  livekit:
    image: livekit/livekit-server:v1.9
    command: --config /etc/livekit.yaml
    volumes: ["./livekit.yaml:/etc/livekit.yaml:ro"]
    ports: ["7880:7880", "7881:7881", "50000-50100:50000-50100/udp"]
"""
MEDIA = "rtc: {tcp_port: 7881, port_range_start: 50000, port_range_end: 50100}\n" + SERVER
API = """\
  api:
    build: .
    command: gunicorn -b 0.0.0.0:8000 app:app
    ports: ["8000:8000"]
    healthcheck: {test: ["CMD", "curl", "-f", "http://localhost:8000/health"]}
"""
BUILT = {"Dockerfile": "FROM python:3.12-slim\nWORKDIR /app\nCOPY app.py .\n", "app.py": "app = object()\n"}

Files = dict[str, str]

HEALTHY: dict[str, Files] = {
    "1: placeholders in examples are compared by names": {
        "livekit.yaml": SERVER,
        ".env": f"LIVEKIT_API_KEY=APIdemo\nLIVEKIT_API_SECRET={SECRET}\nOPENAI_API_KEY=made-up-8812-Tn4\n",
        ".env.example": "LIVEKIT_API_KEY=your_api_key\nLIVEKIT_API_SECRET=change_me\nOPENAI_API_KEY=sk-your-key-here\n",
        "deploy/env_template.txt": "LIVEKIT_API_KEY=<key>\nLIVEKIT_API_SECRET=VOTRE_CLE_ICI\n",
    },
    "2: localhost in a health check, a bind, a scrape of itself, a comment": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    environment:
      # the old one was http://localhost:9999
      BIND_ADDRESS: http://127.0.0.1:9000
      METRICS_URL: http://localhost:8000/metrics
      HEALTH_URL: http://localhost:8000/health
""",
        **BUILT,
    },
    "3: a value that a higher layer overrides": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    env_file: .env
    environment: {ASR_URL: "http://asr:9000"}
  asr: {image: registry.example/asr:1, command: gunicorn -b 0.0.0.0:9000 asr:app}
""",
        ".env": "ASR_URL=http://localhost:9000\n",
        **BUILT,
    },
    "4: alternative stacks beside each other": {
        "docker-compose.yml": "services:\n" + LIVEKIT + API,
        "docker-compose.all.yml": "services:\n" + API + '  web: {image: "registry.example/web:1", ports: ["80:80"]}\n',
        "docker-compose.prod.yml": "services:\n" + LIVEKIT.replace("livekit.yaml", "livekit.prod.yaml") + API,
        "livekit.yaml": MEDIA,
        "livekit.prod.yaml": MEDIA.replace("APIdemo", "APIprod").replace("bWFk", "cHJv"),
        **BUILT,
    },
    "5: container ports inside, addresses of the network in the server's configuration": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    environment: ["ASR_URL=http://asr:8004/asr", "CLIENT_URL=http://192.168.1.44:8000"]
  asr: {image: registry.example/asr:1, command: gunicorn -b 0.0.0.0:8004 asr:app, ports: ["8804:8004"]}
"""
        + LIVEKIT,
        "livekit.yaml": MEDIA.replace("rtc: {", "rtc: {node_ip: 192.168.1.44, "),
        **BUILT,
    },
    "6: hosts on the internet": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    environment:
      STUN: stun.l.google.com:19302
      LLM_URL: https://api.mistral.ai/v1
      CLOUD_URL: wss://rooms.livekit.cloud
      REDIS_URL: rediss://cache.example-host.io:6380
""",
        **BUILT,
    },
    "7: what is commented out": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
      # test: curl http://localhost:1/
    #environment:
    #  - ASR_URL=http://nohost:1
  #asr:
  #  ports: ["8000:8000"]
""",
        **BUILT,
    },
    "8: variables that libraries and base images read": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    environment: {PYTHONUNBUFFERED: 1, HF_HOME: /models, TZ: Europe/Paris, OMP_NUM_THREADS: 4}
  db: {image: "postgres:16", environment: {POSTGRES_PASSWORD: made-up-8812-Tn4, POSTGRES_DB: rooms}}
""",
        **BUILT,
        "app.py": 'import os\nhome = os.getenv("HF_HUB_HOME", "")\ndb = os.getenv("POSTGRES_DSN", "")\n',
    },
    "9: backups, fixtures, vendored trees": {
        "livekit.yaml": SERVER,
        ".env": f"LIVEKIT_API_KEY=APIdemo\nLIVEKIT_API_SECRET={SECRET}\n",
        ".env.bak": "LIVEKIT_API_KEY=APIdemo\nLIVEKIT_API_SECRET=the-old-one\n",
        "livekit.yaml.new": "keys: {APIother: x}\n",
        "tests/fixtures/.env": "LIVEKIT_API_SECRET=changeme\n",
        "testdata/docker-compose.yml": "services: {a: {image: x, env_file: none.env}}\n",
        "vendor/x/docker-compose.yml": "services: {a: {build: ./nowhere}}\n",
    },
    "9: copies of the tree, and virtual environments of any name": {
        "livekit.yaml": SERVER,
        ".claude/worktrees/other/docker-compose.yml": "services: {a: {build: ./nowhere}}\n",
        ".worktrees/other/.env": "LIVEKIT_API_SECRET=changeme\n",
        "py311/pyvenv.cfg": "home = /usr/bin\n",
        "py311/share/docker-compose.yml": "services: {a: {image: x, env_file: none.env}}\n",
    },
    "10: encrypted files, and templates of other tools": {
        "livekit.yaml": SERVER,
        ".env": "$ANSIBLE_VAULT;1.1;AES256\n6238613\n",
        ".env.production": "\x00GITCRYPT\x00 not text",
        ".env.staging": "LIVEKIT_API_SECRET=ENC[AES256_GCM,data:abc]\nsops_version=3.8\n",
        "chart/templates/livekit.yaml": "keys:\n{{- range .Values.keys }}\n  {{ .name }}: {{ .secret }}\n{{- end }}\n",
        "deploy/livekit.yaml.j2": "keys: {{ keys }}\n",
    },
    "11: the network of the host": {
        "docker-compose.yml": "services:\n"
        + LIVEKIT.replace(
            '    ports: ["7880:7880", "7881:7881", "50000-50100:50000-50100/udp"]\n', "    network_mode: host\n"
        )
        + """\
  agent:
    image: registry.example/agent:1
    network_mode: host
    environment: {LIVEKIT_URL: "ws://localhost:7880", TTS_URL: "http://localhost:5002"}
""",
        "livekit.yaml": SERVER + "redis: {address: localhost:6379}\n",
    },
    "11: the network of another container": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
  sidecar:
    image: registry.example/sidecar:1
    network_mode: service:api
    environment: {API_URL: "http://localhost:8000", OTHER_URL: "http://localhost:9999"}
""",
        **BUILT,
    },
    "11: names that are declared": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    extra_hosts: ["gpu:192.168.1.9"]
    links: ["asr:speech"]
    environment: ["GPU_URL=http://gpu:9000", "ASR_URL=http://speech:9000", "B_URL=http://voice:9000", "C=http://box:9000"]
  asr:
    image: registry.example/asr:1
    command: gunicorn -b 0.0.0.0:9000 asr:app
    hostname: voice
    container_name: box
""",
        **BUILT,
    },
    "names that compose makes": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    external_links: ["legacy_1:old"]
    environment: ["ASR_URL=http://rooms-asr-1:9000", "V1_URL=http://rooms_asr_2:9000", "OLD_URL=http://old:9000"]
  asr: {image: registry.example/asr:1, command: gunicorn -b 0.0.0.0:9000 asr:app}
""",
        **BUILT,
    },
    "11: a network that others make": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    networks: [shared]
    environment: {ASR_URL: "http://asr:9000"}
networks: {shared: {external: true}}
""",
        **BUILT,
    },
    "11: what is no plain URL": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    environment:
      - KAFKA=PLAINTEXT://a:9092,b:9092
      - MONGO=mongodb+srv://user@cluster0.abcde.mongodb.net/db
      - SQL=sqlite:///./app.db
      - SENTINELS=redis://a:26379,b:26379/0
      - BUCKET=s3://uploads/raw
      - DEEP_LINK=rooms://join
      - ORIGINS=http://localhost:3000 http://localhost:5173
      - RESULTS=rpc://
""",
        **BUILT,
    },
    "12: the commonest repository: an env file for the host, overridden in the container": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    env_file: .env
    environment: {DATABASE_URL: "postgresql://app:made-up@db:5432/app", REDIS_URL: "redis://cache:6379"}
  db: {image: "postgres:16", env_file: .env, ports: ["5433:5432"]}
  cache: {image: "redis:7", env_file: .env}
""",
        ".env": "DATABASE_URL=postgresql://app:made-up@localhost:5433/app\nREDIS_URL=redis://localhost:6379\n",
        **BUILT,
    },
    "13: directories that docker makes": {
        "docker-compose.yml": "services:\n"
        + API
        + """\
    volumes: ["./data:/data", "./models:/models:ro", "./logs/:/var/log/app", "./nginx/conf.d:/etc/nginx/conf.d"]
""",
        **BUILT,
    },
    "a file that has to be named is laid over nothing and under nothing": {
        "docker-compose.yml": "services:\n" + API,
        "docker-compose.override.yml": "services:\n  proxy: {image: 'traefik:3', ports: ['80:80']}\n",
        "docker-compose.edge.yml": "services:\n  edge: {image: 'traefik:3', ports: ['80:80']}\n",
        **BUILT,
    },
    "a project that another one includes runs in that one": {
        "compose.yaml": "include: [infra/compose.yaml, api/compose.yaml]\n",
        "infra/compose.yaml": "services:\n  db: {image: 'postgres:16'}\n  cache: {image: 'redis:7'}\n",
        "api/compose.yaml": "services:\n"
        + API
        + '    environment: {DB_URL: "postgresql://a:made-up@db/app", REDIS_URL: "redis://cache"}\n',
        **{f"api/{path}": content for path, content in BUILT.items()},
    },
}


@pytest.mark.parametrize("files", HEALTHY.values(), ids=HEALTHY)
def test_nothing_is_reported(files: Files) -> None:
    assert _said(files) == []


def _said(files: Files, ignored: tuple[str, ...] = ()) -> list[str]:
    result = run(files, *BUILT_IN, ignored=ignored)
    loud = [one for one in result.findings if one.severity != "info"]
    return [f"{one.rule} at {at(result, one)}: {one.message}" for one in loud]


def test_a_directory_called_worktrees_is_like_any_other() -> None:
    assert _said({"worktrees/docker-compose.yml": "services: {a: {build: ./nowhere}}\n"})
    assert _said({"py311/docker-compose.yml": "services: {a: {build: ./nowhere}}\n", "pyvenv.cfg.md": ""})


def test_an_env_file_that_only_continuous_integration_lacks_is_unverifiable() -> None:
    files = {
        "docker-compose.yml": "services:\n" + API + "    env_file: .env\n" + LIVEKIT,
        "livekit.yaml": MEDIA,
        **BUILT,
    }
    assert _said(files, ignored=(".env",)) == []
    result = run(files, *BUILT_IN, ignored=(".env",))
    assert ("missing-path", "unverifiable") in {(one.rule, one.verdict) for one in result.findings}
