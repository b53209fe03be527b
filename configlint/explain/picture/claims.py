"""From rows to claims: what one row says of one value, about whom, and for whom."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from configlint.engine.chains import counted, lost
from configlint.model.cell import Cell
from configlint.model.picture import Member, Role, Sort
from configlint.model.record import record
from configlint.model.tables import (
    EVERY_STACK,
    Credential,
    Definition,
    Listener,
    Override,
    PathUse,
    Port,
    Route,
    Row,
    Setting,
    Url,
    Use,
    Workers,
)
from configlint.model.text import Text


class Subject(NamedTuple):
    """What a value is, within its stack."""

    sort: Sort
    name: str


@record
class Claim:
    """What is stated of a subject at the places of a text, and whom it concerns.

    `part` is a piece of what the value as a whole is told by, empty where it adds nothing.
    """

    subject: Subject
    text: Text
    role: Role
    by: str
    said: str = ""
    part: str = ""
    service: Member | None = None
    user: Member | None = None


def claims(row: Row) -> Iterator[Claim]:
    """What a row says, whose texts are masked already; nothing for a table that is not drawn."""
    reader = _READERS.get(row.table)
    if reader is not None:
        yield from reader(row)


def _workers(row: Workers) -> Iterator[Claim]:
    about = _runs(row)
    subject = Subject("workers", about.name)
    count = str(row.count) if row.count.value is not None else "?"
    wanted = "" if row.expected.null else f", expected {row.expected}"
    at = row.count.text if row.count.text.place else row.at
    yield Claim(
        subject=subject, text=at, role=_role(row), by="workers", said=counted(row.count), part=f"{count}{wanted}",
        service=about,
    )  # fmt: skip
    if not row.expected.null:
        yield Claim(
            subject=subject, text=row.expected.text, role="expected", by="workers", said=str(row.expected),
            service=about,
        )  # fmt: skip


def _runs(row: Workers) -> Member:
    """Whose workers they are: of a service, or of the server that a file configures."""
    if row.service:
        return _service(row)
    where = row.name.rpartition("/")[0]
    return Member(name=f"{where}/" if where else "the server", kind="program", note="in no compose file")


def _override(row: Override) -> Iterator[Claim]:
    sort: Sort = "workers" if row.subject == "workers" else "variable"
    subject = Subject(sort, row.service or row.name)
    about = _service(row)
    yield Claim(subject=subject, text=row.loser.text, role="overridden", by="", said=lost(row), service=about)
    yield Claim(subject=subject, text=row.winner.text, role="states", by=row.subject, service=about)


def _credential(row: Credential) -> Iterator[Claim]:
    role: Role = "template" if row.template else _role(row)
    if row.system == "livekit" and row.role:
        serves = row.role == "server"
        about = _service(row) if row.service else Member(name="LiveKit server", kind="program")
        subject = Subject("keys", "LiveKit")
        for cell in (row.key, row.value):
            yield Claim(
                subject=subject, text=cell.text, role=role, by=row.name, said=str(cell),
                part=str(row.key) if serves and cell is row.key else "",
                service=about if serves else None, user=None if serves or row.template else _client(row),
            )  # fmt: skip
        return
    yield Claim(
        subject=Subject("secret", row.name), text=row.value.text, role=role, by=row.name, said=str(row.value),
        service=_service(row) if row.service else None,
    )  # fmt: skip


def _client(row: Credential) -> Member:
    if row.service:
        return _service(row)
    place = row.value.text.place or row.key.text.place or row.at.place
    if place is not None and place.path.endswith((".py", ".dart")):
        return Member(name=place.path, kind="script")
    where = f"reads {place.path.rpartition('/')[2]}" if place is not None else ""
    return Member(name="LiveKit client", kind="client", note=where)


def _url(row: Url) -> Iterator[Claim]:
    about = _reached(row)
    if about is None:
        return
    known = (row.url, row.path)
    texts = dict.fromkeys(cell.text for cell in known if cell.text.places)
    for text in (*texts, row.at):
        yield Claim(
            subject=Subject("address", about.name), text=text, role=_role(row), by=row.name, said=str(row.url),
            part=str(row.port) if about.kind == "address" and row.written and row.port.value is not None else "",
            service=about, user=_caller(row),
        )  # fmt: skip


def _reached(row: Url) -> Member | None:
    """Whom an address reaches: a service, else the host that it names; None where nobody knows."""
    if row.target_state == "self":
        return _service(row)
    if row.target_state == "known" and row.target.value is not None:
        return Member(name=str(row.target.value), kind="service")
    if row.host.value is None:
        return None
    unknown = row.target_state == "no-such-host"
    name = "a hidden host" if row.host.text.secret else str(row.host)
    return Member(name=name, kind="address", note="no such service" if unknown else "not in the stack")


def _caller(row: Url) -> Member | None:
    """Who calls; None where a service looks at itself."""
    if row.audience == "health" or row.target_state == "self":
        return None
    if row.stack != EVERY_STACK:
        return _service(row) if row.target.value != row.service else None
    if row.service or row.audience == "mobile":
        return Member(name=row.service or "app", kind="app", note="runs on phones" if row.audience == "mobile" else "")
    place = row.at.place or row.url.text.place
    return Member(name=place.path, kind="script", note="on the host") if place is not None else None


def _listener(row: Listener) -> Iterator[Claim]:
    if row.source in ("publish", "unknown", "default"):
        return
    port = f"{row.port}/{row.protocol}" if row.protocol != "tcp" else str(row.port)
    yield _of_address(row, row.port.text, "listens", port, port if row.purpose not in ("rtc", "turn") else "")
    if row.purpose in ("rtc", "turn"):
        yield _of_address(row, row.publish.text, "ports", f"has to publish {port}", role="refers")


def _port(row: Port) -> Iterator[Claim]:
    if row.source == "publish":
        suffix = f"/{row.protocol}" if row.protocol != "tcp" else ""
        same = str(row.published) == str(row.target)
        part = f"{row.target}{suffix}" if same else f"{row.target}{suffix}, published as {row.published}"
        yield _of_address(row, row.at, "publishes", f"{row.published}:{row.target}{suffix}", part)
        yield _of_address(row, row.target.text, "publishes", f"{row.published}:{row.target}{suffix}")


def _route(row: Route) -> Iterator[Claim]:
    if row.seen:
        yield _of_address(row, row.path.text, str(row.protocol), str(row.path), role="serves")


def _of_address(row: Row, text: Text, by: str, said: str, part: str = "", role: Role = "states") -> Claim:
    return Claim(
        subject=Subject("address", row.service), text=text, role=role, by=by, said=said, part=part,
        service=_service(row),
    )  # fmt: skip


def _definition(row: Definition) -> Iterator[Claim]:
    """Where a variable is set. What it is set to is left to those who say what it means."""
    if row.name.value is None or row.stack == EVERY_STACK:
        return
    given = row.file_role == "given"
    yield Claim(
        subject=Subject("variable", str(row.name)), text=row.name.text, by="given" if given else "set",
        role="template" if row.file_role == "template" else "states", said=f"{row.name}=…",
        service=_service(row) if given and row.service else None,
    )  # fmt: skip


def _use(row: Use) -> Iterator[Claim]:
    if row.name.value is not None:
        yield Claim(
            subject=Subject("variable", str(row.name)), text=row.name.text, role="refers", by="used",
            said=f"${{{row.name}}}", service=_service(row) if row.service else None,
        )  # fmt: skip


def _path(row: PathUse) -> Iterator[Claim]:
    subject = Subject("path", str(row.value))
    for cell in (row.value, row.other):
        if not cell.null:
            yield Claim(
                subject=subject, text=cell.text, role="states", by=row.what, said=str(cell),
                service=_service(row) if row.service else None,
            )  # fmt: skip


def _setting(row: Setting) -> Iterator[Claim]:
    if not row.accepted:
        about = _service(row) if row.service else Member(name=f"LiveKit {row.program}", kind="program")
        yield Claim(
            subject=Subject("setting", str(row.name)), text=row.name.text, role="states", by="not taken",
            said=str(row.name), service=about,
        )  # fmt: skip


def _service(row: Row) -> Member:
    return Member(name=row.service, kind="service")


def _role(row: Row) -> Role:
    return "overridden" if row.reach == "latent" else "states"


_READERS: Mapping[str, Callable[[Any], Iterator[Claim]]] = {
    "workers": _workers, "overrides": _override, "credentials": _credential, "urls": _url, "listeners": _listener,
    "ports": _port, "routes": _route, "definitions": _definition, "uses": _use, "paths": _path, "settings": _setting,
}  # fmt: skip


def members(row: Row) -> Member:
    """The service of a row of `services`, with its image."""
    image = getattr(row, "image", None)
    note = str(image) if isinstance(image, Cell) and not image.null else "built here"
    return Member(name=row.service, kind="service", note=note, place=row.at.place)
