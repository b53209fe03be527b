"""One dotenv file as each of the programs reads it that may read it here.

The grammars, as observed and read in their sources: docker compose (compose-go 2.13, package `dotenv`), python-dotenv
1.2.4 with its interpolation, flutter_dotenv 5, django-environ 0.14. Only variables of the same file are known here, so
that a reference to any other variable is empty for everybody.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal as Choice

from configlint.formats.compose_template import LONGEST
from configlint.formats.dotenv.compose import Binds, Reading
from configlint.formats.dotenv.compose import bindings as compose
from configlint.formats.dotenv.document import DotenvDocument, speaks
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Place, Text

Reader = Choice["compose", "python-dotenv", "flutter_dotenv", "django-environ"]


NOTHING = Reading(None)


@record
class Line:
    """A line that at least one of the programs takes for a binding, and what each of them makes of it."""

    name: Text
    value: Text
    readings: Mapping[Reader, Reading]

    @property
    def differs(self) -> bool:
        return len(set(self.readings.values())) > 1


def readings(document: DotenvDocument, readers: tuple[Reader, ...]) -> tuple[Line, ...]:
    """How each of `readers` reads each line, in the order of the file.

    Nothing is told about the lines behind one at which a program refuses the file.
    """
    found: dict[int, dict[Reader, Binds]] = {}
    stops = len(document.content)
    for reader in readers:
        for item in _READERS[reader](document):
            found.setdefault(_line_start(document.content, item.offset), {})[reader] = item
            if item.reading.error:
                stops = min(stops, item.offset)
    bound = {binding.name.place: binding.value for binding in document.bindings}
    return tuple(
        _line(document, by_reader, readers, bound) for start, by_reader in sorted(found.items()) if start <= stops
    )


_NAMES = regex(r"[\w.\[\]-]*+")


def _named(name: Text, value: str | None) -> Text:
    """What a program takes for a name; where that is more than a name, a value may stand in it."""
    found = _NAMES.match(name.raw)
    end = found.end() if found is not None and speaks(found[0], value) else 0
    return name[:end] + name[end:].as_secret() if end < len(name) else name


def _line(
    document: DotenvDocument,
    by_reader: dict[Reader, Binds],
    readers: tuple[Reader, ...],
    bound: Mapping[Place | None, Text | None],
) -> Line:
    item = by_reader.get("python-dotenv") or next(iter(by_reader.values()))
    place = Place(document.path, item.offset, item.offset + len(item.name))
    return Line(
        name=_named(Text.exactly(item.name, place), item.reading.value),
        value=bound.get(place) or Text.written(item.reading.value or "", place).as_secret(),
        readings={reader: _reading(by_reader.get(reader), item.name) for reader in readers},
    )


def _reading(item: Binds | None, name: str) -> Reading:
    """What a program makes of the variable `name`; one that reads another name there does not set this one."""
    return item.reading if item is not None and (item.reading.error or item.name == name) else NOTHING


def _line_start(content: str, offset: int) -> int:
    return max(content.rfind("\n", 0, offset), content.rfind("\r", 0, offset)) + 1


def _filled(reference: re.Pattern[str], value: Callable[[re.Match[str]], str], text: str) -> str | None:
    """A text with its references resolved; None where it grows longer than any program can be given."""
    parts: list[str] = []
    start = length = 0
    for found in reference.finditer(text):
        parts += (text[start : found.start()], value(found))
        length += len(parts[-2]) + len(parts[-1])
        start = found.end()
        if length > LONGEST:
            return None
    return "".join((*parts, text[start:]))


# --- python-dotenv

# Bounded, because each of many unfinished references would else look for its end through the whole file.
_PYTHON_REFERENCE = regex(r"\$\{([^}:]{0,200}+)(?::-([^}]{0,2000}+))?\}")


def _python(document: DotenvDocument) -> Iterator[Binds]:
    """`${NAME}` and `${NAME:-default}` are resolved within every kind of quotes, `$NAME` never."""
    known: dict[str, str] = {}
    for binding in document.bindings:
        if binding.value is None or binding.name.place is None:
            known[binding.name.raw] = ""  # a name without `=` is known to be nothing: no default steps in
            continue
        value = _filled(_PYTHON_REFERENCE, lambda found: known.get(found[1], found[2] or ""), binding.value.raw)
        yield Binds(binding.name.place.start, binding.name.raw, Reading(value, error=value is None))
        if value is None:
            return
        known[binding.name.raw] = value


# --- flutter_dotenv

_FLUTTER_EXPORT = regex(r" *export ?")
_FLUTTER_QUOTED = regex(r"([\"'])(.*?[^\\]|)\1")
_FLUTTER_REFERENCE = regex(r"(\\)?\$\{?([A-Za-z_]\w*)\}?", re.ASCII)


def _flutter(document: DotenvDocument) -> Iterator[Binds]:
    """Line by line, the first of a name wins, `#` begins a comment anywhere, `$NAME` is resolved but no default."""
    known: dict[str, str] = {}
    for start, line in _lines(document.content):
        body = _dart_trim(_without_comment(line))
        left, sign, right = body.partition("=")
        export = _FLUTTER_EXPORT.match(left)
        name = _dart_trim(left[export.end() :] if export else left)
        if not sign or not name:
            continue
        value = _flutter_value(_dart_trim(right), known)
        yield Binds(start + line.find(name), name, Reading(value, error=value is None))
        if value is None:
            return
        known.setdefault(name, value)


def _flutter_value(right: str, known: Mapping[str, str]) -> str | None:
    quoted = _FLUTTER_QUOTED.match(right)
    if quoted is None:
        value = _dart_trim(right.partition("#")[0])
    elif quoted[1] == "'":
        return quoted[2].replace("\\'", "'")
    else:
        value = quoted[2].replace('\\"', '"').replace("\\n", "\n")
    filled = _filled(_FLUTTER_REFERENCE, lambda found: found[0] if found[1] else known.get(found[2], ""), value)
    return None if filled is None else filled.replace("\\$", "$")


def _without_comment(line: str) -> str:
    """The line up to the first `#` behind which no quote stands."""
    last_quote = max(line.rfind("'"), line.rfind('"'))
    sign = line.find("#", last_quote + 1)
    return line if sign < 0 else line[:sign]


def _dart_trim(text: str) -> str:
    return text.strip().strip("\ufeff").strip()


# --- django-environ

_DJANGO_LINE = regex(r"(?:export )?([A-Za-z_0-9]++)=(.*+)")


def _django(document: DotenvDocument) -> Iterator[Binds]:
    """Nothing may stand beside the value: no blank, no comment. A value that begins with `$` names another variable."""
    found = []
    at = 0
    # Python's own notion of lines, which end at form feeds and Unicode's separators too.
    for line in document.content.splitlines(keepends=True):
        match = _DJANGO_LINE.fullmatch((line.splitlines() or [""])[0])
        if match:
            found.append((at + match.start(1), match[1], _django_value(match[2])))
        at += len(line)
    last = {name: value for _, name, value in found}
    for offset, name, value in found:
        yield Binds(offset, name, Reading(_django_proxied(value, last)))


def _django_value(written: str) -> str:
    for quote in "'\"":
        if len(written) > 1 and written[0] == written[-1] == quote:
            inner = written[1:-1]
            return inner if quote == "'" else re.sub(r"\\(.)", _django_escape, inner)
    return written


def _django_escape(found: re.Match[str]) -> str:
    return found[0] if found[1] in "rnt" else found[1]


def _django_proxied(value: str, known: Mapping[str, str]) -> str | None:
    """The value, or that of the variable that it names; None where there is no such variable, which is an error."""
    for _ in range(len(known) + 1):
        if not value.startswith("$"):
            return value
        following = known.get(value.lstrip("$"))
        if following is None:
            return None
        value = following
    return None


_LINE = regex(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")


def _lines(content: str) -> Iterator[tuple[int, str]]:
    """Each line without its end, and its offset."""
    for found in _LINE.finditer(content):
        yield found.start(), found[1]


_READERS: dict[Reader, Callable[[DotenvDocument], Iterator[Binds]]] = {
    "compose": lambda document: compose(document.content),
    "python-dotenv": _python,
    "flutter_dotenv": _flutter,
    "django-environ": _django,
}
