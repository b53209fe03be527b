"""Databases: PostgreSQL, MySQL and MariaDB, MongoDB, memcached. What they accept is in `database_images`.

Sources: PostgreSQL 16, `postgres --help`; docker-library/postgres sets `listen_addresses = '*'` in the file that it
makes, and a server that is started from it listens on 5432. MySQL 8 and MariaDB 11 server options; their images listen
on 3306 of every address. MongoDB 7, `mongod --help`; docker-library/mongo adds `--bind_ip_all`. memcached 1.6 `-h`.
"""

from collections.abc import Callable, Iterator
from functools import partial

from configlint.model.text import Text
from configlint.programs.addresses import EVERYWHERE, Setting, assumed, bound, value_of
from configlint.programs.database_images import mongo, mysql, postgres
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program


def _postgres(here: Process) -> Iterator[Listening]:
    """`-p PORT`, `-h ADDRESS`, `-c port=PORT`."""
    ports = values(here.args, "--port", "-p") or _set(here, "port")
    hosts = values(here.args, "--listen_addresses", "-h") or _set(here, "listen_addresses")
    host = hosts[-1] if hosts else assumed(here, "*")
    port = ports[-1] if ports else assumed(here, "5432")
    yield _bound(here, host, port, bool(ports))


def _set(here: Process, name: str) -> list[Text]:
    return [text[len(name) + 1 :] for text in values(here.args, "-c", "-c") if text.raw.startswith(f"{name}=")]


def _database(port: Setting, host: Setting, here: Process) -> Iterator[Listening]:
    yield _bound(here, value_of(here, host), value_of(here, port), bool(values(here.args, port.option, port.short)))


def _bound(here: Process, host: Text, port: Text, stated: bool) -> Listening:
    every = assumed(here, EVERYWHERE) if host.raw == "*" else host
    return bound(every, port, "command" if stated else "default")


def _options(port: str, host: str, default: str, short: str = "") -> Callable[[Process], Iterator[Listening]]:
    return partial(
        _database,
        Setting(option=port, short=short, default=default),
        Setting(option=host, default=EVERYWHERE),
    )


PROGRAMS = (
    Program(
        name="postgres", commands=("postgres",),
        images=("postgres", "postgis", "pgvector", "timescaledb", "timescaledb-ha"), listens=_postgres,
        accepts=postgres,
    ),
    Program(
        name="mysql", commands=("mysqld", "mariadbd", "mysqld_safe"), images=("mysql", "mariadb"),
        listens=_options("--port", "--bind-address", "3306", "-P"), accepts=mysql,
    ),
    Program(
        name="mongo", commands=("mongod",), images=("mongo",), listens=_options("--port", "--bind_ip", "27017"),
        accepts=mongo,
    ),
    Program(
        name="memcached", commands=("memcached",), images=("memcached",),
        listens=_options("--port", "--listen", "11211", "-p"),
    ),
)  # fmt: skip
