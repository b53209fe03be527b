"""What frameworks make of a slash at the end of a path.

Tried with FastAPI 0.165 and Flask 3.1: Starlette sends a client from one form to the other (307), but refuses a
WebSocket; Flask does so from `/b` to `/b/` (308), while `/a/` is not `/a`. aiohttp takes the written form alone.
"""

from configlint.code.python.routes.model import Protocol
from configlint.model.cell import PathPattern
from configlint.model.text import UNKNOWN, Text

LENIENT = ("strict_slashes", "redirect_slashes", "normalize_path_middleware")
"""Settings that change this. Where one of them stands, nobody is told wrong."""


def ended(pattern: PathPattern, path: Text, framework: str, protocol: Protocol) -> PathPattern:
    """The pattern of a route with the end that its path has; `path` is what the registration writes."""
    if framework not in _REDIRECTING or pattern.rest or not pattern.segments or path.raw.endswith(UNKNOWN):
        return pattern
    slash = path.raw.endswith("/")
    redirects = protocol == "http" and slash in _REDIRECTING[framework]
    return PathPattern(pattern.segments, slash=slash, redirects=redirects)


_REDIRECTING = {"starlette": (True, False), "flask": (True,), "sockets": (), "aiohttp": ()}
"""By framework, the ends to which it sends clients that ask for the other form."""
