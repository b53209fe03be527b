"""Caddy.

Sources: Caddy 2.6 documentation, "Global options" and "Addresses": a site with a host name is served on 443 and 80, one
of `:PORT` there, which is not read here. `reverse_proxy [MATCHER] UPSTREAM…` with `to UPSTREAM…` in its block,
`php_fastcgi` and `forward_auth` (modules/caddyhttp/reverseproxy): an upstream without host is this container, one
without port is port 80, or 443 behind `https://`. The image starts with /etc/caddy/Caddyfile.
"""

from collections.abc import Iterator
from itertools import takewhile

from configlint.formats.caddyfile import directives, filled
from configlint.formats.nginx import every
from configlint.model.cell import NULL, Interval, typed
from configlint.model.net.url import Parts, authority, parts
from configlint.model.text import Text
from configlint.programs.addresses import by_default
from configlint.programs.container_files import content
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Called, Listening, Program

_FILE = "/etc/caddy/Caddyfile"
_PASSING = frozenset({"reverse_proxy", "php_fastcgi", "forward_auth"})
_MATCHERS = ("/", "*", "@")
"""How a word begins that says which requests are meant."""


def _listens(here: Process) -> Iterator[Listening]:
    yield from by_default(here, 80, 443)


def _calls(here: Process) -> Iterator[Called]:
    named = values(here.args, "--config", "-c")
    text = content(here, named[-1].raw if named else _FILE, "caddy")
    if text is None:
        return
    for each in every(directives(filled(text, here.lookup))):
        if each.name.raw in _PASSING:
            # A block that does not begin at the end of a line is an error of which only the upstreams are known.
            words = [
                *takewhile(lambda word: word.raw != "{", each.args),
                *(word for inner in each.block if inner.name.raw == "to" for word in inner.args),
            ]
            for word in words:
                called = _called(each.name.raw, word) if not word.raw.startswith(_MATCHERS) else None
                if called is not None:
                    yield called


def _called(name: str, text: Text) -> Called | None:
    """An upstream; none that is a socket, has a placeholder or a range of ports."""
    if "{" in text.raw or text.raw.startswith(("unix/", "srv+")):
        return None
    if "://" in text.raw:
        found = parts(text)
        return Called(name=name, text=text, parts=found) if found is not None else None
    local = Text.assumed("localhost") + text if text.raw.startswith(":") else text
    address = authority(local)
    if address is None:
        return None
    host, port = address
    stated = not port.null
    usual = port if stated else typed(Interval(80, 80), host.text)
    made = Parts(scheme=NULL, host=host, port=usual, path=NULL, protocol="http", written_port=stated)
    return Called(name=name, text=text, parts=made)


PROGRAMS = (
    Program(name="caddy", commands=("caddy",), images=("caddy",), listens=_listens, calls=_calls, complete=False),
)
