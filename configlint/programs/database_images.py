"""What the images of PostgreSQL, MySQL, MariaDB and MongoDB make at their first start: users, passwords, databases.

Sources: `docker-entrypoint.sh` of docker-library/postgres, /mysql, /mariadb and /mongo. An empty variable counts as one
that is not set; `NAME_FILE` names a file that holds the value.
"""

from collections.abc import Iterator

from configlint.model.cell import NULL, cell, unknown
from configlint.model.reason import Reason
from configlint.model.tables.words import CredentialPart
from configlint.model.text import Text
from configlint.programs.accepted import (
    DEFAULT,
    anything,
    brought,
    configured,
    database,
    named,
    official,
    password,
    user,
    variable,
)
from configlint.programs.addresses import assumed
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Accepted

ALWAYS_THERE = {
    "postgres": ("postgres", "template0", "template1"),
    "mysql": ("mysql", "information_schema", "performance_schema", "sys"),
}
"""Databases that a server has before anybody makes one."""
_SCRIPTS = "/docker-entrypoint-initdb.d"
_ACCOUNT: tuple[CredentialPart, ...] = ("user", "password")
_EVERY: tuple[CredentialPart, ...] = (*_ACCOUNT, "database")


def postgres(here: Process) -> Iterator[Accepted]:
    """One superuser, `postgres` by default, and a database of its name."""
    images = ("postgres", "postgis/postgis", "pgvector/pgvector", "timescale/timescaledb")
    if not official(here, *images) or not configured(here, "POSTGRES_"):
        return
    user_name, own = variable(here, "POSTGRES_USER")
    superuser = own if own is not None else assumed(here, "postgres")
    yield user(user_name if own is not None else DEFAULT, superuser)
    yield from _trusted(here, superuser)
    database_name, made = variable(here, "POSTGRES_DB")
    yield database(database_name if made is not None else DEFAULT, made if made is not None else superuser)
    yield from _scripts(here, "POSTGRES_MULTIPLE_DATABASES")


def _trusted(here: Process, superuser: Text) -> Iterator[Accepted]:
    """The password; any one with the method `trust`, and nobody knows where another file says who is let in."""
    name, secret = variable(here, "POSTGRES_PASSWORD")
    method = here.lookup("POSTGRES_HOST_AUTH_METHOD")
    file = next((text for text in values(here.args, "-c", "-c") if text.raw.startswith("hba_file")), None)
    doubt = file or brought(here, "/etc/postgresql") or (method if method is not None and not method.known else None)
    if method is not None and method.raw == "trust":
        yield Accepted(part="password", name="POSTGRES_HOST_AUTH_METHOD", value=NULL)
    elif doubt is not None or secret is None:
        reason = Reason("not-followed", "pg_hba.conf") if doubt is not None else Reason("unset", "POSTGRES_PASSWORD")
        yield from anything(("password",), name, reason, doubt if doubt is not None else here.program)
    else:
        yield password(name, secret, cell(named(superuser)))


def _scripts(here: Process, *variables: str) -> Iterator[Accepted]:
    """What scripts make at the first start is not read."""
    given = (text for name in variables if (text := here.lookup(name)) is not None and text.raw)
    found = brought(here, _SCRIPTS) or next(given, None)
    if found is not None:
        yield from anything(_EVERY, "the scripts of the first start", Reason("not-followed", _SCRIPTS), found)


def mysql(here: Process) -> Iterator[Accepted]:
    """`root`, and perhaps one user more. MariaDB's image knows both spellings, and takes its own one first."""
    if not official(here, "mysql", "mariadb") or not configured(here, "MYSQL_", "MARIADB_"):
        return
    prefixes = ("MARIADB", "MYSQL") if _is_mariadb(here) else ("MYSQL",)
    root = assumed(here, "root")
    yield user(DEFAULT, root)
    yield from _root_password(here, prefixes, root)
    name, own = variable(here, *(f"{prefix}_USER" for prefix in prefixes))
    if own is not None:
        yield user(name, own)
        secret_name, secret = variable(here, *(f"{prefix}_PASSWORD" for prefix in prefixes))
        if secret is not None:
            yield password(secret_name, secret, cell(named(own)))
    database_name, made = variable(here, *(f"{prefix}_DATABASE" for prefix in prefixes))
    if made is not None:
        yield database(database_name, made)
    yield from _scripts(here)


def _is_mariadb(here: Process) -> bool:
    return here.service is not None and here.service.repository.endswith("mariadb")


def _root_password(here: Process, prefixes: tuple[str, ...], root: Text) -> Iterator[Accepted]:
    name, secret = variable(here, *(f"{prefix}_ROOT_PASSWORD" for prefix in prefixes))
    empty = [
        text
        for prefix in prefixes
        for word in ("ALLOW_EMPTY_PASSWORD", "ALLOW_EMPTY_ROOT_PASSWORD")
        if (text := here.lookup(f"{prefix}_{word}")) is not None and text.raw
    ]
    if secret is not None:
        yield password(name, secret, cell(root))
    elif empty:
        yield password(name, Text.assumed(""), cell(root))
    else:
        yield Accepted(part="password", name=name, value=unknown(Reason("unset", name), here.program), user=cell(root))


def mongo(here: Process) -> Iterator[Accepted]:
    """A root user in the database `admin`, which switches authentication on. Databases are made at the first write."""
    if not official(here, "mongo"):
        return
    name, root = variable(here, "MONGO_INITDB_ROOT_USERNAME")
    secret_name, secret = variable(here, "MONGO_INITDB_ROOT_PASSWORD")
    if root is not None and secret is not None:
        yield user(name, root)
        yield password(secret_name, secret, cell(named(root)))
        found = brought(here, _SCRIPTS)
        if found is not None:
            yield from anything(_ACCOUNT, "the scripts of the first start", Reason("not-followed", _SCRIPTS), found)
