"""A Python file as a document. Reading it costs nothing: its tree is built when a question needs it."""

import ast

from configlint.formats.python.comments import comments
from configlint.formats.python.source import Source
from configlint.model.document import Document, UnreadableError
from configlint.model.record import record

WORDS = (
    "environ", "getenv", "workers", "gunicorn", "uvicorn", "hypercorn", "BaseSettings", "dotenv", "decouple",
    "starlette", "FastAPI", "APIRouter", "Flask", "flask", "Blueprint", "aiohttp", "urlpatterns", "django", "requests",
    "httpx", "urllib", "websocket",
)  # fmt: skip
"""One of these stands in every file in which a server, a client or a read of the environment can be recognised."""


CALLERS = ("requests", "httpx", "aiohttp", "urllib", "websocket")
"""One of these stands in every module that calls a server by itself."""


@record
class PythonDocument(Document):
    source: Source

    @property
    def tree(self) -> ast.Module:
        """The parsed file. Raises `UnreadableError` where it is no Python 3."""
        return self.source.tree

    @property
    def problem(self) -> UnreadableError | None:
        """Why there is no tree, if there is none."""
        try:
            self.source.tree  # noqa: B018 - it is looked at for its error alone
        except UnreadableError as failure:
            return failure
        return None


def claims(path: str) -> bool:
    """Python files, and the legacy name of gunicorn's configuration."""
    return path.endswith((".py", "/gunicorn.conf")) or path == "gunicorn.conf"


def read(path: str, content: str) -> PythonDocument:
    return PythonDocument(
        path=path, content=content, comments=tuple(comments(path, content)), source=Source(path, content)
    )


def interesting(document: PythonDocument) -> bool:
    """Whether anything in a file can be of interest; where not, it need not be parsed."""
    return any(word in document.content for word in WORDS)
