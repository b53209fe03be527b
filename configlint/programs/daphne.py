"""Daphne.

Source: daphne 4.2.3, `cli.py` and `endpoints.py`; Twisted 24, `twisted.internet.endpoints.serverFromString`. It listens
on 127.0.0.1:8000 unless an address, a port, a socket or an endpoint is given; where one of address and port is given,
the other keeps its default. An endpoint is `tcp:port=8000:interface=0.0.0.0`, or `tcp:8000`, on every address.
"""

from collections.abc import Iterator

from configlint.model.cell import unknown
from configlint.model.text import Text
from configlint.programs.addresses import EVERYWHERE, LOOPBACK, Setting, assumed, bound, value_of
from configlint.programs.applications import named_application
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program

_PORT = Setting(option="--port", short="-p", default="8000")
_HOST = Setting(option="--bind", short="-b", default=LOOPBACK)


def _listens(here: Process) -> Iterator[Listening]:
    endpoints = values(here.args, "--endpoint", "-e")
    for text in endpoints:
        yield from _endpoint(here, text)
    sockets = values(here.args, "--unix-socket", "-u") or values(here.args, "--fd")
    given = values(here.args, "--bind", "-b") or values(here.args, "--port", "-p")
    if given or not (endpoints or sockets):
        yield bound(value_of(here, _HOST), value_of(here, _PORT))


def _endpoint(here: Process, text: Text) -> Iterator[Listening]:
    if not text.known:
        yield Listening(port=unknown(text.reason, text), address=unknown(text.reason, text))
        return
    kind, *parts = text.split(":")
    if kind.raw not in ("tcp", "tcp6", "ssl"):
        return
    named = {part.raw.partition("=")[0]: part for part in parts if "=" in part.raw}
    plain = [part for part in parts if "=" not in part.raw]
    port = _value(named.get("port")) or next(iter(plain), None)
    if port is not None:
        yield bound(_value(named.get("interface")) or assumed(here, EVERYWHERE), port)


def _value(part: Text | None) -> Text | None:
    return part[part.raw.index("=") + 1 :] if part is not None else None


def _application(here: Process) -> Application:
    return named_application(here, "daphne")


PROGRAMS = (Program(name="daphne", commands=("daphne",), listens=_listens, application=_application),)
