"""Dotenv files. python-dotenv decides what a line means, `dotenv_lines` where it stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from configlint.formats.comments import comment
from configlint.formats.dotenv.lines import Statement, statements
from configlint.formats.dotenv.render import render
from configlint.formats.format import Format
from configlint.formats.secrecy import mark
from configlint.formats.words import thought_of
from configlint.model.document import Comment, Document, Duplicate, Fact, UnreadableError
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Run, Text


@record
class Binding:
    """One line `NAME=value`. `value` is None where the line has no `=`. `quote` is bare, single, double or empty."""

    name: Text
    value: Text | None
    place: Place
    quote: str = ""
    exported: bool = False


@record
class DotenvDocument(Document):
    """`malformed` are the lines that python-dotenv skips with a warning. Nothing of them is ever shown but a name in
    front.
    """

    bindings: tuple[Binding, ...] = ()
    malformed: tuple[Text, ...] = ()


SIZE = 300_000
"""Characters that a dotenv file may have."""


class _Meaning(NamedTuple):
    name: str | None
    value: str | None


def read(path: str, content: str) -> DotenvDocument:
    """The bindings of a dotenv file as python-dotenv 1.2.4 reads it, without interpolation.

    Raises `UnreadableError` only where the file is too large.
    """
    if len(content) > SIZE:
        raise UnreadableError(f"is longer than {SIZE} characters", SIZE)
    located = list(statements(content))
    meanings = _meanings(content, located)
    bindings, malformed, comments = [], [], []
    for statement in located:
        meaning = meanings.get(statement.start)
        if statement.malformed or (meaning and meaning.name is None and statement.name):
            malformed.append(_malformed(path, content, statement))
            continue
        comments += _comment(path, content, statement)
        if statement.name is not None:
            bindings.append(_binding(path, content, statement, meaning))
    return DotenvDocument(
        path=path,
        content=content,
        hidden=tuple(place for text in (*malformed, *(one.name for one in bindings)) for place in _secret_places(text)),
        comments=tuple(comments),
        duplicates=tuple(_duplicates(bindings)),
        bindings=tuple(bindings),
        malformed=tuple(malformed),
    )


_VARIABLE = regex(r"[\w.\[\]-]++")
_LONGEST_WORD = 12
"""Characters of a name that may be any word; a line of base64 is longer."""


def speaks(name: str, value: str | None) -> bool:
    """Whether a name is one that may be shown.

    A key that somebody pastes without quotes has lines that look like names: with no value, or with the signs that fill
    up base64 for one. Of these only what is written as variables are is shown.
    """
    if _VARIABLE.fullmatch(name) is None or not thought_of(name):
        return False
    has_value = bool(value and value.strip("="))
    return has_value or len(name) < _LONGEST_WORD or ("_" in name and (name.isupper() or name.islower()))


def _secret_places(text: Text) -> Iterator[Place]:
    return (run.place for run in text.runs if run.secret and run.place is not None)


class _Stream:
    """What python-dotenv reads from: its parser asks for the whole text at once."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self, size: int = -1) -> str:
        return self.text


_LONG_BLANK = regex(r"(?<![^\S\r\n])[^\S\r\n]{300}")


def _meanings(content: str, located: list[Statement]) -> dict[int, _Meaning]:
    """What python-dotenv says of each statement, by its offset, from the first one on that is not plain.

    Its patterns need quadratic time for long blanks: where a file has such, our own reading stands alone.
    """
    first = next((statement.start for statement in located if not statement.plain), None)
    if first is None or _LONG_BLANK.search(content):
        return {}
    # Imported only here: it costs as much as the YAML library, and most files have no line that needs it.
    from dotenv.parser import parse_stream

    meanings, at = {}, first
    text = f"\ufeff{content[first:]}"  # it strips a mark from what it takes for the start of a file
    for found in parse_stream(_Stream(text)):  # type: ignore[arg-type]  # it calls `read` alone
        meanings[at] = _Meaning(None if found.error else found.key, found.value)
        at += len(found.original.string)
    return meanings


def _binding(path: str, content: str, statement: Statement, meaning: _Meaning | None) -> Binding:
    start, end = statement.name or (statement.start, statement.start)
    name = Text.exactly(content[start:end], Place(path, start, end))
    value = _value(path, content, statement)
    if meaning and value is not None and meaning.value != value.raw:
        value = Text.written(meaning.value or "", Place(path, *(statement.value or (start, end))))
    if not speaks(name.raw, None if value is None else value.raw):
        name = name.as_secret()
    stop = statement.value[1] if statement.value else end
    return Binding(
        name=name,
        value=None if value is None else mark(value, name.raw),
        place=Place(path, start, stop),
        quote=statement.quote,
        exported=statement.exported,
    )


_ESCAPES = {
    "single": regex(r"\\[\\']"),
    "double": regex(r"\\[\\'\"abfnrtv]"),
}
_DECODED = dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))
_MANY = 1_000
"""Escapes beyond which nobody asks where each of them stands."""


