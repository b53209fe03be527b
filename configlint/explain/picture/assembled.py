"""From the claims of a stack to its picture: one value for each subject, with every place that states it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.engine import quotes
from configlint.explain.picture.claims import Claim, Subject, claims, members
from configlint.model.cell import Cell
from configlint.model.concealing import Secrets, masked
from configlint.model.picture import Member, Picture, Statement, Value
from configlint.model.record import replace
from configlint.model.tables import EVERY_STACK, Credential, Port, Row, Url
from configlint.resolve import Resolution

_NAMES = {"address": "address of {}", "workers": "workers of {}", "keys": "{} key pair"}


def pictures(resolution: Resolution) -> tuple[Picture, ...]:
    """A picture for each stack, and one for what belongs to none of several. Nothing in them is secret."""
    secrets = quotes.secrets(resolution, resolution.documents)
    rows = [_concealed(row, secrets) for row in resolution.tables]
    found = (_picture(stack, of_stack) for stack, of_stack in _dealt(rows).items())
    return tuple(one for one in found if one.values or one.services)


def _concealed(row: Row, secrets: Secrets) -> Row:
    """The row with everything masked that stands at a secret place, be it secret to another row alone."""
    names = (name for cls in type(row).__mro__ for name in getattr(cls, "__slots__", ()))
    cells = {name: cell for name in names if isinstance(cell := getattr(row, name), Cell) and cell.text.places}
    return replace(row, **{name: Cell(value=one.value, text=masked(one.text, secrets)) for name, one in cells.items()})


def _dealt(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    """The rows of each stack. Those of none go to the only one, or to those with which they have to agree."""
    dealt: dict[str, list[Row]] = {row.stack: [] for row in rows if row.stack != EVERY_STACK}
    alone = list(dealt) if len(dealt) == 1 else []
    offers = _offers(rows)
    for row in rows:
        for stack in [row.stack] if row.stack != EVERY_STACK else alone or offers.get(_needs(row)) or [EVERY_STACK]:
            dealt.setdefault(stack, []).append(row)
    return dealt


_PAIRS = ("livekit", "keys")


def _offers(rows: Iterable[Row]) -> Mapping[object, list[str]]:
    """The stacks by what somebody outside may use of them: a service with a port of the host, LiveKit's key pairs."""
    stacks: dict[object, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if isinstance(row, Port):
            stacks[row.service, str(row.published)][row.stack] = None
        elif isinstance(row, Credential) and (row.system, row.role) == ("livekit", "server"):
            stacks[_PAIRS][row.stack] = None
    return {offer: [name for name in names if name != EVERY_STACK] for offer, names in stacks.items()}


def _needs(row: Row) -> object:
    if isinstance(row, Url):
        return str(row.target.value), str(row.port)
    return _PAIRS if isinstance(row, Credential) and row.system == "livekit" else None


def _picture(stack: str, rows: Iterable[Row]) -> Picture:
    own: dict[str, Member] = {}
    grouped: dict[Subject, list[Claim]] = defaultdict(list)
    for row in rows:
        if row.table == "services":
            own[row.service] = members(row)
        for claim in claims(row):
            grouped[claim.subject].append(claim)
    others = {one.name: one for group in grouped.values() for claim in group if (one := claim.service)}
    users = {one.name: own.get(one.name, one) for group in grouped.values() for claim in group if (one := claim.user)}
    values = [_value(subject, group) for subject, group in grouped.items()]
    return Picture(
        stack=stack,
        values=tuple(value for value in values if value.statements and not _is_part(value, values, own)),
        services=tuple((others | own).values()),
        users=tuple(users.values()),
    )


def _is_part(value: Value, values: Iterable[Value], own: Mapping[str, Member]) -> bool:
    """Whether it is a host outside of the stack that only other addresses are made of."""
    if value.sort != "address" or not own.keys().isdisjoint(value.services):
        return False
    places = {one.place for value_ in values if value_ is not value for one in value_.statements}
    return all(one.place in places for one in value.statements)


def _value(subject: Subject, group: Sequence[Claim]) -> Value:
    pieces = dict.fromkeys(claim.part for claim in group if claim.part)
    return Value(
        sort=subject.sort,
        name=_NAMES.get(subject.sort, "{}").format(subject.name),
        said=" · ".join(one for one in pieces if not any(other.startswith(f"{one}, ") for other in pieces)),
        statements=tuple(_distinct(one for claim in group for one in _statements(claim))),
        services=tuple(dict.fromkeys(claim.service.name for claim in group if claim.service)),
        users=tuple(dict.fromkeys(claim.user.name for claim in group if claim.user)),
    )


def _statements(claim: Claim) -> Iterator[Statement]:
    """A statement at each place of the text, and one at each that only passes it on."""
    user = claim.user.name if claim.user else ""
    for place in claim.text.places:
        yield Statement(place=place, said=claim.said, by=claim.by, role=claim.role, user=user)
    for place in claim.text.via:
        yield Statement(place=place, said=claim.said, by=claim.by, role="refers", user=user)


def _distinct(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Each place once for each name and user."""
    seen: set[object] = set()
    for one in statements:
        key = one.place, one.by, one.user, one.role
        if key not in seen:
            seen.add(key)
            yield one
