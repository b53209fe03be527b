"""What the image of a Dockerfile's stage amounts to: its environment, command, files and ports.

A stage that starts from another one of the same file continues it. Everything else that a base image brings is not
known here. Rules as in the Dockerfile reference and BuildKit's `dispatchers`.
"""

from collections.abc import Callable, Iterator, Mapping

from configlint.formats.dockerfile.document import DockerfileDocument, Stage
from configlint.formats.dockerfile.lines import Instruction
from configlint.formats.dockerfile.values import assignments, exec_words
from configlint.formats.shell.expansion import Lookup, value
from configlint.formats.shell.shell import words
from configlint.model.record import record
from configlint.model.text import Place, Text

_MOST_STAGES = 100
"""Stages of which one starts from the other; people write five."""


@record
class Command:
    """What CMD, ENTRYPOINT or a health check starts: the `words` of an exec form, or a `script` for the shell."""

    words: tuple[Text, ...] | None
    script: Text
    place: Place


@record
class Variable:
    """One assignment of ENV; a later one of the same name wins."""

    name: Text
    value: Text


@record
class Copy:
    """COPY or ADD. `destination` is absolute and ends with `/` where it was written so; `stage` is that of `--from`."""

    sources: tuple[Text, ...]
    destination: str
    stage: str
    place: Place


@record
class Image:
    """`base` is the image at the bottom, outside this file. `workdir` is absolute, or empty where no WORKDIR says.

    `exposed` are the words of EXPOSE. `healthcheck` has no words where it is NONE.
    """

    base: Text
    place: Place
    environment: tuple[Variable, ...] = ()
    workdir: str = ""
    command: Command | None = None
    entrypoint: Command | None = None
    healthcheck: Command | None = None
    exposed: tuple[Text, ...] = ()
    copies: tuple[Copy, ...] = ()
    user: Text | None = None

    def lookup(self, name: str) -> Text | None:
        """The value that the image gives to a variable."""
        return next((one.value for one in reversed(self.environment) if one.name.raw == name), None)


def image(document: DockerfileDocument, target: str = "", arguments: Mapping[str, Text] | None = None) -> Image | None:
    """The image of a stage, by default the last one, with build arguments; None where there is no such stage."""
    stage = document.stage(target)
    return None if stage is None else _image(document, stage, arguments or {})


def _image(document: DockerfileDocument, last: Stage, given: Mapping[str, Text]) -> Image:
    outside = _outside(document, given)
    chain, base = [last], _base(last, outside)
    while (below := _below(document, chain[-1], base)) is not None and len(chain) < _MOST_STAGES:
        chain.append(below)
        base = _base(below, outside)
    builder = _Builder()
    for stage in reversed(chain):
        builder.begin(_Arguments(given, outside))
        for instruction in stage.instructions:
            builder.take(instruction)
    return builder.image(base, last.place)


def _base(stage: Stage, outside: Mapping[str, Text]) -> Text:
    return value(words(stage.base)[0], outside.get) if stage.base.raw.strip() else stage.base


def _below(document: DockerfileDocument, stage: Stage, base: Text) -> Stage | None:
    """The stage of the same file that this one starts from: only an earlier one can be meant."""
    earlier = document.stages[: document.stages.index(stage)]
    return next((one for one in reversed(earlier) if one.name and one.name.lower() == base.raw.lower()), None)


def _outside(document: DockerfileDocument, given: Mapping[str, Text]) -> dict[str, Text]:
    """The build arguments that stand before the first stage."""
    known: dict[str, Text] = {}
    for instruction in document.arguments:
        for one in assignments(instruction):
            found = given.get(one.name.raw) or (one.resolved(known.get) if one.word is not None else None)
            if found is not None:
                known[one.name.raw] = found
    return known


class _Arguments:
    """The build arguments that one stage has declared so far."""

    def __init__(self, given: Mapping[str, Text], outside: Mapping[str, Text]) -> None:
        self._given = given
        self._outside = outside
        self._declared: dict[str, Text] = {}

    def declare(self, instruction: Instruction, lookup: Lookup) -> None:
        for one in assignments(instruction):
            name = one.name.raw
            found = self._given.get(name)
            if found is None:
                found = one.resolved(lookup).defaulting(name) if one.word is not None else self._outside.get(name)
            if found is not None:
                self._declared[name] = found

    def get(self, name: str) -> Text | None:
        return self._declared.get(name)


