"""Calls as rows: what is spoken, to which path, and where the call stands."""

from configlint.model.cell import NULL, Cell, PathPattern, typed
from configlint.model.record import replace
from configlint.model.tables import Url
from configlint.model.text import UNKNOWN, Place, Text

_REFUSABLE = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
"""Methods that a route takes only where it says so. HEAD and OPTIONS are answered by some frameworks unasked."""


def called(row: Url, protocol: str, method: str, call: Place, *, follows: bool = True) -> Url:
    """The row of an address as that of a call, which stands at `call` and speaks `protocol`.

    `follows`: whether the client goes where a server redirects it. One that opens a WebSocket never does.
    Where it has no path, nobody can be told wrong: others may add one to it.
    """
    method = "WS" if protocol == "ws" else method or "HTTP"
    path = row.path.text
    if not path.raw.strip("/"):
        return replace(row, method=method)
    place = _place(path, call)
    at, shown = Text.exactly("", place), Text.written(str(path), place)
    if not call.holds(place):
        at, shown = at.through(call), shown.through(call)
    spoken = _spoken(row.scheme, path, at)
    pattern = _pattern(path.raw, follows=follows and protocol != "ws")
    return replace(
        row, method=method, at=at, client=typed(protocol, at), spoken=spoken,
        verb=typed(method, at) if method in _REFUSABLE else NULL, does=_does(protocol, spoken),
        path=typed(pattern, shown.as_secret() if path.secret else shown),
    )  # fmt: skip


def _does(protocol: str, spoken: Cell) -> str:
    does = "opens a WebSocket" if protocol == "ws" else "is an HTTP request"
    article = "an" if spoken.value == "http" else "a"
    mixed = spoken.value is not None and spoken.value != protocol
    return f"{does} at {article} {spoken.value}:// address" if mixed else does


def _place(path: Text, call: Place) -> Place:
    """The literal of the path: the first one in the call, else the last one that a name or a caller hands to it."""
    inside = [place for place in path.places if call.holds(place)]
    handed = [run.place for run in path.runs if run.place and run.literal is not None and run.raw.strip("/")]
    return next(iter((*inside, *reversed(handed))), call)


def _spoken(scheme: Cell, path: Text, at: Text) -> Cell:
    """http or ws, by the scheme; its text is the scheme without the `s` of the secure form.

    A base to which the call adds its path serves other calls with their schemes, so that there the call is to blame.
    """
    written = str(scheme.value or "")
    plain = written.removesuffix("s") if written in ("https", "wss") else written
    if plain not in ("http", "ws"):
        return NULL
    return typed(plain, scheme.text[: len(plain)] if _together(scheme.text, path) else at)


def _together(one: Text, two: Text) -> bool:
    """Whether some of both stands in one literal."""
    literals = {run.literal.place for run in one.runs if run.literal is not None}
    return any(run.literal is not None and run.literal.place in literals for run in two.runs)


def _pattern(raw: str, *, follows: bool) -> PathPattern:
    """A path that ends with something unknown may go on with further segments."""
    segments = PathPattern.of(raw).segments
    if raw.rstrip("/").endswith(UNKNOWN):
        return PathPattern(segments, True)
    return PathPattern(segments, slash=raw.endswith("/"), redirects=follows)
