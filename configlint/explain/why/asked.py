"""From the key that somebody asks about to the entries that answer."""

from collections.abc import Iterable, Iterator

from configlint.engine import quotes
from configlint.explain.why import addresses, command, variables, workers, written
from configlint.explain.why.answer import Answer, Entry
from configlint.explain.why.concealed import concealed
from configlint.explain.why.stated import stated
from configlint.formats import facts
from configlint.model.cell import cell
from configlint.model.tables import EVERY_STACK, Url, Workers
from configlint.model.text import Place
from configlint.resolve import Resolution
from configlint.resolve.stack import Running
from configlint.rules.errors import InputError

_MANY = 20
_COMMANDS = ("command", "entrypoint")


def why(resolution: Resolution, key: str) -> Answer:
    """All that is known about a key.

    A key is a port (`8000`), a URL, a path or `host:port`, `service.workers`, `service.command`, `service.VARIABLE`
    (each may begin with `stack/`), a variable, a name in the code of an app, or the dotted key of a value in a file, or
    the end of one. Raises `InputError`, with the nearest names, where nothing of that name is known.
    """
    found = _entries(resolution, key)
    if not found:
        raise InputError(_unknown(resolution, key))
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


def _running(resolution: Resolution) -> Iterator[Running]:
    return (one for stack in resolution.stacks for one in stack.running.values())


def _of_services(resolution: Resolution, key: str) -> list[Entry]:
    """`service.workers` and the like; without a service, of all of them."""
    found: list[Entry] = []
    for one in _running(resolution):
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
        for one in _running(resolution)
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
    """The addresses that have this name in the code of an app, or in a configuration."""
    return [
        Entry(
            kind="address", stack=row.stack, service=row.service, name=row.name, uses=row.url,
            parts=tuple(stated("decides", row.url.text, row.at.place)), note=_reached(row),
        )
        for row in resolution.tables["urls"]
        if isinstance(row, Url) and row.name == key
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


def _unknown(resolution: Resolution, key: str) -> str:
    """That nothing is known of a key, with what could have been meant."""
    port = addresses.ports(key)
    if port is not None:
        known = ", ".join(str(one) for one in addresses.known_ports(resolution.tables)[:_MANY])
        return f"nobody publishes port {port}, listens on it or calls it" + (f" (known: {known})" if known else "")
    if addresses.address(key) is not None:
        return f"nobody calls or serves '{key}'{_nearest(key, addresses.known_urls(resolution.tables))}"
    if key == "workers":
        return "nothing here starts a server whose workers are known"
    return f"nothing here is called '{key}'{_nearest(key, suggestions(resolution))}"


def suggestions(resolution: Resolution) -> Iterator[str]:
    """All that could have been meant."""
    for one in _running(resolution):
        yield from (f"{one.name}.{name}" for name in ("command", *one.environment.values))
        yield from (f"{one.name}.workers" for _ in [one] if workers.serves(resolution, one))
        yield from one.environment.values
    for stack in resolution.stacks:
        yield from (use.use.name.raw for use in stack.project.uses)
    yield from (row.name for row in resolution.tables["urls"] if isinstance(row, Url))
    for document in resolution.documents.values():
        for fact in facts(document):
            if not any(part.isdecimal() for part in fact.key):
                yield ".".join(fact.key)
                yield fact.key[-1]


def _nearest(key: str, names: Iterable[str]) -> str:
    """`, did you mean 'x' or 'y'?`, or nothing where no name is near. Capitals count only where others are as near."""
    from difflib import get_close_matches  # only on the way to exit 2

    valid = sorted(set(names))
    lower = {name.lower(): name for name in valid}
    close = get_close_matches(key, valid, n=3) or [lower[name] for name in get_close_matches(key.lower(), lower, n=3)]
    said = " or ".join(f"'{name}'" for name in close)
    return f", did you mean {said}?" if close else ""


def _marked(entries: Iterable[Entry], secrets: dict[str, tuple[Place, ...]]) -> dict[str, tuple[Place, ...]]:
    """The secret places of the files, with those that the answer knows besides: an option in a command, a default."""
    found = {path: set(places) for path, places in secrets.items()}
    for entry in entries:
        for text in (entry.uses.text, *(part.text for part in entry.parts)):
            for place in quotes.secret_places(text):
                if place.path in found:
                    found[place.path].add(place)
    return {path: tuple(sorted(places)) for path, places in found.items()}
