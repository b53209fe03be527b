"""Settings of LiveKit's programs, and whether the program takes them.

Sources: livekit-server pkg/config/config.go (decoded with unknown fields refused) and cmd/server/main.go; egress,
ingress and sip pkg/config.
"""

from collections.abc import Iterator

from configlint.formats.yaml_nodes import Mapping, Scalar
from configlint.model.cell import cell
from configlint.model.tables import Setting
from configlint.model.text import Text

_SERVER_KEYS = frozenset(
    [
        "port",
        "bind_addresses",
        "prometheus_port",
        "prometheus",
        "debug_handler",
        "rtc",
        "redis",
        "audio",
        "video",
        "room",
        "turn",
        "ingress",
        "sip",
        "webhook",
        "node_selector",
        "key_file",
        "keys",
        "region",
        "signal_relay",
        "psrpc",
        "log_level",
        "logging",
        "limit",
        "agents",
        "development",
        "metric",
        "trace",
        "node_stats",
        "enable_data_tracks",
        "enable_participant_data_blob",
        "api",
    ]
)
_CLIENT_KEYS = {
    "api_key": "its key pairs stand under `keys`, as `name: secret`",
    "api_secret": "its key pairs stand under `keys`, as `name: secret`",
    "ws_url": "this is a key of egress, ingress and sip",
}
_CLIENT_FLAGS = ("--api-key", "--api-secret", "--url", "--ws-url")
_CLIENT_VARIABLES = ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")


def server_keys(root: Mapping, stack: str, service: str = "") -> Iterator[Setting]:
    """The top-level keys of a server's file; one that it does not know keeps it from starting."""
    for entry in root.entries:
        if isinstance(entry.key, Scalar) and entry.key.value != "<<" and not entry.key.value.startswith("x-"):
            hint = _CLIENT_KEYS.get(entry.key.value, "it knows no such key, and refuses a file that holds one")
            accepted = entry.key.value in _SERVER_KEYS
            yield setting(stack, service, "server", entry.key.text, "" if accepted else hint)


def side_keys(root: Mapping, stack: str, service: str, program: str) -> Iterator[Setting]:
    """`keys` in a file of egress, ingress or sip, which take one pair."""
    for entry in root.entries:
        if isinstance(entry.key, Scalar):
            wrong = entry.key.value == "keys"
            yield setting(stack, service, program, entry.key.text, "it takes api_key and api_secret" if wrong else "")


def flags(words: tuple[Text, ...], stack: str, service: str) -> Iterator[Setting]:
    """Options of the server's command line."""
    for word in words:
        name = word.raw.partition("=")[0]
        if name.startswith("--"):
            wrong = name in _CLIENT_FLAGS
            yield setting(stack, service, "server", word[: len(name)], "use --keys 'name: secret'" if wrong else "")


def variable(name: Text, stack: str, service: str, program: str, *, has_keys: bool) -> Iterator[Setting]:
    """A variable that a service is given by name. One that is read by clients alone has no effect on the server."""
    hint = ""
    if program == "server" and name.raw in _CLIENT_VARIABLES and not has_keys:
        hint = "the server reads LIVEKIT_KEYS, as `name: secret`"
    elif program in ("egress", "ingress", "sip") and name.raw == "LIVEKIT_URL":
        hint = "it reads LIVEKIT_WS_URL"
    yield setting(stack, service, program, name, hint)


def setting(stack: str, service: str, program: str, name: Text, hint: str) -> Setting:
    """A row; one without a hint is accepted."""
    return Setting(
        stack=stack, at=name, service=service, program=program, name=cell(name), accepted=not hint, hint=hint
    )
