"""Which names a service resolves, and the addresses that stand in variables of their own."""

import pytest
from trees import built_in, found, run

RULES = ("service-host", "container-port", "container-localhost", "redis-parity")

CALLER = """\
services:
  api: {{image: registry.example/api:1, command: "gunicorn -b 0.0.0.0:8000 app:app"{callee}}}
  web:
    image: registry.example/web:1
    environment: {{API_URL: "http://{host}:8000"}}
{caller}
networks: {{front: {{}}, back: {{}}}}
"""


def said(compose: str) -> list[tuple[str, str, str]]:
    return found(run({"docker-compose.yml": compose}, *built_in(*RULES)))


@pytest.mark.parametrize(
    ("caller", "callee", "host", "resolved"),
    [
        ("", "", "api", True),
        ("networks: [front]", "", "api", False),
        ("networks: [front, default]", "", "api", True),
        ("networks: [front]", "networks: [back, front]", "api", True),
        ("networks: [front]", "networks: {front: {}, back: {aliases: [backend]}}", "backend", False),
        ("networks: [back]", "networks: {front: {}, back: {aliases: [backend]}}", "backend", True),
        ("networks: [front]", "networks: {front: {}, back: {aliases: [api]}}", "api", True),
        ("network_mode: host", "", "api", False),
        ("", "network_mode: host", "api", False),
        ("extra_hosts: ['api:host-gateway']", "network_mode: host", "api", True),
        ("network_mode: none", "", "api", False),
        ("network_mode: 'service:api'", "networks: [back]", "api", True),
        ("network_mode: 'container:other'", "networks: [back]", "api", True),
        ("networks: [front]\n    links: [api]", "networks: [back]", "api", True),
    ],
)
def test_a_name_is_resolved_where_both_are_on_one_network(caller: str, callee: str, host: str, resolved: bool) -> None:
    compose = CALLER.format(caller=f"    {caller}" if caller else "", callee=f", {callee}" if callee else "", host=host)
    assert said(compose) == ([] if resolved else [("service-host", "error", "docker-compose.yml:5")])


VARIABLES = """\
services:
  db: {{image: "postgres:16"}}
  cache: {{image: "redis:7", ports: ["6380:6379"]}}
  api:
    image: registry.example/api:1
    environment:
{lines}
"""


@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        (("DB_HOST: db", "DB_PORT: 5432"), []),
        (("DB_HOST: db", "DB_PORT: 5433"), ["container-port"]),
        (("PGHOST: db", "PGPORT: 5433"), ["container-port"]),
        (("DB_HOST: dbs",), ["service-host"]),
        (("DB_HOST: db.acme.dev", "DB_PORT: 5433"), []),
        (("POSTGRES_HOST: localhost", "POSTGRES_PORT: 5432"), ["container-localhost"]),
        (("CACHE_REDIS_HOST: cache", "CACHE_REDIS_PORT: 6380"), ["redis-parity"]),
        (("REDIS_ADDR: cache:6379",), []),
        (("SERVERS: 'db:5432, dbs:5432'",), []),
        (("DB_SERVERS: 'db:5432, dbs:5432'",), ["service-host"]),
        # What speaks of the program itself, or holds no name that only the stack could resolve.
        (("API_HOST: backend",), []),
        (("VIRTUAL_HOST: shop",), []),
        (("ALLOWED_HOSTS: 'web,api'",), []),
        (("LISTEN_HOST: web",), []),
        (("DB_HOST: 0.0.0.0",), []),
        (("DB_HOST: 'Some Text'",), []),
        (("DB_SERVER: primary",), []),
        (("DB_HOST: ''",), []),
        (("NEXT_PUBLIC_DB_HOST: dbs",), []),
        (("DB_HOST: localhost",), ["container-localhost"]),
        (("QUEUE_HOST: localhost",), []),
    ],
)  # fmt: skip
def test_a_host_and_its_port_in_variables_of_their_own(lines: tuple[str, ...], rules: list[str]) -> None:
    compose = VARIABLES.format(lines="\n".join(f"      {line}" for line in lines))
    assert [rule for rule, severity, _ in said(compose) if severity in ("error", "warning")] == rules


PROFILES = """\
services:
  web: {image: registry.example/web:1, ports: ["80:80"]}
  admin: {image: registry.example/admin:1, ports: ["80:8080"], profiles: [debug, tools]}
"""


@pytest.mark.parametrize(
    ("profiles", "severity"), [("", "warning"), ("other", "warning"), ("a, tools", "error"), ("'*'", "error")]
)
def test_a_profile_that_the_project_itself_requests_is_in_force(profiles: str, severity: str) -> None:
    files = {"docker-compose.yml": PROFILES, ".env": f"COMPOSE_PROFILES={profiles}\n"}
    assert found(run(files, *built_in("port-conflict"))) == [("port-conflict", severity, "docker-compose.yml:3")]
