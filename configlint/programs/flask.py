"""Flask's development server.

Source: Flask 3.1, `cli.py`. Options of `flask run` win over FLASK_RUN_HOST and FLASK_RUN_PORT; it listens on
127.0.0.1:5000. The application is that of `--app` or FLASK_APP, else of the first of `wsgi.py` and `app.py`.
"""

from collections.abc import Iterator

from configlint.programs.addresses import LOOPBACK, Setting, bound, value_of
from configlint.programs.applications import first_application, module_application
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program

_PORT = Setting(option="--port", short="-p", variable="FLASK_RUN_PORT", default="5000")
_HOST = Setting(option="--host", short="-h", variable="FLASK_RUN_HOST", default=LOOPBACK)
_FILES = ("wsgi.py", "app.py")


def _serves(here: Process) -> bool:
    return any(word.raw == "run" for word in here.args)


def _listens(here: Process) -> Iterator[Listening]:
    yield bound(value_of(here, _HOST), value_of(here, _PORT))


def _application(here: Process) -> Application:
    given = values(here.args, "--app", "-A")
    named = given[-1] if given else here.lookup("FLASK_APP")
    if named is None or not named.raw:
        return first_application(here, _FILES)
    module, _, app = named.raw.partition(":")
    return module_application(here, module.removesuffix(".py").strip("/").replace("/", "."), app)


PROGRAMS = (Program(name="flask", commands=("flask",), serves=_serves, listens=_listens, application=_application),)
