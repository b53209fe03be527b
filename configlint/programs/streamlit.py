"""Streamlit.

Source: Streamlit 1.40, `config.py`: an option wins over its variable STREAMLIT_…, that over `.streamlit/config.toml`.
It listens on port 8501 of every address.
"""

from collections.abc import Iterator

from configlint.formats.yaml.nodes import Mapping, Node, Scalar
from configlint.model.reason import Reason
from configlint.model.text import Text
from configlint.programs.addresses import EVERYWHERE, Setting, bound, value_of
from configlint.programs.applications import located
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program

_FILE = ".streamlit/config.toml"
_PORT = Setting(option="--server.port", variable="STREAMLIT_SERVER_PORT", default="8501")
_HOST = Setting(option="--server.address", variable="STREAMLIT_SERVER_ADDRESS", default=EVERYWHERE)


def _listens(here: Process) -> Iterator[Listening]:
    path = here.file(_FILE)
    document = here.store.toml(path) if path else None
    root = document.root if document is not None else None
    server = root.get("server") if isinstance(root, Mapping) else None
    yield bound(value_of(here, _HOST, _written(server, "address")), value_of(here, _PORT, _written(server, "port")))


def _written(server: Node | None, name: str) -> Text | None:
    found = server.get(name) if isinstance(server, Mapping) else None
    return found.text if isinstance(found, Scalar) else None


def _application(here: Process) -> Application | None:
    for word in here.args:
        path = located(here, word.raw) if word.raw.endswith(".py") else ""
        if path:
            return Application(entry=path, root=path.rpartition("/")[0], reason=Reason("unread-routes", "Streamlit"))
    return None


PROGRAMS = (Program(name="streamlit", commands=("streamlit",), listens=_listens, application=_application),)
