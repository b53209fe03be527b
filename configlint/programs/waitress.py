"""waitress.

Source: waitress 3.0.2, `runner.py` and `adjustments.py`. It has threads and no worker processes. It listens on
0.0.0.0:8080, on each `--listen` in its place (`*` is every address), or on the socket of `--unix-socket`.
"""

from collections.abc import Iterator

from configlint.model.text import Text
from configlint.programs.addresses import EVERYWHERE, Setting, bound, pair, value_of
from configlint.programs.applications import named_application
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program

_PORT = Setting(option="--port", default="8080")
_HOST = Setting(option="--host", default=EVERYWHERE)


def _listens(here: Process) -> Iterator[Listening]:
    listed = values(here.args, "--listen")
    # Each may hold several, apart by blanks (`aslist`).
    for text in (part for each in listed for part in _listed(each)):
        yield pair(here, text, "8080")
    if not listed and not values(here.args, "--unix-socket"):
        yield bound(value_of(here, _HOST), value_of(here, _PORT))


def _listed(text: Text) -> list[Text]:
    return [part for part in text.split(" ") if part.raw]


def _application(here: Process) -> Application:
    return named_application(here, "waitress")


PROGRAMS = (Program(name="waitress", commands=("waitress-serve",), listens=_listens, application=_application),)
