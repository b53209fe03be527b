"""TOML: pyproject.toml and its like, read only where a rule or the configuration names them."""

from collections.abc import Iterator

from configlint.formats.format import Format
from configlint.model.document import Document, Fact
from configlint.model.text import Literal


def claims(path: str) -> bool:
    return path.lower().endswith(".toml")


# tomllib and the locator are imported where there is TOML to read: a plain run never needs them.


def _read(path: str, content: str) -> Document:
    from configlint.formats.toml.nodes import read

    return read(path, content)


def _facts(document: Document) -> Iterator[Fact]:
    from configlint.formats.yaml.document import facts

    return facts(document)


def _render(literal: Literal, value: str) -> str | None:
    from configlint.formats.toml.render import render

    return render(literal, value)


TOML = Format(name="toml", claims=claims, read=_read, facts=_facts, render=_render)
