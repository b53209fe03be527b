"""Instructions of a Dockerfile: where they begin and end, and what stands in them without continuations and comments.

As BuildKit's parser has it: the `escape` directive, backslashes at the end of a line, comment lines and empty lines
inside an instruction, here-documents of RUN, COPY and ADD.
"""

import re
from collections.abc import Iterator

from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Run, Text


@record
class Instruction:
    """One instruction. `name` is in capitals, `flags` are its options without dashes, `body` is what follows them.

    A body of several lines is a text of several runs. The place is the whole instruction, here-documents and all.
    """

    name: str
    body: Text
    flags: tuple[tuple[str, Text], ...]
    place: Place


_DIRECTIVE = regex(r"[ \t]*#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*([^\s]*)[ \t\r]*")
_CONTINUED = {sign: regex(rf"(?<!{re.escape(sign)}){re.escape(sign)}[ \t]*$") for sign in "\\`"}
_NAME = regex(r"[ \t]*([A-Za-z]+)(?:[ \t]+|$)")
_FLAG = regex(r"--([a-z][a-z-]*)(?:=(\S*))?[ \t]*")
_HEREDOC = regex(r"(?<![<\w])\d*<<(-?)(['\"]?)([A-Za-z_][A-Za-z0-9_.]*)\2")
_MOST_LINES = 500
"""Lines of one instruction whose words are read: only RUN has more, and its words say nothing."""
_TAKES_HEREDOC = ("RUN", "COPY", "ADD")


def instructions(path: str, content: str) -> Iterator[Instruction]:
    """Every instruction in order. A line that begins with no word is passed over."""
    lines = _Lines(content)
    continued = _CONTINUED[_escape(lines)]
    while (line := lines.next()) is not None:
        start, end = line
        text = content[start:end]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        spans = list(_continuations(lines, start, end, continued))
        instruction = _instruction(path, content, spans)
        if instruction is None:
            continue
        if instruction.name in _TAKES_HEREDOC:
            instruction = _with_documents(instruction, lines)
        yield instruction


class _Lines:
    """Lines of a content, one at a time, as offsets of their start and end."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.at = 1 if content.startswith("\ufeff") else 0
        self.end = self.at

    def next(self) -> tuple[int, int] | None:
        if self.at >= len(self.content):
            return None
        start = self.at
        stop = self.content.find("\n", start)
        stop = len(self.content) if stop < 0 else stop
        self.at = stop + 1
        self.end = stop - 1 if stop > start and self.content[stop - 1] == "\r" else stop
        return start, self.end


def _escape(lines: _Lines) -> str:
    """The sign of the `escape` directive. Directives stand before everything else; none of them is consumed."""
    at, sign = lines.at, "\\"
    while (line := lines.next()) is not None:
        directive = _DIRECTIVE.fullmatch(lines.content, *line)
        if directive is None:
            break
        if directive[1].lower() == "escape" and directive[2] in _CONTINUED:
            sign = directive[2]
    lines.at = at
    return sign


def _continuations(lines: _Lines, start: int, end: int, continued: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The spans of an instruction, one a line, without what joins them."""
    content = lines.content
    while True:
        mark = continued.search(content, max(start, _tail(content, end)), end)
        yield start, mark.start() if mark else end
        if mark is None:
            return
        line = lines.next()
        while line is not None and _skipped(content[slice(*line)]):
            line = lines.next()
        if line is None:
            return
        start, end = line


def _tail(content: str, end: int) -> int:
    """Where the blanks at the end of a line begin, and the two signs before them."""
    start = end
    while start > 0 and content[start - 1] in " \t":
        start -= 1
    return max(start - 2, 0)


def _skipped(line: str) -> bool:
    stripped = line.strip()
    return not stripped or stripped.startswith("#")


def _instruction(path: str, content: str, spans: list[tuple[int, int]]) -> Instruction | None:
    start, end = spans[0][0], spans[-1][1]
    name = _NAME.match(content, start, spans[0][1])
    if name is None:
        return None
    place = Place(path, start + len(name[0]) - len(name[0].lstrip()), end)
    spans[0] = (name.end(), spans[0][1])
    flags, body = _flags(_body(path, content, spans))
    return Instruction(name=name[1].upper(), body=body.strip(), flags=tuple(flags), place=place)


def _body(path: str, content: str, spans: list[tuple[int, int]]) -> Text:
    whole = Place(path, spans[0][0], spans[-1][1])
    literal = Literal(place=whole, inner=whole, style="dockerfile/line")
    return Text(
        Run(text=content[start:end], place=Place(path, start, end), literal=literal, exact=True)
        for start, end in spans[:_MOST_LINES]
    )


def _flags(body: Text) -> tuple[list[tuple[str, Text]], Text]:
    flags: list[tuple[str, Text]] = []
    start = 0
    raw = body.raw
    while start < len(raw) and raw[start] in " \t":
        start += 1
    while flag := _FLAG.match(raw, start):
        span = flag.span(2) if flag[2] is not None else (flag.end(1), flag.end(1))
        flags.append((flag[1], body[span[0] : span[1]]))
        start = flag.end()
    return flags, body[start:]


def _with_documents(instruction: Instruction, lines: _Lines) -> Instruction:
    """The same instruction, with the here-documents that it announces taken from the lines that follow."""
    found = False
    for document in _HEREDOC.finditer(instruction.body.raw):
        found = True
        while (line := lines.next()) is not None:
            text = lines.content[slice(*line)]
            if (text.lstrip("\t") if document[1] else text) == document[3]:
                break
    if not found:
        return instruction
    place = Place(instruction.place.path, instruction.place.start, lines.end)
    return Instruction(name=instruction.name, body=instruction.body, flags=instruction.flags, place=place)
