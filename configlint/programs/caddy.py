"""Caddy.

Source: Caddy 2.6 documentation, "Global options" and "Addresses": a site with a host name is served on 443 and 80, one
of `:PORT` there; what the Caddyfile says beyond that is not read here.
"""

from collections.abc import Iterator

from configlint.programs.addresses import by_default
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program


def _listens(here: Process) -> Iterator[Listening]:
    yield from by_default(here, 80, 443)


PROGRAMS = (Program(name="caddy", commands=("caddy",), images=("caddy",), listens=_listens, complete=False),)
