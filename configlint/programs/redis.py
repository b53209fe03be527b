"""Redis and the servers that take its options: Valkey, KeyDB, Dragonfly.

Sources: Redis 7, `config.c` and redis.conf; docker-library/redis `docker-entrypoint.sh`, which starts redis-server with
options alone, and whose build turns protected mode off. `redis-server [FILE] [--SETTING VALUE…]`: of the file and the
options, the last one counts. It listens on port 6379 of every address, and with TLS on `tls-port` where
that is given; port 0 is none.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from configlint.model.cell import Cell, unknown
from configlint.model.net.url import port_cell
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.text import Place, Text
from configlint.programs.addresses import EVERYWHERE, address_cell, assumed
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program

_SETTING = regex(r"^[ \t]*(port|tls-port|bind)[ \t]+([^\r\n#]*[^\s#])", re.MULTILINE | re.IGNORECASE)
_EVERYWHERE = ("*", "-::*", "::", EVERYWHERE)


def _listens(here: Process) -> Iterator[Listening]:
    file = next((word for word in here.args if word.raw.endswith(".conf")), None)
    written = _in_file(here, file) if file is not None else {}
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


def _option(here: Process, name: str) -> Text | None:
    return next((after for word, after in pairwise(here.args) if word.raw == f"--{name}"), None)


def _in_file(here: Process, file: Text) -> dict[str, Text] | None:
    """The settings of a configuration file; None where it is not here."""
    path = here.file(file.raw) if file.known else ""
    content = here.shelf.text(path) if path else None
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
    ),
)
