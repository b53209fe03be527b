"""What each service gets for a variable, and who decides it."""

from collections.abc import Iterator, Sequence

from configlint.explain.why import fillings, pairs, written
from configlint.explain.why.answer import Entry, Part, Role
from configlint.explain.why.stated import meet, stated
from configlint.formats.dotenv import document as dotenv
from configlint.model.tables import EVERY_STACK, Variable
from configlint.resolve import Resolution
from configlint.resolve.stack import Running

_SETTING = {"environment", "args", "ENV", "ARG"}


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
    row = next((row for row in _rows(resolution, one) if row.name.value == name), None)
    if row is not None:
        return _entry(resolution, one, row)
    absent = _absent(resolution, one)
    if not absent:
        return None
    note = _note(one, None, absent)
    return Entry(kind="variable", stack=one.stack, service=one.name, name=name, parts=(), note=note)


def all_of_service(resolution: Resolution, one: Running) -> list[Entry]:
    """Every variable of a service, by name."""
    found = [_entry(resolution, one, row) for row in _rows(resolution, one)]
    return sorted(found, key=lambda entry: entry.name)


def _rows(resolution: Resolution, one: Running) -> Iterator[Variable]:
    rows = resolution.tables.of_service("variables", one.stack, one.name)
    return (row for row in rows if isinstance(row, Variable))


def _entry(resolution: Resolution, one: Running, row: Variable) -> Entry:
    return Entry(
        kind="variable", stack=one.stack, service=one.name, name=row.name.text.raw, uses=row.value,
        parts=tuple(_parts(row)), note=_note(one, row, _absent(resolution, one)), required=row.required,
    )  # fmt: skip


def _parts(row: Variable) -> Iterator[Part]:
    """What states the variable, in order of precedence, and the code that reads it."""
    decided: list[Part] = []
    for one in row.decision.statements if row.decision is not None else ():
        if one.effect != "passes" and (one.effect == "wins" or one.means != "code"):
            role: Role = "decides" if one.effect == "wins" else "overridden"
            decided += stated(role, one.value.text, one.at.place, by=one.by)
    yield from decided
    winner = row.decision.winner if row.decision is not None else None
    default = decided[0].place if winner is not None and winner.means == "code" else None
    for read in row.reads:
        if not meet(read.place, default):
            yield Part(role="reads", text=read.default, place=read.place, by="code")


def _absent(resolution: Resolution, one: Running) -> str:
    """An environment file that is not here but may be elsewhere; empty where all are here."""
    for file in one.environment.missing:
        if file.target is None:
            return str(file.path)
        if resolution.store.state(file.target) == "ignored":
            return file.target
    return ""


def _note(one: Running, row: Variable | None, absent: str) -> str:
    winner = row.decision.winner if row is not None and row.decision is not None else None
    if winner is not None and winner.value.null:
        return "it is named, and nothing gives it a value"
    if absent and (winner is None or winner.means == "image"):
        return f"{absent}, which is missing, may set it"
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
