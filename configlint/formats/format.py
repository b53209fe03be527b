"""What a format has to offer. One reader is one module, and one line in `configlint.formats.FORMATS`."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from configlint.model.document import Document, Fact
from configlint.model.text import Literal


class Format(NamedTuple):
    """A file format.

    `claims` tells by its path whether a file is of this format. `read` takes (path, content) and raises
    `UnreadableError`. `facts` lists every value of a document, with those marked secret whose key names say so.
    `render` writes a literal of this format anew: the text for `literal.place` that is read back as the given value,
    or None where no such text is possible in place.
    """

    name: str
    claims: Callable[[str], bool]
    read: Callable[[str, str], Document]
    facts: Callable[[Document], Iterator[Fact]]
    render: Callable[[Literal, str], str | None]
