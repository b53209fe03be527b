"""What the methods of strings are worth."""

from collections.abc import Callable, Sequence

from configlint.code.python import strings
from configlint.code.python.values import Value, string
from configlint.model.reason import Reason
from configlint.model.text import Place, Text, joined

Method = Callable[[Text, Sequence[Value], dict[str, Value], Place], Value | None]


def _strip(*, left: bool, right: bool) -> Method:
    def method(text: Text, arguments: Sequence[Value], _: dict[str, Value], __: Place) -> Value | None:
        if arguments and arguments[0].string is None:
            return None
        return string(strings.stripped(text, arguments[0].string if arguments else None, left=left, right=right))

    return method


def _without_prefix(text: Text, arguments: Sequence[Value], _: dict[str, Value], __: Place) -> Value | None:
    prefix = arguments[0].string if arguments else None
    if prefix is None:
        return None
    return string(text[len(prefix) :] if prefix and text.raw.startswith(prefix) else text)


def _without_suffix(text: Text, arguments: Sequence[Value], _: dict[str, Value], __: Place) -> Value | None:
    suffix = arguments[0].string if arguments else None
    if suffix is None:
        return None
    return string(text[: -len(suffix)] if suffix and text.raw.endswith(suffix) else text)


def _replace(text: Text, arguments: Sequence[Value], _: dict[str, Value], __: Place) -> Value | None:
    if len(arguments) not in (2, 3) or arguments[0].string is None or arguments[1].kind != "str":
        return None
    count = arguments[2].number if len(arguments) == 3 else -1
    return None if count is None else string(strings.replaced(text, arguments[0].string, arguments[1].text, count))


def _case(change: Callable[[str], str]) -> Method:
    def method(text: Text, _: Sequence[Value], __: dict[str, Value], ___: Place) -> Value | None:
        return string(strings.cased(text, change))

    return method


def _format(text: Text, arguments: Sequence[Value], named: dict[str, Value], _: Place) -> Value | None:
    return string(strings.formatted(text, arguments, named))


def _join(text: Text, arguments: Sequence[Value], _: dict[str, Value], __: Place) -> Value | None:
    if len(arguments) != 1 or arguments[0].kind != "list":
        return None
    parts = [part for item in arguments[0].items for part in (text, item.text)]
    return string(joined(parts[1:]))


def _split(text: Text, arguments: Sequence[Value], _: dict[str, Value], place: Place) -> Value | None:
    separator = arguments[0].string if len(arguments) == 1 else None
    if not text.known or (arguments and not separator):
        return None
    parts = text.split(separator) if separator else strings.words(text)
    items = tuple(Value(kind="str", text=part) for part in parts)
    return Value(kind="list", text=Text.unknown(Reason("not-text", "a list"), place), items=items)


METHODS: dict[str, Method] = {
    "strip": _strip(left=True, right=True),
    "lstrip": _strip(left=True, right=False),
    "rstrip": _strip(left=False, right=True),
    "removeprefix": _without_prefix,
    "removesuffix": _without_suffix,
    "replace": _replace,
    "lower": _case(str.lower),
    "upper": _case(str.upper),
    "format": _format,
    "join": _join,
    "split": _split,
}
