"""The syntax of a dotenv file: names, signs and quotes."""

from collections.abc import Iterator

from configlint.formats.dotenv.lines import statements
from configlint.formats.syntax.stretch import Stretch, references
from configlint.formats.words import legible
from configlint.model.document import Document


def stretches(document: Document) -> Iterator[Stretch]:
    content = document.content
    for one in statements(content):
        if one.comment is not None:
            yield Stretch(*one.comment, "remark")
        if one.malformed or one.name is None or not legible(content[slice(*one.name)]):
            continue
        if one.value is None or one.inner is None:
            yield Stretch(*one.name)
            continue
        yield Stretch(one.start, one.inner[0])
        if one.inner[1] < one.value[1]:
            yield Stretch(one.inner[1], one.value[1])
        yield from references(content[slice(*one.inner)], one.inner[0])
