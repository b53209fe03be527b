"""The variables of a service: what each of them is for its processes, and everything that states it.

The container's environment comes first (see `compose.environment`), then the files that the programs load, and last
what the code takes where nothing is set. A file that a program loads with `override` wins over the environment.
"""

from collections.abc import Iterable, Iterator, Sequence

from configlint.compose.model import EnvValue
from configlint.compose.running import Running
from configlint.formats.dotenv.document import DotenvDocument
from configlint.model.cell import NULL, cell
from configlint.model.decision import Decision, Statement, decided
from configlint.model.reason import Reason
from configlint.model.tables import Read, Variable
from configlint.model.text import Text
from configlint.resolve.stack.code import Code
from configlint.resolve.stack.loaded_files import LoadedFile, loaded_files
from configlint.workspace.workspace import Workspace

_LAYERS = {"environment": "environment", "env_file": "env_file", "image": "ENV of the image"}


def rows(workspace: Workspace, one: Running, code: Code | None) -> Iterator[Variable]:
    """A row for each variable of the environment, and for each other one that the programs load or read."""
    loaded = _Loaded(workspace, loaded_files(workspace, one, code))
    given = one.environment.values
    reads = _reads(code, (*loaded.names, *given))
    for name, value in given.items():
        yield _row(one, value.name, value, reads.get(name, ()), loaded)
    for name, found in reads.items():
        if name not in given:
            yield _row(one, loaded.names.get(name, found[0].name), None, found, loaded)
    for name, text in loaded.set_for_all.items():
        if name not in given and name not in reads:
            yield _row(one, text, None, (), loaded)


def _row(one: Running, name: Text, value: EnvValue | None, reads: Sequence[Read], loaded: "_Loaded") -> Variable:
    statements = tuple(_statements(one, name.raw, value, reads, loaded))
    decision = Decision(subject="variable", name=name.raw, statements=decided(statements) if statements else ())
    return Variable(
        stack=one.stack, at=name, service=one.name, reach=one.reach, decision=decision, name=cell(name),
        value=decision.value, required=any(not read.default for read in reads), reads=tuple(reads),
    )  # fmt: skip


def _statements(
    one: Running, name: str, value: EnvValue | None, reads: Sequence[Read], loaded: "_Loaded"
) -> Iterator[Statement]:
    """Everything that states a variable, in order of precedence.

    One that compose names without a value is not set, so that what comes below decides. A default decides nothing while
    an environment file is not here that may set the variable.
    """
    layers = [_layer(layer) for layer in (value, *value.overridden)] if value is not None else []
    is_set = value is not None and value.value is not None
    yield from loaded.statements(name, override=True)
    yield from layers if is_set else ()
    yield from loaded.statements(name, override=False)
    if is_set or not (one.environment.missing or loaded.absent):
        defaults = {read.default.place or read.place: read for read in reads if read.default}
        for read in defaults.values():
            yield Statement(
                value=cell(read.default), means="code", by="the default in the code", at=Text.exactly("", read.place)
            )
    yield from () if is_set else layers


def _layer(layer: EnvValue) -> Statement:
    value = NULL if layer.value is None else cell(layer.value)
    return Statement(value=value, means=layer.source, by=_LAYERS[layer.source], at=layer.name)


def _reads(code: Code | None, names: Iterable[str]) -> dict[str, list[Read]]:
    """The places that read each variable; one whose case does not count, under the name of `names` that it fits."""
    spelled = {name.upper(): name for name in names}
    found: dict[str, list[Read]] = {}
    for read in code.reads if code is not None else ():
        if read.name.known:
            name = spelled.get(read.name.raw, read.name.raw) if read.folded else read.name.raw
            default = read.default or Text()
            # `None` that is not written as a text is the absence of a default.
            default = Text() if default.raw == "None" and default.site is None else default
            found.setdefault(name, []).append(Read(name=read.name, place=read.place, default=default))
    return found


class _Loaded:
    """What the files say that the programs of a service load."""

    def __init__(self, workspace: Workspace, files: Sequence[LoadedFile]) -> None:
        pairs = [(file, workspace.store.dotenv(file.path)) for file in files]
        self._documents = [(file, document) for file, document in pairs if document is not None]
        self.absent = any(file.absent for file in files)

        self.names = _names(document for _, document in self._documents)
        self.set_for_all = _names(document for file, document in self._documents if not file.listed)
        """What they set in the environment, whoever reads it."""

    def statements(self, name: str, *, override: bool) -> Iterator[Statement]:
        for file, document in self._documents:
            if file.override is override:
                yield from _of_file(document, name, file)


def _names(documents: Iterable[DotenvDocument]) -> dict[str, Text]:
    return {one.name.raw: one.name for document in documents for one in document.bindings if one.value is not None}


def _of_file(document: DotenvDocument, name: str, file: LoadedFile) -> Iterator[Statement]:
    """The lines of a file that set a variable, of which the last one counts."""
    for binding in reversed(document.bindings):
        if binding.name.raw == name and binding.value is not None:
            text = binding.value
            if "${" in text.raw:
                text = Text.unknown(Reason("not-followed", "a reference to another variable"), binding.name.place)
            yield Statement(value=cell(text), means="loaded", by=file.by, at=binding.name)
