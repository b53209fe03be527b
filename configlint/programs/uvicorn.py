"""uvicorn, and FastAPI's command line, which starts it.

Sources: uvicorn 0.54, `main.py` and `config.py`: an option wins over its variable UVICORN_…; the count of workers has
WEB_CONCURRENCY below that, which `--env-file` may set; while it reloads, one process runs. It listens on
127.0.0.1:8000, or on a socket alone. fastapi-cli 0.0.34, `cli.py`: `fastapi run` listens on 0.0.0.0, `fastapi dev` on
127.0.0.1, and reloads; the variable of the port is PORT, and the address has none.
"""

from collections.abc import Iterator

from configlint.model.decision import Decision, Statement
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.programs.addresses import EVERYWHERE, LOOPBACK, Setting, bound, value_of
from configlint.programs.applications import first_application, named_application
from configlint.programs.options import flag, options, values
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program
from configlint.programs.workers import (
    absent,
    by_option,
    by_switch,
    by_variable,
    concurrency,
    decision,
    doubts,
    unstated,
)

_PORT = Setting(option="--port", variable="UVICORN_PORT", default="8000")
_HOST = Setting(option="--host", variable="UVICORN_HOST", default=LOOPBACK)
_SOCKETS = ("--uds", "--fd")
_FILES = ("main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py")
"""Where FastAPI's command line looks for an application (fastapi-cli, `discover.py`)."""


def _workers(here: Process) -> Decision:
    reloads = flag(here.args, "--reload")
    own = here.lookup("UVICORN_WORKERS")
    found = [
        *by_option(options(here.args, "--workers"), "--workers"),
        *doubts(here.args),
        *(by_variable("UVICORN_WORKERS", own) if own is not None and own.raw else []),
        *(concurrency(here) or _from_env_file(here)),
    ]
    if reloads is not None and not (found and found[0].fatal):
        found.insert(0, by_switch("--reload", "--reload", reloads))
    return decision("uvicorn", found, absent(here.invocation))


def _from_env_file(here: Process) -> list[Statement]:
    """WEB_CONCURRENCY in the file of `--env-file`, which sets what is not set before."""
    named = values(here.args, "--env-file")
    if not named:
        return []
    path = here.locate(named[-1].raw).path if named[-1].known else None
    document = here.store.dotenv(path) if path is not None else None
    if document is None:
        return [unstated(Reason("foreign-file", str(named[-1])), named[-1], "option", "--env-file")]
    found = [one.value for one in document.bindings if one.name.raw == "WEB_CONCURRENCY" and one.value is not None]
    return by_variable("WEB_CONCURRENCY", found[-1]) if found else []


def _listens(here: Process) -> Iterator[Listening]:
    if not any(values(here.args, option) for option in _SOCKETS):
        yield bound(value_of(here, _HOST), value_of(here, _PORT))


def _application(here: Process) -> Application:
    return named_application(here, "uvicorn")


@record
class _Verb:
    """`fastapi run` or `fastapi dev`."""

    host: Setting
    reloads: bool


_VERBS = {
    "run": _Verb(host=Setting(option="--host", default=EVERYWHERE), reloads=False),
    "dev": _Verb(host=Setting(option="--host", default=LOOPBACK), reloads=True),
}
_FASTAPI_PORT = Setting(option="--port", variable="PORT", default="8000")


def _serves(here: Process) -> bool:
    return bool(here.args) and here.args[0].raw in _VERBS


def _fastapi_workers(here: Process) -> Decision:
    if _VERBS[here.args[0].raw].reloads:
        return decision("uvicorn", [by_switch("fastapi dev", "fastapi dev", here.args[0])], absent(here.invocation))
    return _workers(here.behind(1))


def _fastapi_listens(here: Process) -> Iterator[Listening]:
    behind = here.behind(1)
    yield bound(value_of(behind, _VERBS[here.args[0].raw].host), value_of(behind, _FASTAPI_PORT))


def _fastapi_application(here: Process) -> Application:
    named = [word.raw for word in here.args[1:] if word.raw.endswith(".py")]
    app = values(here.args, "--app")
    found = first_application(here, named or _FILES)
    return Application(entry=found.entry, app=app[-1].raw if app else "", root=found.root, reason=found.reason)


PROGRAMS = (
    Program(
        name="uvicorn", commands=("uvicorn",), workers=_workers, listens=_listens, application=_application,
        counting={"UVICORN_WORKERS": by_variable, "WEB_CONCURRENCY": by_variable},
    ),
    Program(
        name="fastapi", commands=("fastapi",), serves=_serves, workers=_fastapi_workers, listens=_fastapi_listens,
        application=_fastapi_application,
    ),
)  # fmt: skip
