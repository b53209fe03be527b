"""Whether a call to a port of the host is meant for a service of a stack at all.

Programs run beside a stack, too: an API on the developer's machine whose database alone is in compose. A port that no
stack publishes is wrong only if something shows that one of its services is meant.
"""

from collections.abc import Sequence

from configlint.formats.words import word_set, words
from configlint.model.cell import Address, Cell, Interval
from configlint.model.net.hosts import host_class
from configlint.model.record import record
from configlint.model.tables import Listener, Port, Row, Url
from configlint.resolve.rows_by_port import Numbered
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
    """What the services of all stacks that publish a port are called, and on what any service listens.

    `names` are the words of their names, without those that say nothing; `api`: one that is open to phones may be an
    API; `images` are theirs.
    """

    names: frozenset[str]
    api: bool
    images: frozenset[str]
    published: Numbered[Port]
    listening: Numbered[Listener]

    def shows(self, url: Url) -> bool:
        """Whether a service of some stack is meant: by its own port, by its name, or as the only API there can be."""
        if url.protocol not in _CALLED:
            return self._stores(url.protocol)
        if self._named(url):
            return True
        if url.audience == "mobile" or url.method:
            return self._inner(url) or (url.audience == "mobile" and self.api)
        return False

    def _inner(self, url: Url) -> bool:
        """Whether the port is one on which a service listens inside its container."""
        return any(True for _ in self.published.equal(url.port)) or any(True for _ in self.listening.equal(url.port))

    def _named(self, url: Url) -> bool:
        return not self.names.isdisjoint(words(url.name))

    def _stores(self, protocol: str) -> bool:
        kinds = _STORES.get(protocol, "").split()
        return any(kind in image for image in self.images for kind in kinds)


def _is_open(port: Port) -> bool:
    """Whether a port is published beyond this machine: phones may reach it."""
    address = port.address.value
    return not isinstance(address, Address) or host_class(address.host) != "loopback"


def _words_of(one: Running) -> set[str]:
    """The words of a service's name, and of its image unless it is built here."""
    image = "" if one.service.build is not None else one.repository
    return {*words(one.name), *words(image.replace("/", " "))}


def _may_be_api(found: set[str]) -> bool:
    return found.isdisjoint(_INFRASTRUCTURE) and found.isdisjoint(_FRONT_ENDS)


def evidence(stacks: Sequence[Stack], rows: Sequence[Row]) -> Evidence:
    ports = [row for row in rows if isinstance(row, Port)]
    names = {(row.stack, row.service) for row in ports}
    open_ = {(row.stack, row.service) for row in ports if _is_open(row)}
    running = (one for stack in stacks for one in stack.running.values())
    publishing = [one for one in running if (one.stack, one.name) in names]
    called = [_words_of(one) for one in publishing]
    stated = (row for row in rows if isinstance(row, Listener) and row.source in ("command", "config"))
    return Evidence(
        names=frozenset(word for found in called for word in found) - _GENERAL,
        api=any(_may_be_api(_words_of(one)) for one in publishing if (one.stack, one.name) in open_),
        images=frozenset(one.repository for one in publishing),
        published=Numbered((row for row in ports if _known(row.target)), lambda row: row.target),
        listening=Numbered((row for row in stated if _known(row.port)), lambda row: row.port),
    )


def _known(port: Cell) -> bool:
    return isinstance(port.value, Interval)
