"""A picture as it is drawn: nodes in four columns, and the links between them, as the findings leave them."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from configlint.model.finding import Finding
from configlint.model.picture import Member, Picture, Statement, Value
from configlint.model.record import record, replace
from configlint.report.html.choice import MOST, TELLING, bare, chosen, disagrees, statements
from configlint.report.html.touches import Level, Touch, Touches, worst

FILE, VALUE, SERVICE, USER = range(4)
"""The columns."""

FEW_SERVICES = 12
"""Up to this many services are drawn even if no drawn value is about them."""


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


def drawing(picture: Picture, findings: Sequence[Finding], prefix: str, own: Container[int]) -> Drawing:
    """One stack. `prefix` stands before the ids of its nodes, which the drawings of one page do not share.

    `own` are the numbers of the findings on this stack: they are drawn even where no value of the picture is concerned.
    """
    touches = Touches(findings)
    known = chosen(picture.values, touches)
    values = [*known, *islice(bare(picture.values, findings, touches, own), MOST)]
    links = [*_stated(values, touches), *_about(values, touches), *_used(values, touches)]
    nodes = [
        *_files(links, touches, own),
        *(_of_value(value, touches) for value in values),
        *_members(picture.services, SERVICE, links, touches),
        *_members(picture.users, USER, links, touches),
    ]
    kept = _kept(nodes, links)
    ids = {name: f"{prefix}{number}" for number, name in enumerate(node.id for node in nodes if node.id in kept)}
    left = [node for node in nodes if node.id not in ids]
    nodes = [replace(node, id=ids[node.id]) for node in nodes if node.id in ids]
    return Drawing(
        stack=picture.stack,
        nodes=tuple(nodes),
        links=tuple(_numbered(links, ids)),
        values=tuple((ids[key], value) for value in values if (key := _key(value)) in ids),
        rest=(*_rest(picture, known, nodes, touches), *_left(left)),
    )


def _numbered(links: Iterable[Link], ids: Mapping[str, str]) -> Iterator[Link]:
    """The links between nodes that have an id."""
    for one in links:
        if one.start in ids and one.end in ids:
            values = tuple(ids[name] for name in one.values if name in ids)
            yield replace(one, start=ids[one.start], end=ids[one.end], values=values)


def _kept(nodes: Sequence[Node], links: Sequence[Link]) -> set[str]:
    """The nodes for which there is room: in each column those that are wrong before the others."""
    red = {end for link in links if link.level for end in (link.start, link.end)}
    kept: set[str] = set()
    for column in (FILE, VALUE, SERVICE, USER):
        own = [node for node in nodes if node.column == column]
        own.sort(key=lambda node: not node.level and node.id not in red)
        kept.update(node.id for node in own[:MOST])
    return kept


def _left(nodes: Sequence[Node]) -> Iterator[str]:
    """How many files and users had no room."""
    for column, noun in ((FILE, "file"), (USER, "user")):
        if count := sum(node.column == column for node in nodes):
            yield _more(count, noun)


def _name(column: int, name: str) -> str:
    """What a node is known by until all are numbered."""
    return f"{column}{name}"


def _key(value: Value) -> str:
    return _name(VALUE, f"{value.sort} {value.name} {value.statements[0].place}")


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


def _files(links: Sequence[Link], touches: Touches, own: Container[int]) -> Iterator[Node]:
    """The files that state something drawn, and those of which findings on this stack speak without any value."""
    drawn = {number for link in links for number in link.findings}
    loose = {touch.path for touch in touches.all if touch.level and touch.number not in drawn and touch.number in own}
    stating = {link.start[1:] for link in links if link.step == FILE}
    for path in sorted(stating | loose):
        leaving = [link for link in links if link.start == _name(FILE, path)]
        found = touches.of(path)
        grade = worst(
            [*(touch.level for touch in found if touch.number not in drawn), *(link.level for link in leaving)]
        )
        directory, _, name = path.rpartition("/")
        yield Node(
            id=_name(FILE, path), column=FILE, title=name, note=f"{directory}/" if directory else "", kind="file",
            level=grade, findings=_numbers(found),
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


def _rest(picture: Picture, known: Sequence[Value], nodes: Sequence[Node], touches: Touches) -> Iterator[str]:
    """How many values and services are not drawn."""
    drawn = {id(value) for value in known}
    left = [value for value in picture.values if value.sort in TELLING and id(value) not in drawn]
    wrong = sum(disagrees(value, touches) for value in left)
    services = sum(one.kind == "service" for one in picture.services) - sum(
        node.column == SERVICE and node.kind == "service" for node in nodes
    )
    if wrong:
        yield f"{_more(wrong, 'value')} on which something disagrees"
    if len(left) > wrong:
        yield f"{_more(len(left) - wrong, 'value')} on which nothing disagrees"
    if services:
        yield f"{_more(services, 'service')} that share none of these values"


def _more(count: int, noun: str) -> str:
    return f"{count} more {noun}" if count == 1 else f"{count} more {noun}s"
