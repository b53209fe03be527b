"""RabbitMQ.

Sources: docker-library/rabbitmq, EXPOSE and `10-defaults.conf`, which lets `guest` in from other hosts; RabbitMQ 3.13
`rabbit_prelaunch_conf`: `RABBITMQ_DEFAULT_USER`, `_PASS` and `_VHOST` over the file, by default guest, guest and `/`.
"""

from collections.abc import Iterator

from configlint.model.cell import cell
from configlint.model.reason import Reason
from configlint.model.text import Text
from configlint.programs.accepted import DEFAULT, anything, brought, database, named, official, password, user, variable
from configlint.programs.addresses import assumed, by_default
from configlint.programs.process import Process
from configlint.programs.program import Accepted, Listening, Program

_FILES = ("RABBITMQ_CONFIG_FILE", "RABBITMQ_CONFIG_FILES", "RABBITMQ_LOAD_DEFINITIONS", "RABBITMQ_SERVER_START_ARGS")


def _listens(here: Process) -> Iterator[Listening]:
    yield from by_default(here, 5672, 15672)


def _accepts(here: Process) -> Iterator[Accepted]:
    if not official(here, "rabbitmq"):
        return
    given = (text for name in _FILES if (text := here.lookup(name)) is not None and text.raw)
    found = brought(here, "/etc/rabbitmq") or next(given, None)
    if found is not None:
        reason = Reason("not-followed", "the configuration of RabbitMQ")
        yield from anything(("user", "password", "database"), "the configuration", reason, found)
        return
    name, owner = _or_default(here, "RABBITMQ_DEFAULT_USER", assumed(here, "guest"))
    yield user(name, owner)
    yield password(*_or_default(here, "RABBITMQ_DEFAULT_PASS", Text.assumed("guest")), cell(named(owner)))
    yield database(*_or_default(here, "RABBITMQ_DEFAULT_VHOST", assumed(here, "/")))


def _or_default(here: Process, name: str, default: Text) -> tuple[str, Text]:
    found, text = variable(here, name)
    return (found, text) if text is not None else (DEFAULT, default)


PROGRAMS = (
    Program(
        name="rabbitmq", commands=("rabbitmq-server",), images=("rabbitmq",), listens=_listens, accepts=_accepts,
        complete=False,
    ),
)  # fmt: skip
