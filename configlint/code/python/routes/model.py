"""What the frameworks' readers find: applications, and what is registered on them."""

import ast
from collections.abc import Sequence

from configlint.code.language import WebProtocol
from configlint.code.python.scope import Scope
from configlint.model.cell import PathPattern
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Place, Text

BOTH: tuple[WebProtocol, ...] = ("http", "ws")
ROOT = PathPattern(())
DEEPEST = 50
"""How many routers, mounts and middlewares are followed, each in the next one: Python ends at 1000 calls."""
TOO_DEEP = Reason("too-deep", "an included router")


@record
class Registered:
    """A route as it is registered on an application or router; `pattern` is None where its path is not known."""

    methods: tuple[str, ...]
    protocols: tuple[WebProtocol, ...]
    pattern: PathPattern | None
    path: Text
    place: Place


@record
class Included:
    """An application or router that another one serves below `prefix`, which is None where it is not known.

    With `replaces`, the prefix stands instead of the one that the router itself states.
    """

    child: ast.expr
    scope: Scope
    prefix: PathPattern | None
    place: Place
    replaces: bool = False


@record
class Unseen:
    """Something that may serve paths which cannot be read."""

    reason: Reason


Entry = Registered | Included | Unseen


@record
class Application:
    """An application or router, and what the call that makes it registers by itself.

    What is no `root` serves nothing until it is included; its `prefix` is what it states to stand before its paths.
    """

    framework: str
    module: str
    prefix: PathPattern | None = ROOT
    root: bool = False
    entries: Sequence[Entry] = ()


def below(prefix: PathPattern, pattern: PathPattern) -> PathPattern:
    """The pattern of a path below a prefix."""
    if prefix.rest:
        return prefix
    return PathPattern(prefix.segments + pattern.segments, pattern.rest)


def anything_below(prefix: PathPattern) -> PathPattern:
    return PathPattern(prefix.segments, True)
