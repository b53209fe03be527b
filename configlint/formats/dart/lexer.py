"""The tokens of a Dart file, with the exact place of every character of its strings.

The lexer never fails and never recurses: the strings and interpolations that are open stand on a stack, so that the
time is linear in any text. It follows the Dart language specification: block comments nest, `r` makes a raw string only
directly before a quote, `$name` and `${…}` interpolate, and a line end closes a single-line string that nobody closed.
"""

import re
from itertools import islice

from configlint.formats.comments import MARK, comment
from configlint.model.document import Comment
from configlint.model.record import record
from configlint.model.regex import regex

NAME, NUMBER, SIGN, STRING, CHARS, END = "name", "number", "sign", "string", "chars", "end"
"""Kinds of tokens. A string is one `STRING` (its opening quotes), then `CHARS`, `NAME` (of `$name`) and `${` … `}`,
then one `END` (its closing quotes, without width where they are missing)."""

_CODE = regex(
    r"""\s*+(?:
      (?P<quote>r?(?:'{3}|"{3}|'|"))
    | (?P<name>[A-Za-z_$][\w$]*+)
    | (?P<number>0[xX][0-9a-fA-F_]++|\d[\d_]*+(?:\.\d[\d_]*+)?+(?:[eE][+-]?\d++)?+)
    | (?P<bracket>[()\[\]{}])
    | (?P<line>//[^\n\r]*+)
    | (?P<block>/\*)
    | (?P<sign>=>|==|!=|\?\?=|\?\?|\?\.\.|\?\.|\.\.\.\?|\.\.\.|\.\.|&&|\|\||<=|>=|\+\+|--|\+=|-=|\*=|~/=|/=|~/|\S)
    | \Z
    )""",
    re.VERBOSE | re.ASCII,
)
_BLOCK = regex(r"/\*|\*/")
_SIMPLE = regex(r"[A-Za-z_][A-Za-z0-9_]*+")
_PLAIN = {
    "'": regex(r"[^'\\$\n\r]*+"),
    '"': regex(r'[^"\\$\n\r]*+'),
    "'''": regex(r"(?:[^'\\$]++|'(?!''))*+"),
    '"""': regex(r'(?:[^"\\$]++|"(?!""))*+'),
}
_RAW_LINE = {"'": regex(r"[^'\n\r]*+"), '"': regex(r'[^"\n\r]*+')}
_OPENING = {")": "(", "]": "["}
_MOST = 150_000
"""Tokens that are read of one file. A longer one holds data, not code; what follows them is not looked at."""


@record
class Tokens:
    """Parallel lists, one entry for each token.

    `partner` is, for an opening bracket or string, the index of the token that closes it (the number of all tokens
    where none does), for a closing one the index of its opening, else -1.
    """

    content: str
    kind: list[str]
    text: list[str]
    start: list[int]
    partner: list[int]
    comments: tuple[Comment, ...]

    def end(self, index: int) -> int:
        """The offset behind a token."""
        return self.start[index] + len(self.text[index])

    def __len__(self) -> int:
        return len(self.text)


def lex(path: str, content: str) -> Tokens:
    return _Lexer(path, content).run()


