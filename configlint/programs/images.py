"""Well-known images of which nothing is known but the ports on which they listen unless somebody says otherwise.

Sources: EXPOSE and the documentation of each image on Docker Hub.
"""

from collections.abc import Iterator
from functools import partial

from configlint.programs.addresses import by_default
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program

_PORTS = {
    "httpd": (80,), "traefik": (80, 443), "minio": (9000, 9001), "mailhog": (1025, 8025),
    "mailpit": (1025, 8025), "elasticsearch": (9200, 9300), "opensearch": (9200,), "eclipse-mosquitto": (1883,),
    "emqx": (1883, 8083, 18083), "nats": (4222,), "ollama": (11434,), "qdrant": (6333, 6334), "prometheus": (9090,),
    "grafana": (3000,), "keycloak": (8080,), "adminer": (8080,), "pgadmin4": (80,), "influxdb": (8086,),
    "neo4j": (7474, 7687), "zookeeper": (2181,), "kafka": (9092,), "cp-kafka": (9092,),
    "clickhouse-server": (8123, 9000), "coturn": (3478,), "n8n": (5678,),
}  # fmt: skip


def _listens(ports: tuple[int, ...], here: Process) -> Iterator[Listening]:
    yield from by_default(here, *ports)


PROGRAMS = tuple(
    Program(name=name, commands=(), images=(name,), listens=partial(_listens, ports), complete=False)
    for name, ports in _PORTS.items()
)
