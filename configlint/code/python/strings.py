"""What string methods and path functions make of texts, with every character's place kept."""

import re
from collections.abc import Callable, Mapping, Sequence

from configlint.code.python.values import Value
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.text import Text, joined

_PERCENT = regex(r"%(?:(?P<percent>%)|\((?P<name>\w*)\)[sd]|(?P<plain>[sd])|.)", re.DOTALL)
_BRACES = regex(r"(?P<left>\{\{)|(?P<right>\}\})|\{(?P<field>[^{}]*)\}")
_NOT_FOLLOWED = Text.unknown(Reason("not-followed", "how it is formatted"))


def _part(text: Text, start: int, end: int) -> Text:
    """A slice that is no run at all where it is empty."""
    return text[start:end] if start < end else Text()


def filled_in(template: Text, arguments: Sequence[Value]) -> Text:
    """`template % arguments`, for `%s` and `%d`."""
    parts, start = [], 0
    waiting = list(arguments)
    for match in _PERCENT.finditer(template.raw):
        parts.append(_part(template, start, match.start()))
        start = match.end()
        if match.group("percent"):
            parts.append(template[match.start() : match.start() + 1])
        elif match.group("plain") and waiting:
            parts.append(waiting.pop(0).text)
        else:
            parts.append(_NOT_FOLLOWED)
    return joined([*parts, _part(template, start, len(template))])


def formatted(template: Text, arguments: Sequence[Value], named: Mapping[str, Value]) -> Text:
    """`template.format(…)`, for fields without format or attribute."""
    parts, start, count = [], 0, 0
    for match in _BRACES.finditer(template.raw):
        parts.append(_part(template, start, match.start()))
        start = match.end()
        field = match.group("field")
        if field is None:
            parts.append(template[match.start() : match.start() + 1])
            continue
        key, count = field or str(count), count + (not field)
        if key.isdecimal() and int(key[:4]) < len(arguments):
            parts.append(arguments[int(key[:4])].text)
        else:
            parts.append(named[key].text if key in named else _NOT_FOLLOWED)
    return joined([*parts, _part(template, start, len(template))])


def joined_path(parts: Sequence[Text]) -> Text:
    """`os.path.join` on a system whose paths have slashes. An absolute part replaces what stands before it."""
    whole: list[Text] = []
    for part in parts:
        if part.raw.startswith("/") or not whole:
            whole = [part]
        else:
            separator = [] if whole[-1].raw.endswith("/") or not len(whole[-1]) else [Text.assumed("/")]
            whole += [*separator, part]
    return joined(whole)


def joined_url(base: Text, relative: Text) -> Text:
    """`urllib.parse.urljoin`, for a relative reference without dot segments."""
    raw = relative.raw
    if not raw or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", raw):
        return relative if raw else base
    if raw.startswith((".", "?", "#", "//")) or "/." in raw:
        return Text.unknown(Reason("not-followed", "how the two URLs are joined"), relative.place)
    authority = base.raw.find("://") + 3
    path = base.raw.find("/", authority) if authority > 2 else -1
    if raw.startswith("/"):
        return (base[:path] if path >= 0 else base) + relative
    if path < 0:
        return base + Text.assumed("/") + relative
    return base[: base.raw.rfind("/") + 1] + relative


def replaced(text: Text, old: str, new: Text, count: int) -> Text:
    """`text.replace(old, new, count)`; a negative count replaces all."""
    parts, start = [], 0
    while old and count != 0 and (found := text.raw.find(old, start)) >= 0:
        parts += [_part(text, start, found), new]
        start, count = found + len(old), count - 1
    return joined([*parts, _part(text, start, len(text))]) if parts else text


def stripped(text: Text, characters: str | None, *, left: bool, right: bool) -> Text:
    raw = text.raw
    start = len(raw) - len(raw.lstrip(characters)) if left else 0
    end = len(raw.rstrip(characters)) if right else len(raw)
    return text[start : max(start, end)]


def cased(text: Text, change: Callable[[str], str]) -> Text:
    """`lower()` or `upper()`: the same text where nothing changes, else one that stands nowhere as it is."""
    if change(text.raw) == text.raw or text.place is None:
        return text
    return Text(
        run if run.text is None else run.but(text=change(run.text), exact=run.exact and change(run.text) == run.text)
        for run in text.runs
    )


def words(text: Text) -> list[Text]:
    """`text.split()`: the parts between white space."""
    return [text[match.start() : match.end()] for match in re.finditer(r"\S+", text.raw)]
