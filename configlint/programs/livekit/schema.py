"""The notation of the tables of settings, and whether a value is one that a setting takes.

LiveKit's programs are written in Go. What its YAML package takes for each type was observed with gopkg.in/yaml.v3
v3.0.1: a number in quotes is a text, `2.5` is taken for a whole number, `yes` for a flag, `300` for no duration.
"""

from collections.abc import Mapping as Table
from typing import Final

from configlint.formats.yaml.nodes import Mapping, Node, Scalar, Sequence
from configlint.model.regex import regex

Schema = Table[str, Table[str, str]]
"""Settings by the path of the mapping that holds them, `` for the top. Of each its kind, a key of `KINDS` or `any`.

Below a path that is not among them anything goes.
"""

KINDS: Final = {
    "text": "a text",
    "flag": "true or false",
    "whole": "a whole number",
    "count": "a whole number, not negative",
    "number": "a number",
    "time": "a duration with its unit, such as 5s",
    "list": "a list",
    "map": "a mapping",
}

_FLAG = regex(r"y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF")
_NUMBER = regex(r"[-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_INFINITE = regex(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DURATION = regex(r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+")
_FILLED_IN = regex(r"\$|\{\{|^<.*>$|^__\w+__$|^%.*%$")


def schema(table: Table[str, str], kind: str = "text") -> Schema:
    """The settings of a table in which each is written `name:kind`; one that is only `name` is of `kind`."""
    return {
        path: {name: written or kind for name, _, written in (word.partition(":") for word in line.split())}
        for path, line in table.items()
    }


def fits(value: Node, kind: str) -> bool:
    """Whether a program takes a value for a setting of this kind. What another tool fills in may be anything."""
    if kind == "any" or (isinstance(value, Scalar) and (value.null or _filled_in(value))):
        return True
    if kind in ("list", "map"):
        return isinstance(value, Sequence if kind == "list" else Mapping)
    return isinstance(value, Scalar) and _scalar_fits(value, kind)


def _filled_in(value: Scalar) -> bool:
    return value.style == "template" or _FILLED_IN.search(value.value) is not None


def _scalar_fits(scalar: Scalar, kind: str) -> bool:
    raw = scalar.value
    if kind == "text":
        return True
    if kind == "flag":
        return scalar.type == "bool" or _FLAG.fullmatch(raw) is not None
    plain = scalar.style.startswith("plain")
    number = plain and _NUMBER.fullmatch(raw.replace("_", "")) is not None
    if kind == "time":
        return not number and (raw == "0" or _DURATION.fullmatch(raw) is not None)
    if kind == "count":
        return number and not raw.startswith("-")
    return number or (kind == "number" and plain and _INFINITE.fullmatch(raw) is not None)
