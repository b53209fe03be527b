"""Clients and servers: what is called, who answers there, and which paths it serves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.model.cell import NULL, typed
from configlint.model.record import record, replace
from configlint.model.tables import Row, Url
from configlint.programs.services import Programs
from configlint.programs.started import Started
from configlint.resolve.call_row import called
from configlint.resolve.endpoints import calls, routes, variables, wanted, webhooks
from configlint.resolve.endpoints import host_ports as doors
from configlint.resolve.endpoints.only_back_end import only_back_end
from configlint.resolve.endpoints.servers_without_compose import Server, servers
from configlint.resolve.endpoints.targets import Host
from configlint.resolve.stack import Stack, urls
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import Workspace


@record
class Site:
    """What runs, and where. `programs` are those of each stack, by service."""

    workspace: Workspace
    stacks: Sequence[Stack]
    files: PythonFiles
    programs: Mapping[str, Mapping[str, Sequence[Started]]]
    served: frozenset[str]
    """The Python files that run in some service."""


def rows(
    workspace: Workspace, stacks: Sequence[Stack], together: Sequence[Row], apps: Sequence[Row], programs: Programs
) -> Iterator[Row]:
    """The rows of stacks and apps, each address with the service that it reaches; then what code and env files call,
    and which paths are served by those who are called.
    """
    opened = list(doors.rows(stacks, together))
    files = programs.files
    running = {stack.name: {one.name: programs.of(one) for one in stack.running.values()} for stack in stacks}
    every = [program for services in running.values() for found in services.values() for program in found]
    modules = {id(found): found for found in (routes.modules(program, files) for program in every)}
    served = frozenset[str]().union(*modules.values())
    site = Site(workspace=workspace, stacks=stacks, files=files, programs=running, served=served)
    alone = servers(workspace, stacks, served, files) if any(isinstance(row, Url) for row in apps) else ()
    host = Host(stacks, [*together, *opened], alone)
    found = [*together, *apps, *_inside(site, together), *_outside(site, host, [*together, *apps])]
    placed = [_placed(site, host, row) if isinstance(row, Url) else row for row in found]
    serving = any(one.application is not None and one.application.serves for one in every)
    back_ends = {server.name: server for server in alone}
    if len(back_ends) == 1 and not serving:
        placed = list(only_back_end(placed, next(iter(back_ends.values())), files))
    yield from wanted.rows(stacks, placed)
    yield from opened
    yield from _routes(site, placed)
    yield from _routes_beside(alone, placed, files)


def _placed(site: Site, host: Host, row: Url) -> Url:
    """The row with its target. A health check calls its own service, if that is a program of which more is known."""
    if row.audience != "health":
        return host.placed(row)
    codes = (one.application for one in site.programs[row.stack][row.service])
    own = any(code is not None and code.serves and code.entry for code in codes)
    probed = replace(row, target=typed(row.service, row.host.text), inside=row.port)
    if not own or row.at.place is None:
        return probed
    # Its method is that of the tool that asks.
    return replace(called(probed, "http", "GET", row.at.place), verb=NULL)


def _inside(site: Site, together: Sequence[Row]) -> Iterator[Url]:
    rows: dict[str, list[Row]] = {}
    for row in together:
        rows.setdefault(row.stack, []).append(row)
    for stack in site.stacks:
        network = urls.network(stack, site.workspace.store, rows.get(stack.name, ()))
        yield from webhooks.rows(network)
        yield from calls.of_services(site.workspace, network, site.programs[stack.name], site.files)


def _outside(site: Site, host: Host, known: Sequence[Row]) -> Iterator[Url]:
    """What programs beside the stacks call. Without a stack there is nothing that they could be held against."""
    if not site.stacks:
        return
    yield from calls.of_host(site.workspace, site.stacks, site.served, site.files, host)
    yield from variables.rows(site.workspace, site.stacks, known)


def _routes(site: Site, placed: Iterable[Row]) -> Iterator[Row]:
    """The routes of the services that are called; nobody asks for those of the others."""
    targets = {str(row.target.value) for row in placed if isinstance(row, Url) and row.client.value is not None}
    for stack in site.stacks:
        for one in stack.running.values():
            if one.name in targets:
                yield from routes.rows(one, site.programs[stack.name][one.name], site.files)


def _routes_beside(alone: Sequence[Server], placed: Iterable[Row], files: PythonFiles) -> Iterator[Row]:
    """The routes of the servers without compose that are called, each once."""
    targets = {str(row.target.value) for row in placed if isinstance(row, Url) and row.target_state == "program"}
    for name, server in {one.name: one for one in alone if one.name in targets}.items():
        yield from routes.of_program(routes.owner(name), server.process, server.application, NULL, files)
