"""Dockerfiles: their stages, each with its instructions. `dockerfile_image` tells what a stage amounts to."""

import re
from collections.abc import Iterator
from itertools import pairwise

from configlint.formats.comments import hash_comments
from configlint.formats.dockerfile.lines import Instruction, instructions
from configlint.formats.dockerfile.values import assignments, exec_words
from configlint.formats.format import Format
from configlint.formats.secrecy import mark
from configlint.formats.shell.shell import words
from configlint.model.document import Document, Fact, UnreadableError
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Text


@record
class Stage:
    """What follows one FROM. `base` is the image or stage it starts from, before its references are resolved."""

    name: str
    base: Text
    place: Place
    instructions: tuple[Instruction, ...]


@record
class DockerfileDocument(Document):
    """`arguments` are the ARG instructions before the first FROM, which only FROM itself and a bare ARG see."""

    arguments: tuple[Instruction, ...] = ()
    stages: tuple[Stage, ...] = ()

    def stage(self, target: str) -> Stage | None:
        """The stage of that name or number, else, without a target, the last one."""
        if not target:
            return self.stages[-1] if self.stages else None
        named = [stage for stage in self.stages if stage.name.lower() == target.lower()]
        if named:
            return named[-1]
        return self.stages[int(target)] if target.isdecimal() and int(target) < len(self.stages) else None


SIZE = 300_000
"""Characters that a Dockerfile may have."""


def read(path: str, content: str) -> DockerfileDocument:
    """The stages of a Dockerfile. Raises `UnreadableError` where something stands in it but no FROM, or too much."""
    if len(content) > SIZE:
        raise UnreadableError(f"is longer than {SIZE} characters", SIZE)
    found = list(instructions(path, content))
    first = next((number for number, one in enumerate(found) if one.name == "FROM"), None)
    if first is None and _SOMETHING.search(content):
        raise UnreadableError("no FROM stands in it", found[0].place.start if found else 0)
    return DockerfileDocument(
        path=path,
        content=content,
        comments=tuple(hash_comments(path, content, lambda at: _begins_line(content, at))),
        arguments=tuple(one for one in found[: first or 0] if one.name == "ARG"),
        stages=tuple(_stages(found[first:] if first is not None else [])),
    )


_SOMETHING = regex(r"^[ \t\ufeff]*+[^\s#]", re.MULTILINE)


def _begins_line(content: str, at: int) -> bool:
    return not content[content.rfind("\n", 0, at) + 1 : at].strip(" \t\ufeff")


def _stages(found: list[Instruction]) -> Iterator[Stage]:
    starts = [number for number, one in enumerate(found) if one.name == "FROM"]
    for start, end in pairwise([*starts, len(found)]):
        parts = words(found[start].body)
        named = len(parts) > 2 and parts[1].text.raw.upper() == "AS"
        yield Stage(
            name=parts[2].text.raw if named else "",
            base=parts[0].text if parts else found[start].body,
            place=found[start].place,
            instructions=tuple(found[start + 1 : end]),
        )


def facts(document: Document) -> Iterator[Fact]:
    """Values by instruction: `ENV.NAME`, `ARG.NAME`, `FROM`, `CMD.0`; stage after stage."""
    assert isinstance(document, DockerfileDocument)
    for argument in document.arguments:
        yield from _facts(argument)
    for stage in document.stages:
        yield Fact(key=("FROM",), text=stage.base)
        for instruction in stage.instructions:
            yield from _facts(instruction)


def _facts(instruction: Instruction) -> Iterator[Fact]:
    name, body = instruction.name, instruction.body
    if name in ("ENV", "ARG"):
        for assignment in assignments(instruction):
            if assignment.word is not None:
                yield Fact(key=(name, assignment.name.raw), text=mark(assignment.word.text, assignment.name.raw))
    elif name in ("CMD", "ENTRYPOINT", "EXPOSE"):
        parts = exec_words(body) if name != "EXPOSE" else None
        for number, word in enumerate([word.text for word in words(body)] if parts is None else parts):
            yield Fact(key=(name, str(number)), text=word)
    elif name in ("WORKDIR", "USER"):
        yield Fact(key=(name,), text=body)


_NOT_READ = ("ignore", "bak", "orig", "old", "swp", "j2", "tpl", "tmpl", "template", "md", "txt", "py", "sh", "json")


def claims(path: str) -> bool:
    """`Dockerfile`, `Dockerfile.prod`, `prod.Dockerfile`, `Containerfile`; no backups, no `.dockerignore`."""
    name = path.rpartition("/")[2].lower()
    if name.endswith(("~", "ignore")) or name.rpartition(".")[2] in _NOT_READ:
        return False
    parts = name.split(".")
    return bool({parts[0], parts[-1]} & {"dockerfile", "containerfile"})


_PORTABLE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,=^-")


def render(literal: Literal, value: str) -> str | None:
    """A value of ENV or ARG, or an item of an exec form, in the quotes that stand if they can carry it."""
    if "\n" in value or "\r" in value:
        return None
    style = literal.style.removeprefix("dockerfile/")
    written: str | None = value if value and _PORTABLE.issuperset(value) else None
    if style == "json":
        written = _json(value)
    elif style == "single" and "'" not in value:
        written = f"'{value}'"
    elif style in ("single", "double") or (style == "bare" and written is None):
        written = '"' + "".join("\\" + sign if sign in '"\\$' else sign for sign in value) + '"'
    return None if written is None else f"{literal.before}{written}{literal.after}"


def _json(value: str) -> str:
    # Imported late: only a fix needs it.
    import json

    return json.dumps(value, ensure_ascii=False)


DOCKERFILE = Format(name="dockerfile", claims=claims, read=read, facts=facts, render=render)
