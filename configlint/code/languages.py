"""The languages whose code is understood. Another one is a folder beside this file, and a line here."""

from collections.abc import Mapping
from typing import Any

from configlint.code.dart import DART
from configlint.code.language import Language
from configlint.code.python import PYTHON
from configlint.model.document import Document


class _Unknown(Language[Document]):
    """Holds the place of one that is not understood."""


_NONE = _Unknown()
_BY_ENDING: Mapping[str, Language[Any]] = {".py": PYTHON, ".dart": DART}


def language_of(path: str) -> Language[Any]:
    """The language of a file, by how its name ends. One that is not understood has nothing to say."""
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    return _BY_ENDING.get(dot + ending, _NONE)
