"""What a terminal makes of characters: their width, those that must not reach it, and those it cannot show."""

import re
from collections.abc import Callable

from configlint.model.record import record
from configlint.model.regex import regex

INVISIBLE = (
    "\x7f-\x9f"  # control characters beyond ASCII's first; ANSI sequences may begin with one
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # invisible or reordering
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"  # no characters at all; tags
)
"""For a character class: what acts on a terminal or is not seen, beyond the control characters of ASCII."""
COMMAND = r"(?<=#)#(?=\w{0,20}\[)"
"""`##[command]`, `##vso[…]`: continuous integration obeys them anywhere in a line."""
_UNSAFE = regex(f"[\x00-\x1f{INVISIBLE}]|{COMMAND}")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escaped(char: str) -> str:
    """A character spelled out as its code point."""
    code = ord(char)
    if char in _NAMED:
        return _NAMED[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    """The text in one line, with every character spelled out that would act on a terminal instead of being seen."""
    return _UNSAFE.sub(lambda match: escaped(match[0]), text)


def inert(output: str) -> str:
    """Output whose lines are no workflow commands (`::error::…`), wherever their text came from."""
    if "::" not in output:
        return output
    return re.sub(r"^(\s*):(?=:)", r"\1\\x3a", output, flags=re.MULTILINE)


def char_width(char: str) -> int:
    """Columns that a visible character takes: 0 if it combines, 2 if it is wide (UAX #11), else 1."""
    if char.isascii():
        return 1
    # Most files are ASCII, so that the tables of Unicode are rarely needed.
    from unicodedata import category, east_asian_width

    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(char_width, text))


@record
class Symbols:
    """The signs that the outputs draw with. `first` and `next` lead to files, `note` and `last` to remarks."""

    first: str
    next: str
    note: str
    last: str
    bar: str
    primary: str
    related: str
    ellipsis: str
    bullet: str


UNICODE = Symbols(
    first="╭─", next="├─", note="├─", last="╰─", bar="│", primary="━", related="─", ellipsis="…", bullet="•"
)
ASCII = Symbols(
    first="-->", next="-->", note="=", last="=", bar="|", primary="^", related="-", ellipsis="...", bullet="*"
)


@record
class Screen:
    """An output stream: what it can encode and what to draw with."""

    symbols: Symbols
    encodable: Callable[[str], bool]

    def show(self, text: str) -> str:
        """The text as this stream can show it, in one line."""
        text = visible(text)
        if text.isascii() or self.encodable(text):
            return text
        return "".join(char if self.encodable(char) else _transcribed(char) for char in text)

    def glyph(self, char: str) -> str:
        """One character of a file. A tab is four columns wherever it stands."""
        return "    " if char == "\t" else self.show(char)


_TRANSCRIPTS = {"…": "...", "→": "->", "–": "-", "—": "-", "’": "'", "≤": "<=", "≥": ">=", "×": "x"}


def _transcribed(char: str) -> str:
    return _TRANSCRIPTS.get(char) or escaped(char)


def screen(encoding: str) -> Screen:
    def encodable(text: str) -> bool:
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            return False
        return True

    return Screen(symbols=UNICODE if encodable("╭├╰─│━…•") else ASCII, encodable=encodable)


def fitted(text: str, room: int | None, ellipsis: str) -> str:
    """As much of a line as goes into `room` columns, with an ellipsis where something is left out."""
    if not room or width(text) <= room:
        return text
    used, kept = width(ellipsis), 0
    while kept < len(text) and used + char_width(text[kept]) <= room:
        used += char_width(text[kept])
        kept += 1
    return text[:kept].rstrip() + ellipsis


def wrapped(text: str, room: int | None, hang: int = 0) -> list[str]:
    """The text in lines of at most `room` columns, broken at spaces; a longer word stays whole.

    Lines after the first are to be indented by `hang` columns, which are left free.
    """
    if not room or width(text) <= room:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) > room - hang * bool(lines):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
