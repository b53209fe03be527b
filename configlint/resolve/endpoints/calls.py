"""The calls that the Python code of a repository makes: that of the services, and that of programs on the host."""

from collections.abc import Iterator, Mapping, Sequence

from configlint.code.environments import Environment
from configlint.code.language import Call
from configlint.code.languages import language_of
from configlint.code.memo import kept
from configlint.code.modules import ModulesOf
from configlint.formats.dotenv.document import template_name
from configlint.formats.secrecy import mark
from configlint.model.cell import cell
from configlint.model.document import Document
from configlint.model.net.hosts import host_class
from configlint.model.net.url import Parts, parts
from configlint.model.reason import Reason
from configlint.model.tables import EVERY_STACK, Url
from configlint.model.text import Text
from configlint.programs.started import Started
from configlint.resolve.call_row import called
from configlint.resolve.endpoints.host_programs import is_test, on_host
from configlint.resolve.endpoints.routes import modules
from configlint.resolve.endpoints.targets import Host
from configlint.resolve.stack import Running, Stack, urls
from configlint.resolve.stack.code import inside
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import Workspace, basename

_BY_HAND = frozenset({"tools", "tool", "scripts", "script", "bin", "probes", "clients", "client", "utils", "cli"})
"""Directories of scripts that people start on their machine, even where an image holds them too."""


def of_services(
    workspace: Workspace, network: urls.Network, programs: Mapping[str, Sequence[Started]], files: PythonFiles
) -> Iterator[Url]:
    """What the code of each service calls, with what compose gives it."""
    for one in network.stack.running.values():
        seen: set[str] = set()
        for program in programs[one.name]:
            known = modules(program, files)
            lookup = _environment(workspace, program, known)
            for path, document in _calling(known).items():
                if path not in seen:
                    seen.add(path)
                    for call in language_of(path).calls(document, lookup, known):
                        yield from _inner(network, one, call)


@kept
def _calling(known: ModulesOf[Document]) -> Mapping[str, Document]:
    """The modules of a program that can call somebody, its tests left out."""
    return {
        path: document for path, document in known.items() if not is_test(path) and language_of(path).may_call(document)
    }


@kept
def _loads_dotenv(known: ModulesOf[Document]) -> bool:
    return any("dotenv" in document.content for document in known.values())


def _environment(workspace: Workspace, program: Started, known: ModulesOf[Document]) -> Environment:
    """What a program finds set. What it may get from a file that is not here, or that it loads itself, is unknown."""
    process = program.process
    root = program.application.root if program.application is not None else ""
    loaded = _loadable(workspace, root) if _loads_dotenv(known) else frozenset()

    def lookup(name: str) -> Text | None:
        found = process.lookup(name)
        if found is not None:
            return found
        if process.missing:
            return Text.unknown(Reason("may-be-set", name, process.missing))
        return Text.unknown(Reason("may-be-loaded", name)) if name in loaded else None

    return lookup


def _loadable(workspace: Workspace, root: str) -> frozenset[str]:
    """The variables of the dotenv files that lie beside a program, or above it."""
    above = ["/".join(root.split("/")[:depth]) for depth in range(len(root.split("/")) + 1)]
    paths = (path for where in dict.fromkeys(above) for path in workspace.env_files.get(where, ()))
    documents = (workspace.store.dotenv(path) for path in paths if not template_name(path))
    return frozenset(binding.name.raw for document in documents if document for binding in document.bindings)


def _inner(network: urls.Network, one: Running, call: Call) -> Iterator[Url]:
    text = mark(call.url)
    found = parts(text)
    if found is not None:
        row = urls.row(network, one, _named(found, call), text, found, urls.inside(one, found.protocol))
        yield called(row, call.protocol, call.method, call.place, follows=call.follows)


def _named(found: Parts, call: Call) -> str:
    verb = "WebSocket" if call.protocol == "ws" else call.method or "HTTP"
    return f"{verb} {found.path.text}" if found.path.text.raw else f"{verb} {basename(call.place.path)}"


def of_host(
    workspace: Workspace, stacks: Sequence[Stack], served: frozenset[str], files: PythonFiles, host: Host
) -> Iterator[Url]:
    """What scripts call that run beside the stacks. `served` are the modules that run in services.

    Of a file that an image holds nobody can tell where it is started: its calls count only where a port says whom they
    reach.
    """
    held = {path for stack in stacks for one in stack.running.values() for path in inside(workspace, one)}
    for path in workspace.files:
        if path not in files or path in served or is_test(path):
            continue
        contained = path in held
        if contained and _BY_HAND.isdisjoint(path.split("/")[:-1]):
            continue
        document = files[path]
        language = language_of(path)
        if not language.may_call(document):
            continue
        for call in language.calls(document, on_host(workspace, document), files):
            for row in _outer(call):
                placed = host.placed(row)
                if not contained or placed.target_state == "known":
                    yield placed


def _outer(call: Call) -> Iterator[Url]:
    text = mark(call.url)
    found = parts(text)
    if found is None or found.protocol == "redis":
        return
    kind = host_class(str(found.host.value)) if found.host.value is not None else "unknown"
    row = Url(
        stack=EVERY_STACK, at=text if text.place else Text.exactly("", call.place), name=_named(found, call),
        url=cell(text), audience="host", scheme=found.scheme, host=found.host, port=found.port, path=found.path,
        protocol=found.protocol, host_class=kind, written=found.written_port,
    )  # fmt: skip
    yield called(row, call.protocol, call.method, call.place, follows=call.follows)
