"""Dart: the source code of Flutter apps."""

from collections.abc import Iterator

from configlint.formats.dart.document import DartDocument, claims, read
from configlint.formats.format import Format
from configlint.model.document import Document, Fact
from configlint.model.text import Literal


def _facts(document: Document) -> Iterator[Fact]:
    from configlint.formats.dart.values import facts  # what recognises code is imported where there is Dart to read

    return facts(document)


def _render(literal: Literal, value: str) -> str | None:
    from configlint.formats.dart.strings import render  # needed by fixes alone

    return render(literal, value)


DART = Format(name="dart", claims=claims, read=read, facts=_facts, render=_render)

__all__ = ["DART", "DartDocument", "claims", "read"]
