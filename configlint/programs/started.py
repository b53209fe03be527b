"""The programs of a service: found by one walk, with what follows from how each is started."""

from collections.abc import Iterator, Sequence

from configlint.code.language import ServerRun
from configlint.code.languages import language_of
from configlint.compose.follow import Follower, within
from configlint.compose.running import Running
from configlint.compose.surroundings import Surroundings
from configlint.formats.shell.script import Invocation, from_line, from_words
from configlint.model.cell import NULL, Cell
from configlint.model.decision import Decision
from configlint.model.record import record, replace
from configlint.model.regex import regex
from configlint.programs.applications import MODULE
from configlint.programs.process import Process, process
from configlint.programs.program import Accepted, Application, Called, Listening, Program
from configlint.programs.servers_in_code import (
    BESIDE,
    BESIDE_WORDS,
    application_of_run,
    decision_of_run,
    listening_of_run,
)
from configlint.programs.table import by_base, by_command, by_image
from configlint.workspace.python_files import PythonFiles

_DEEPEST = 3
"""How many programs may start each other by their code."""
_PYTHON = regex(r"(?:python|pypy)[0-9.]*")


@record
class Started:
    """A program that runs: `name` is that of the table, or of the library by which code starts a server.

    It is empty for a program of which nothing is known but, perhaps, its `application`. `complete`: it listens on the
    ports that are told and on no others.
    """

    name: str
    process: Process
    workers: Decision | None = None
    listens: tuple[Listening, ...] = ()
    application: Application | None = None
    accepts: tuple[Accepted, ...] = ()
    calls: tuple[Called, ...] = ()
    complete: bool = False

    @property
    def port(self) -> Cell:
        """The port on which it serves, if it is one alone."""
        return self.listens[0].port if len(self.listens) == 1 else NULL


class Walk:
    """Finds the programs in certain surroundings: those that are started, and those that their code starts in turn."""

    def __init__(self, around: Surroundings, files: PythonFiles, service: Running | None = None) -> None:
        self._around = around
        self._files = files
        self._service = service

    def started(self, invocations: Sequence[Invocation]) -> Iterator[Started]:
        for one in invocations:
            yield from self._of(process(self._around, one, self._files, self._service), 0)

    def by_image(self, one: Running) -> Started | None:
        """The program that the image of a service, or its base, is known to start, with the options of compose."""
        program = by_image(one) or by_base(one)
        if program is None:
            return None
        given = one.start.invocations[0].args if len(one.start.invocations) == 1 else ()
        based = one.image.base if one.image is not None else one.service.image
        named = Invocation(program=based or one.service.name, args=given)
        here = process(self._around, named, self._files, one, by_image=True)
        # What is built on an image may have changed what that does.
        plain = one.image is None and (not one.start.invocations or not one.start.invocations[0].program.known)
        return _started(program, here if plain else replace(here, invocation=replace(named, args=())), plain)

    def _of(self, here: Process, depth: int) -> Iterator[Started]:
        here = _by_python(here)
        program = by_command(here.program.raw)
        if program is not None:
            found = _started(program, here)
            yield found
            yield from self._beside(found)
            return
        path = script(here)
        runs = _runs(here, path) if path else ()
        serving = [found for run in runs for found in self._of_run(here, path, run, depth)]
        yield from serving
        # What starts a server as another process is a program nonetheless, and so is what starts none.
        if not runs or any(run.words or run.line is not None for run in runs):
            ours = Application(entry=path, root=path.rpartition("/")[0], serves=False) if path in self._files else None
            yield Started(name="", process=here, application=ours)

    def _of_run(self, here: Process, path: str, run: ServerRun, depth: int) -> Iterator[Started]:
        if run.words or run.line is not None:
            if depth < _DEEPEST:
                inner = [within(here.invocation, one) for one in _commands(here, run)]
                for one in Follower(self._around).follow(inner):
                    yield from self._of(process(self._around, one, self._files, self._service), depth + 1)
            return
        yield Started(
            name=run.server,
            process=here,
            workers=decision_of_run(here, run),
            listens=tuple(listening_of_run(here, run)),
            application=application_of_run(here, path, run),
            complete=True,
        )

    def _beside(self, server: Started) -> Iterator[Started]:
        """What the application of a server opens beside it: the port of its metrics, of another protocol."""
        entry = server.application.entry if server.application is not None else ""
        for path, document in self._files.closure(entry).items() if entry else ():
            if any(word in document.content for word in BESIDE_WORDS):
                for run in _runs(server.process, path):
                    if run.server in BESIDE:
                        listens = tuple(listening_of_run(server.process, run))
                        yield Started(name=run.server, process=server.process, listens=listens, complete=True)


def _started(program: Program, here: Process, certain: bool = True) -> Started:
    if not program.serves(here):
        return Started(name=program.name, process=here, application=program.application(here), complete=True)
    listens = tuple(program.listens(here))
    if not certain:
        listens = tuple(replace(one, source="default") for one in listens)
    return Started(
        name=program.name,
        process=here,
        workers=program.workers(here),
        listens=listens,
        application=program.application(here),
        calls=tuple(program.calls(here)),
        accepts=tuple(program.accepts(here)) if certain else (),
        complete=program.complete and certain and bool(listens),
    )


def _by_python(here: Process) -> Process:
    """`python manage.py …` is a start of `manage.py`."""
    if not _PYTHON.fullmatch(here.name):
        return here
    at = next((number for number, word in enumerate(here.args) if not word.raw.startswith("-")), None)
    if at is None or by_command(here.args[at].raw) is None:
        return here
    return replace(here, invocation=replace(here.invocation, program=here.args[at], args=here.args[at + 1 :]))


def script(here: Process) -> str:
    """The Python file that a program is, from the root: `python main.py`, or `package.module` of `python -m`."""
    name = here.program.raw
    if _PYTHON.fullmatch(here.name):
        first = next((word.raw for word in here.args if not word.raw.startswith("-")), "")
        candidates = [first] if first.endswith(".py") else []
    elif name.endswith(".py"):
        candidates = [name]
    elif MODULE.fullmatch(name):
        path = name.replace(".", "/")
        candidates = [f"{path}/__main__.py", f"{path}.py"]
    else:
        candidates = []
    return next((path for name in candidates if (path := here.file(name))), "")


def _runs(here: Process, path: str) -> tuple[ServerRun, ...]:
    """The servers that a Python file starts by itself."""
    document = here.store.python(path)
    return language_of(path).starts(document, here.lookup, here.files) if document is not None else ()


def _commands(here: Process, run: ServerRun) -> list[Invocation]:
    """What a program starts as processes of their own."""
    if run.line is not None:
        return from_line(run.line, here.lookup)
    return from_words(run.words, here.lookup) if run.words else []


def lasting(found: Sequence[Started]) -> list[Started]:
    """Those that run for long: an unknown program in the foreground ends before the next one starts."""
    return [one for one in found if one is found[-1] or one.process.invocation.background or one.name]
