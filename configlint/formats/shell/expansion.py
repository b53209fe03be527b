"""What a shell puts in the place of `$NAME` and its kin, as far as that can be told without running it."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from configlint.formats.shell.shell import Word, closing
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.text import Text, joined

Lookup = Callable[[str], Text | None]

_REFERENCE = regex(r"\$(?:\{|\(|[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])|`[^`]*`?")
_HEAD = regex(r"([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*])(?:(:?[-=+?])|(?=\}))")
_BLANK = regex(r"[ \t\n]+")
_DEPTH = 20
_LONGEST = 20_000
"""Characters of a value. A script that doubles a variable in every line makes it longer than any memory."""
UNSET = "nothing here sets "
"""How the reason begins for which a variable's value is not known."""


class _Part(NamedTuple):
    """A part of a field. `fields` are the values of a reference, of which an unquoted one is split."""

    fields: tuple[Text, ...]
    expanded: bool


def expand(word: Word, lookup: Lookup, arguments: Sequence[Text] | None = None) -> list[Text]:
    """The fields that a shell makes of a word: none, one, or several where an unquoted value holds blanks.

    `lookup` knows the variables, `arguments` are `$1` and so on. A value is marked as passed on by its reference, a
    right side as a default of its variable. What is not set here is unknown, since a base image may set it.
    """
    fields = _Fields()
    reader = _Reader(lookup, arguments)
    size = 0
    for piece in word.pieces:
        if not piece.expands:
            fields.add(piece.text)
            continue
        for part in reader.parts(piece.text, 0):
            size += sum(map(len, part.fields))
            if size > _LONGEST:
                return [Text.unknown(Reason("too-long"), word.written.place)]
            if part.expanded and piece.splits:
                fields.split(part.fields)
            else:
                fields.several(part.fields)
    return fields.done()


def value(word: Word, lookup: Lookup, arguments: Sequence[Text] | None = None) -> Text:
    """A word with its references resolved and nothing split, as in an assignment."""
    reader = _Reader(lookup, arguments)
    texts: list[Text] = []
    size = 0
    for piece in word.pieces:
        for part in reader.parts(piece.text, 0) if piece.expands else (_Part((piece.text,), expanded=False),):
            texts.extend(part.fields)
            size += sum(map(len, part.fields))
            if size > _LONGEST:
                return Text.unknown(Reason("too-long"), word.written.place)
    return joined(texts)


class _Fields:
    def __init__(self) -> None:
        self._fields: list[Text] = []
        self._current: list[Text] | None = None

    def add(self, text: Text) -> None:
        if self._current is None:
            self._current = []
        self._current.append(text)

    def end(self) -> None:
        if self._current is not None:
            self._fields.append(joined(self._current))
        self._current = None

    def several(self, texts: Sequence[Text]) -> None:
        for number, text in enumerate(texts):
            if number:
                self.end()
            self.add(text)

    def split(self, texts: Sequence[Text]) -> None:
        for number, text in enumerate(texts):
            if number:
                self.end()
            start = 0
            for blank in _BLANK.finditer(text.raw):
                if start < blank.start():
                    self.add(text[start : blank.start()])
                self.end()
                start = blank.end()
            if start < len(text):
                self.add(text[start:])

    def done(self) -> list[Text]:
        self.end()
        return self._fields


class _Reader:
    def __init__(self, lookup: Lookup, arguments: Sequence[Text] | None) -> None:
        self.lookup = lookup
        self.arguments = arguments

    def parts(self, text: Text, depth: int) -> Iterator[_Part]:
        raw, start = text.raw, 0
        while match := _REFERENCE.search(raw, start):
            if start < match.start():
                yield _Part((text[start : match.start()],), expanded=False)
            sign, end = match[0], match.end()
            if sign in ("$(", "${"):
                end = closing(raw, end, sign[1])
            yield _Part(self._values(text[match.start() : end], depth), expanded=True)
            start = end
        if start < len(raw):
            yield _Part((text[start:],), expanded=False)

    def _values(self, reference: Text, depth: int) -> tuple[Text, ...]:
        raw = reference.raw
        if raw.startswith(("$(", "`")) or depth > _DEPTH:
            return (Text.unknown(Reason("shell"), reference.place),)
        if not raw.startswith("${"):
            return self._plain(raw[1:], reference)
        head = _HEAD.match(raw, 2)
        if head is None or not raw.endswith("}"):
            return (Text.unknown(Reason("shell"), reference.place),)
        if head[2] is None:
            return self._plain(head[1], reference)
        return (self._operation(head[1], head[2], reference, _unquoted(reference[head.end() : -1]), depth),)

    def _plain(self, name: str, reference: Text) -> tuple[Text, ...]:
        if name in "@*":
            if self.arguments is None:
                return (Text.unknown(Reason("script-arguments"), reference.place),)
            return tuple(self.arguments)
        found = self._find(name)
        if found is None:
            return (Text.unknown(Reason("unset", name), reference.place),)
        return (_passed_on(found, reference),)

    def _find(self, name: str) -> Text | None:
        if not name.isdecimal():
            return self.lookup(name) if name.isidentifier() else None
        if self.arguments is None or name == "0" or int(name) > len(self.arguments):
            return None
        return self.arguments[int(name) - 1]

    def _operation(self, name: str, operator: str, reference: Text, right: Text, depth: int) -> Text:
        found = self._find(name)
        filled = found is not None and (operator[0] != ":" or found.raw != "")
        if operator[-1] == "+":
            return self._right(right, depth) if filled else right[0:0]
        if found is not None and filled:
            return _passed_on(found, reference)
        if operator[-1] == "?":
            return Text.unknown(Reason("unset", name), reference.place)
        return self._right(right, depth).defaulting(name)

    def _right(self, right: Text, depth: int) -> Text:
        return joined(field for part in self.parts(right, depth + 1) for field in part.fields) or right


def _unquoted(right: Text) -> Text:
    raw = right.raw
    return right[1:-1] if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'" else right


def _passed_on(found: Text, reference: Text) -> Text:
    place = reference.place
    return found if place is None else found.through(place)
