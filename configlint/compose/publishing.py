"""Where a further entry of `ports:` would be written, and in which form."""

from configlint.compose.running import Running
from configlint.model.text import Literal, Place, Run, Text


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
