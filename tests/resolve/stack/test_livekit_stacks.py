"""LiveKit's programs in a stack: ports for media, settings that they take, secrets."""

import pytest
from stacks import MAIN, REAL, Case, Files, failed, told, warned
from trees import built_in, run


def media(config: str, ports: str, more: str = "", command: str = "--config /l.yaml") -> Files:
    stack = f"services:\n  livekit:\n    image: livekit/livekit-server:v1.9\n    command: {command}\n"
    return {MAIN: f'{stack}    volumes: ["./l.yaml:/l.yaml"]\n{ports}{more}', "l.yaml": config}


RTC = {
    "another range": Case(
        "rtc-ports", media("rtc: {port_range_start: 5, port_range_end: 9}", "    ports: [1-3:1-3/udp]\n"), failed(6)
    ),
    "a part of the range": Case(
        "rtc-ports", media("rtc: {port_range_start: 5, port_range_end: 9}", "    ports: [5-8:5-8/udp]\n"), failed(6)
    ),
    "the range and more": Case(
        "rtc-ports", media("rtc: {port_range_start: 5, port_range_end: 9}", "    ports: [5-20:5-20/udp]\n"), []
    ),
    "TCP where UDP is needed": Case("rtc-ports", media("rtc: {udp_port: 7882}", "    ports: [7882:7882]\n"), failed(6)),
    "another number outside": Case(
        "rtc-ports", media("rtc: {udp_port: 7882}", "    ports: [7883:7882/udp]\n"), failed(6)
    ),
    "the range wins over the one port": Case(
        "rtc-ports",
        media("rtc: {udp_port: 7882, port_range_start: 5, port_range_end: 9}", "    ports: [7882:7882/udp]\n"),
        failed(6),
    ),
    "nothing is written: the usual range": Case(
        "rtc-ports", media("port: 7880", "    ports: [7880:7880]\n"), failed(6)
    ),
    "development mode": Case(
        "rtc-ports", media("port: 7880", "    ports: [7882:7882/udp]\n", command="--dev --config /l.yaml"), []
    ),
    "an option wins over the file": Case(
        "rtc-ports",
        media("rtc: {udp_port: 1}", "    ports: [1:1/udp]\n", command="--config /l.yaml --udp-port 7882"),
        failed(6),
    ),
    "a variable wins over the file": Case(
        "rtc-ports", media("rtc: {udp_port: 1}", "    ports: [7882:7882/udp]\n    environment: [UDP_PORT=7882]\n"), []
    ),
    "a variable that is made of a key": Case(
        "rtc-ports",
        media("rtc: {udp_port: 1}", "    ports: [1:1/udp]\n    environment: [LIVEKIT_RTC_TCP_PORT=7881]\n"),
        failed(6),
    ),
    "a file that the compose file writes itself": Case(
        "rtc-ports",
        {
            MAIN: "services:\n  livekit:\n    image: livekit/livekit-server:v1.9\n    command: --config /l.yaml\n"
            "    ports: ['1:1/udp']\n    configs: [{source: lk, target: /l.yaml}]\n"
            "configs:\n  lk:\n    content: |\n      rtc:\n        udp_port: 2\n"
        },
        failed(5),
    ),
    "TCP that is written": Case(
        "rtc-ports", media("rtc: {udp_port: 1, tcp_port: 7881}", "    ports: [1:1/udp]\n"), failed(6)
    ),
    "TCP that is not written": Case("rtc-ports", media("rtc: {udp_port: 1}", "    ports: [1:1/udp]\n"), []),
    "TURN": Case(
        "rtc-ports",
        media("rtc: {udp_port: 1}\nturn: {enabled: true, udp_port: 3478}", "    ports: [1:1/udp, 3478:3478]\n"),
        failed(6),
    ),
    "TURN that is off": Case(
        "rtc-ports", media("rtc: {udp_port: 1}\nturn: {udp_port: 3478}", "    ports: [1:1/udp]\n"), []
    ),
    "TURN whose TLS ends in front of it": Case(
        "rtc-ports",
        media(
            "rtc: {udp_port: 1}\nturn: {enabled: true, tls_port: 5349, external_tls: true}", "    ports: [1:1/udp]\n"
        ),
        [],
    ),
    "no ports at all": Case("rtc-ports", media("port: 7880", ""), failed(3)),
    "the network of the host": Case("rtc-ports", media("port: 7880", "    network_mode: host\n"), []),
    "a fork under the server's name": Case(
        "rtc-ports",
        {MAIN: 'services: {lk: {image: "registry.example/livekit-server:1", command: --dev, ports: ["7880:7880"]}}'},
        failed(1),
    ),
    "a long form": Case(
        "rtc-ports",
        media("rtc: {udp_port: 7882}", "    ports: [{target: 7882, published: 7882, protocol: udp}]\n"),
        [],
    ),
}