class _Builder:
    """Takes the instructions of a chain of stages from the bottom up."""

    def __init__(self) -> None:
        self._arguments = _Arguments({}, {})
        self._environment: list[Variable] = []
        self._values: dict[str, Text] = {}
        self._workdir = ""
        self._command: Command | None = None
        self._command_is_inherited = False
        self._entrypoint: Command | None = None
        self._healthcheck: Command | None = None
        self._exposed: list[Text] = []
        self._copies: list[Copy] = []
        self._user: Text | None = None

    def begin(self, arguments: _Arguments) -> None:
        """Another stage: what it starts from stays, its build arguments are its own."""
        self._arguments = arguments
        self._command_is_inherited = True

    def take(self, instruction: Instruction) -> None:
        handler = _HANDLERS.get(instruction.name)
        if handler is not None:
            handler(self, instruction)

    def image(self, base: Text, place: Place) -> Image:
        return Image(
            base=base,
            place=place,
            environment=tuple(self._environment),
            workdir=self._workdir,
            command=self._command,
            entrypoint=self._entrypoint,
            healthcheck=self._healthcheck,
            exposed=tuple(self._exposed),
            copies=tuple(self._copies),
            user=self._user,
        )

    def _lookup(self, name: str) -> Text | None:
        """Where both speak, ENV wins over ARG."""
        set_here = self._values.get(name)
        return self._arguments.get(name) if set_here is None else set_here

    def _words(self, text: Text) -> Iterator[Text]:
        for word in words(text):
            yield value(word, self._lookup)

    def env(self, instruction: Instruction) -> None:
        before = [Variable(name=one.name, value=one.resolved(self._lookup)) for one in assignments(instruction)]
        self._environment.extend(before)
        self._values |= {one.name.raw: one.value for one in before}

    def arg(self, instruction: Instruction) -> None:
        self._arguments.declare(instruction, self._lookup)

    def work(self, instruction: Instruction) -> None:
        self._workdir = absolute(self._workdir, next(self._words(instruction.body), instruction.body).raw)

    def cmd(self, instruction: Instruction) -> None:
        self._command = _command(instruction.body, instruction.place)
        self._command_is_inherited = False

    def entry(self, instruction: Instruction) -> None:
        """An entry point drops the command of the image below."""
        self._entrypoint = _command(instruction.body, instruction.place)
        if self._command_is_inherited:
            self._command = None

    def check(self, instruction: Instruction) -> None:
        sign, _, _ = instruction.body.raw.partition(" ")
        if sign.upper() == "CMD":
            self._healthcheck = _command(instruction.body[len(sign) :].strip(), instruction.place)
        else:
            self._healthcheck = Command(words=(), script=Text(), place=instruction.place)

    def expose(self, instruction: Instruction) -> None:
        self._exposed.extend(self._words(instruction.body))

    def copy(self, instruction: Instruction) -> None:
        listed = exec_words(instruction.body)
        paths = list(self._words(instruction.body)) if listed is None else list(listed)
        if len(paths) < 2 or any(path.raw.startswith("<<") for path in paths):
            return
        stage = next((text.raw for name, text in instruction.flags if name == "from"), "")
        destination = absolute(self._workdir, paths[-1].raw)
        self._copies.append(
            Copy(sources=tuple(paths[:-1]), destination=destination, stage=stage, place=instruction.place)
        )

    def set_user(self, instruction: Instruction) -> None:
        self._user = next(self._words(instruction.body), None)


_HANDLERS: Mapping[str, Callable[[_Builder, Instruction], None]] = {
    "ENV": _Builder.env,
    "ARG": _Builder.arg,
    "WORKDIR": _Builder.work,
    "CMD": _Builder.cmd,
    "ENTRYPOINT": _Builder.entry,
    "HEALTHCHECK": _Builder.check,
    "EXPOSE": _Builder.expose,
    "COPY": _Builder.copy,
    "ADD": _Builder.copy,
    "USER": _Builder.set_user,
}


def _command(body: Text, place: Place) -> Command:
    listed = exec_words(body)
    return Command(words=listed, script=Text() if listed is not None else body, place=place)


def absolute(directory: str, path: str) -> str:
    """A path inside a container, from a working directory; a slash at its end is kept."""
    joined = path if path.startswith("/") else f"{directory}/{path}"
    parts: list[str] = []
    for part in joined.split("/"):
        if part == "..":
            parts[-1:] = []
        elif part not in ("", "."):
            parts.append(part)
    plain = "/" + "/".join(parts)
    return plain + "/" if path.endswith(("/", ".")) and plain != "/" and not path.endswith("..") else plain
