"""Every literal that a Dart file gives a name, by that name: `("AppConstants", "apiBaseUrl")`."""

from collections.abc import Iterator

from configlint.formats.dart.document import DartDocument
from configlint.formats.dart.structure import Class, Declaration, Function, Variable
from configlint.formats.dart.syntax import (
    Call,
    Entry,
    Expression,
    Items,
    Member,
    Name,
    Number,
    Operation,
    Span,
    Word,
    Written,
)
from configlint.formats.secrecy import mark
from configlint.model.document import Document, Fact, Key
from configlint.model.text import Text, joined

_DEEPEST = 8
"""Maps within maps whose values are listed."""


def facts(document: Document) -> Iterator[Fact]:
    """Constants, fields, getters and default parameter values, and the entries of maps, that are literals.

    The literal behind `??` and a `defaultValue` count as the value of what they fall back for.
    """
    if not isinstance(document, DartDocument) or not document.interesting:
        return
    for declaration in document.source.unit.declarations:
        owner: Key = (declaration.name,) if isinstance(declaration, Class) and declaration.name else ()
        members = declaration.members if isinstance(declaration, Class) else (declaration,)
        for member in members:
            for key, span in _named(owner, member):
                yield from _facts(key, document.source.code.expression(span))


def _named(owner: Key, member: Declaration) -> Iterator[tuple[Key, Span]]:
    if isinstance(member, Variable) and member.value:
        yield (*owner, member.name), member.value
    if isinstance(member, Function):
        if member.kind == "getter" and member.arrow:
            yield (*owner, member.name), member.arrow
        for parameter in member.parameters:
            if parameter.default:
                yield (*owner, *(() if member.name in owner else (member.name,)), parameter.name), parameter.default
        for variable in member.initialisers:
            if variable.value:
                yield (*owner, variable.name), variable.value


def _facts(key: Key, value: Expression, depth: int = 0) -> Iterator[Fact]:
    if isinstance(value, Items):
        for index, item in enumerate(value.items if depth < _DEEPEST else ()):
            name = _plain(item.key) if isinstance(item, Entry) else Text.assumed(str(index))
            if name is not None and name.value is not None:
                yield from _facts((*key, name.value), item.value if isinstance(item, Entry) else item, depth + 1)
        return
    text = _literal(value)
    if text is not None:
        yield Fact(key=key, text=mark(text, key[-1]))


def _literal(value: Expression) -> Text | None:
    """The literal that stands for a value: itself, what `??` falls back to, or the default of a variable."""
    if isinstance(value, Operation) and value.operator == "??":
        return _literal(value.operands[-1])
    if isinstance(value, Call) and _is_define(value.target):
        default = value.named.get("defaultValue")
        return _plain(default) if default else None
    return _plain(value)


def _is_define(target: Expression) -> bool:
    return isinstance(target, Member) and target.name == "fromEnvironment" and isinstance(target.target, Name)


def _plain(value: Expression) -> Text | None:
    """A string without interpolation, a number, `true` or `false`."""
    if isinstance(value, Written):
        pieces = [part for part in value.parts if isinstance(part, Text)]
        return joined(pieces) if len(pieces) == len(value.parts) else None
    if isinstance(value, Number):
        return value.text
    if isinstance(value, Word) and value.word != "null":
        return Text.exactly(value.word, value.at)
    return None
