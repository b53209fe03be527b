"""Ports that clients call from outside of the containers: of which the stack publishes them, and of which it should."""

from collections.abc import Iterable

import pytest
from trees import built_in, found, run

PARITY = built_in("port-parity")
PUBSPEC = "name: app\ndependencies: {flutter: {sdk: flutter}}\n"
TOKEN = 'services:\n  token:\n    image: registry.example/token:1\n    ports: ["8804:8004"]\n'


def app(line: str, compose: str = TOKEN) -> dict[str, str]:
    return {"docker-compose.yml": compose, "app/pubspec.yaml": PUBSPEC, "app/lib/net.dart": line + "\n"}


def told(files: dict[str, str], configuration: str = "", ignored: Iterable[str] = ()) -> list[tuple[str, str]]:
    return [
        (verdict, place)
        for _, verdict, place in found(run(files, *PARITY, configuration=configuration, ignored=ignored))
    ]


WRONG = [("error", "app/lib/net.dart:1")]


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.20:8004",
        "http://10.0.2.2:8004/token",
        "http://localhost:8004",
        "http://host.docker.internal:8004",
        "http://token:8004",
        "ws://$host:8004",
        "ws://${Config.of(context).host}:8004/live",
        "http://192.168.1.20:8005",
    ],
)
def test_a_port_that_nobody_publishes(address: str) -> None:
    assert told(app(f"final token = '{address}';")) == WRONG


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.20:8804",
        "http://192.168.1.20",
        "https://192.168.1.20/token",
        "https://token.acme.dev:8004",
        "http://your-server.example:8004",
        "http://your_host:8004",
        "http://abc.ngrok-free.app:8004",
        "stun:192.168.1.20:8004",
        "turn://192.168.1.20:8004",
        "http://$host:$port",
        "http://192.168.1.20:${ports.token}",
    ],
)
def test_a_port_that_is_published_or_not_the_stack_s_to_publish(address: str) -> None:
    assert told(app(f"final token = '{address}';")) == []


@pytest.mark.parametrize(
    ("compose", "verdict"),
    [
        pytest.param("8004:8004", [], id="published as it is"),
        pytest.param("8000-8010:8000-8010", [], id="one of a range"),
        pytest.param("${PORT:-8004}:8004", [], id="a default"),
        pytest.param("${PORT}:8004", "unverifiable", id="known to nobody"),
        pytest.param("8004", [], id="any port of the host"),
        pytest.param("8004:8004/udp", "error", id="of another protocol"),
        pytest.param("127.0.0.1:8804:8004", "error", id="under another number"),
    ],
)
def test_what_compose_publishes(compose: str, verdict: str | list[str]) -> None:
    services = f'services:\n  token:\n    image: registry.example/token:1\n    ports: ["9000:9000", "{compose}"]\n'
    expected = [(verdict, "app/lib/net.dart:1")] if isinstance(verdict, str) else verdict
    assert told(app("final token = 'http://192.168.1.20:8004';", services)) == expected


HOST = "services:\n  token:\n    image: registry.example/token:1\n    network_mode: host\n"
GUNICORN = "    command: gunicorn --bind 0.0.0.0:{port} token:app\n"


@pytest.mark.parametrize(
    ("compose", "expected"),
    [
        (HOST + GUNICORN.format(port=8004), []),
        (HOST + GUNICORN.format(port=8005), WRONG),
        (HOST, [("unverifiable", "app/lib/net.dart:1")]),
        (HOST + '    expose: ["8005"]\n', [("unverifiable", "app/lib/net.dart:1")]),
    ],
)
def test_a_service_in_the_network_of_the_host_answers_where_it_listens(
    compose: str, expected: list[tuple[str, str]]
) -> None:
    assert told(app("final token = 'http://192.168.1.20:8004';", compose)) == expected


def test_without_a_stack_nothing_is_compared() -> None:
    files = {"app/pubspec.yaml": PUBSPEC, "app/lib/net.dart": "final token = 'http://192.168.1.20:8004';\n"}
    result = run(files, *PARITY)
    assert result.findings == ()
    assert result.summary.vacuous == ("port-parity",)


@pytest.mark.parametrize(("other", "expected"), [("8004:8004", []), ("8805:8005", WRONG)])
def test_one_stack_that_publishes_the_port_is_enough(other: str, expected: list[tuple[str, str]]) -> None:
    files = app("final token = 'http://192.168.1.20:8004';") | {
        "docker-compose.all.yml": f'services:\n  all:\n    image: registry.example/all:1\n    ports: ["{other}"]\n'
    }
    assert told(files) == expected


DATABASE = 'services:\n  db:\n    image: postgres:16\n    ports: ["5433:5432"]\n'
LIVEKIT = 'services:\n  livekit:\n    image: livekit/livekit-server:v1.9\n    ports: ["8780:7880"]\n'


@pytest.mark.parametrize(
    ("compose", "line", "expected"),
    [
        pytest.param(DATABASE, "final api = 'http://10.0.2.2:8000';", [], id="an API beside its database"),
        pytest.param(LIVEKIT, "final api = 'http://10.0.2.2:8000';", [], id="an API beside LiveKit"),
        pytest.param(LIVEKIT, "final livekitUrl = 'ws://10.0.2.2:7880';", WRONG, id="LiveKit's own port"),
        pytest.param(LIVEKIT, "final livekitUrl = 'ws://10.0.2.2:7980';", WRONG, id="by the name of the service"),
    ],
)
def test_a_program_beside_the_stack_is_not_looked_for_in_it(
    compose: str, line: str, expected: list[tuple[str, str]]
) -> None:
    assert told(app(line, compose)) == expected


