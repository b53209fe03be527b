"""Who has to do with a port or a URL: who publishes it, who listens or serves there, who calls it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from configlint.explain.why.answer import Entry, Part, Role
from configlint.explain.why.stated import spans
from configlint.model.cell import Cell, Interval, PathPattern, same
from configlint.model.database import Tables
from configlint.model.net.hosts import host_class, normal
from configlint.model.net.url import authority, parts, port_cell
from configlint.model.record import record
from configlint.model.tables import EVERY_STACK, HostName, Listener, Port, Route, Row, Url
from configlint.model.text import Text

_TABLES = ("hosts", "ports", "listeners", "routes", "urls")
_UNSAID = ("publish", "unknown")
"""Sources of listeners that say nothing of their own."""
_ON_THE_HOST = ("loopback", "unspecified", "lan", "emulator", "docker")


_MEDIA = ("rtc", "turn")

Involved = Callable[[Sequence[Row]], Iterator[Part]]


@record
class Address:
    """The URL that is asked about. What is None was not named, and fits all."""

    host: str | None
    port: Cell | None
    path: PathPattern | None


def ports(key: str) -> Interval | None:
    """The port, or the range of ports, that a key is: `8000`, `:8000`, `7882/udp`, `50000-60000`."""
    found = port_cell(Text.assumed(key.removeprefix(":").partition("/")[0])).value
    return found if isinstance(found, Interval) else None


def address(key: str) -> Address | None:
    """The URL that a key is: whole, a path, or `host:port` with or without a path."""
    if key.startswith("/"):
        return Address(host=None, port=None, path=_pattern(key))
    if "://" in key:
        found = parts(Text.assumed(key))
        if found is None or found.host.value is None:
            return None
        path = _pattern(found.path.text.raw) if found.path.text.raw.strip("/") else None
        return Address(
            host=normal(str(found.host.value)), port=found.port if found.port.value is not None else None, path=path
        )
    bare, _, path_ = key.partition("/")
    pair = authority(Text.assumed(bare)) if ":" in bare else None
    if pair is None or pair[1].value is None:
        return None
    return Address(host=normal(str(pair[0].value)), port=pair[1], path=_pattern(path_) if path_ else None)


def _pattern(path: str) -> PathPattern:
    return PathPattern.of(path.partition("?")[0].partition("#")[0])


def of_port(tables: Tables, asked: Interval) -> list[Entry]:
    """An entry for each stack in which somebody publishes the port, listens on it or calls it."""
    wanted = Cell(value=asked, text=Text.assumed(str(asked)))

    def involved(rows: Sequence[Row]) -> Iterator[Part]:
        for row in rows:
            if isinstance(row, Port) and (same(row.published, wanted) is True or same(row.target, wanted) is True):
                yield _publishes(row)
            elif isinstance(row, Listener) and same(row.port, wanted) is True and row.source not in _UNSAID:
                yield _listens(row)
            elif isinstance(row, Url) and same(row.port, wanted) is True:
                yield _calls(row, row.url.text)

    return [Entry(kind="port", stack=stack, name=str(asked), parts=found) for stack, found in _each(tables, involved)]


def of_url(tables: Tables, key: str, wanted: Address) -> list[Entry]:
    """An entry for each stack in which somebody calls the URL or serves it."""

    def involved(rows: Sequence[Row]) -> Iterator[Part]:
        yield from _answers(rows, wanted)
        for row in rows:
            if isinstance(row, Url) and _is_called(row, wanted):
                yield _calls(row, row.path.text if wanted.path is not None and row.path.text.place else row.url.text)

    return [Entry(kind="url", stack=stack, name=key, parts=found) for stack, found in _each(tables, involved)]


def _each(tables: Tables, involved: Involved) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The parts in each stack. What belongs to no stack is told with the only one that has a part, else by itself."""
    rows = [row for table in _TABLES for row in tables[table]]
    stacks = list(dict.fromkeys(row.stack for row in rows if row.stack != EVERY_STACK))
    concerned = [stack for stack in stacks if any(involved([row for row in rows if row.stack == stack]))]
    if len(concerned) == 1:
        yield concerned[0], tuple(involved([row for row in rows if row.stack in (concerned[0], EVERY_STACK)]))
        return
    for stack in (*concerned, EVERY_STACK):
        found = tuple(involved([row for row in rows if row.stack == stack]))
        if found:
            yield stack, found


