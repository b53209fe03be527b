"""Addresses without a scheme: `DB_HOST` beside `DB_PORT`, `KAFKA_BOOTSTRAP_SERVERS`, lists of `host:port`."""

from collections.abc import Iterator

from configlint.compose.model import EnvValue
from configlint.compose.running import Running
from configlint.formats.words import word_set, words
from configlint.model.cell import NULL, Cell
from configlint.model.net.hosts import host_class, normal
from configlint.model.net.url import Parts, authority, port_cell
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Text
from configlint.workspace.workspace import basename

_NAME = regex(r"(?P<stem>[A-Z0-9_]*?)_?(?P<kind>HOST|HOSTNAME|HOSTS|ADDR|ADDRESS|BROKERS?|SERVERS?|ENDPOINT)")
_ALONE = frozenset({"HOST", "HOSTNAME"})
"""Endings of names whose value may be a host without a port; after all others only `host:port` is an address."""
_OWN = word_set(
    "allowed trusted virtual letsencrypt public external run bind listen advertised root docker app api server web http"
    " https domain site flask uvicorn gunicorn django node vite next metrics"
)
"""With one of these words a name speaks of where the program itself listens, or how it is known outside."""
_LABEL = regex(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_REDIS = frozenset({"redis", "valkey", "keydb"})


@record
class Address:
    """The host and port in one item of a variable; `text` is what is written of both in that variable."""

    text: Text
    parts: Parts
    stem: str


def addresses(one: Running, value: EnvValue) -> Iterator[Address]:
    """The addresses of other programs in a variable of a service; none where it speaks of the service itself."""
    name = value.name.raw.upper()
    match = _NAME.fullmatch(name)
    if match is None or value.value is None or not match["stem"] or _speaks_of_itself(one, match["stem"]):
        return
    for item in value.value.split(","):
        text = item.strip()
        found = authority(text)
        if found is not None and (match["kind"] in _ALONE or not found[1].null) and _is_name(found[0]):
            port = _beside(one, value.name.raw) if found[1].null else found[1]
            protocol = "redis" if not _REDIS.isdisjoint(words(match["stem"])) else ""
            parts = Parts(
                scheme=NULL, host=found[0], port=port, path=NULL, protocol=protocol, written_port=not port.null
            )
            yield Address(text=text, parts=parts, stem=match["stem"])


def _speaks_of_itself(one: Running, stem: str) -> bool:
    own = words(stem)
    known = {*words(one.name), *words(basename(one.repository))}
    return not _OWN.isdisjoint(own) or set(own) <= known


def _is_name(host: Cell) -> bool:
    """Whether a host is a name that only the network of the stack can have, or this machine."""
    if host.value is None:
        return False
    name = normal(str(host.value))
    kind = host_class(name)
    return kind == "loopback" or (kind == "single-label" and _LABEL.fullmatch(name) is not None)


def _beside(one: Running, name: str) -> Cell:
    """The port in the variable that goes with one for a host: `DB_PORT`, `PGPORT`."""
    found = beside(one, name, ("PORT",))
    return NULL if found is None or not found[1].raw else port_cell(found[1])


def beside(one: Running, name: str, endings: tuple[str, ...]) -> tuple[str, Text] | None:
    """The first variable of a service that goes with one for a host, and has one of the endings in place of `HOST`."""
    match = _NAME.fullmatch(name.upper())
    for ending in endings if match is not None else ():
        stem = name[: -len(match["kind"])] if match is not None else ""
        for candidate in (stem + ending, stem + ending.lower()):
            text = one.environment.lookup(candidate)
            if text is not None:
                return candidate, text
    return None
