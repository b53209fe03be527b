"""Python source: what its constants, its settings, its routes and its calls say. It is parsed, never run."""

from collections.abc import Iterator

from configlint.formats.format import Format
from configlint.formats.python.document import PythonDocument, claims, read
from configlint.model.document import Document, Fact
from configlint.model.text import Literal


def facts(document: Document) -> Iterator[Fact]:
    """The top-level `NAME = literal` lines of a file. Raises `UnreadableError` where it cannot be parsed."""
    # Imported here, as below: what follows expressions is needed only where a Python file is asked for its content.
    from configlint.formats.python.constants import constants

    return constants(document) if isinstance(document, PythonDocument) else iter(())


def render(literal: Literal, value: str) -> str | None:
    """See `Format`."""
    from configlint.formats.python.literals import render as rendered

    return rendered(literal, value)


PYTHON = Format(name="python", claims=claims, read=read, facts=facts, render=render)
