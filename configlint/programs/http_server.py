"""`python -m http.server [port] [--bind address]`.

Source: Python 3.13, `http/server.py`: port 8000 of every address.
"""

from collections.abc import Iterator

from configlint.programs.addresses import EVERYWHERE, Setting, assumed, bound, value_of
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program

_HOST = Setting(option="--bind", short="-b", default=EVERYWHERE)


def _listens(here: Process) -> Iterator[Listening]:
    port = next((word for word in here.args if word.raw.isdecimal()), None)
    yield bound(value_of(here, _HOST), port if port is not None else assumed(here, "8000"))


PROGRAMS = (Program(name="http.server", commands=("http.server",), listens=_listens),)
