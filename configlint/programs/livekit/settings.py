"""Settings of LiveKit's programs, and whether the program takes them.

livekit-server decodes its file with unknown fields refused (pkg/config/config.go, cmd/server/main.go). Egress, ingress
and sip ignore what they do not know.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from configlint.formats.yaml.nodes import Mapping, Scalar
from configlint.model.cell import cell
from configlint.model.tables import Reach, Setting
from configlint.model.tables.words import Program
from configlint.model.text import Text
from configlint.programs.livekit.schema import SERVER, SIDES, Schema

Judgement = tuple[Text, str]
"""The name of a setting, and what is wrong with it; empty where nothing is."""
Reading = Callable[[Scalar], Text]

_OF_CLIENTS = {
    "api_key": "its key pairs stand under `keys`, as `name: secret`",
    "api_secret": "its key pairs stand under `keys`, as `name: secret`",
    "ws_url": "this is a key of egress, ingress and sip",
}
_OF_SERVERS = {
    "keys": "it takes api_key and api_secret",
    "livekit": "api_key, api_secret and ws_url stand at the top",
    "livekit_url": "it reads ws_url",
    "livekit_api_key": "it reads api_key",
    "livekit_api_secret": "it reads api_secret",
}
_CLIENT_FLAGS = ("--api-key", "--api-secret", "--url", "--ws-url")
_CLIENT_VARIABLES = ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
_BODIES = {"LIVEKIT_CONFIG": "it holds the configuration itself; a file is named by --config"} | {
    f"{side}_CONFIG_BODY": f"it holds the configuration itself; a file is named by {side}_CONFIG_FILE"
    for side in ("EGRESS", "INGRESS", "SIP")
}


def server_keys(root: Mapping, text: Reading) -> Iterator[Judgement]:
    """The keys of a server's file; one that it does not know keeps it from starting."""
    return _keys(root, text, SERVER, _OF_CLIENTS, "it knows no such key, and refuses a file that holds one")


def side_keys(root: Mapping, text: Reading, program: str) -> Iterator[Judgement]:
    """The keys of a file of egress, ingress or sip."""
    return _keys(root, text, SIDES[program], _OF_SERVERS, "it knows no such key, so this has no effect")


def _keys(root: Mapping, text: Reading, schema: Schema, known: dict[str, str], usual: str) -> Iterator[Judgement]:
    for entry in root.entries:
        if not isinstance(entry.key, Scalar) or entry.key.value == "<<" or entry.key.value.startswith("x-"):
            continue
        name = entry.key.value
        yield text(entry.key), "" if name in schema else known.get(name, usual)
        if isinstance(entry.value, Mapping) and schema.get(name):
            inner = dict.fromkeys(schema[name], frozenset[str]())
            yield from _keys(entry.value, text, inner, {}, usual)


def flags(words: Iterable[Text]) -> Iterator[Judgement]:
    """Options of the server's command line."""
    for word in words:
        name = word.raw.partition("=")[0]
        if name.startswith("--"):
            yield word[: len(name)], "use --keys 'name: secret'" if name in _CLIENT_FLAGS else ""


def variable(name: Text, value: Text | None, program: str, *, has_keys: bool) -> Judgement:
    """A variable that a service is given by name. One that is read by clients alone has no effect on the server."""
    if name.raw in _BODIES and value is not None and _names_a_file(value):
        return name, _BODIES[name.raw]
    if program == "server":
        if name.raw in _CLIENT_VARIABLES and not has_keys:
            return name, "the server reads LIVEKIT_KEYS, as `name: secret`"
        if name.raw == "LIVEKIT_KEYS" and value is not None and runs_together(value):
            return name, "a blank has to stand behind the colon, as in `name: secret`"
    elif name.raw == "LIVEKIT_URL":
        return name, "it reads LIVEKIT_WS_URL"
    return name, ""


def runs_together(pairs: Text) -> bool:
    """Whether key and secret are apart by a colon alone, which the server does not take for a pair."""
    raw = pairs.raw.strip()
    return ":" in raw and not raw.startswith("{") and re.search(r":\s", raw) is None


def _names_a_file(body: Text) -> bool:
    """Whether a path stands where the configuration itself is expected."""
    return body.known and re.fullmatch(r"[\w./-]+\.ya?ml", body.raw.strip()) is not None


def setting(judged: Judgement, stack: str, program: Program, service: str = "", reach: Reach = "always") -> Setting:
    """The row of a setting; one with which nothing is wrong is accepted."""
    name, hint = judged
    return Setting(
        stack=stack, at=name, service=service, reach=reach, program=program, name=cell(name), accepted=not hint,
        hint=hint,
    )  # fmt: skip
