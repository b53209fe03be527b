"""Settings of LiveKit's programs, and whether the program takes them.

livekit-server decodes its file with unknown fields refused (pkg/config/config.go, cmd/server/main.go). Egress, ingress
and sip ignore what they do not know. None of them starts with a value of the wrong type.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from configlint.formats.yaml.nodes import Mapping, Node, Scalar, Sequence, merges
from configlint.model.cell import cell, typed
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.tables import Reach, Setting
from configlint.model.tables.words import Program
from configlint.model.text import Text
from configlint.programs.livekit.schema import KINDS, Schema, fits
from configlint.programs.livekit.server_settings import SERVER, reads
from configlint.programs.livekit.side_settings import SIDES

Reading = Callable[[Scalar], Text]


class Judgement(NamedTuple):
    """The name of a setting, and what is wrong with it; empty where nothing is.

    `ignored`: the program starts without looking at it. Otherwise it does not start. `path` is the whole name of a key
    that is written in a section.
    """

    name: Text
    hint: str = ""
    ignored: bool = False
    path: str = ""


_OF_CLIENTS = {
    "api_key": "its key pairs belong under `keys`, as `name: secret`",
    "api_secret": "its key pairs belong under `keys`, as `name: secret`",
    "ws_url": "this is a setting of egress, ingress and sip",
}
_OF_SERVERS = {
    "keys": "it takes api_key and api_secret",
    "livekit": "api_key, api_secret and ws_url belong at the top",
    "livekit_url": "it reads ws_url",
    "livekit_api_key": "it reads api_key",
    "livekit_api_secret": "it reads api_secret",
}
_PAIRS_OF_SERVER = "it reads key pairs from LIVEKIT_KEYS, as `name: secret`, or from `keys` of its file"
_CLIENT_FLAGS = ("--api-key", "--api-secret", "--url", "--ws-url")
_CLIENT_VARIABLES = ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
_BODIES = {"LIVEKIT_CONFIG": "it must contain the YAML itself, not a path; use --config for a file"} | {
    f"{side}_CONFIG_BODY": f"it must contain the YAML itself, not a path; use {side}_CONFIG_FILE for a file"
    for side in ("EGRESS", "INGRESS", "SIP")
}
APART = "a blank has to follow the colon, as in `name: secret`"
NO_KEYS = "it has no key pair and refuses to start; give it one under `keys`, as `name: secret`"


def server_keys(root: Mapping, text: Reading) -> Iterator[Judgement]:
    """The keys of a server's file; one that it does not know keeps it from starting."""
    usual = "it knows no such setting, and refuses to start with it"
    yield from _Keys(schema=SERVER, text=text, known=_OF_CLIENTS, usual=usual).below(root)


def of_server(root: Mapping) -> bool:
    """Whether most settings of a file that is only named after LiveKit are a server's, or ones of its clients."""
    names = root.names()
    return 2 * sum(name in SERVER[""] or name in _OF_CLIENTS for name in names) > len(names)


def side_keys(root: Mapping, text: Reading, program: str, *, complete: bool) -> Iterator[Judgement]:
    """The keys of a file of egress, ingress or sip; `complete`: it has its pair and address all the same."""
    usual = "it knows no such setting, so this has no effect"
    keys = _Keys(schema=SIDES[program], text=text, known=_OF_SERVERS, usual=usual, ignored=True)
    for judged in keys.below(root):
        yield judged if complete or judged.hint not in _OF_SERVERS.values() else judged._replace(ignored=False)


@record
class _Keys:
    """What is needed to judge the keys of one file; `known` are hints for keys at the top, `usual` is that for others.

    `ignored` tells whether the program starts in spite of a key that it does not know.
    """

    schema: Schema
    text: Reading
    known: dict[str, str]
    usual: str
    ignored: bool = False

    def below(self, mapping: Mapping, path: str = "") -> Iterator[Judgement]:
        """The keys of a mapping and of all mappings in it."""
        for entry in mapping.entries:
            if isinstance(entry.key, Scalar) and not merges(entry.key):
                yield self._judged(entry.key, entry.value, path)
                yield from self._inside(entry.value, f"{path}.{entry.key.value}" if path else entry.key.value)

    def _inside(self, value: Node, path: str) -> Iterator[Judgement]:
        if path in self.schema:
            for item in value.items if isinstance(value, Sequence) else (value,):
                if isinstance(item, Mapping):
                    yield from self.below(item, path)

    def _judged(self, key: Scalar, value: Node, path: str) -> Judgement:
        kind = self.schema[path].get(key.value)
        whole = f"{path}.{key.value}" if path else ""
        if kind is None:
            return Judgement(self.text(key), self._unknown(key.value, path), self.ignored, whole)
        return Judgement(self.text(key), "" if fits(value, kind) else f"it must be {KINDS[kind]}", path=whole)

    def _unknown(self, name: str, path: str) -> str:
        if not path and name in self.known:
            return self.known[name]
        nearest = self._nearest(name, path)
        return f"{self.usual} (did you mean {nearest}?)" if nearest else self.usual

    def _nearest(self, name: str, path: str) -> str:
        """The setting that was probably meant: one that is written alike, else the only one of this name elsewhere."""
        from difflib import get_close_matches  # needed for mistakes alone

        alike = get_close_matches(name, self.schema[path], n=1, cutoff=0.8)
        if alike:
            return f"{path}.{alike[0]}" if path else alike[0]
        elsewhere = [f"{where}.{name}" for where, settings in self.schema.items() if where and name in settings]
        return elsewhere[0] if len(elsewhere) == 1 else ""


