"""From the key that somebody asks about to the entries that answer."""

from collections.abc import Iterable, Sequence

from configlint.engine import quotes
from configlint.explain.why import addresses, command, variables, workers, written
from configlint.explain.why.answer import Answer, Entry
from configlint.explain.why.concealed import concealed
from configlint.explain.why.stated import stated
from configlint.explain.why.unknown import running, unknown
from configlint.model.cell import cell
from configlint.model.tables import EVERY_STACK, Url, Workers
from configlint.model.text import Place
from configlint.resolve import Resolution
from configlint.resolve.stack import Running
from configlint.rules.errors import InputError, near

_COMMANDS = ("command", "entrypoint")


def why(resolution: Resolution, key: str) -> Answer:
    """All that is known about a key.

    A key is a port (`8000`), a URL, a path or `host:port`, `service.workers`, `service.command`, `service.VARIABLE`
    (each may begin with `stack/`), a variable, a name in the code of an app, or the dotted key of a value in a file, or
    the end of one. Raises `InputError`, with the nearest names, where nothing of that name is known.
    """
    found = _entries(resolution, key)
    if not found:
        raise InputError(unknown(resolution, key))
    return _answer(resolution, key, found)


def every_variable(resolution: Resolution, service: str) -> Answer:
    """Every variable of a service, named as in a key; with an empty name, of all of them.

    Raises `InputError` where there is no such service, or no service at all.
    """
    wanted = [one for one in running(resolution) if service in ("", one.name, f"{one.stack}/{one.name}")]
    if not wanted:
        names = [one.name for one in running(resolution)]
        nowhere = "no compose service was found here"
        raise InputError(f"no service '{service}'{near(service, names)}" if names else nowhere)
    found = [entry for one in wanted for entry in variables.all_of_service(resolution, one)]
    return _answer(resolution, service, found)


def _answer(resolution: Resolution, key: str, found: Sequence[Entry]) -> Answer:
    paths = {part.place.path for entry in found for part in entry.parts if part.place is not None}
    marked = _marked(found, quotes.secrets(resolution, paths))
    quotable = quotes.quotable(resolution, paths)
    return Answer(
        key=key,
        entries=concealed(found, marked, quotable),
        contents=quotes.contents(resolution, paths),
        secrets=marked,
        quotable=quotable,
    )


def _entries(resolution: Resolution, key: str) -> list[Entry]:
    """The answer of the first reading of the key that has one."""
    port, wanted = addresses.ports(key), addresses.address(key)
    if port is not None:
        return addresses.of_port(resolution.tables, port)
    if wanted is not None and (found := addresses.of_url(resolution.tables, key, wanted)):
        return found
    return (
        _of_services(resolution, key)
        or variables.everywhere(resolution, key)
        or _called(resolution, key)
        or _service(resolution, key)
        or _keys(resolution, key)
    )


def _of_services(resolution: Resolution, key: str) -> list[Entry]:
    """`service.workers` and the like; without a service, of all of them."""
    found: list[Entry] = []
    for one in running(resolution):
        for name in (f"{one.stack}/{one.name}.", f"{one.name}."):
            if key.startswith(name):
                found += _of_service(resolution, one, key.removeprefix(name))
                break
        else:
            if key in _COMMANDS or (key == "workers" and workers.serves(resolution, one)):
                found += _of_service(resolution, one, key)
    for row in resolution.tables["workers"]:
        if isinstance(row, Workers) and not row.service and key in ("workers", f"{row.name}.workers", row.name):
            found.append(workers.of_file(resolution, row))
    return found


def _service(resolution: Resolution, key: str) -> list[Entry]:
    """What a service starts and how many workers it runs, where nothing of it is named."""
    return [
        entry
        for one in running(resolution)
        if key in (one.name, f"{one.stack}/{one.name}")
        for name in ("command", *(["workers"] if workers.serves(resolution, one) else []))
        for entry in _of_service(resolution, one, name)
    ]


def _of_service(resolution: Resolution, one: Running, attribute: str) -> list[Entry]:
    if attribute == "workers":
        return list(workers.of_service(resolution, one))
    if attribute in _COMMANDS:
        return [command.of_service(one)]
    entry = variables.of_service(resolution, one, attribute)
    if entry is None or entry.parts:
        return [entry] if entry is not None else []
    # A file that is not here may set it: that is worth a word where the variable is known from elsewhere.
    return [
        other
        for other in variables.everywhere(resolution, attribute)
        if other.service in (one.name, "") and other.stack in (one.stack, EVERY_STACK)
    ]


def _called(resolution: Resolution, key: str) -> list[Entry]:
    """The addresses that have this name in the code of an app, or in a configuration; else those whose name ends so."""
    known = {row.name for row in resolution.tables["urls"] if isinstance(row, Url)}
    names = {key} & known or {name for name in known if name.endswith(f".{key}")}
    return [
        Entry(
            kind="address", stack=row.stack, service=row.service, name=row.name, uses=row.url,
            parts=tuple(stated("decides", row.url.text, row.at.place)), note=_reached(row),
        )
        for row in resolution.tables["urls"]
        if isinstance(row, Url) and row.name in names
    ]  # fmt: skip


def _reached(row: Url) -> str:
    return f"reaches {row.target}" if row.target_state == "known" else ""


def _keys(resolution: Resolution, key: str) -> list[Entry]:
    """The values under a dotted key; where there are none, under all keys that end with it."""
    word = next((part for part in reversed(key.split(".")) if not part.isdecimal()), key)
    found = list(written.values(resolution, word, lambda dotted: dotted == key or dotted.endswith("." + key)))
    exact = [one for one in found if one.dotted == key]
    return [
        Entry(kind="key", stack=EVERY_STACK, name=one.dotted, uses=cell(one.fact.text), parts=(written.part(one),))
        for one in exact or found
    ]


def _marked(entries: Iterable[Entry], secrets: dict[str, tuple[Place, ...]]) -> dict[str, tuple[Place, ...]]:
    """The secret places of the files, with those that the answer knows besides: an option in a command, a default."""
    found = {path: set(places) for path, places in secrets.items()}
    for entry in entries:
        for text in (entry.uses.text, *(part.text for part in entry.parts)):
            for place in quotes.secret_places(text):
                if place.path in found:
                    found[place.path].add(place)
    return {path: tuple(sorted(places)) for path, places in found.items()}
