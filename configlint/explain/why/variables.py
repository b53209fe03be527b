"""What each service gets for a variable, and who decides it."""

from collections.abc import Iterator, Sequence

from configlint.code.python.reads import EnvironmentRead
from configlint.compose.model import EnvValue
from configlint.explain.why import fillings, pairs, written
from configlint.explain.why.answer import Entry, Part, Role
from configlint.explain.why.stated import meet, stated
from configlint.formats.dotenv import document as dotenv
from configlint.model.cell import NULL, Cell, cell
from configlint.model.tables import EVERY_STACK
from configlint.model.text import Text
from configlint.resolve import Resolution
from configlint.resolve.stack import Running
from configlint.resolve.stack.code import read as read_code

_SETTING = {"environment", "args", "ENV", "ARG"}
_LAYERS = {"environment": "environment", "env_file": "env_file", "image": "ENV of the image"}


def everywhere(resolution: Resolution, name: str) -> list[Entry]:
    """Every service that gets the variable, whatever compose fills in from it, and every other place that holds it."""
    found: list[Entry] = []
    for stack in resolution.stacks:
        given = [entry for one in stack.running.values() if (entry := of_service(resolution, one, name))]
        filled = fillings.of_stack(stack, name, given)
        found += [*given, *filled]
    found += pairs.accepted(resolution, name, {entry.stack for entry in found if entry.parts})
    found += _elsewhere(resolution, name, found)
    return found if any(map(_tells, found)) else []


def _tells(entry: Entry) -> bool:
    """Whether an entry knows more of a variable than that an absent file may set it, or that some key has its name."""
    return any(entry.kind != "written" or part.role != "written" or _sets(part) for part in entry.parts)


def _sets(part: Part) -> bool:
    """Whether a value stands where variables are set, and not under any key of that name."""
    path = part.place.path if part.place is not None else ""
    return dotenv.claims(path) or not _SETTING.isdisjoint(part.by.split("."))


def of_service(resolution: Resolution, one: Running, name: str) -> Entry | None:
    """What one service gets; None where nothing that is known of it has to do with the variable."""
    value = one.environment.values.get(name)
    code = [read for read in _reads(resolution, one) if _reads_it(read, name)]
    absent = _absent(resolution, one)
    if value is None and not code and not absent:
        return None
    parts = [*(_given(value) if value is not None else ()), *_read(code)]
    uses: Cell = cell(value.value) if value is not None and value.value is not None else NULL
    default = next((text for read in code if (text := written.default(read))), None)
    if uses.null and value is None and default is not None and not absent:
        decided = list(stated("decides", default, by="the default in the code"))
        parts = [*decided, *(part for part in parts if not meet(part.place, decided[0].place))]
        uses = cell(default)
    return Entry(
        kind="variable", stack=one.stack, service=one.name, name=name, uses=uses, parts=tuple(parts),
        note=_note(one, value, absent),
    )  # fmt: skip


def _given(value: EnvValue) -> Iterator[Part]:
    """The layers of a variable, the effective one first. What it is made of itself is not among those it overrides."""
    made_of = set(value.value.places) if value.value is not None else set()
    layers = [one for one in value.overridden if one.value is None or made_of.isdisjoint(one.value.places)]
    for layer in (value, *layers):
        role: Role = "decides" if layer is value else "overridden"
        text = layer.value if layer.value is not None else Text()
        yield from stated(role, text, layer.name.place, by=_LAYERS[layer.source])


def _reads(resolution: Resolution, one: Running) -> Sequence[EnvironmentRead]:
    code = read_code(resolution.scene, one)
    return code.reads if code is not None else ()


def _reads_it(read: EnvironmentRead, name: str) -> bool:
    return read.name.raw == (name.upper() if read.folded else name)


def _read(code: Sequence[EnvironmentRead]) -> Iterator[Part]:
    for read in code:
        yield Part(role="reads", text=written.default(read), place=read.place, by="code")


def _absent(resolution: Resolution, one: Running) -> str:
    """An environment file that is not here but may be elsewhere; empty where all are here."""
    for file in one.environment.missing:
        if file.target is None:
            return str(file.path)
        if resolution.shelf.state(file.target) == "ignored":
            return file.target
    return ""


def _note(one: Running, value: EnvValue | None, absent: str) -> str:
    if value is not None and value.value is None:
        return "it is named, and nothing gives it a value"
    if absent and (value is None or value.source == "image"):
        return f"{absent}, which is not here, may set it"
    return f"only with the profile {one.service.profiles[0]}" if one.service.profiles else ""


def _elsewhere(resolution: Resolution, name: str, found: Sequence[Entry]) -> list[Entry]:
    """Values and reads that no entry has named."""
    known = [part.place for entry in found for part in entry.parts if part.place is not None]
    note = "no service takes it from here" if resolution.stacks else ""
    values = written.values(resolution, name, lambda dotted: dotted.rpartition(".")[2] == name)
    parts = [*(written.part(one, note) for one in values), *written.reads(resolution, name)]
    left = tuple(part for part in parts if not any(meet(part.place, place) for place in known))
    note = "elsewhere" if any(entry.parts and entry.kind != "pair" for entry in found) else ""
    return [Entry(kind="written", stack=EVERY_STACK, name=name, parts=left, note=note)] if left else []
