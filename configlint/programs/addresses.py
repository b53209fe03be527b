"""Ports and addresses as programs are told them."""

from configlint.model.cell import Address, Cell, Interval, typed
from configlint.model.net.url import port_cell
from configlint.model.record import record
from configlint.model.tables.words import PortSource
from configlint.model.text import Text
from configlint.programs.options import doubtful, values
from configlint.programs.process import Process
from configlint.programs.program import Listening

EVERYWHERE = "0.0.0.0"
LOOPBACK = "127.0.0.1"


@record
class Setting:
    """Where a program looks for a value: the last such option, else a variable, its configuration file, its default."""

    option: str
    short: str = ""
    variable: str = ""
    default: str


def value_of(here: Process, setting: Setting, configured: Text | None = None) -> Text:
    """The value of a setting; `configured` is what the configuration file says."""
    given = values(here.args, setting.option, setting.short)
    if given:
        return given[-1]
    doubt = next(iter(doubtful(here.args)), None)
    if doubt is not None:
        return Text.unknown(doubt.reason, doubt.place)
    found = here.lookup(setting.variable) if setting.variable else None
    if found is not None and found.raw:
        return found
    return configured if configured is not None else assumed(here, setting.default)


def assumed(here: Process, value: str) -> Text:
    """What a program takes by itself, which is seen where the program is named."""
    return Text.written(value, here.program.place) if here.program.place is not None else Text.assumed(value)


def bound(address: Text, port: Text, source: PortSource = "command") -> Listening:
    return Listening(port=port_cell(port), address=address_cell(address), source=source)


def address_cell(text: Text) -> Cell:
    """An address, without the brackets of one of IPv6; an empty one is every address."""
    bare = text[1:-1] if text.raw.startswith("[") and text.raw.endswith("]") else text
    return Cell(value=Address(bare.value) if bare.value is not None else None, text=bare)


def pair(here: Process, text: Text, port: str, address: str = EVERYWHERE, source: PortSource = "command") -> Listening:
    """`host:port`, `[::1]:port`, `:port`; what is left out is as given."""
    host, _, number = _split(text)
    return bound(host if host.raw else assumed(here, address), number if number.raw else assumed(here, port), source)


def _split(text: Text) -> tuple[Text, str, Text]:
    at = text.raw.rfind(":")
    if at < 0 or "]" in text.raw[at:]:
        return text, "", Text()
    return text[:at], ":", text[at + 1 :]


def by_default(
    here: Process, *ports: int, address: str = EVERYWHERE, source: PortSource = "default"
) -> list[Listening]:
    """The ports that a program opens by itself."""
    return [
        Listening(
            port=typed(Interval(port, port), assumed(here, str(port))),
            address=address_cell(assumed(here, address)),
            source=source,
        )
        for port in ports
    ]
