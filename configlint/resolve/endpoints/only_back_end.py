"""The one back end of a repository, called at an address that does not name it: a public host, or one set elsewhere."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from configlint.code.languages import language_of
from configlint.model.cell import NULL, PathPattern, typed
from configlint.model.record import replace
from configlint.model.tables import Row, Url
from configlint.resolve.endpoints.routes import modules_of
from configlint.resolve.endpoints.servers_without_compose import Server
from configlint.workspace.python_files import PythonFiles

_OPEN = ("public", "beside")


def only_back_end(rows: Sequence[Row], server: Server, files: PythonFiles) -> Iterator[Row]:
    """The rows, those that call the server with it as their target.

    An app calls other people's servers, too. One host is taken for the server if at least half of the paths that are
    called there are served by it, and all of what it serves is read.
    """
    calls: dict[tuple[str, str], list[Url]] = defaultdict(list)
    for row in rows:
        if _is_open_call(row):
            calls[row.service, row.host.text.raw].append(row)
    patterns = _patterns(server, files) if calls else ()
    meant = {key for key, urls in calls.items() if _are_served(urls, patterns)}
    for row in rows:
        if _is_open_call(row) and (row.service, row.host.text.raw) in meant:
            target = typed(server.name, row.host.text)
            yield replace(row, target_state="program", target=target, inside=NULL)
        else:
            yield row


def _is_open_call(row: Row) -> TypeGuard[Url]:
    """Whether an app calls a path of a host of which nobody knows who it is."""
    return (
        isinstance(row, Url)
        and row.audience in ("mobile", "browser")
        and row.target_state in _OPEN
        and row.client.value is not None
    )


def _patterns(server: Server, files: PythonFiles) -> tuple[PathPattern, ...]:
    program = server.application
    language = language_of(program.entry)
    found = language.serves(modules_of(program, files), program.entry, program.app, server.process.lookup)
    return tuple(route.pattern for route in found.routes if route.pattern.segments) if found.complete else ()


def _are_served(urls: Sequence[Url], patterns: Sequence[PathPattern]) -> bool:
    paths = {url.path.value for url in urls if isinstance(url.path.value, PathPattern) and not url.path.value.rest}
    served = [path for path in paths if any(pattern.same(path) for pattern in patterns)]
    return bool(served) and 2 * len(served) >= len(paths)
