"""The formats that configlint reads. A new format is one reader and one line here."""

from collections.abc import Iterator

from configlint.formats import line, part
from configlint.formats.compose_template import STYLE as TEMPLATE
from configlint.formats.compose_template import restyled, written
from configlint.formats.dart import DART
from configlint.formats.dockerfile.document import DOCKERFILE
from configlint.formats.dotenv.document import DOTENV
from configlint.formats.format import Format
from configlint.formats.json import JSON
from configlint.formats.python import PYTHON
from configlint.formats.toml import TOML
from configlint.formats.yaml.document import YAML
from configlint.model.document import Document, Fact, UnreadableError
from configlint.model.text import Literal

FORMATS: tuple[Format, ...] = (DOTENV, DOCKERFILE, DART, PYTHON, JSON, TOML, YAML)

_BY_NAME = {form.name: form for form in FORMATS}


def format_of(path: str) -> Format | None:
    """The format that claims a path."""
    return next((form for form in FORMATS if form.claims(path)), None)


def facts(document: Document) -> Iterator[Fact]:
    """Every value of a document; none of one that cannot be parsed."""
    form = format_of(document.path)
    # A file that could not be read is remembered without the structure that its reader would have added.
    if form is not None and type(document) is not Document:
        try:
            yield from form.facts(document)
        except UnreadableError:
            return


def render(literal: Literal, value: str) -> str | None:
    """The text to put at `literal.place` so that it is read back as `value`; None where no text can be."""
    if literal.style.startswith(TEMPLATE):
        # Docker compose resolves what it finds there, so that a dollar sign of the value is written twice.
        return render(restyled(literal, literal.style.removeprefix(TEMPLATE)), written(value))
    if literal.style.startswith(part.STYLE):
        return part.render(literal, value)
    if literal.style.startswith(line.STYLE):
        return line.render(literal, value)
    form = _BY_NAME.get(literal.style.partition("/")[0])
    if form is None:
        return literal.before + value + literal.after
    return form.render(literal, value)
