"""Paths that a stack names, and variables that it is made of."""

import pytest
from stacks import MAIN, PYTHON, REAL, Case, Files, failed, told, warned

KEYED = f"keys: {{a: {REAL}}}\n"


CHECKED = (
    "services:\n  api:\n    image: registry.example/api:1\n    command: gunicorn -b 0.0.0.0:8000 app:app\n"
    "    healthcheck: {test: [CMD, curl, 'http://%s/health']}\n"
)


def mounting(*volumes: str) -> Files:
    return {MAIN: "services:\n  a:\n    image: x\n    volumes:\n" + "".join(f"      - {one}\n" for one in volumes)}


PATHS = {
    "a file that is meant": Case("missing-path", mounting("./nginx.conf:/etc/nginx/nginx.conf:ro"), failed(5)),
    "a file without an ending": Case("missing-path", mounting("./Caddyfile:/etc/caddy/Caddyfile"), failed(5)),
    "directories, with dots in their names": Case(
        "missing-path",
        mounting("./data:/data", "./conf.d:/etc/conf.d", "./letsencrypt/a.com:/etc/a.com", "./v1.2:/v1.2"),
        [],
    ),
    "options behind": Case("missing-path", mounting("./redis.conf:/redis.conf:Z") | {"redis.conf": "port 1\n"}, []),
    "where compose is run": Case(
        "missing-path", mounting("$PWD/a.conf:/a.conf", "${PWD}/b.conf:/b.conf") | {"b.conf": ""}, failed(5)
    ),
    "a volume by name": Case("missing-path", mounting("certs.pem:/certs.pem"), []),
    "a long form that makes no directory": Case(
        "missing-path",
        mounting("{type: bind, source: ./data, target: /data, bind: {create_host_path: false}}"),
        failed(5),
    ),
    "an env file": Case("missing-path", {MAIN: "services: {a: {image: x, env_file: [.env]}}"}, failed(1)),
    "an env file that may be absent": Case(
        "missing-path", {MAIN: "services: {a: {image: x, env_file: [{path: .env, required: false}]}}"}, []
    ),
    "a context": Case("missing-path", {MAIN: "services: {a: {build: ./gone}}"}, failed(1)),
    "a Dockerfile": Case("missing-path", {MAIN: "services: {a: {build: ./a}}", "a/x": ""}, failed(1)),
    "a Dockerfile of another name": Case(
        "missing-path",
        {MAIN: "services: {a: {build: {context: ., dockerfile: Dockerfile.prod}}}", "Dockerfile": "FROM x\n"},
        failed(1),
    ),
    "a Dockerfile that stands in compose": Case(
        "missing-path", {MAIN: 'services: {a: {build: {context: ., dockerfile_inline: "FROM x"}}}'}, []
    ),
    "a context elsewhere": Case("missing-path", {MAIN: "services: {a: {build: https://example.org/a.git}}"}, []),
    "an include": Case("missing-path", {MAIN: "include: [gone.yml]\nservices: {a: {image: x}}"}, failed(1)),
    "an include that leaves the root": Case("unreadable-file", {MAIN: "include: [../gone.yml]\n"}, failed(1)),
    "a template that is none": Case("unreadable-file", {MAIN: 'services: {a: {image: "${X"}}'}, failed(1)),
    "a variable that has to be set": Case("unreadable-file", {MAIN: 'services: {a: {image: "x:${X:?}"}}'}, []),
    "a file that nothing mounts into an image of LiveKit's own": Case(
        "missing-path", {MAIN: "services: {a: {image: livekit/livekit-server, command: --config /l.yaml}}"}, failed(1)
    ),
    "a file that a shell writes first": Case(
        "missing-path",
        {
            MAIN: "services: {a: {image: livekit/livekit-server, "
            "command: sh -c 'x > /l.yaml && livekit-server --config /l.yaml'}}"
        },
        [],
    ),
    "a LiveKit file that nothing mounts": Case(
        "orphan-file",
        {MAIN: "services: {a: {image: x}}", "livekit/livekit.yaml": KEYED},
        [("info", "livekit/livekit.yaml:1")],
    ),
    "a LiveKit file in another tree": Case(
        "orphan-file", {"a/" + MAIN: "services: {a: {image: x}}", "b/livekit.yaml": KEYED}, []
    ),
    "a LiveKit file that somebody else's program is given": Case(
        "orphan-file", {MAIN: 'services: {a: {image: x, volumes: ["./livekit.yaml:/x"]}}', "livekit.yaml": KEYED}, []
    ),
    "an env file that nothing reads": Case(
        "orphan-file", {MAIN: "services: {a: {image: x}}", "api.env": "API_WORKERS=4\n"}, [("info", "api.env:1")]
    ),
    "an env file that a script reads": Case(
        "orphan-file", {MAIN: "services: {a: {image: x}}", "api.env": "A=4\n", "up.sh": "set -a; . ./api.env\n"}, []
    ),
    "the env file that compose reads": Case("orphan-file", {MAIN: "services: {a: {image: x}}", ".env": "A=4\n"}, []),
}