class TestEnvFiles:
    """Env files for programs on the host."""

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("LIVEKIT_URL=ws://localhost:7880", [("error", "scripts/.env:1")]),
            ("LIVEKIT_URL=ws://localhost:8780", []),
            ("LIVEKIT_URL=wss://live.acme.dev:7880", []),
            ("LIVEKIT_URL=ws://livekit:7880", []),
            ("OLLAMA_URL=http://localhost:11434", []),
            ("NEXT_PUBLIC_LIVEKIT_URL=ws://localhost:7880", []),
            ("CORS_ORIGINS=http://localhost:7880", []),
        ],
    )
    def test_an_address_under_the_name_of_a_service(self, line: str, expected: list[tuple[str, str]]) -> None:
        assert told({"docker-compose.yml": LIVEKIT, "scripts/.env": line + "\n"}) == expected

    def test_a_database_by_its_scheme(self) -> None:
        line = "DATABASE_URL=postgresql://u:made-up@localhost:5432/x\n"
        assert told({"docker-compose.yml": DATABASE, ".env": line}) == [("error", ".env:1")]

    @pytest.mark.parametrize("name", [".env.example", ".env"])
    def test_neither_a_template_nor_the_file_of_a_service(self, name: str) -> None:
        compose = LIVEKIT + "  api:\n    image: registry.example/api:1\n    env_file: .env\n"
        files = {"docker-compose.yml": compose, ".env": "A=1\n", name: "LIVEKIT_URL=ws://localhost:7880\n"}
        assert told(files) == []

    def test_what_compose_gives_to_a_service_is_called_inside(self) -> None:
        compose = LIVEKIT + "  api:\n    image: registry.example/api:1\n    environment: [LIVEKIT_URL=$LIVEKIT_URL]\n"
        assert told({"docker-compose.yml": compose, ".env": "LIVEKIT_URL=ws://livekit:7880\n"}) == []


class TestScripts:
    """Python programs on the host."""

    COMPOSE = 'services:\n  asr:\n    image: registry.example/asr:1\n    ports: ["8806:8006"]\n'

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("tools/probe.py", [("error", "tools/probe.py:2")]),
            ("probe.py", [("error", "probe.py:2")]),
            ("tests/probe.py", []),
            ("tools/test_probe.py", []),
            ("docs/probe.py", []),
            ("examples/probe.py", []),
        ],
    )
    def test_the_container_s_port_from_outside(self, path: str, expected: list[tuple[str, str]]) -> None:
        script = "import requests\nBASE = 'http://localhost:8006'\nrequests.get(BASE + '/health')\n"
        assert told({"docker-compose.yml": self.COMPOSE, path: script}) == expected

    @pytest.mark.parametrize("port", [8806, 11434])
    def test_a_published_port_and_another_program(self, port: int) -> None:
        script = f"import requests\nrequests.get('http://localhost:{port}/health')\n"
        assert told({"docker-compose.yml": self.COMPOSE, "tools/probe.py": script}) == []

    @pytest.mark.parametrize(
        "line",
        ["if url == 'http://localhost:8006': pass", "print('http://localhost:8006')", "# http://localhost:8006"],
    )
    def test_what_is_no_call(self, line: str) -> None:
        script = f"import requests\nurl = input()\n{line}\n"
        assert told({"docker-compose.yml": self.COMPOSE, "tools/probe.py": script}) == []


class TestFix:
    """The published port of the one service that listens on the called one in its container."""

    def fixed(self, compose: str, line: str = "final token = 'http://192.168.1.20:8004/x';") -> list[tuple[str, str]]:
        findings = run(app(line, compose), *PARITY).findings
        return [(fix.safety, edit.new) for one in findings if (fix := one.fix) for edit in fix.edits]

    def test_it_is_written(self) -> None:
        assert self.fixed(TOKEN) == [("safe", "8804")]

    def test_not_where_two_services_listen_on_it(self) -> None:
        other = '  other:\n    image: registry.example/other:1\n    ports: ["8805:8004"]\n'
        assert self.fixed(TOKEN + other) == []

    def test_not_where_nobody_does(self) -> None:
        assert self.fixed(TOKEN, "final token = 'http://192.168.1.20:8005/x';") == []

    def test_safe_where_all_who_use_the_port_are_wrong_alike(self) -> None:
        line = "class C { static const p = 8004; static const a = 'http://$h:$p/a'; static const b = 'ws://$h:$p/b'; }"
        assert self.fixed(TOKEN, line) == [("safe", "8804")]


def test_a_service_in_the_network_of_the_host_calls_published_ports() -> None:
    compose = TOKEN + (
        "  agent:\n    image: registry.example/agent:1\n    network_mode: host\n"
        "    environment: {TOKEN_URL: 'http://localhost:8004', OLLAMA_URL: 'http://localhost:11434'}\n"
    )
    assert told({"docker-compose.yml": compose}) == [("unverifiable", "docker-compose.yml:8")]
    published = compose.replace("http://localhost:8004", "http://localhost:8804")
    assert told({"docker-compose.yml": published}) == []
