"""What of a picture is drawn: nodes in four columns, and the links between them, as the findings leave them.

Shown is what disagrees and what several places share; the rest is counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from configlint.model.finding import Finding
from configlint.model.picture import Member, Picture, Statement, Value
from configlint.model.record import record, replace
from configlint.report.html.touches import Level, Touch, Touches, worst

FILE, VALUE, SERVICE, USER = range(4)
"""The columns."""

MANY = 16
"""As many values are drawn, or all that disagree."""
MOST = 40
"""No picture of more is read."""
FEW_SERVICES = 12
"""Up to this many services are drawn even if no drawn value is about them."""

_TELLING = ("keys", "address", "workers", "secret", "variable")
"""The sorts of values in the order in which they are worth showing where they agree."""


@record
class Node:
    """`level` is the worst that findings say of it; `findings` are the numbers of all that touch it."""

    id: str
    column: int
    title: str
    note: str = ""
    kind: str = ""
    level: Level = ""
    findings: tuple[int, ...] = ()


@record
class Link:
    """`values` are the nodes of all values that it belongs to. `faded`: what it states has no effect."""

    start: str
    end: str
    step: int
    values: tuple[str, ...]
    level: Level = ""
    faded: bool = False
    findings: tuple[int, ...] = ()


@record
class Drawing:
    """`values` are those drawn, by the id of their node. `rest` tells what is left out, in words, by column."""

    stack: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    values: tuple[tuple[str, Value], ...]
    rest: tuple[str, ...]

    @property
    def level(self) -> Level:
        return worst(node.level for node in self.nodes)


def drawing(picture: Picture, findings: Sequence[Finding], prefix: str) -> Drawing:
    """One stack. `prefix` stands before the ids of its nodes, which the drawings of one page do not share."""
    touches = Touches(findings)
    chosen = _chosen(picture.values, touches)
    links = [*_stated(chosen, touches), *_about(chosen, touches), *_used(chosen, touches)]
    nodes = [
        *_files(links, touches, picture.stack),
        *(_of_value(value, touches) for value in chosen),
        *_members(picture.services, SERVICE, links, touches),
        *_members(picture.users, USER, links, touches),
    ]
    ids = {node.id: f"{prefix}{number}" for number, node in enumerate(nodes)}
    return Drawing(
        stack=picture.stack,
        nodes=tuple(replace(node, id=ids[node.id]) for node in nodes),
        links=tuple(
            replace(one, start=ids[one.start], end=ids[one.end], values=tuple(ids[name] for name in one.values))
            for one in links
        ),
        values=tuple((ids[_key(value)], value) for value in chosen),
        rest=tuple(_rest(picture, nodes)),
    )


def _name(column: int, name: str) -> str:
    """What a node is known by until all are numbered."""
    return f"{column}{name}"


def _key(value: Value) -> str:
    return _name(VALUE, f"{value.sort} {value.name}")


def _chosen(values: Sequence[Value], touches: Touches) -> list[Value]:
    """What disagrees, the worst first, then what is shared by most."""
    wrong = [value for value in values if _level(value, touches)]
    wrong.sort(key=lambda value: _level(value, touches) != "error")
    shared = [value for value in values if not _level(value, touches) and _is_shared(value)]
    shared.sort(key=lambda value: (_TELLING.index(value.sort), -len(_paths(value)) - len(value.users)))
    return [*wrong[:MOST], *shared[: max(0, MANY - len(wrong))]]


def _level(value: Value, touches: Touches) -> Level:
    return worst(touch.level for one in value.statements for touch in touches.at(one.place))


def _is_shared(value: Value) -> bool:
    if value.sort not in _TELLING or not value.services:
        return False
    return len(_paths(value)) > 1 or len(value.users) > 1 or len(value.services) > 1


def _paths(value: Value) -> set[str]:
    return {one.place.path for one in value.statements if one.role not in ("template", "serves")}


def statements(value: Value, touches: Touches) -> Iterator[Statement]:
    """What is shown of a value: of its many routes only those that a finding is about."""
    return (one for one in value.statements if one.role != "serves" or any(touches.at(one.place)))


def _stated(values: Iterable[Value], touches: Touches) -> Iterator[Link]:
    """From each file to the values that it states."""
    for value in values:
        by_path: dict[str, list[Statement]] = defaultdict(list)
        for one in statements(value, touches):
            by_path[one.place.path].append(one)
        for path, group in by_path.items():
            said = [one.role for one in group if one.role != "refers"]
            found = [touch for one in group for touch in touches.at(one.place)]
            faded = bool(said) and all(role in ("overridden", "template") for role in said)
            yield _link(_name(FILE, path), _key(value), FILE, [_key(value)], found, faded=faded)


def _about(values: Iterable[Value], touches: Touches) -> Iterator[Link]:
    """From each value to the services that it is about, with what is wrong with their own side of it."""
    for value in values:
        found = [touch for one in value.statements if not one.user for touch in touches.at(one.place)]
        for service in value.services:
            yield _link(_key(value), _name(SERVICE, service), VALUE, [_key(value)], found)


def _used(values: Iterable[Value], touches: Touches) -> Iterator[Link]:
    """From each service to those who use it, with what is wrong with the places on which they rely."""
    through: dict[tuple[str, str], dict[str, list[Touch]]] = defaultdict(dict)
    for value in values:
        for user in value.users:
            own = [touch for one in value.statements if one.user == user for touch in touches.at(one.place)]
            for service in value.services:
                if service != user:
                    through[service, user][_key(value)] = own
    for (service, user), by_value in through.items():
        found = [touch for group in by_value.values() for touch in group]
        yield _link(_name(SERVICE, service), _name(USER, user), SERVICE, list(by_value), found)


def _link(
    start: str, end: str, step: int, values: Sequence[str], found: Sequence[Touch], *, faded: bool = False
) -> Link:
    return Link(
        start=start, end=end, step=step, values=tuple(values), level=worst(touch.level for touch in found),
        faded=faded, findings=_numbers(found),
    )  # fmt: skip


def _numbers(found: Iterable[Touch]) -> tuple[int, ...]:
    return tuple(sorted({touch.number for touch in found}))


def _files(links: Sequence[Link], touches: Touches, stack: str) -> Iterator[Node]:
    """The files that state something drawn, and those of which findings on this stack speak without any value."""
    drawn = {number for link in links for number in link.findings}
    loose = {touch.path for touch in touches.all if touch.level and touch.number not in drawn and touch.stack == stack}
    stating = {link.start[1:] for link in links if link.step == FILE}
    for path in sorted(stating | loose):
        own = [link for link in links if link.start == _name(FILE, path)]
        found = [touch for touch in touches.all if touch.path == path]
        level = worst([*(touch.level for touch in found if touch.number not in drawn), *(link.level for link in own)])
        directory, _, name = path.rpartition("/")
        yield Node(
            id=_name(FILE, path), column=FILE, title=name, note=f"{directory}/" if directory else "", kind="file",
            level=level, findings=_numbers(found),
        )  # fmt: skip


def _of_value(value: Value, touches: Touches) -> Node:
    found = [touch for one in value.statements for touch in touches.at(one.place)]
    return Node(
        id=_key(value), column=VALUE, title=value.name, note=value.said or f"in {_count(value)}", kind=value.sort,
        level=worst(touch.level for touch in found), findings=_numbers(found),
    )  # fmt: skip


def _count(value: Value) -> str:
    count = len({one.place.path for one in value.statements})
    return "1 file" if count == 1 else f"{count} files"


def _members(members: Sequence[Member], column: int, links: Sequence[Link], touches: Touches) -> Iterator[Node]:
    """Those to whom a link leads; of few services all."""
    few = sum(member.kind == "service" for member in members) <= FEW_SERVICES
    for member in members:
        name = _name(column, member.name)
        own = [link for link in links if name in (link.start, link.end)]
        if not own and not (column == SERVICE and member.kind == "service" and few):
            continue
        found = list(touches.at(member.place)) if member.place is not None and column == SERVICE else []
        numbers = {number for link in own for number in link.findings}
        title, note = (member.name, member.note) if member.kind != "script" else _split(member)
        yield Node(
            id=name, column=column, title=title, note=note.rpartition("/")[2] or note, kind=member.kind,
            level=worst(touch.level for touch in found), findings=tuple(sorted(numbers.union(_numbers(found)))),
        )  # fmt: skip


def _split(member: Member) -> tuple[str, str]:
    directory, _, name = member.name.rpartition("/")
    return name, member.note or directory


def _rest(picture: Picture, nodes: Sequence[Node]) -> Iterator[str]:
    """How many values and services are not drawn."""
    drawn = [node.column for node in nodes]
    values = sum(value.sort in _TELLING for value in picture.values) - drawn.count(VALUE)
    services = len([one for one in picture.services if one.kind == "service"]) - sum(
        node.column == SERVICE and node.kind == "service" for node in nodes
    )
    if values > 0:
        yield f"{values} more {'value' if values == 1 else 'values'} on which nothing disagrees"
    if services > 0:
        yield f"{services} more {'service' if services == 1 else 'services'} that share none of these values"