def _value(path: str, content: str, statement: Statement) -> Text | None:
    """The decoded value: characters as they stand, each escape a run of its own."""
    if statement.value is None or statement.inner is None:
        return None
    start, end = statement.inner
    place = Place(path, start, end)
    literal = Literal(place=Place(path, *statement.value), inner=place, style=f"dotenv/{statement.quote}")
    escape = _ESCAPES.get(statement.quote)
    if escape is None or content.find("\\", start, end) < 0:
        return Text.literal(content[start:end], literal)
    if content.count("\\", start, end) > _MANY:
        return Text((Run(text=escape.sub(_decoded, content[start:end]), place=place, literal=literal),))
    runs, at = [], start
    for found in escape.finditer(content, start, end):
        if at < found.start():
            runs.append(_exact(path, content, at, found.start(), literal))
        runs.append(Run(text=_decoded(found), place=Place(path, *found.span()), literal=literal))
        at = found.end()
    return Text([*runs, _exact(path, content, at, end, literal)] if at < end else runs)


def _decoded(escape: re.Match[str]) -> str:
    sign = escape[0][1]
    return _DECODED.get(sign, sign)


def _exact(path: str, content: str, start: int, end: int, literal: Literal) -> Run:
    return Run(text=content[start:end], place=Place(path, start, end), literal=literal, exact=True)


def _malformed(path: str, content: str, statement: Statement) -> Text:
    line = content[statement.start : statement.end]
    start = statement.start + len(line) - len(line.lstrip())
    body = line.strip()
    text = Text.exactly(body, Place(path, start, start + len(body)))
    named = _VARIABLE.match(body)
    end = named.end() if named and speaks(named[0], body[named.end() :].strip()) else 0
    return text[:end] + text[end:].as_secret() if end else text.as_secret()


def _comment(path: str, content: str, statement: Statement) -> list[Comment]:
    if statement.comment is None:
        return []
    found = comment(path, content, *statement.comment, "#")
    return [] if found is None else [found]


def _duplicates(bindings: list[Binding]) -> Iterator[Duplicate]:
    last: dict[str, Text] = {}
    for binding in bindings:
        if binding.value is None:
            continue
        before = last.get(binding.name.raw)
        if before is not None and before.raw != binding.value.raw:
            yield Duplicate(key=(binding.name.raw,), first=before, second=binding.value)
        last[binding.name.raw] = binding.value


def facts(document: Document) -> Iterator[Fact]:
    """Every value in its order; a name that is written twice has two facts."""
    assert isinstance(document, DotenvDocument)
    for binding in document.bindings:
        if binding.value is not None and not binding.name.secret:
            yield Fact(key=(binding.name.raw,), text=binding.value)


_TEMPLATE_WORDS = frozenset({"example", "examples", "template", "sample", "dist", "default", "defaults", "tmpl"})
_WORDS = regex(r"[._-]+")
_BACKUP = frozenset({"bak", "backup", "old", "orig", "new", "save", "swp", "tmp", "encrypted", "vault"})
"""Words that tell a backup or a locked copy wherever they stand in a name."""
_OTHER_KINDS = frozenset(
    {"enc", "gpg", "age", "asc", "j2", "jinja", "jinja2", "tpl", "erb", "mustache", "hbs", "zip", "gz", "tar"}
    | {"py", "js", "ts", "tsx", "mjs", "cjs", "dart", "sh", "md", "json", "yaml", "yml", "toml", "rc", "d", "html"}
    | {"go", "rs", "php", "rb", "java", "kt", "lock", "log", "png", "svg", "css"}
)
"""Last words of files that are something else: other tools' templates, archives, code."""


def claims(path: str) -> bool:
    """`.env`, `.env.production`, `api.env`, `env.example`, `env_template.txt`, `.flaskenv`; no backups, no `.envrc`."""
    name = path.rsplit("/", 1)[-1].lower()
    if name == ".flaskenv":
        return True
    if ".env" not in name and not name.startswith(("env.", "env_", "env-")):
        return False
    pieces = [piece for piece in _WORDS.split(name) if piece]
    if not _BACKUP.isdisjoint(pieces) or pieces[-1] in _OTHER_KINDS or name.endswith("~"):
        return False
    dotted = name.startswith((".env.", ".env-", ".env_")) or name.endswith(".env")
    return dotted or ("env" in pieces and not _TEMPLATE_WORDS.isdisjoint(pieces))


def template_name(path: str) -> bool:
    """Whether a file of this name shows others what to fill in: `.env.example`, `env_template.txt`, `example.env`."""
    pieces = _WORDS.split(path.rsplit("/", 1)[-1].lower())
    return not _TEMPLATE_WORDS.isdisjoint(pieces)


DOTENV = Format(name="dotenv", claims=claims, read=read, facts=facts, render=render)
