"""Addresses in env files for programs that run on the host."""

from collections.abc import Iterable, Iterator

from configlint.formats.dotenv.document import template_name
from configlint.model.cell import cell
from configlint.model.net.hosts import host_class
from configlint.model.net.url import parts
from configlint.model.tables import EVERY_STACK, Row, Url
from configlint.model.text import Place, Text
from configlint.resolve.flutter.apps import apps, bundled
from configlint.resolve.stack import Stack
from configlint.resolve.stack.audience import for_browsers
from configlint.workspace.workspace import Workspace


def rows(workspace: Workspace, stacks: Iterable[Stack], known: Iterable[Row]) -> Iterator[Url]:
    """The addresses of dotenv files that no service and no app reads; `known` are the rows of those who do."""
    services = [one.service for stack in stacks for one in stack.running.values()]
    taken = {file.target for service in services for file in service.env_files}
    taken |= {path for app in apps(workspace) for path in bundled(workspace, app)}
    used = {place for row in known if isinstance(row, Url) for place in row.url.text.places}
    for path in workspace.every_env_file:
        if path in taken or template_name(path):
            continue
        document = workspace.store.dotenv(path)
        last = {binding.name.raw: binding for binding in document.bindings} if document is not None else {}
        for name, binding in last.items():
            if binding.value is not None and not for_browsers(name):
                yield from _row(name, binding.value, used)


def _row(name: str, text: Text, used: set[Place]) -> Iterator[Url]:
    found = parts(text)
    if found is None or found.protocol == "redis" or not used.isdisjoint(text.places):
        return
    kind = host_class(str(found.host.value)) if found.host.value is not None else "unknown"
    yield Url(
        stack=EVERY_STACK, at=text, name=name, url=cell(text), audience="host", scheme=found.scheme, host=found.host,
        port=found.port, path=found.path, protocol=found.protocol, host_class=kind, written=found.written_port,
    )  # fmt: skip
