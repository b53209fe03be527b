"""The syntax of a Dockerfile: instructions, their flags, the names of variables, image names."""

import re
from collections.abc import Iterator

from configlint.formats.dockerfile.lines import Instruction, instructions
from configlint.formats.dockerfile.values import assignments, exec_words
from configlint.formats.syntax import command
from configlint.formats.syntax.stretch import Stretch, references
from configlint.formats.words import legible
from configlint.model.document import Document
from configlint.model.regex import regex
from configlint.model.text import Text

_HEAD = regex(r"[A-Za-z]++")
_FLAG = regex(r"--[a-z][a-z-]{0,30}+=?")
_REMARK = regex(r"^[ \t]*+(#[^\n]*+)", re.MULTILINE)
_PLAIN = ("FROM", "EXPOSE")
"""Instructions whose words are images, stages, ports."""
_COMMANDS = ("CMD", "ENTRYPOINT", "RUN", "HEALTHCHECK", "SHELL")
_BRACKETS = regex(r"[\[\],\"]")


def stretches(document: Document) -> Iterator[Stretch]:
    content = document.content
    for found in _REMARK.finditer(content):
        yield Stretch(*found.span(1), "remark")
    for one in instructions(document.path, content):
        yield from _instruction(one, content)


def _instruction(one: Instruction, content: str) -> Iterator[Stretch]:
    head = _HEAD.match(content, one.place.start)
    if head is None:
        return
    yield Stretch(*head.span())
    body = one.body.place
    for found in _FLAG.finditer(content, head.end(), body.start if body is not None else one.place.end):
        yield Stretch(*found.span())
    if one.name in _PLAIN:
        yield from _spans(one.body)
    elif one.name in ("ENV", "ARG"):
        for assignment in assignments(one):
            yield from _assignment(assignment.name, content)
    elif one.name in _COMMANDS:
        words = exec_words(one.body)
        for text in command.of_line(one.body) if words is None else command.of_words(words):
            yield from _spans(text)
        yield from _brackets(one.body) if words is not None else ()
    for run in one.body.runs:
        if run.place is not None and run.text is not None:
            yield from references(run.text, run.place.start)


def _assignment(name: Text, content: str) -> Iterator[Stretch]:
    if legible(name.raw):
        for stretch in _spans(name):
            yield stretch
            if content.startswith("=", stretch.end):
                yield Stretch(stretch.end, stretch.end + 1)


def _brackets(body: Text) -> Iterator[Stretch]:
    """The signs of a list of words."""
    for run in body.runs:
        if run.place is not None and run.text is not None:
            for found in _BRACKETS.finditer(run.text):
                yield Stretch(run.place.start + found.start(), run.place.start + found.end())


def _spans(text: Text) -> Iterator[Stretch]:
    return (Stretch(run.place.start, run.place.end) for run in text.runs if run.place is not None and run.exact)
