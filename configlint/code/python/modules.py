"""The modules that a program can import."""

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from configlint.code.modules import ModulesOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configlint.formats.python.document import PythonDocument

Documents: TypeAlias = "Mapping[str, PythonDocument]"
"""By their paths from the root."""
NO_DOCUMENTS: Documents = MappingProxyType({})


class Modules(ModulesOf["PythonDocument"]):
    """Those of Python."""


def together(documents: Documents) -> Modules:
    """The same documents as the modules of one program."""
    return documents if isinstance(documents, Modules) else Modules(documents)
