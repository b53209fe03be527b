"""Granian.

Source: granian 2.8.9, `cli.py`. Every option has a variable GRANIAN_…, over which it wins. It listens on
127.0.0.1:8000, or on the socket of `--uds` alone, and runs one worker. A module without `:app` is served by its `app`.
"""

from collections.abc import Iterator

from configlint.model.decision import Decision
from configlint.programs.addresses import LOOPBACK, Setting, bound, value_of
from configlint.programs.applications import named_application
from configlint.programs.options import options, values
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program
from configlint.programs.workers import absent, by_option, by_variable, concurrency, decision, doubts

_PORT = Setting(option="--port", variable="GRANIAN_PORT", default="8000")
_HOST = Setting(option="--host", variable="GRANIAN_HOST", default=LOOPBACK)


def _workers(here: Process) -> Decision:
    found = [
        *by_option(options(here.args, "--workers"), "--workers"),
        *doubts(here.args),
        *concurrency(here, "GRANIAN_WORKERS"),
    ]
    return decision("granian", found, absent(here.invocation), none_is_one=False)


def _listens(here: Process) -> Iterator[Listening]:
    if not values(here.args, "--uds") and here.lookup("GRANIAN_UDS") is None:
        yield bound(value_of(here, _HOST), value_of(here, _PORT))


def _application(here: Process) -> Application:
    return named_application(here, "granian", "app")


PROGRAMS = (
    Program(
        name="granian", commands=("granian",), workers=_workers, listens=_listens, application=_application,
        counting={"GRANIAN_WORKERS": by_variable},
    ),
)  # fmt: skip
