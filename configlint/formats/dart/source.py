"""The code of one Dart file, recognised when somebody asks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from configlint.formats.dart.code import Code
    from configlint.formats.dart.structure import Unit


class Source:
    """What stands in a file. Each question is answered once; asking none costs nothing."""

    __slots__ = ("_code", "_unit", "content", "path")

    def __init__(self, path: str, content: str) -> None:
        self.path = path
        self.content = content
        self._code: Code | None = None
        self._unit: Unit | None = None

    @property
    def code(self) -> "Code":
        """The tokens of this file, and the parsers of what they say."""
        if self._code is None:
            # The parsers are imported where there is Dart to read: most repositories hold none.
            from configlint.formats.dart.code import Code
            from configlint.formats.dart.lexer import lex

            self._code = Code(self.path, lex(self.path, self.content))
        return self._code

    @property
    def unit(self) -> "Unit":
        """What the file declares."""
        if self._unit is None:
            self._unit = self.code.unit()
        return self._unit
