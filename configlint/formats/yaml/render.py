"""YAML scalars written anew: in the style that stands if it can carry the value, else in quotes."""

import re

from configlint.formats.yaml.nodes import core_type
from configlint.model.regex import regex
from configlint.model.text import Literal

_UNQUOTABLE = regex("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that only double quotes can carry, as escapes."""
_SURROGATE = regex("[\ud800-\udfff]")

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\0": "\\0",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


def render(literal: Literal, value: str) -> str | None:
    """The text for `literal.place` that is read back as `value`, by YAML 1.1 and 1.2 alike.

    A number, boolean or empty place stays of its type where the new value is of that type too; otherwise the new value
    is a string, quoted where it would be taken for something else. Of block scalars one line can be rewritten.
    """
    if _SURROGATE.search(value):
        return None
    style, _, kind = literal.style.removeprefix("yaml/").partition(":")
    written = _scalar(style, kind, value)
    return None if written is None else f"{literal.before}{written}{literal.after}"


def _scalar(style: str, kind: str, value: str) -> str | None:
    if style.startswith("block"):
        return _block_line(style, value)
    if style.startswith("plain") and _stays_plain(value, kind, flow=style == "plain-flow"):
        return value
    if style == "double" or _UNQUOTABLE.search(value):
        return double(value)
    if style == "single" or not any(sign in value for sign in "'\\"):
        return "'{}'".format(value.replace("'", "''"))
    return double(value)


def double(value: str) -> str:
    """The value in double quotes."""
    return '"' + _UNQUOTABLE.sub(_escape, value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    code = ord(sign)
    return _ESCAPES.get(sign) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")


def _block_line(style: str, value: str) -> str | None:
    body = value.removesuffix("\n") if style == "block-line" else value
    if style == "block" or (style == "block-line" and body == value):
        return None
    if not body or body[0] in " \t" or _UNQUOTABLE.search(body):
        return None
    return value


def _stays_plain(value: str, kind: str, *, flow: bool) -> bool:
    """Whether the bare characters are read back as this value and as no other type than the old one."""
    if not value or value != value.strip() or value.startswith(("---", "...", "%")) or _UNQUOTABLE.search(value):
        return False
    # The reader of docker compose and LiveKit (go-yaml, scannerc.go) ends a plain scalar of a flow collection at any
    # `?`, where YAML asks for a blank behind it.
    if flow and "?" in value:
        return False
    type_ = core_type(value)
    kept = type_ == kind or (kind == "null" and type_ == "int")
    if type_ != "str" and not kept:
        return False
    contexts = (f"k: [{value}]", f"{{k: {value}}}", f"k: [a, {value}]") if flow else (f"k: {value}", f"- {value}")
    return all(_reads_back(context, value, typed=kept and type_ != "str") for context in contexts)


def _reads_back(context: str, value: str, *, typed: bool) -> bool:
    """Whether the last value in a YAML text is the plain scalar `value`; and a text by YAML 1.1, unless `typed`."""
    # Imported late: only a fix needs it.
    import yaml

    try:
        node = yaml.compose(context, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return False
    while isinstance(node, yaml.CollectionNode):
        node = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
    return (
        isinstance(node, yaml.ScalarNode)
        and node.value == value
        and node.style in (None, "")
        and (typed or node.tag == "tag:yaml.org,2002:str")
    )