def _answers(rows: Sequence[Row], wanted: Address) -> Iterator[Part]:
    """Who is reached: the services of that name, those that publish the port on the host, and the routes of both."""
    named = {row.service for row in rows if isinstance(row, HostName) and normal(str(row.name.value)) == wanted.host}
    outside = wanted.host is not None and not named and host_class(wanted.host) in _ON_THE_HOST
    published = [row for row in rows if isinstance(row, Port) and outside and _fits(row.published, wanted.port)]
    yield from map(_publishes, published)
    for service in sorted(named):
        yield from _listening([row for row in _listeners(rows) if row.service == service], wanted.port)
    reached = named | {row.service for row in published}
    routes = [row for row in rows if isinstance(row, Route) and (wanted.host is None or row.service in reached)]
    for route in routes:
        pattern = route.path.value
        if wanted.path is not None and isinstance(pattern, PathPattern) and pattern.same(wanted.path):
            yield _part("serves", route, route.path.text, by=route.method or str(route.protocol))


def _listeners(rows: Iterable[Row]) -> list[Listener]:
    return [row for row in rows if isinstance(row, Listener) and row.source not in _UNSAID]


def _listening(rows: Sequence[Listener], port: Cell | None) -> Iterator[Part]:
    """The listeners on a port; where there is none, those on other ports, which say so."""
    there = [row for row in rows if _fits(row.port, port)]
    if there:
        yield from map(_listens, there)
    else:
        others = [row for row in rows if row.port.value is not None and row.purpose not in _MEDIA]
        yield from (_listens(row, f"on {row.port}, not on {port}") for row in others)


def _fits(one: Cell, wanted: Cell | None) -> bool:
    return wanted is None or same(one, wanted) is True


def _is_called(row: Url, wanted: Address) -> bool:
    """Whether somebody calls just this. Who is given no path adds one, so that it may be any."""
    if wanted.host is not None and (row.host.value is None or normal(str(row.host.value)) != wanted.host):
        return False
    if not _fits(row.port, wanted.port):
        return False
    path = row.path.text.raw.strip("/")
    if wanted.path is None or not path:
        return wanted.host is not None
    return wanted.path.same(PathPattern.of(path))


def _publishes(row: Port) -> Part:
    note = f"its port {row.target} as {row.published}" if same(row.published, row.target) is not True else ""
    return _part("publishes", row, row.at, note=note)


def _listens(row: Listener, note: str = "") -> Part:
    return _part("exposes" if row.source == "expose" else "listens", row, row.port.text, note=note)


def _calls(row: Url, text: Text) -> Part:
    """A call where `text` stands, by the name that holds it. The note says whom it reaches, where that is known."""
    where = {"known": f"reaches {row.target}", "no-such-host": "no service has that name"}
    note = "" if row.target.value == row.service else where.get(row.target_state, "")
    return _part("calls", row, text, by=row.name, note=note)


def _part(role: Role, row: Row, text: Text, *, by: str = "", note: str = "") -> Part:
    where = spans(text)
    return Part(role=role, text=text, place=where[0] if where else row.at.place, by=by, service=row.service, note=note)


def known_ports(tables: Tables) -> list[Interval]:
    """Every port that somebody publishes, listens on or calls."""
    cells = [row.published for row in tables["ports"] if isinstance(row, Port)]
    cells += [row.port for table in ("listeners", "urls") for row in tables[table] if isinstance(row, Listener | Url)]
    return sorted({cell.value for cell in cells if isinstance(cell.value, Interval)})


def known_urls(tables: Tables) -> list[str]:
    """Every URL that somebody calls and that may be shown."""
    known = (row.url for row in tables["urls"] if isinstance(row, Url))
    return sorted({str(url) for url in known if url.value is not None and not url.text.secret})
