"""The keys, flags and variables that LiveKit's programs of a stack are given."""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.tables import Setting
from configlint.model.text import Text
from configlint.programs.livekit import credentials
from configlint.programs.livekit import settings as judge
from configlint.programs.livekit.client_variables import PAIRS
from configlint.programs.livekit.service import (
    Config,
    arguments,
    config,
    official,
    option,
    program,
    server_address,
    setting,
    starts_otherwise,
    switched,
)
from configlint.workspace.documents import DocumentStore


def rows(one: Running, store: DocumentStore) -> Iterator[Setting]:
    """A row for each setting of a service that runs LiveKit's own image."""
    which = program(one)
    if which and official(one):
        found = config(one, store)
        judged = _of_server(one, found, store) if which == "server" else _of_side(one, found, store, which)
        for judgement in judged:
            yield judge.setting(judgement, one.stack, which, one.name, one.reach)


def _of_server(one: Running, found: Config, store: DocumentStore) -> Iterator[judge.Judgement]:
    has_keys = any(row.role == "server" for row in credentials.accepted(one, store))
    judged = list(_written(one, found, has_keys=has_keys))
    yield from judged
    starts = all(not judgement.hint or judgement.ignored for judgement in judged)
    if starts and not has_keys and _must_hold_keys(one, found):
        yield judge.Judgement(_place_of_keys(one, found), judge.NO_KEYS)


def _written(one: Running, found: Config, *, has_keys: bool) -> Iterator[judge.Judgement]:
    if found.root is not None and not switched(one, "disable-strict-config"):
        yield from judge.server_keys(found.root, found.name)
    yield from judge.flags(arguments(one))
    pairs = option(one, "keys")
    if pairs is not None and judge.runs_together(pairs):
        yield judge.Judgement(pairs, judge.APART)
    for value in one.environment.values.values():
        if value.source == "environment":
            own = starts_otherwise(one)
            yield judge.server_variable(value.name, value.value, has_keys=has_keys, own_start=own)


def _must_hold_keys(one: Running, found: Config) -> bool:
    """Whether the server needs a key pair, and all places from which it could take one are seen."""
    words = arguments(one)
    if words and not words[0].raw.startswith("--"):
        return False  # a command of its own: `generate-keys`, `ports`
    given = option(one, "keys") or setting(one, found, "key_file") or one.environment.values.get(PAIRS)
    return found.reason is None and given is None and not one.environment.missing and not starts_otherwise(one)


def _place_of_keys(one: Running, found: Config) -> Text:
    key = found.root.key("keys") if found.root is not None else None
    near = [found.name(key)] if key is not None else []
    place = next((text.place for text in (*near, found.at) if text.place is not None), one.service.place)
    return Text.exactly("keys", place)


def _of_side(one: Running, found: Config, store: DocumentStore, which: str) -> Iterator[judge.Judgement]:
    given = one.environment.lookup
    if found.root is not None:
        complete = all(name in found.root or given(variable) for name, variable in judge.OF_CLIENTS.items())
        yield from judge.side_keys(found.root, found.name, which, complete=complete)
    address = server_address(one, store) or given("LIVEKIT_WS_URL")
    for value in one.environment.values.values():
        if value.source == "environment":
            yield judge.side_variable(value.name, value.value, which, has_url=address is not None)