def flags(words: Iterable[Text]) -> Iterator[Judgement]:
    """Options of the server's command line."""
    for word in words:
        name = word.raw.partition("=")[0]
        if name.startswith("--"):
            yield Judgement(word[: len(name)], "use --keys 'name: secret'" if name in _CLIENT_FLAGS else "")


def server_variable(name: Text, value: Text | None, *, has_keys: bool, own_start: bool) -> Judgement:
    """A variable that the server is given by name; with `own_start`, a command of the user's may read it."""
    raw = name.raw
    if value is not None and raw == "LIVEKIT_KEYS" and runs_together(value):
        return Judgement(name, APART)
    if value is not None and raw in _BODIES and _names_a_file(value):
        return Judgement(name, _BODIES[raw])
    if not raw.startswith("LIVEKIT_") or own_start or reads(raw):
        return Judgement(name)
    if raw in _CLIENT_VARIABLES:
        return Judgement(name, _PAIRS_OF_SERVER, ignored=has_keys)
    instead = _INSTEAD.get(raw)
    return Judgement(name, f"it reads {instead}" if instead else "it reads no such variable", ignored=True)


_INSTEAD = {
    "LIVEKIT_REDIS_HOST": "REDIS_HOST, or LIVEKIT_REDIS_ADDRESS, as `host:port`",
    "LIVEKIT_REDIS_URL": "REDIS_HOST, or LIVEKIT_REDIS_ADDRESS, as `host:port`",
    "LIVEKIT_UDP_PORT": "UDP_PORT",
    "LIVEKIT_UDP_PORT_MIN": "LIVEKIT_RTC_PORT_RANGE_START",
    "LIVEKIT_UDP_PORT_MAX": "LIVEKIT_RTC_PORT_RANGE_END",
    "LIVEKIT_NODE_IP": "NODE_IP",
    "LIVEKIT_TURN_HOST": "LIVEKIT_TURN_DOMAIN",
}


def side_variable(name: Text, value: Text | None, program: str, *, has_url: bool) -> Judgement:
    """A variable that egress, ingress or sip is given by name. They read three, and the one of their configuration."""
    raw, own = name.raw, f"{program.upper()}_"
    if value is not None and raw in _BODIES and _names_a_file(value):
        return Judgement(name, _BODIES[raw])
    if raw == "LIVEKIT_URL":
        return Judgement(name, "it reads LIVEKIT_WS_URL", ignored=has_url)
    setting = raw.removeprefix(own).lower()
    if raw.startswith(own) and (setting in SIDES[program][""] or _OF_NO_PROGRAM.match(raw)):
        return Judgement(name, f"it reads {OF_CLIENTS.get(setting, f'this from {own}CONFIG_FILE alone')}", ignored=True)
    return Judgement(name)


OF_CLIENTS = {"api_key": "LIVEKIT_API_KEY", "api_secret": "LIVEKIT_API_SECRET", "ws_url": "LIVEKIT_WS_URL"}
"""What egress, ingress and sip need, with the variable in which each of them looks for it too."""
_OF_NO_PROGRAM = regex(r"SIP_FLOOD_")


def runs_together(pairs: Text) -> bool:
    """Whether key and secret are apart by a colon alone, which the server does not take for a pair."""
    raw = pairs.raw.strip()
    return ":" in raw and not raw.startswith("{") and re.search(r":\s", raw) is None


def _names_a_file(body: Text) -> bool:
    """Whether a path stands where the configuration itself is expected."""
    return body.known and re.fullmatch(r"[\w./-]+\.ya?ml", body.raw.strip()) is not None


def setting(judged: Judgement, stack: str, program: Program, service: str = "", reach: Reach = "always") -> Setting:
    """The row of a setting; one with which nothing is wrong is accepted."""
    name = typed(judged.path, judged.name) if judged.path else cell(judged.name)
    return Setting(
        stack=stack, at=judged.name, service=service, reach="ignored" if judged.ignored else reach, program=program,
        name=name, accepted=not judged.hint, hint=judged.hint,
    )  # fmt: skip
