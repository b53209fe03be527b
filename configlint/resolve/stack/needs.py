"""Variables that the code of a service cannot do without, and whether the service is given them.

Only code counts that a program of the service is known to run: the module that it starts, and what that imports.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from configlint.compose.container import repository_path
from configlint.compose.discover import Stack
from configlint.compose.running import Running
from configlint.compose.variables import supplied
from configlint.model.cell import NULL, Cell, cell, unknown
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables import Need, Reach
from configlint.model.tables.words import NeedState
from configlint.model.text import Text
from configlint.programs.services import Programs
from configlint.programs.started import Started, script
from configlint.resolve.stack.code import Code
from configlint.resolve.stack.drift import mentioned
from configlint.resolve.stack.loaded_files import LoadedFile, loaded_files
from configlint.resolve.stack.names import alike
from configlint.resolve.stack.variables import templates
from configlint.workspace.workspace import Workspace

if TYPE_CHECKING:
    from configlint.code.python.dotenv_files import DotenvFile
    from configlint.code.python.reads import EnvironmentRead
    from configlint.formats.dotenv.document import DotenvDocument

_OF_IMAGES = ("PYTHON", "GPG_KEY", "LD_", "NVIDIA_", "CUDA_", "VIRTUAL_ENV", "KUBERNETES_")
"""Beginnings of names that base images and platforms set."""
_EVERY = "*"


@record
class _Given:
    """What the programs of a service find. `doubt` tells why more may be set than `names`; `listed` is what the
    templates of the stack name, None where it has none.
    """

    names: frozenset[str]
    scripts: tuple[str, ...]
    doubt: Reason | None
    absent: bool
    listed: frozenset[str] | None
    of_compose: Mapping[str, Text]


def rows(workspace: Workspace, stack: Stack, one: Running, code: Code, programs: Programs) -> Iterator[Need]:
    """A row for each place that reads such a variable."""
    if not any(read.needed for found in code.by_module.values() for read in found.reads):
        return
    started = programs.of(one)
    runs = _runs(started, programs)
    given: _Given | None = None
    read_names = {read.name.raw for read in code.reads}
    for path, at_start in runs.items():
        for read in code.by_module[path].reads if path in code.by_module else ():
            if read.needed and read.name.known:
                given = given or _given(workspace, stack, one, code, runs, started)
                yield _row(one, read, given, read_names, certain=at_start and read.needed == "start")


def _runs(started: Collection[Started], programs: Programs) -> dict[str, bool]:
    """The modules that the programs of a service run, and whether each of them is sure to run."""
    from configlint.code.python.closure import closure

    entries = {each.application.entry for each in started if each.application is not None and each.application.entry}
    entries |= {path for each in started if (path := script(each.process)) and path in programs.files}
    found: dict[str, bool] = {}
    for entry in sorted(entries):
        always = closure(entry, programs.files, at_start=True)
        for path in programs.files.closure(entry):
            found[path] = found.get(path, False) or path in always
    return found


def _row(one: Running, read: "EnvironmentRead", given: _Given, read_names: Collection[str], *, certain: bool) -> Need:
    name = read.name.raw
    state, doubt = _state(name, given, folded=read.folded)
    given_names = one.environment.values if state == "missing" else ()
    near = sorted(other for other in given_names if other not in read_names and alike(other, name))
    reach: Reach = one.reach if certain and not (given.absent and state == "missing") else "possible"
    at = Text.exactly(name, read.place) if not read.folded else Text.written(name, read.place)
    shown: Cell = unknown(doubt, at) if doubt is not None else cell(at)
    outside = given.of_compose.get(name)
    return Need(
        stack=one.stack, at=at, service=one.name, reach=reach, name=shown, variable=name, state=state,
        hint=f" ({near[0]} is set)" if near else "", elsewhere=cell(outside) if outside is not None else NULL,
    )  # fmt: skip


def _state(name: str, given: _Given, *, folded: bool) -> tuple[NeedState, Reason | None]:
    names = {each.upper() for each in given.names} if folded else given.names
    if name in names or _EVERY in names or supplied(name) or name.startswith(_OF_IMAGES):
        return "met", None
    if any(name in text for text in given.scripts):
        return "met", None
    lacking = given.absent and given.listed is not None and name not in given.listed
    return ("unknown", given.doubt) if given.doubt is not None and not lacking else ("missing", None)


def _given(
    workspace: Workspace, stack: Stack, one: Running, code: Code, runs: Collection[str], started: Collection[Started]
) -> _Given:
    files = loaded_files(workspace, one, code)
    documents = [document for file in files if (document := workspace.store.dotenv(file.path)) is not None]
    names = {name for name, value in one.environment.values.items() if value.value is not None}
    names |= {binding.name.raw for document in documents for binding in document.bindings if binding.value is not None}
    names |= {name for path in runs if path in code.by_module for name in code.by_module[path].assigned}
    names |= {name for each in started for name in dict(each.process.invocation.environment)}
    doubt, absent = _doubt(workspace, one, code, files)
    return _Given(
        names=frozenset(names), scripts=tuple(_scripts(workspace, one, code)), doubt=doubt, absent=absent,
        listed=_listed(workspace, stack), of_compose=_of_compose(workspace, stack),
    )  # fmt: skip


def _doubt(workspace: Workspace, one: Running, code: Code, files: Collection[LoadedFile]) -> tuple[Reason | None, bool]:
    """Why more may be set than is seen, and whether the files of which this is said are git-ignored and have templates.

    Somebody else's template is made for such a file alone.
    """
    for missing in one.environment.missing:
        ignored = missing.target is not None and workspace.store.state(missing.target) == "ignored"
        return Reason("ignored-file" if ignored else "missing-file", str(missing.path)), ignored
    absent = next((file.path for file in files if file.absent), None)
    if absent is not None:
        return Reason("ignored-file", absent), True
    if any(_unfollowed(workspace, one, file) for file in code.files):
        return Reason("runtime", "the env file that the code loads"), False
    return None, False


def _unfollowed(workspace: Workspace, one: Running, file: "DotenvFile") -> bool:
    """Whether code loads an env file of which nobody knows here which one it is."""
    if file.searched:
        return False
    if not file.path.known:
        return True
    return file.path.raw.startswith("/") and repository_path(one.container, file.path.raw, workspace.store).path is None


def _scripts(workspace: Workspace, one: Running, code: Code) -> Iterator[str]:
    """What a shell runs before the program, and may set a variable in."""
    yield from (line.raw for line in one.start.lines)
    yield from (
        workspace.store.text(path) or "" for path in code.paths if path.endswith((".sh", ".bash", "entrypoint"))
    )


def _listed(workspace: Workspace, stack: Stack) -> frozenset[str] | None:
    documents = [
        found for path in templates(workspace, stack.project) if (found := workspace.store.dotenv(path)) is not None
    ]
    return frozenset(name for document in documents for name in mentioned(document)) if documents else None


def _of_compose(workspace: Workspace, stack: Stack) -> Mapping[str, Text]:
    documents: list[DotenvDocument | None] = [workspace.store.dotenv(path) for path in stack.project.env_files]
    return {binding.name.raw: binding.name for document in documents if document for binding in document.bindings}
