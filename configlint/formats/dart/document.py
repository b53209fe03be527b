"""A Dart file as a document. Reading it costs nothing: its code is recognised when a question needs it."""

from configlint.formats.comments import MARK
from configlint.formats.dart.interest import interesting
from configlint.formats.dart.source import Source
from configlint.model.document import Document
from configlint.model.record import record

_GENERATED = (
    ".g.dart", ".freezed.dart", ".mocks.dart", ".gr.dart", ".config.dart", ".chopper.dart", ".pb.dart", ".pbenum.dart",
    ".pbgrpc.dart", ".pbjson.dart", ".pbserver.dart", ".gen.dart", ".module.dart", ".reflectable.dart", ".swagger.dart",
)  # fmt: skip
"""How the file names end that the usual generators write."""


@record
class DartDocument(Document):
    """`interesting` is false where the file can hold no address, no secret and no part of one."""

    source: Source
    interesting: bool


def claims(path: str) -> bool:
    """Dart files, except those that a generator writes."""
    return path.endswith(".dart") and not path.endswith(_GENERATED)


def read(path: str, content: str) -> DartDocument:
    """Never fails: what is not understood holds no values."""
    source = Source(path, content)
    comments = source.code.tokens.comments if MARK in content else ()
    return DartDocument(path=path, content=content, comments=comments, source=source, interesting=interesting(content))
