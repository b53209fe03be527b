"""The keys, flags and variables that LiveKit's programs of a stack are given."""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.tables import Setting
from configlint.programs.livekit import credentials
from configlint.programs.livekit import settings as judge
from configlint.programs.livekit.service import arguments, config, official, option, program, switched
from configlint.workspace.documents import Shelf


def rows(one: Running, shelf: Shelf) -> Iterator[Setting]:
    """A row for each setting of a service that runs LiveKit's own image."""
    which = program(one)
    if which and official(one):
        for judged in _judged(one, shelf, which):
            yield judge.setting(judged, one.stack, which, one.name, one.reach)


def _judged(one: Running, shelf: Shelf, which: str) -> Iterator[judge.Judgement]:
    found = config(one, shelf)
    if which == "server":
        if found.root is not None and not switched(one, "disable-strict-config"):
            yield from judge.server_keys(found.root, found.name)
        yield from judge.flags(arguments(one))
        pairs = option(one, "keys")
        if pairs is not None and judge.runs_together(pairs):
            yield pairs, "a blank has to stand behind the colon, as in `name: secret`"
    elif found.root is not None:
        yield from judge.side_keys(found.root, found.name, which)
    keyed = which == "server" and any(row.role == "server" for row in credentials.accepted(one, shelf))
    for value in one.environment.values.values():
        if value.source == "environment":
            yield judge.variable(value.name, value.value, which, has_keys=keyed)
