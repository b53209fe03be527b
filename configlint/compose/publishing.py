"""Where `ports:` would publish some ports of a service under their own numbers: in an entry of today, or a new one."""

from configlint.compose.ports import Published
from configlint.compose.running import Running
from configlint.model.cell import NULL, Cell, Interval, typed
from configlint.model.text import Literal, Place, Run, Text


def publication(one: Running, ports: Interval, protocol: str) -> tuple[Text, Cell]:
    """The text to write at and what has to be there, which is null where no one text would do.

    An entry that publishes some of these ports is widened, or changed where it publishes them under other numbers. A
    second one beside it would publish them twice.
    """
    near = [entry for entry in one.service.ports if entry.protocol == protocol and _overlaps(entry, ports)]
    if not near:
        return entry(one), typed(f"{ports}:{ports}{'' if protocol == 'tcp' else f'/{protocol}'}", Text())
    wanted = _widened(near[0], ports) if len(near) == 1 else None
    new = near[0].rewritten(wanted) if wanted is not None else None
    return near[0].at, NULL if new is None else typed(new, Text())


def _overlaps(entry: Published, ports: Interval) -> bool:
    return isinstance(entry.target.value, Interval) and ports.same(entry.target.value)


def _widened(entry: Published, ports: Interval) -> Interval | None:
    """All that an entry has to publish; None where it also publishes other ports under other numbers."""
    target = entry.target.value
    if not isinstance(target, Interval):
        return None
    if entry.published.value == target:
        return Interval(min(target.start, ports.start), max(target.end, ports.end))
    return ports if target.within(ports) else None


def entry(one: Running) -> Text:
    """Where an entry of `ports` would be written: behind the last one, else as the first line of the service."""
    ports, scope = one.service.ports, one.service.scope
    literal = next((run.literal for run in ports[-1].at.runs if run.literal), None) if ports else None
    place: Place | None = None
    if literal is not None and literal.place.path == scope.path:
        place, before, after = behind(scope.content, literal.place)
    elif not ports and scope.content[one.service.place.start : one.service.place.start + 1] not in ("{", ""):
        place, before, after = _first(scope.content, one.service.place)
    if place is None:
        return ports[-1].at if ports else one.service.name
    inserted = Literal(place=place, inner=place, style="insert", before=before, after=after)
    return Text((Run(text="", place=place, literal=inserted, exact=True),))


def behind(content: str, last: Place) -> tuple[Place, str, str]:
    """(place, before, after) of a new item behind the last one of a list, in the form in which that is written."""
    start = content.rfind("\n", 0, last.start) + 1
    lead = content[start : last.start]
    if lead.strip() != "-":
        return Place(last.path, last.end, last.end), ', "', '"'
    end = content.find("\n", last.end)
    end = len(content) if end < 0 else end
    end -= content[:end].endswith("\r")
    return Place(last.path, end, end), f'{_line_end(content)}{lead}"', '"'


def _first(content: str, service: Place) -> tuple[Place, str, str]:
    """A list of its own, before what the service begins with."""
    indent = " " * (service.start - content.rfind("\n", 0, service.start) - 1)
    line_end = _line_end(content)
    place = Place(service.path, service.start, service.start)
    return place, f'ports:{line_end}{indent}  - "', f'"{line_end}{indent}'


def _line_end(content: str) -> str:
    return "\r\n" if "\r\n" in content else "\n"