class _Lexer:
    """The state of one run: the tokens so far, and the brackets and strings that are open."""

    def __init__(self, path: str, content: str) -> None:
        self.path = path
        self.content = content
        self.speaks = MARK in content
        self.kind: list[str] = []
        self.text: list[str] = []
        self.start: list[int] = []
        self.partner: list[int] = []
        self.open: list[int] = []
        self.comments: list[Comment] = []

    def run(self) -> Tokens:
        position = 1 if self.content.startswith("\ufeff") else 0
        while position < len(self.content) and len(self.text) < _MOST:
            inside = self.open and self.kind[self.open[-1]] == STRING
            position = self._string(position) if inside else self._code(position)
        for index in self.open:
            self.partner[index] = len(self.text)
        return Tokens(
            content=self.content,
            kind=self.kind,
            text=self.text,
            start=self.start,
            partner=self.partner,
            comments=tuple(self.comments),
        )

    def _add(self, kind: str, text: str, start: int) -> int:
        self.kind.append(kind)
        self.text.append(text)
        self.start.append(start)
        self.partner.append(-1)
        return len(self.text) - 1

    def _code(self, position: int) -> int:
        """Tokens of code up to the first quote, or to the end of the interpolation in which this code stands."""
        add = self._add
        for found in islice(_CODE.finditer(self.content, position), _MOST):
            group = found.lastgroup
            if group is None:
                break
            start, end = found.span(group)
            if group == "line":
                self._comment(start, end)
            elif group == "block":
                return self._block_end(end)
            elif group == "quote":
                self.open.append(add(STRING, found[group], start))
                return end
            elif group != "bracket":
                add(group, found[group], start)
            elif self._bracket(found[group], start):
                return end
        return len(self.content)

    def _bracket(self, sign: str, start: int) -> bool:
        """Record a bracket. True where it closes an interpolation, so that its string goes on."""
        index = self._add(SIGN, sign, start)
        if sign in "([{":
            self.open.append(index)
            return False
        opening = self._opening(sign, index)
        if opening is None:
            return False
        self.partner[index], self.partner[opening] = opening, index
        return self.text[opening] == "${"

    def _opening(self, sign: str, index: int) -> int | None:
        """The bracket that `sign` closes. A brace also closes the brackets that were left open inside it."""
        if sign != "}":
            fits = self.open and self.text[self.open[-1]] == _OPENING[sign]
            return self.open.pop() if fits else None
        while self.open:
            opening = self.open.pop()
            if self.text[opening] in ("{", "${"):
                return opening
            self.partner[opening] = index
        return None

    def _comment(self, start: int, end: int) -> None:
        if self.speaks:
            sign = "///" if self.content.startswith("///", start) else "//"
            found = comment(self.path, self.content, start, end, sign)
            if found is not None:
                self.comments.append(found)

    def _block_end(self, position: int) -> int:
        depth = 1
        for found in _BLOCK.finditer(self.content, position):
            depth += 1 if found[0] == "/*" else -1
            if depth == 0:
                return found.end()
        return len(self.content)

    def _string(self, position: int) -> int:
        """The rest of the string that is open, or what comes before its next interpolation."""
        opening = self.text[self.open[-1]]
        quote = opening.removeprefix("r")
        end = self._raw_end(position, quote) if opening[0] == "r" else self._plain_end(position, quote)
        if end > position:
            self._add(CHARS, self.content[position:end], position)
        if self.content.startswith("$", end) and opening[0] != "r":
            return self._interpolation(end)
        closing = quote if self.content.startswith(quote, end) else ""
        index = self._add(END, closing, end)
        opened = self.open.pop()
        self.partner[index], self.partner[opened] = opened, index
        return end + len(closing)

    def _plain_end(self, position: int, quote: str) -> int:
        """Where the characters end that stand for themselves or are escaped."""
        content, plain = self.content, _PLAIN[quote]
        while True:
            found = plain.match(content, position)
            position = found.end() if found else position
            sign = content[position : position + 1]
            if sign == "\\" and (len(quote) == 3 or content[position + 1 : position + 2] not in ("\n", "\r")):
                position = min(position + 2, len(content))
            elif sign == "\\" or (sign == "$" and not self._interpolates(position + 1)):
                position += 1
            else:
                return position

    def _raw_end(self, position: int, quote: str) -> int:
        if len(quote) == 3:
            end = self.content.find(quote, position)
            return len(self.content) if end < 0 else end
        found = _RAW_LINE[quote].match(self.content, position)
        return found.end() if found else position

    def _interpolates(self, position: int) -> bool:
        return self.content.startswith("{", position) or _SIMPLE.match(self.content, position) is not None

    def _interpolation(self, position: int) -> int:
        if self.content.startswith("${", position):
            self.open.append(self._add(SIGN, "${", position))
            return position + 2
        found = _SIMPLE.match(self.content, position + 1)
        end = found.end() if found else position + 1
        self._add(NAME, self.content[position + 1 : end], position + 1)
        return end