@pytest.mark.parametrize("case", PATHS.values(), ids=PATHS)
def test_paths(case: Case) -> None:
    assert told(case) == case.told


USING = {MAIN: 'services: {a: {image: "x:${TAG}"}}\n'}
VARIABLES = {
    "nobody sets it": Case("variable-undefined", USING | {".env": "A=b\n"}, warned(1)),
    "a template knows it": Case("variable-undefined", USING | {"env.example": "TAG=\n"}, []),
    "a template knows another one": Case("variable-undefined", USING | {".env.example": "A=\n"}, warned(1)),
    "a default": Case("variable-undefined", {MAIN: 'services: {a: {image: "x:${TAG:-1}"}}', ".env": "A=b\n"}, []),
    "it has to be set": Case("variable-undefined", {MAIN: 'services: {a: {image: "x:${TAG:?}"}}', ".env": "A=b\n"}, []),
    "the shell sets it": Case(
        "variable-undefined", {MAIN: "services: {a: {image: x, user: '${UID}:${GID}'}}", ".env": "A=b\n"}, []
    ),
    "a right side that is not taken": Case(
        "variable-undefined", {MAIN: 'services: {a: {image: "x:${A:-${B}}"}}', ".env": "A=b\n"}, []
    ),
    "a template without the new name": Case(
        "env-example-drift", {".env": "A=1\nB=2\n", ".env.example": "A=\n"}, warned(2, ".env")
    ),
    "an optional name in a comment": Case("env-example-drift", {".env": "A=1\n", ".env.example": "A=\n# B=\n"}, []),
    "templates of different environments": Case(
        "env-example-drift", {".env": "A=1\n", ".env.production.example": "B=\n"}, []
    ),
    "a health check on another port": Case(
        "healthcheck-port",
        {MAIN: CHECKED % "localhost:9000"},
        warned(5),
    ),
    "a health check of another container": Case("healthcheck-port", {MAIN: CHECKED % "db:9000"}, []),
    "EXPOSE of another port": Case(
        "expose-mismatch",
        {MAIN: "services: {a: {build: .}}", "Dockerfile": PYTHON + "EXPOSE 80\nCMD gunicorn -b :8000 app:app\n"},
        [("info", "Dockerfile:4")],
    ),
    "ports under the network of the host open nothing": Case(
        "expose-mismatch",
        {MAIN: "services: {a: {image: x, network_mode: host, command: gunicorn -b :8000 a:a, ports: [1:1]}}"},
        [],
    ),
}


@pytest.mark.parametrize("case", VARIABLES.values(), ids=VARIABLES)
def test_variables_and_health(case: Case) -> None:
    assert told(case) == case.told
