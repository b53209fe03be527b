"""Whether a call to a port of the host is meant for a service of a stack at all.

Programs run beside a stack, too: an API on the developer's machine whose database alone is in compose. A port that no
stack publishes is wrong only if something shows that one of its services is meant.
"""

from collections.abc import Iterable, Sequence

from configlint.formats.words import word_set, words
from configlint.model.cell import Address, Interval, same
from configlint.model.net.hosts import host_class
from configlint.model.record import record
from configlint.model.tables import Listener, Port, Row, Url
from configlint.resolve.stack import Running, Stack

_INFRASTRUCTURE = word_set(
    "postgres postgresql postgis timescaledb pgvector pgadmin pgadmin4 pgbouncer mysql mariadb mongo mongodb redis"
    " valkey keydb dragonfly memcached rabbitmq kafka zookeeper redpanda nats mosquitto emqx elasticsearch"
    " opensearch kibana minio localstack adminer phpmyadmin grafana prometheus loki promtail tempo jaeger"
    " alertmanager exporter cadvisor mailhog mailpit livekit coturn qdrant chroma chromadb weaviate milvus"
    " etcd vault consul ollama"
)
"""Words of images that serve something else than an API of the user's own."""
_FRONT_ENDS = word_set("frontend front ui dashboard admin storybook docs website")
_GENERAL = word_set(
    "url uri host hosts base endpoint server service address addr config configuration constants constant app default"
    " http https ws wss port get post put delete patch connect link my the main"
)
"""Words that names of addresses and of services have whatever they are about."""
_STORES = {
    "postgres": "postgres postgis timescale pgvector", "postgresql": "postgres postgis timescale pgvector",
    "mysql": "mysql mariadb", "mongodb": "mongo", "amqp": "rabbitmq", "nats": "nats", "mqtt": "mosquitto emqx",
}  # fmt: skip
_CALLED = ("http", "ws", "")


@record
class Evidence:
    """What the services of all stacks are called and listen on."""

    running: tuple[Running, ...]
    ports: tuple[Port, ...]
    listeners: tuple[Listener, ...]

    def shows(self, url: Url) -> bool:
        """Whether a service of some stack is meant: by its own port, by its name, or as the only API there can be."""
        if url.protocol not in _CALLED:
            return self._stores(url.protocol)
        if self._named(url):
            return True
        if url.audience == "mobile" or url.method:
            return self._inner(url) or (url.audience == "mobile" and self._has_api())
        return False

    def _inner(self, url: Url) -> bool:
        """Whether the port is one on which a service listens inside its container."""
        inside = [row.target for row in self.ports]
        inside += [row.port for row in self.listeners if row.source in ("command", "config")]
        return any(isinstance(cell.value, Interval) and same(cell, url.port) is True for cell in inside)

    def _named(self, url: Url) -> bool:
        own = set(words(url.name)) - _GENERAL
        return any(own & (_words_of(one) - _GENERAL) for one in self._publishing())

    def _has_api(self) -> bool:
        """Whether a service is an API that phones may reach: not one that is published on this machine alone."""
        return any(
            _words_of(one).isdisjoint(_INFRASTRUCTURE) and _words_of(one).isdisjoint(_FRONT_ENDS)
            for one in self._publishing()
            if self._is_open(one)
        )

    def _is_open(self, one: Running) -> bool:
        """Whether some port of a service is published beyond this machine."""
        own = (row for row in self.ports if (row.stack, row.service) == (one.stack, one.name))
        return any(not isinstance(row.address.value, Address) or not _is_local(row.address.value) for row in own)

    def _stores(self, protocol: str) -> bool:
        kinds = _STORES.get(protocol, "").split()
        return any(kind in one.repository for one in self._publishing() for kind in kinds)

    def _publishing(self) -> Iterable[Running]:
        names = {(row.stack, row.service) for row in self.ports}
        return (one for one in self.running if (one.stack, one.name) in names)


def _is_local(address: Address) -> bool:
    return host_class(address.host) == "loopback"


def _words_of(one: Running) -> set[str]:
    """The words of a service's name, and of its image unless it is built here."""
    image = "" if one.service.build is not None else one.repository
    return {*words(one.name), *words(image.replace("/", " "))}


def evidence(stacks: Sequence[Stack], rows: Sequence[Row]) -> Evidence:
    return Evidence(
        running=tuple(one for stack in stacks for one in stack.running.values()),
        ports=tuple(row for row in rows if isinstance(row, Port)),
        listeners=tuple(row for row in rows if isinstance(row, Listener)),
    )
