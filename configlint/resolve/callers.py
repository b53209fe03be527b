"""Calls as rows: what is spoken, to which path, and where the call stands."""

from dataclasses import replace

from configlint.model.cell import NULL, Cell, PathPattern, typed
from configlint.model.record import record
from configlint.model.tables import Url
from configlint.model.text import UNKNOWN, Place, Text


@record
class Columns:
    """The columns of `Url` that a call has besides those of its address (see there)."""

    at: Text
    client: Cell
    spoken: Cell
    path: Cell


def called(row: Url, protocol: str, method: str, call: Place) -> Url:
    """The row of an address as that of a call, which stands at `call`. Without a path nothing can be said of it."""
    found = columns(row.scheme, row.path, protocol, call)
    method = "WS" if protocol == "ws" else method or "HTTP"
    if found is None:
        return replace(row, method=method)
    return replace(row, method=method, at=found.at, client=found.client, spoken=found.spoken, path=found.path)


def columns(scheme: Cell, written: Cell, protocol: str, call: Place) -> Columns | None:
    """The columns by the scheme and the path of an address; None where no path is written."""
    path = written.text
    if not path.raw.strip("/"):
        return None
    at = Text.exactly("", _place(path, call))
    return Columns(
        at=at,
        client=typed(protocol, Text.exactly("", at.place or call)),
        spoken=_spoken(scheme),
        path=typed(_pattern(path.raw), Text.written(str(path), at.place or call)),
    )


def _place(path: Text, call: Place) -> Place:
    """The literal of the path if it stands in the call, else the call."""
    inside = [place for place in path.places if call.holds(place)]
    return inside[0] if inside else call


def _spoken(written: Cell) -> Cell:
    """http or ws, by the scheme; its text is the scheme without the `s` of the secure form."""
    scheme = str(written.value or "")
    plain = scheme.removesuffix("s") if scheme in ("https", "wss") else scheme
    return typed(plain, written.text[: len(plain)]) if plain in ("http", "ws") else NULL


def _pattern(raw: str) -> PathPattern:
    """A path that ends with something unknown may go on with further segments."""
    pattern = PathPattern.of(raw)
    return PathPattern(pattern.segments, True) if raw.rstrip("/").endswith(UNKNOWN) else pattern
