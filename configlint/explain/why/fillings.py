"""What compose puts in the place of a variable that it is to fill in."""

from collections.abc import Sequence

from configlint.compose.tree import Reference
from configlint.compose.variables import Variables
from configlint.explain.why.answer import Entry, Part
from configlint.explain.why.stated import meet, stated
from configlint.formats.secrecy import mark
from configlint.model.cell import NULL, cell
from configlint.model.text import Text
from configlint.resolve.stack import Stack


def of_stack(stack: Stack, name: str, given: Sequence[Entry]) -> list[Entry]:
    """What compose puts in the place of the variable elsewhere than in the variable of the same name."""
    known = [part.place for entry in given for part in entry.parts if part.place is not None]
    references = [one for one in stack.project.uses if one.use.name.raw == name and not one.use.idle]
    open_ = [one for one in references if not any(meet(one.use.reference.place, place) for place in known)]
    if not open_:
        return []
    variables = _variables(stack, open_[0])
    value = variables.lookup(name) if variables is not None else None
    missing = variables.missing if variables is not None else ""
    parts = [*(stated("decides", value) if value is not None else ()), *map(_fills, open_)]
    if value is None:
        value = _default(open_, name)
    note = f"it may be set in {missing}" if missing else "it is set nowhere"
    uses = cell(value) if value is not None else NULL
    return [
        Entry(kind="filling", stack=stack.name, name=name, uses=uses, parts=tuple(parts), note="" if value else note)
    ]


def _default(references: Sequence[Reference], name: str) -> Text | None:
    """The default that all references have in common."""
    defaults = [one.use.default for one in references]
    first = defaults[0]
    alike = all(first is not None and one is not None and one.raw == first.raw for one in defaults)
    return mark(first, name).defaulting(name) if alike and first is not None else None


def _variables(stack: Stack, reference: Reference) -> Variables | None:
    """The variables of the file in which a reference stands."""
    services = [one.service for one in stack.running.values()]
    nearest = sorted(services, key=lambda service: service.scope.path != reference.path)
    return nearest[0].scope.variables if nearest else None


def _fills(reference: Reference) -> Part:
    use, key = reference.use, reference.key
    service = key[1] if key[:1] == ("services",) and len(key) > 1 else ""
    default = mark(use.default, use.name.raw) if use.default is not None and not use.defined else Text()
    return Part(role="fills", text=default, place=use.reference.place, by=".".join(key), service=service)
