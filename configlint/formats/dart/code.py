"""The code of one Dart file: a cursor over its tokens, handed to a parser for each level of the grammar."""

from configlint.formats.dart.cursor import Cursor
from configlint.formats.dart.declarations import Declarations
from configlint.formats.dart.expressions import Expressions
from configlint.formats.dart.lexer import Tokens
from configlint.formats.dart.members import Members
from configlint.formats.dart.statements import Statements


class Code:
    """What can be asked about a span of tokens, each question answered by the parser whose level it is."""

    def __init__(self, path: str, tokens: Tokens) -> None:
        self.tokens = tokens
        self.kind = tokens.kind
        self.text = tokens.text
        cursor = Cursor(path, tokens)
        members = Members(cursor)
        groups = Expressions(cursor).groups
        self.find = cursor.find
        self.expression = groups.expression
        self.arguments = groups.arguments
        self.statements = Statements(cursor, groups, members).read
        self.parameters = members.parameters
        self.unit = Declarations(cursor, members).unit
