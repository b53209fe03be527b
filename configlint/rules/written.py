"""Configurations and rule files: one mapping each, read strictly with the core schema of YAML 1.2."""

from typing import Any, cast

from configlint.formats.yaml import document as yaml
from configlint.model.document import Lines, UnreadableError
from configlint.rules.errors import InputError


def read(path: str, content: str, what: str) -> yaml.YamlDocument:
    """The one document of a file; without root where nothing is written there. `what` names the file in messages.

    Raises `InputError` if the file is not YAML, not one mapping, or has a key twice.
    """
    try:
        document = yaml.read(path, content)
    except UnreadableError as error:
        raise _at(error.offset, error.message, path, content) from None
    if len(document.roots) > 1 or not isinstance(document.root, yaml.Mapping | None):
        raise InputError(f"{what} must be a mapping", path, 1)
    for twice in document.duplicates:
        place = twice.second.place
        name = ".".join(twice.key)
        raise _at(place.start if place else 0, f"'{name}' is set twice with different values", path, content)
    return document


def plain(document: yaml.YamlDocument) -> dict[str, Any]:
    """The plain value of a document's mapping. Raises `InputError` for a key that is not a string."""
    try:
        return cast("dict[str, Any]", yaml.plain(document.root))
    except UnreadableError as error:
        raise _at(error.offset, error.message, document.path, document.content) from None


def _at(offset: int, message: str, path: str, content: str) -> InputError:
    return InputError(message, path, Lines(content).position(offset).line)


def line_of(document: yaml.YamlDocument, path: tuple[str | int, ...]) -> int:
    """The line on which the deepest node of `path` that exists is written."""
    node = document.root
    assert node is not None
    place = node.place
    for step in path:
        key = node.key(str(step)) if isinstance(node, yaml.Mapping) else None
        node = yaml.at(node, (step,))
        if node is None:
            break
        place = key.place if key is not None else node.place
    return Lines(document.content).position(place.start).line
