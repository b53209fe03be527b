"""Images that are known to have no health check: Docker's official ones, and a few that their Dockerfiles show.

Sources: docker-library/faq, "Healthcheck": explicit health checks are not added to official images; the Dockerfiles of
livekit/livekit, pgvector/pgvector and postgis/docker-postgis.
"""

from configlint.compose.running import Running

_NAMES = frozenset({
    "postgres", "mysql", "mariadb", "mongo", "redis", "valkey", "memcached", "rabbitmq", "nats", "elasticsearch",
    "influxdb", "neo4j", "cassandra", "couchdb", "eclipse-mosquitto", "zookeeper", "nginx", "httpd", "caddy", "traefik",
    "haproxy", "registry", "adminer", "wordpress", "ghost", "nextcloud", "busybox", "alpine", "debian", "ubuntu",
    "python", "node", "golang", "rust", "ruby", "php", "openjdk", "eclipse-temurin", "amazoncorretto", "perl", "elixir",
    "erlang", "fedora", "rockylinux", "almalinux", "amazonlinux", "scratch",
    "livekit/livekit-server", "pgvector/pgvector", "postgis/postgis",
})  # fmt: skip
_PREFIXES = ("docker.io/library/", "docker.io/", "library/")


def unchecked_image(one: Running) -> bool:
    """Whether a service runs such an image, or one that is built upon it."""
    name = one.repository
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name in _NAMES
