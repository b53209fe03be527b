"""Python programs that people start on their machine: which files are some, and what they find set."""

from typing import TYPE_CHECKING

from configlint.code.environments import Environment
from configlint.model.reason import Reason
from configlint.model.text import Text
from configlint.workspace.workspace import Workspace, directory

if TYPE_CHECKING:
    from configlint.formats.python.document import PythonDocument

_NOT_RUN = frozenset({"test", "tests", "testing", "e2e", "docs", "doc", "examples", "example", "samples", "benchmarks"})


def is_test(path: str) -> bool:
    """Whether a file is a test or an example, which runs in no service."""
    *directories, name = path.split("/")
    return name.startswith(("test_", "conftest")) or name.endswith("_test.py") or not _NOT_RUN.isdisjoint(directories)


def on_host(workspace: Workspace, document: "PythonDocument") -> Environment:
    """The variables of a script that loads the nearest `.env`; of another one, nothing is known to be set."""
    if "dotenv" not in document.content:
        return lambda name: None
    where = directory(document.path)
    while where and workspace.store.state(f"{where}/.env") == "missing":
        where = directory(where)
    path = f"{where}/.env" if where else ".env"
    loaded = workspace.store.dotenv(path)
    absent = workspace.store.state(path) == "ignored"

    def lookup(name: str) -> Text | None:
        for binding in reversed(loaded.bindings if loaded is not None else ()):
            if binding.name.raw == name:
                return binding.value
        return Text.unknown(Reason("ignored-file", path)) if absent else None

    return lookup