@pytest.mark.parametrize("case", RTC.values(), ids=RTC)
def test_media_ports(case: Case) -> None:
    assert told(case) == case.told


def test_the_place_that_names_the_media_port_is_shown_too() -> None:
    result = run(media("rtc:\n  udp_port: 7882", "    ports: [7880:7880]\n"), *built_in("rtc-ports"))
    (finding,) = result.findings
    assert "l.yaml" in {label.place.path for label in finding.related}


KEYED = f"keys: {{a: {REAL}}}\n"
SHAPES = {
    "a client's key": Case("livekit-shape", media(KEYED + "api_secret: x\n", ""), failed(2, "l.yaml")),
    "an unknown key of a section": Case(
        "livekit-shape", media(KEYED + "room:\n  max_duration: 0\n", ""), failed(3, "l.yaml")
    ),
    "keys deep in a section": Case(
        "livekit-shape",
        media(
            KEYED + "rtc: {turn_servers: [{host: a, hostname: b}],\n  pli_throttle: {low: 1s}}\nredis: {host: a}\n", ""
        ),
        [("error", "l.yaml:2"), ("error", "l.yaml:3"), ("error", "l.yaml:4")],
    ),
    "what the server takes deep in a section": Case(
        "livekit-shape",
        media(KEYED + "rtc: {turn_servers: [{host: a, ttl: 5}], congestion_control: {remote_bwe: {any: 1}}}\n", ""),
        [],
    ),
    "a section without settings": Case(
        "livekit-shape", media(KEYED + "sip: {enabled: true}\n", ""), failed(2, "l.yaml")
    ),
    "a merged section": Case(
        "livekit-shape", media(KEYED + "rtc: {tcp_port: 1}\nturn: {<<: {udp_port: 2}}\n", ""), []
    ),
    "values of the wrong type": Case(
        "livekit-shape",
        media(
            KEYED + "port: '7880'\nroom: {auto_create: ja,\n  create_room_timeout: 10,\n  max_participants: -1}\n"
            "webhook:\n  urls: http://a\nturn: true\n",
            "",
        ),
        [("error", f"l.yaml:{line}") for line in (2, 3, 4, 5, 7, 8)],
    ),
    "values of the right type, however they are written": Case(
        "livekit-shape",
        media(
            KEYED + "port: 7_880\nroom: {auto_create: on, create_room_timeout: '1m30s', max_participants: 0x10}\n"
            "turn:\nregion: 5\nlimit: {bytes_per_sec: 1e6, num_tracks: 2.0}\ndevelopment: FALSE\n",
            "",
        ),
        [],
    ),
    "a value that a script fills in": Case("livekit-shape", media(KEYED + "port: ${PORT}\n", ""), []),
    "no pair": Case("livekit-shape", media("port: 7880\n", ""), failed(4)),
    "an empty map of pairs": Case("livekit-shape", media("port: 7880\nkeys: {}\n", ""), failed(2, "l.yaml")),
    "no pair, in development mode": Case(
        "livekit-shape", media("port: 7880\n", "", command="--dev --config /l.yaml"), []
    ),
    "no pair, but a file of them": Case("livekit-shape", media("key_file: /keys\n", ""), []),
    "no pair, but a variable that names their file": Case(
        "livekit-shape", media("port: 1\n", "    environment: {LIVEKIT_KEY_FILE: /keys}\n"), []
    ),
    "no pair, and an env file that is not here": Case(
        "livekit-shape", media("port: 1\n", "    env_file: [.env]\n"), [], ignored=(".env",)
    ),
    "no pair, but a variable that the machine sets": Case(
        "livekit-shape", media("port: 1\n", "    environment: [LIVEKIT_KEYS]\n"), []
    ),
    "a command that needs no pair": Case(
        "livekit-shape", {MAIN: "services: {k: {image: livekit/livekit-server, command: generate-keys}}"}, []
    ),
    "a file of another program": Case(
        "livekit-shape", {"livekit-agent.yaml": "port: 8081\nmodel: a\nvoice: b\nprompts: {a: b}\n"}, []
    ),
    "a file without a stack": Case(
        "livekit-shape", {"livekit.yaml": "port: 7880\nvideo: {dynacast: true}\nturn: {servers: []}\n"},
        [("error", "livekit.yaml:2"), ("error", "livekit.yaml:3")],
    ),
    "no pair, and a start of the user's": Case(
        "livekit-shape", media("port: 1\n", "    entrypoint: [/start.sh]\n"), []
    ),
    "variables that the server reads": Case(
        "livekit-shape",
        media(
            KEYED,
            "    environment: {LIVEKIT_LOG_LEVEL: info, LIVEKIT_RTC_TCP_PORT: 1, LIVEKIT_REDIS_TLS_ENABLED: 'true',"
            " LIVEKIT_REGION: eu, LIVEKIT_RTC_CONGESTION_CONTROL_REMOTE_BWE_X: 1, OTHER: 1}\n",
        ),
        [],
    ),
    "a list has no variable": Case(
        "livekit-shape", media(KEYED, "    environment: {LIVEKIT_WEBHOOK_URLS: http://a}\n"), warned(6)
    ),
    "a variable that a command of the user's reads": Case(
        "livekit-shape",
        media(KEYED, "    environment: {LIVEKIT_API_KEY: a}\n    entrypoint: [sh, -c]\n", command="'true'"),
        [],
    ),
    "what egress reads from its file alone": Case(
        "livekit-shape",
        {MAIN: "services: {e: {image: livekit/egress, environment: [EGRESS_API_KEY=a, EGRESS_CONFIG_FILE=/a.yaml]}}"},
        warned(1),
    ),
    "a section of egress in the place of an address": Case(
        "livekit-shape",
        {
            MAIN: 'services: {e: {image: livekit/egress, environment: [EGRESS_CONFIG_FILE=/e.yaml], '
            'volumes: ["./e.yaml:/e.yaml"]}}',
            "e.yaml": "redis:\n  host: redis\n  db: a\ncpu_cost: {any: 1}\n",
        },
        [("warning", "e.yaml:2"), ("error", "e.yaml:3")],
    ),
    "a blank is missing behind the colon": Case(
        "livekit-shape",
        {MAIN: f'services: {{lk: {{image: livekit/livekit-server, environment: ["LIVEKIT_KEYS=a:{REAL}"]}}}}'},
        failed(1),
    ),
    "a blank is missing, and the rest is in variables": Case(
        "livekit-shape",
        {MAIN: 'services: {lk: {image: livekit/livekit-server, environment: ["LIVEKIT_KEYS=${K:?}:${S:?}"]}}'},
        failed(1),
    ),
    "pairs as JSON": Case(
        "livekit-shape",
        {MAIN: 'services: {lk: {image: livekit/livekit-server, environment: {LIVEKIT_KEYS: \'{"a":"b"}\'}}}'},
        [],
    ),
    "a client's flag": Case("livekit-shape", media(KEYED, "", command="--config /l.yaml --api-key a"), failed(4)),
    "a client's variable without keys": Case(
        "livekit-shape",
        {MAIN: "services: {lk: {image: livekit/livekit-server, environment: [LIVEKIT_API_KEY=a]}}"},
        failed(1),
    ),
    "LIVEKIT_URL for egress": Case(
        "livekit-shape", {MAIN: "services: {e: {image: livekit/egress, environment: [LIVEKIT_URL=ws://a]}}"}, failed(1)
    ),
    "LIVEKIT_URL for an agent": Case(
        "livekit-shape", {MAIN: "services: {e: {image: my/agent, environment: [LIVEKIT_URL=ws://a]}}"}, []
    ),
    "a pair of sip under a heading": Case(
        "livekit-shape",
        {
            MAIN: 'services: {s: {image: livekit/sip, command: --config /s.yaml, volumes: ["./s.yaml:/s.yaml"]}}',
            "s.yaml": "sip_port: 5060\nlivekit: {api_key: a, api_secret: b, ws_url: ws://a}\n",
        },
        failed(2, "s.yaml"),
    ),
    "a server that is told not to mind": Case(
        "livekit-shape", media(KEYED + "api_secret: x\n", "", command="--config /l.yaml --disable-strict-config"), []
    ),
    "a fork": Case(
        "livekit-shape",
        {
            MAIN: "services: {lk: {image: my/livekit-server, command: --config /l.yaml, "
            'volumes: ["./l.yaml:/l.yaml"]}}',
            "l.yaml": KEYED + "api_secret: x\n",
        },
        [],
    ),
    "a configuration in a variable": Case(
        "livekit-shape",
        {MAIN: "services:\n  lk:\n    image: livekit/livekit-server\n    environment:\n      LIVEKIT_CONFIG: |\n"
               "        port: 7880\n        api_secret: x\n"},
        failed(7),
    ),
    "a path in its place": Case(
        "livekit-shape",
        {MAIN: 'services: {lk: {image: livekit/livekit-server, environment: ["LIVEKIT_CONFIG=/etc/livekit.yaml"]}}'},
        failed(1),
    ),
    "a path in place of a body": Case(
        "livekit-shape",
        {MAIN: "services: {e: {image: livekit/egress, environment: {EGRESS_CONFIG_BODY: /etc/egress.yaml}}}"},
        failed(1),
    ),
    "a template of the server's file": Case(
        "livekit-shape",
        {"livekit.yaml.template": "port: ${PORT}\nroom: {max_duration: 1}\nkeys:\n  ${KEY}: ${SECRET}\n"},
        warned(2, "livekit.yaml.template"),
    ),
    "a template of the server's file beside a stack": Case(
        "livekit-shape",
        media(KEYED, "") | {"deploy/livekit.tmpl.yml": "port: ${P}\nrtc: {tcp_port: yes}\n"},
        warned(2, "deploy/livekit.tmpl.yml"),
    ),
    "a right template": Case(
        "livekit-shape", {"livekit.yaml.example": "port: ${PORT}\nkeys:\n  ${KEY}: ${SECRET}\n"}, []
    ),
    "a template that is no YAML yet": Case(
        "livekit-shape", {"livekit.yaml.tmpl": "{{ if .A }}\nport: 1\n{{ end }}\nx: [\n"}, []
    ),
    "a template of something else": Case("livekit-shape", {"livekit.yaml.sample": "services: {a: {port: 1}}\n"}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", SHAPES.values(), ids=SHAPES)
def test_what_a_livekit_program_takes(case: Case) -> None:
    assert told(case) == case.told


def waiting(server: str, waits: str, egress: str = "egress") -> Files:
    """A server, and a program that waits at a Redis; each with the text of its configuration."""
    return {
        MAIN: "services:\n  livekit: {image: livekit/livekit-server, command: --config /l.yaml, "
        f'volumes: ["./l.yaml:/l.yaml"]}}\n  e: {{image: livekit/{egress}, command: --config /e.yaml, '
        'volumes: ["./e.yaml:/e.yaml"]}\n  a: {image: redis}\n  b: {image: redis}\n',
        "l.yaml": server,
        "e.yaml": waits,
    }


AT_A = "redis: {address: 'a:6379'}\n"
MEETINGS = {
    "at the same one": Case("redis-parity", waiting(AT_A, AT_A), []),
    "at another one": Case("redis-parity", waiting("redis: {address: 'b:6379'}\n", AT_A), failed(1, "e.yaml")),
    "where the server has none": Case("redis-parity", waiting("port: 7880\n", AT_A, "sip"), failed(1, "e.yaml")),
    "where the server has several": Case(
        "redis-parity", waiting("redis: {sentinel_addresses: ['b:1']}\n", AT_A, "ingress"), []
    ),
    "outside, both at the same": Case(
        "redis-parity",
        waiting("redis: {address: 'r.acme.dev:6379'}\n", "redis: {address: 'r.acme.dev:6379'}\n"),
        [("unverifiable", "e.yaml:1"), ("unverifiable", "l.yaml:1")],
    ),
    "the server's is outside": Case(
        "redis-parity",
        waiting("redis: {address: 'r.acme.dev:6379'}\n", AT_A),
        [("unverifiable", "e.yaml:1"), ("unverifiable", "l.yaml:1")],
    ),
    "the server's is not known": Case(
        "redis-parity",
        waiting("port: 7880\n", AT_A) | {"l.yaml": ""},
        [("unverifiable", "e.yaml:1")],
        ignored=("l.yaml",),
    ),
}


def test_a_template_that_is_no_yaml_yet_is_no_fault() -> None:
    files = {"livekit.yaml.tmpl": "port: 1\n  a: [\n"}
    assert told(Case("unreadable-file", files, [])) == []


@pytest.mark.parametrize("case", MEETINGS.values(), ids=MEETINGS)
def test_where_the_programs_meet(case: Case) -> None:
    files = {path: text for path, text in case.files.items() if path not in case.ignored}
    assert told(case._replace(files=files)) == case.told


OTHER = "h6Cv1Kp8Xr3Qz5Mt9Wd2Lb7Yf4Jg0Se1"


def client(*lines: str, keys: str = f"keys: {{a: {REAL}}}") -> Files:
    """A server that accepts one pair, and an agent with an env file."""
    agent = "  agent: {image: my/agent, env_file: [.env]}\n"
    return media(keys + "\n", "", agent) | {".env": "".join(f"{line}\n" for line in lines)}


def told_in_env(*lines: int) -> list[tuple[str, str]]:
    return [("error", f".env:{line}") for line in lines]


PAIRS = {
    "another secret": Case(
        "secret-parity", client("LIVEKIT_API_KEY=a", f"LIVEKIT_API_SECRET={OTHER}"), told_in_env(2)
    ),
    "an unknown key": Case(
        "secret-parity", client("LIVEKIT_API_KEY=b", f"LIVEKIT_API_SECRET={OTHER}"), told_in_env(1)
    ),
    "an unknown key of the stack's own server": Case(
        "secret-parity",
        client("LIVEKIT_URL=ws://livekit:7880", "LIVEKIT_API_KEY=b", f"LIVEKIT_API_SECRET={OTHER}"),
        told_in_env(2),
    ),
    "an unknown key of a server on the internet": Case(
        "secret-parity",
        client("LIVEKIT_URL=wss://a.livekit.cloud", "LIVEKIT_API_KEY=b", f"LIVEKIT_API_SECRET={OTHER}"),
        [("unverifiable", ".env:3")],
    ),
    "the server's key under its public name": Case(
        "secret-parity",
        client("LIVEKIT_URL=wss://live.acme.dev", "LIVEKIT_API_KEY=a", f"LIVEKIT_API_SECRET={OTHER}"),
        told_in_env(3),
    ),
    "the server's pair under its public name": Case(
        "secret-parity",
        client("LIVEKIT_HOST=live.acme.dev", "LIVEKIT_API_KEY=a", f"LIVEKIT_API_SECRET={REAL}"),
        [],
    ),
    "the address of another pair": Case(
        "secret-parity",
        client("ACME_LIVEKIT_URL=wss://a.livekit.cloud", "LIVEKIT_API_KEY=b", f"LIVEKIT_API_SECRET={OTHER}"),
        told_in_env(2),
    ),
    "two pairs, one of them wrong": Case(
        "secret-parity",
        client(
            "LIVEKIT_API_KEY=a", f"LIVEKIT_API_SECRET={REAL}",
            "BOT_LIVEKIT_API_KEY=a", f"BOT_LIVEKIT_API_SECRET={OTHER}",
        ),
        told_in_env(4),
    ),
    "a pair of another place": Case(
        "secret-parity", client("STAGING_LIVEKIT_API_KEY=b", f"STAGING_LIVEKIT_API_SECRET={OTHER}"), []
    ),
    "an empty pair": Case(
        "secret-parity", client("LIVEKIT_API_KEY=", "LIVEKIT_API_SECRET="), [("unverifiable", ".env:2")]
    ),
    "a service that is given none": Case(
        "secret-parity",
        media(KEYED, "", "  agent: {image: my/agent, environment: {LIVEKIT_API_SECRET: '${S:-}'}}\n"),
        [],
    ),
    "keys of a file that a variable names": Case(
        "secret-parity",
        media(
            KEYED,
            "    environment: {LIVEKIT_KEY_FILE: /k}\n",
            f"  agent: {{image: my/agent, environment: {{LIVEKIT_API_KEY: b, LIVEKIT_API_SECRET: {OTHER}}}}}\n",
        ),
        [("unverifiable", f"{MAIN}:7")],
    ),
    "a placeholder is told by the rule for those": Case(
        "secret-parity", client("LIVEKIT_API_KEY=<key>", "LIVEKIT_API_SECRET=<secret>"), []
    ),
    "a placeholder of a service": Case(
        "secret-placeholder", client("LIVEKIT_API_KEY=<key>", "LIVEKIT_API_SECRET=<secret>"), warned(2, ".env")
    ),
    "the pair of the documentation is compared": Case(
        "secret-parity", client("LIVEKIT_API_KEY=devkey", "LIVEKIT_API_SECRET=secret"), told_in_env(1)
    ),
    "keys of a file that is not here": Case(
        "secret-parity",
        client("LIVEKIT_API_KEY=b", f"LIVEKIT_API_SECRET={OTHER}", keys="key_file: /k"),
        [("unverifiable", ".env:2")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PAIRS.values(), ids=PAIRS)
def test_pairs_of_clients(case: Case) -> None:
    assert told(case) == case.told


def by_default(secret: str, template: str) -> Files:
    """A client whose pair is a default, and a template of the env file that would replace it."""
    agent = (
        f"  agent: {{image: my/agent, environment: {{LIVEKIT_API_KEY: a, LIVEKIT_API_SECRET: '${{S:-{secret}}}'}}}}\n"
    )
    return media(KEYED, "", agent) | {".env.example": template}


DEFAULTS = {
    "replaced by a file that is not here": Case(
        "secret-parity", by_default(OTHER, "S=\n"), [("unverifiable", f"{MAIN}:6")], ignored=(".env",)
    ),
    "right, where the file that is not here may say otherwise": Case(
        "secret-parity", by_default(REAL, "S=\n"), [("unverifiable", f"{MAIN}:6")], ignored=(".env",)
    ),
    "right, and nothing replaces it": Case("secret-parity", by_default(REAL, "T=\n"), [], ignored=(".env",)),
    "another variable": Case("secret-parity", by_default(OTHER, "T=\n"), failed(6), ignored=(".env",)),
    "no file is ignored": Case("secret-parity", by_default(OTHER, "S=\n"), failed(6)),
}


@pytest.mark.parametrize("case", DEFAULTS.values(), ids=DEFAULTS)
def test_pairs_that_are_defaults(case: Case) -> None:
    assert told(case) == case.told


FROM_TEMPLATES = {
    "the template's own value": Case(
        "secret-placeholder",
        {".env": f"A_TOKEN={REAL}\n", ".env.example": f"A_TOKEN={REAL}\n"},
        warned(1, ".env"),
    ),
    "a value of its own": Case(
        "secret-placeholder", {".env": f"A_TOKEN={REAL}\n", ".env.example": f"A_TOKEN={OTHER}\n"}, []
    ),
    "what is no secret": Case(
        "secret-placeholder", {".env": "A_HOST=example.dev\n", ".env.example": "A_HOST=example.dev\n"}, []
    ),
    "a template for another environment": Case(
        "secret-placeholder",
        {".env": f"A_TOKEN={REAL}\n", ".env.production.example": f"A_TOKEN={REAL}\n"},
        [],
    ),
    "a template that is given last": Case(
        "secret-placeholder",
        {
            MAIN: "services: {a: {image: x, env_file: [.env, .env.example]}}",
            ".env": f"A_TOKEN={REAL}\nB_TOKEN={REAL}\n",
            ".env.example": "A_TOKEN=\nC_TOKEN=changeme\n",
        },
        warned(1, ".env.example"),
    ),
    "a template that is given alone": Case(
        "secret-placeholder",
        {MAIN: "services: {a: {image: x, env_file: [.env.example]}}", ".env.example": "A_TOKEN=changeme\n"},
        [],
    ),
    "a template over which the service's own value wins": Case(
        "secret-placeholder",
        {
            MAIN: f"services: {{a: {{image: x, environment: [A_TOKEN={REAL}], env_file: [.env, .env.example]}}}}",
            ".env": f"A_TOKEN={OTHER}\n",
            ".env.example": "A_TOKEN=changeme\n",
        },
        [],
    ),
}


@pytest.mark.parametrize("case", FROM_TEMPLATES.values(), ids=FROM_TEMPLATES)
def test_secrets_that_come_from_templates(case: Case) -> None:
    assert told(case) == case.told


SECRETS = {
    "short": Case("secret-strength", media("keys: {a: short}", ""), warned(1, "l.yaml")),
    "31 bytes": Case("secret-strength", media(f"keys: {{a: {'x7Kq' * 7}abc}}", ""), warned(1, "l.yaml")),
    "32 bytes": Case("secret-strength", media(f"keys: {{a: {'x7Kq' * 8}}}", ""), []),
    "16 letters of two bytes": Case("secret-strength", media(f"keys: {{a: {'éà' * 8}}}", ""), []),
    "development mode": Case("secret-strength", media("keys: {a: short}", "", command="--dev --config /l.yaml"), []),
    "development mode, in the file": Case("secret-strength", media("development: true\nkeys: {a: short}", ""), []),
    "the pair of the documentation": Case("secret-strength", media("keys: {devkey: secret}", ""), warned(1, "l.yaml")),
    "a template's pair": Case("secret-strength", media("keys: {your_api_key: your_api_secret}", ""), []),
    "the keys of the environment replace those of the file": Case(
        "secret-strength", media("keys: {a: short}", f'    environment: ["LIVEKIT_KEYS=a: {REAL}"]\n'), []
    ),
    "a profile": Case("secret-strength", media("keys: {a: short}", "    profiles: [x]\n"), [("info", "l.yaml:1")]),
    "a placeholder in an env file": Case("secret-placeholder", {".env": "DB_PASSWORD=changeme\n"}, warned(1, ".env")),
    "a placeholder in an env file for tests": Case(
        "secret-placeholder", {".env.test": "DB_PASSWORD=test\n", "ci.env": "DB_PASSWORD=secret\n"}, []
    ),
    "a placeholder in an env file that services read": Case(
        "secret-placeholder",
        {MAIN: "services: {a: {image: x, env_file: .env}}", ".env": "DB_PASSWORD=changeme\nDEBUG=1\n"},
        warned(1, ".env"),
    ),
    "a placeholder in an env file that fills in compose": Case(
        "secret-placeholder",
        {MAIN: 'services: {a: {image: x, environment: {P: "${DB_PASSWORD}"}}}', ".env": "DB_PASSWORD=changeme\n"},
        warned(1, ".env"),
    ),
    "the documentation's pair in an env file": Case(
        "secret-placeholder", {".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=secret\n"}, warned(2, ".env")
    ),
    "a placeholder in compose": Case(
        "secret-placeholder", {MAIN: "services: {a: {image: x, environment: {LIVEKIT_API_SECRET: changeme}}}"}, []
    ),
    "a placeholder among examples": Case(
        "secret-placeholder", {MAIN: "services: {a: {image: x}}", "device/examples/a.env": "DB_PASSWORD=changeme\n"}, []
    ),
    "webhooks under a key that is none": Case(
        "webhook-key", media(KEYED + "webhook: {urls: ['http://a'], api_key: b}", ""), failed(2, "l.yaml")
    ),
    "webhooks without a key": Case(
        "webhook-key", media(KEYED + "webhook: {urls: ['http://a']}", ""), failed(2, "l.yaml")
    ),
    "a key without webhooks": Case("webhook-key", media(KEYED + "webhook: {api_key: b}", ""), []),
    "the webhook's key among those of the environment": Case(
        "webhook-key",
        media("webhook: {urls: ['http://a'], api_key: b}", f'    environment: ["LIVEKIT_KEYS=b: {REAL}"]\n'),
        [],
    ),
}


@pytest.mark.parametrize("case", SECRETS.values(), ids=SECRETS)
def test_secrets(case: Case) -> None:
    assert told(case) == case.told


NAMED = {
    "prod.yml": "services: {api: {image: x, environment: {LIVEKIT_API_KEY: a, LIVEKIT_API_SECRET: other}}}",
    "server.yaml": KEYED,
    "a.env": f"LIVEKIT_API_KEY=a\nLIVEKIT_API_SECRET={REAL}\n",
    "b.env": "LIVEKIT_API_KEY=a\nLIVEKIT_API_SECRET=other\n",
}


def test_a_stack_of_files_that_the_configuration_names() -> None:
    named = "stacks: {prod: {compose: [prod.yml], livekit: server.yaml, env: [a.env]}}"
    assert told(Case("secret-parity", NAMED, [], named)) == failed(2, "b.env") + failed(1, "prod.yml")
    loose = {path: content for path, content in NAMED.items() if path != "prod.yml"}
    apart = "stacks: {one: {livekit: server.yaml, env: [b.env]}}"
    assert told(Case("secret-parity", loose, [], apart)) == failed(2, "b.env")
