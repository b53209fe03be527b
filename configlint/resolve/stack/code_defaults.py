"""Addresses of this machine that code takes where nothing sets the variable that it reads."""

from collections.abc import Iterable, Iterator

from configlint.compose.running import Running
from configlint.model.net.hosts import host_class
from configlint.model.net.url import parts
from configlint.model.tables import Url, Variable
from configlint.programs.services import Programs
from configlint.resolve.stack.audience import handed_on
from configlint.resolve.stack.reach import Network, served_elsewhere
from configlint.resolve.stack.urls import inside, is_called, row


def rows(network: Network, variables: Iterable[Variable], programs: Programs) -> Iterator[Url]:
    """Only where another service serves the port: the default of what nobody uses here is often localhost too."""
    for variable in variables:
        one = network.stack.running[variable.service]
        winner = variable.decision.winner if variable.decision is not None else None
        text = winner.value.text if winner is not None and winner.means == "code" else None
        found = parts(text) if text is not None and " " not in text.raw else None
        if text is None or found is None or found.host.value is None or not is_called(found):
            continue
        name, ours = str(variable.name.value), _running_code(programs, one)
        local = host_class(str(found.host.value)) == "loopback"
        runs = any(read.place.path in ours for read in variable.reads)
        if not local or not runs or handed_on(network.store, one, name, text.place, found):
            continue
        if served_elsewhere(network, one, found.host, found.port):
            yield row(network, one, name, text, found, inside(one, found.protocol))


def _running_code(programs: Programs, one: Running) -> frozenset[str]:
    """The Python files that what a service starts imports."""
    entries = {each.application.entry for each in programs.of(one) if each.application is not None}
    return frozenset(path for entry in entries if entry for path in programs.files.closure(entry))
