"""Well-known images that people pull: the ports on which their programs listen unless somebody says otherwise.

Sources: EXPOSE and documentation of each image on Docker Hub. None of them reads the variables of somebody's code.
"""

from configlint.compose.running import Running
from configlint.programs.livekit.service import program
from configlint.workspace.workspace import basename

REDIS = ("redis", "valkey", "keydb", "dragonfly", "redis-stack", "redis-stack-server")
_DATABASES = {
    "postgres": 5432, "postgis": 5432, "pgvector": 5432, "timescaledb": 5432, "timescaledb-ha": 5432, "mysql": 3306,
    "mariadb": 3306, "mongo": 27017, "memcached": 11211,
}  # fmt: skip
_OTHERS = {
    "nginx": (80,), "httpd": (80,), "caddy": (80, 443), "traefik": (80, 443), "rabbitmq": (5672, 15672),
    "minio": (9000, 9001), "mailhog": (1025, 8025), "mailpit": (1025, 8025), "elasticsearch": (9200, 9300),
    "opensearch": (9200,), "eclipse-mosquitto": (1883,), "emqx": (1883, 8083, 18083), "nats": (4222,),
    "ollama": (11434,), "qdrant": (6333, 6334), "prometheus": (9090,), "grafana": (3000,), "keycloak": (8080,),
    "adminer": (8080,), "pgadmin4": (80,), "influxdb": (8086,), "neo4j": (7474, 7687), "zookeeper": (2181,),
    "kafka": (9092,), "cp-kafka": (9092,), "clickhouse-server": (8123, 9000), "coturn": (3478,), "n8n": (5678,),
}  # fmt: skip


def ports(one: Running) -> tuple[int, ...]:
    """The ports of a service that runs such an image as it is; none of any other service."""
    name = basename(one.repository) if one.image is None else ""
    return (_DATABASES[name],) if name in _DATABASES else _OTHERS.get(name, ())


def complete(one: Running) -> bool:
    """Whether a service listens on its image's ports and no others: a database that is started without options."""
    plain = one.service.command is None and one.service.entrypoint is None
    return plain and one.image is None and basename(one.repository) in _DATABASES


def foreign(one: Running) -> bool:
    """Whether a service runs somebody else's program, which knows nothing of the variables in an env file of ours."""
    return bool(ports(one)) or bool(program(one)) or (one.image is None and basename(one.repository) in REDIS)
