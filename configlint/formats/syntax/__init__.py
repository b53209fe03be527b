"""What of a file is no value: its syntax, keys and identifiers. An excerpt shows these, whatever a value may be.

What is not listed here is a value or a remark, and stays hidden unless somebody knows that it is harmless.
"""

from collections.abc import Iterator

from configlint.formats.syntax.stretch import Stretch
from configlint.formats.yaml.document import YamlDocument
from configlint.model.document import Document

__all__ = ["Stretch", "stretches"]


def stretches(document: Document) -> Iterator[Stretch]:
    """The stretches of a document, in no certain order; none of one that cannot be parsed.

    The readers of the others are imported where there is such a file to quote.
    """
    if isinstance(document, YamlDocument):
        from configlint.formats.syntax import nodes

        return nodes.stretches(document)
    reader = _READERS.get(type(document).__name__)
    if reader is None:
        return iter(())
    found: Iterator[Stretch] = __import__(f"{__name__}.{reader}", fromlist=["stretches"]).stretches(document)
    return found


_READERS = {
    "DotenvDocument": "dotenv",
    "DockerfileDocument": "dockerfile",
    "PythonDocument": "python",
    "DartDocument": "dart",
    "NginxDocument": "proxies",
    "CaddyDocument": "proxies",
}
