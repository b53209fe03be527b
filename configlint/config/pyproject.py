"""The table `[tool.configlint]` of a pyproject.toml, as the nodes of the same configuration in YAML."""

from configlint.formats.toml.nodes import read_table
from configlint.formats.yaml.document import YamlDocument
from configlint.model.document import Lines, UnreadableError
from configlint.rules.errors import InputError

TABLE = ("tool", "configlint")


def read(path: str, content: str) -> YamlDocument:
    """The configuration in a pyproject.toml; a document without root where it has none.

    Raises `InputError` if the file is not valid TOML.
    """
    try:
        return read_table(path, content, TABLE)
    except UnreadableError as error:
        raise InputError(error.message, path, Lines(content).position(error.offset).line) from None
