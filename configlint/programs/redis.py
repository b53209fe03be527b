"""Redis and the servers that take its options: Valkey, KeyDB, Dragonfly.

Sources: Redis 7, `config.c` and redis.conf; docker-library/redis `docker-entrypoint.sh`, which starts redis-server with
options alone, and whose build turns protected mode off. `redis-server [FILE] [--SETTING VALUE…]`: of the file and the
options, the last one counts. It listens on port 6379 of every address, and with TLS on `tls-port` where
that is given; port 0 is none. `requirepass` is the password of the user `default`; without it a password is refused,
too. There are 16 databases unless `databases` says otherwise.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from configlint.model.cell import Cell, Interval, cell, typed, unknown
from configlint.model.net.url import port_cell
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.tables.words import CredentialPart
from configlint.model.text import Place, Text
from configlint.programs.accepted import DEFAULT, anything, official, password, user
from configlint.programs.addresses import EVERYWHERE, address_cell, assumed
from configlint.programs.options import doubtful
from configlint.programs.process import Process
from configlint.programs.program import Accepted, Listening, Program

_SETTING = regex(
    r"^[ \t]*(port|tls-port|bind|requirepass|databases|aclfile|user|include)[ \t]+([^\r\n#]*[^\s#])",
    re.MULTILINE | re.IGNORECASE,
)
_IMAGES = ("redis", "valkey/valkey")
_PARTS: tuple[CredentialPart, ...] = ("user", "password", "database")
_EVERYWHERE = ("*", "-::*", "::", EVERYWHERE)


def _listens(here: Process) -> Iterator[Listening]:
    file, written = _configuration(here)
    if written is None:
        reason = Reason("foreign-file", str(file))
        yield Listening(port=unknown(reason, file), address=unknown(reason, file), purpose="redis")
        return
    plain, tls, address = (_option(here, name) or written.get(name) for name in ("port", "tls-port", "bind"))
    for port in (plain if plain is not None else assumed(here, "6379"), tls):
        if port is not None and port.raw != "0":
            yield Listening(port=port_cell(port), address=_address(here, address), purpose="redis")


def _address(here: Process, text: Text | None) -> Cell:
    """The widest of several addresses: of `127.0.0.1 192.168.0.5` some caller reaches the second one."""
    if text is None:
        return address_cell(assumed(here, EVERYWHERE))
    every = [part[1:] if part.raw.startswith("-") and part.raw not in _EVERYWHERE else part for part in text.split(" ")]
    given = [part for part in every if part.raw]
    outer = [part for part in given if not part.raw.startswith("127.") and part.raw not in ("::1", "localhost")]
    widest = (outer or given or [assumed(here, EVERYWHERE)])[0]
    return address_cell(assumed(here, EVERYWHERE) if widest.raw in _EVERYWHERE else widest)


def _configuration(here: Process) -> tuple[Text | None, dict[str, Text] | None]:
    """The configuration file that is named, and its settings: none without a file, None where it is not here."""
    file = next((word for word in here.args if word.raw.endswith(".conf")), None)
    return file, _in_file(here, file) if file is not None else {}


_USERS = ("aclfile", "user", "include")
"""Settings that bring users of which nothing is read here."""
_LAST_DATABASE = 15


def _accepts(here: Process) -> Iterator[Accepted]:
    """An image that is built here, or that is not Redis's own, may start Redis with more than its command says."""
    file, written = _configuration(here)
    doubt = next(doubtful(here.args), None)
    if not official(here, *_IMAGES) and not _option(here, "requirepass"):
        return
    if written is None or doubt is not None:
        at = file if file is not None and written is None else doubt or Text()
        yield from anything(_PARTS, "redis.conf", Reason("not-followed", str(at)), at)
        return
    said = {name: _option(here, name) or written.get(name) for name in (*_USERS, "requirepass", "databases")}
    more = next((text for name in _USERS if (text := said[name]) is not None), None)
    if more is not None:
        yield from anything(_PARTS, "the access list", Reason("not-followed", "the access list"), more)
        return
    default = assumed(here, "default")
    yield user(DEFAULT, default)
    secret = said["requirepass"]
    if secret is not None:
        yield password("requirepass", _unquoted(secret), cell(default))
    else:
        yield password(DEFAULT, Text.assumed(""), cell(default))
    count = said["databases"]
    last = _last(count)
    value = unknown(Reason("not-followed", "databases"), count) if last is None else typed(Interval(0, last), Text())
    yield Accepted(part="database", name="databases", value=value)


def _last(count: Text | None) -> int | None:
    if count is None:
        return _LAST_DATABASE
    number = int(count.raw[:9]) if count.known and count.raw.isdecimal() else 0
    return number - 1 if number > 0 else None


def _unquoted(text: Text) -> Text:
    raw = text.raw
    return text[1:-1] if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'" else text


def _option(here: Process, name: str) -> Text | None:
    return next((after for word, after in pairwise(here.args) if word.raw == f"--{name}"), None)


def _in_file(here: Process, file: Text) -> dict[str, Text] | None:
    """The settings of a configuration file; None where it is not here."""
    path = here.file(file.raw) if file.known else ""
    content = here.store.text(path) if path else None
    if content is None:
        return None
    return {
        found[1].lower(): Text.exactly(found[2], Place(path, *found.span(2))) for found in _SETTING.finditer(content)
    }


PROGRAMS = (
    Program(
        name="redis",
        commands=("redis-server", "valkey-server", "keydb-server", "dragonfly"),
        images=("redis", "valkey", "keydb", "dragonfly", "redis-stack", "redis-stack-server"),
        listens=_listens,
        accepts=_accepts,
    ),
)
