"""What is said of a key of which nothing is known: why, and what could have been meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.explain.why import addresses, workers
from configlint.formats import facts
from configlint.model.tables import Url, Variable
from configlint.resolve import Resolution
from configlint.resolve.stack import Running

_MANY = 20
_FEW = 3
_SHORTEST = 3
"""Characters of a part of a name that says something."""


def unknown(resolution: Resolution, key: str) -> str:
    """That nothing is known of a key, with what could have been meant."""
    port = addresses.ports(key)
    if port is not None:
        known = ", ".join(str(one) for one in addresses.known_ports(resolution.tables)[:_MANY])
        return f"nobody publishes port {port}, listens on it or calls it" + (f" (known: {known})" if known else "")
    if addresses.address(key) is not None:
        return f"nobody calls or serves '{key}'{nearest(key, addresses.known_urls(resolution.tables))}"
    if key == "workers":
        return "nothing here starts a server whose workers are known"
    for one in running(resolution):
        for name in (f"{one.stack}/{one.name}.", f"{one.name}."):
            if key.startswith(name):
                return _of_service(resolution, one, key.removeprefix(name))
    return f"nothing here is called '{key}'{nearest(key, suggestions(resolution))}"


def _of_service(resolution: Resolution, one: Running, attribute: str) -> str:
    """A service that is known, and something of it that is not."""
    near = nearest(attribute, _attributes(resolution, one), f"{one.name}.")
    said = f"nothing is known of '{attribute}' in service {one.name}{near}"
    image = one.service.image
    foreign = one.image is None and one.service.build is None and image is not None
    may_set = foreign and attribute.isupper()
    return f"{said}; its image {image} is not built here, and may set it" if may_set else said


def _attributes(resolution: Resolution, one: Running) -> Iterator[str]:
    rows = resolution.tables.of_service("variables", one.stack, one.name)
    yield from (str(row.name) for row in rows if isinstance(row, Variable))
    yield from ("command", *(("workers",) if workers.serves(resolution, one) else ()))


def running(resolution: Resolution) -> Iterator[Running]:
    """Every service."""
    return (one for stack in resolution.stacks for one in stack.running.values())


def suggestions(resolution: Resolution) -> Iterator[str]:
    """All that could have been meant."""
    for one in running(resolution):
        for name in _attributes(resolution, one):
            yield f"{one.name}.{name}"
            if name not in ("command", "workers"):
                yield name
    for stack in resolution.stacks:
        yield from (use.use.name.raw for use in stack.project.uses)
    yield from (row.name for row in resolution.tables["urls"] if isinstance(row, Url))
    for document in resolution.documents.values():
        for fact in facts(document):
            if not any(part.isdecimal() for part in fact.key):
                yield ".".join(fact.key)
                yield fact.key[-1]


def nearest(key: str, names: Iterable[str], before: str = "") -> str:
    """`, did you mean 'x' or 'y'?`, or nothing where no name is near; `before` precedes each of the names.

    Capitals count only where others are as near. A name is near, too, if its last part is, or holds what is asked.
    """
    from difflib import get_close_matches  # only on the way to exit 2

    valid = sorted(set(names))
    lower = {name.lower(): name for name in valid}
    close = get_close_matches(key, valid, n=_FEW)
    close = close or [lower[name] for name in get_close_matches(key.lower(), lower, n=_FEW)] or _by_part(key, valid)
    said = " or ".join(f"'{before}{name}'" for name in close)
    return f", did you mean {said}?" if said else ""


def _by_part(key: str, names: Sequence[str]) -> list[str]:
    """The names whose last part, or else any part, is near to that of a key, or holds it, or is held by it."""
    wanted = key.lower().rpartition(".")[2]
    last = {name: name.lower().split(".")[-1:] for name in names}
    return _near_parts(wanted, last) or _near_parts(wanted, {name: name.lower().split(".") for name in names})


def _near_parts(wanted: str, parts: Mapping[str, Sequence[str]]) -> list[str]:
    from difflib import get_close_matches

    every = sorted({part for found in parts.values() for part in found})
    near = get_close_matches(wanted, every, n=_FEW)
    near += [part for part in every if len(wanted) >= _SHORTEST <= len(part) and (part in wanted or wanted in part)]
    return list(dict.fromkeys(name for part in near for name, found in parts.items() if part in found))[:_FEW]
