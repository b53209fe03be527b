"""A part of a value, for rules of the user's own: of a URL, of `host:port`, or of an image reference."""

from configlint.formats import part as written
from configlint.model.cell import Cell, unknown
from configlint.model.net.url import authority, usual_port
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.selector import Part
from configlint.model.text import UNKNOWN, Literal, Text, joined

_REFERENCE = regex(r"\$\{(?P<name>\w*)[^{}]*\}")
_SCHEME = regex(rf"(?:jdbc:)?(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*|{UNKNOWN})://")
_AUTHORITY_END = regex(r"[/?#]")
_IMAGE = regex(rf"[\w{UNKNOWN}][\w./:@+{UNKNOWN}-]*")


@record
class _Url:
    """`user` and `password` are None where none is written; `middle` is what both stand in, with the authority."""

    scheme: Text
    middle: Text
    user: Text | None
    password: Text | None
    authority: Text
    path: Text


def without_references(text: Text) -> Text:
    """The text, every `${NAME}` in it unknown: what it stands for depends on who reads the file."""
    if "${" not in text.raw:
        return text
    parts, at = [], 0
    for found in _REFERENCE.finditer(text.raw):
        reason = Reason("reference", found["name"])
        parts += [text[at : found.start()], Text.unknown(reason, text[found.start() : found.end()].place)]
        at = found.end()
    return joined(part for part in (*parts, text[at:]) if part.raw)


def part(text: Text, name: Part) -> Cell:
    """The part `name` of a text; null where it is not there, unknown where the text can have none."""
    url = _url(text)
    if url is not None:
        return _of_url(url, name)
    if name in ("name", "tag"):
        return _of_image(text, name)
    if name in ("host", "port"):
        return _of_address(text, name)
    return unknown(text.reason or Reason("no-part", name), text)


def _url(text: Text) -> _Url | None:
    raw = text.raw
    found = _SCHEME.match(raw)
    if found is None:
        return None
    stop = _AUTHORITY_END.search(raw, found.end())
    end = stop.start() if stop is not None else len(raw)
    at = raw.rfind("@", found.end(), end)
    info = text[found.end() : at] if at >= 0 else None
    colon = info.raw.find(":") if info is not None else -1
    signs = [place for sign in "?#" if (place := raw.find(sign, end)) >= 0]
    return _Url(
        scheme=text[slice(*found.span("scheme"))],
        middle=text[found.end() : end],
        user=info[:colon] if info is not None and colon >= 0 else info,
        password=info[colon + 1 :] if info is not None and colon >= 0 else None,
        authority=text[max(at + 1, found.end()) : end],
        path=text[end : min(signs, default=len(raw))],
    )


def _of_url(url: _Url, name: Part) -> Cell:
    if name in ("host", "port"):
        return _of_address(url.authority, name, (url.scheme.value or "").lower().partition("+")[0])
    if name == "tag":
        return unknown(Reason("no-part", name), url.scheme)
    if name == "name":
        return _found(url.path[1:], "segment") if len(url.path) > 1 else _absent(url.middle)
    texts = {"scheme": url.scheme, "user": url.user, "password": url.password, "path": url.path}
    text = texts[name]
    return _found(text, name) if text is not None and text.raw else _absent(url.middle)


def _of_address(text: Text, name: Part, scheme: str = "") -> Cell:
    """Host or port of `host[:port]`, of a bare port, or of `:port`."""
    raw = text.raw
    digits = raw.removeprefix(":")
    if digits.isascii() and digits.isdecimal() and not scheme:
        return _found(text[len(raw) - len(digits) :], name) if name == "port" else _absent(text)
    found = authority(text)
    if found is None:
        return unknown(text.reason or Reason("no-part", name), text) if raw else _absent(text)
    host, port = found
    if name == "host":
        # In brackets there is room for an IPv6 address alone.
        return Cell(value=host.value, text=_readable(host.text)) if raw.startswith("[") else _found(host.text, name)
    if not port.null:
        return _found(port.text, name)
    usual = usual_port(scheme)
    known = usual is not None and text.known
    return Cell(value=str(usual), text=_insertion(text, "port")) if known else _absent(text)


def _of_image(text: Text, name: Part) -> Cell:
    """Source: the grammar of references in github.com/distribution/reference; without a tag docker takes `latest`."""
    raw = text.raw
    if _IMAGE.fullmatch(raw) is None:
        return unknown(text.reason or Reason("no-part", name), text)
    pinned = raw.find("@")
    body = text[:pinned] if pinned >= 0 else text
    colon = body.raw.find(":", body.raw.rfind("/") + 1)
    if name == "name":
        return _found(body[:colon] if colon >= 0 else body, name)
    if colon >= 0:
        return _found(body[colon + 1 :], name)
    if pinned >= 0:
        return unknown(Reason("no-part", name), text)
    return Cell(value="latest", text=_insertion(body, "tag")) if body.known else unknown(body.reason, text)


def _found(text: Text, name: str) -> Cell:
    """A part that an edit rewrites alone."""
    if text.value is None:
        return Cell(value=None, text=text)
    site = text.site
    if site is not None and site.place is not None:
        literal = Literal(place=site.place, inner=site.place, style=written.STYLE + name)
        text = Text((site.but(literal=literal),))
    return Cell(value=written.decoded(name, text.raw), text=text)


def _readable(text: Text) -> Text:
    return Text(run.but(literal=None) for run in text.runs)


def _absent(near: Text) -> Cell:
    """Null, seen where the part would be; unknown where what is not known may hold it."""
    return Cell(value=None, text=_readable(near[len(near) :])) if near.known else unknown(near.reason, near)


def _insertion(text: Text, name: str) -> Text:
    """Zero characters at the end of a text, where a part that is left out would be written after a colon."""
    site = text[len(text) :].site
    if site is None or site.place is None:
        return _readable(text[len(text) :])
    literal = Literal(place=site.place, inner=site.place, style=written.STYLE + name, before=":")
    return Text((site.but(literal=literal),))
