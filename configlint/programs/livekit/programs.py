"""LiveKit's server, egress, ingress and sip as programs: the ports of the server.

Source: livekit-server 1.8, `pkg/config/config.go` and `cmd/server/main.go`. It listens on `port` (7880) and for media
(see `media`) of every address, or of `bind_addresses` and `--bind`; in development mode without keys of its own on
127.0.0.1 alone.
"""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.formats.yaml.nodes import Scalar, Sequence
from configlint.model.cell import Cell, Interval, typed
from configlint.model.net.url import port_cell
from configlint.model.text import Text
from configlint.programs.addresses import EVERYWHERE, LOOPBACK, address_cell, assumed
from configlint.programs.livekit import media
from configlint.programs.livekit.service import Config, config, development, option, setting
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program

_PORT, _RTC_TCP = 7880, 7881


def _listens(here: Process) -> Iterator[Listening]:
    one = here.service
    found = config(one, here.store) if one is not None else None
    if one is None or found is None or found.reason:
        return
    port = setting(one, found, "port")
    address = _address(here, one, found)
    yield Listening(
        port=port_cell(port) if port is not None else _default(_PORT, found.at), address=address, source="config"
    )
    if setting(one, found, "rtc", "tcp_port") is None:
        # It listens there unasked, and nobody has to publish it: media goes by UDP then.
        yield Listening(port=_default(_RTC_TCP, found.at), source="config", name="rtc.tcp_port")
    if one.network == "bridge":
        yield from media.ports(one, found)


def _default(number: int, at: Text) -> Cell:
    """A port that nobody writes, which is seen where the configuration is named."""
    return typed(Interval(number, number), Text.exactly(at.raw, at.place) if at.place else Text.assumed(str(number)))


def _address(here: Process, one: Running, found: Config) -> Cell:
    """The address of the first binding that others reach, else the first one."""
    given = option(one, "bind")
    node = found.root.get("bind_addresses") if found.root is not None else None
    items = node.items if isinstance(node, Sequence) else ()
    bindings = [given] if given is not None else [found.text(item) for item in items if isinstance(item, Scalar)]
    if not bindings:
        local = development(one, found) and not _has_keys(one, found)
        return address_cell(assumed(here, LOOPBACK if local else EVERYWHERE))
    outer = (text for text in bindings if not text.raw.startswith(("127.", "localhost", "::1")))
    return address_cell(next(outer, bindings[0]))


def _has_keys(one: Running, found: Config) -> bool:
    variables = ("LIVEKIT_KEYS", "LIVEKIT_KEY_FILE")
    options = ("keys", "key-file")
    return (
        (found.root is not None and (found.root.get("keys") or found.root.get("key_file")) is not None)
        or any(one.environment.lookup(name) is not None for name in variables)
        or any(option(one, name) is not None for name in options)
    )


PROGRAMS = (
    Program(
        name="livekit-server", commands=("livekit-server",), images=("livekit-server",), listens=_listens,
    ),
    *(
        Program(name=f"livekit-{name}", commands=(), images=(f"livekit/{name}",), complete=False)
        for name in ("egress", "ingress", "sip")
    ),
)  # fmt: skip
