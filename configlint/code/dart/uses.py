"""Which members of an app call a function or set a name, found by their tokens."""

from bisect import bisect_right
from collections.abc import Iterable

from configlint.code.dart.package import Package
from configlint.code.dart.values import Declared
from configlint.formats.dart import DartDocument
from configlint.formats.dart.lexer import NAME, SIGN
from configlint.formats.dart.structure import Class, Constant, Declaration, Function, Variable
from configlint.formats.dart.syntax import Span

_MOST = 30
"""Members that are looked at for one name."""


class Uses:
    """An index of names over all files, built when it is first asked."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._members: dict[str, tuple[list[int], list[tuple[int, Declared]]]] = {}
        self._calls: dict[str, list[Declared]] | None = None
        self._sets: dict[str, list[Declared]] | None = None

    def spans(self, document: DartDocument) -> list[tuple[int, int, Declared]]:
        """The code of everything that a file declares: first token, the one behind the last, and whose it is."""
        starts, spans = self._spans(document)
        return [(start, end, named) for start, (end, named) in zip(starts, spans, strict=True)]

    def calling(self, named: Declared) -> list[Declared]:
        """The members in which something of that name is called.

        Files that can hold no value are searched for constructors alone: there an address may be handed over by name.
        """
        name = named.member.name
        if self._calls is None:
            self._calls = {}
            for document in self.package.documents:
                self._index_calls(document, self._calls)
        found = list(self._calls.get(name, []))
        if isinstance(named.member, Function) and named.member.kind == "constructor" and not name.startswith("_"):
            for document in self.package.others:
                if f"{name}(" in document.content:
                    found += self._naming(document, frozenset({name}))
        return found[:_MOST]

    def naming(self, names: frozenset[str]) -> list[Declared]:
        """The members in which something is called one of these names."""
        return [found for document in self.package.documents for found in self._naming(document, names)]

    def naming_elsewhere(self, names: frozenset[str]) -> list[Declared]:
        """The same for the files that can hold no value. Costs a search of all of them for each name."""
        return [
            found
            for document in self.package.others
            if any(name in document.content for name in names)
            for found in self._naming(document, names)
        ]

    def setting(self, name: str) -> list[Declared]:
        """The members in which something of that name is set."""
        if self._sets is None:
            self._sets = {}
            for document in self.package.documents:
                self._index_sets(document, self._sets)
        return self._sets.get(name, [])[:_MOST]

    def _naming(self, document: DartDocument, names: frozenset[str]) -> list[Declared]:
        code = document.source.code
        return self._members_at(
            document, (index for index, text in enumerate(code.text) if text in names and code.kind[index] == NAME)
        )

    def _members_at(self, document: DartDocument, indexes: Iterable[int]) -> list[Declared]:
        """The members whose code holds some tokens, none twice."""
        found = (self._member_at(document, index) for index in indexes)
        return list({id(named.member): named for named in found if named is not None}.values())

    def _index_calls(self, document: DartDocument, calls: dict[str, list[Declared]]) -> None:
        code = document.source.code
        text, kind = code.text, code.kind
        for index in range(len(text) - 1):
            if kind[index] == NAME and text[index + 1] in ("(", "<") and kind[index + 1] == SIGN:
                self._append(calls, text[index], document, index)

    def _append(self, index: dict[str, list[Declared]], name: str, document: DartDocument, token: int) -> None:
        member = self._member_at(document, token)
        if member is not None:
            known = index.setdefault(name, [])
            if not known or known[-1].member is not member.member:
                known.append(member)

    def _index_sets(self, document: DartDocument, sets: dict[str, list[Declared]]) -> None:
        code = document.source.code
        for index, text in enumerate(code.text):
            if (
                text not in ("=", "??=", "+=")
                or index < 2
                or code.kind[index - 1] != NAME
                or code.kind[index] == "chars"
            ):
                continue
            declares = code.kind[index - 2] == NAME or code.text[index - 2] in (">", "?")
            if not declares:
                self._append(sets, code.text[index - 1], document, index)

    def _member_at(self, document: DartDocument, index: int) -> Declared | None:
        """The member whose code holds a token."""
        starts, spans = self._spans(document)
        position = bisect_right(starts, index) - 1
        if position < 0 or index >= spans[position][0]:
            return None
        return spans[position][1]

    def _spans(self, document: DartDocument) -> tuple[list[int], list[tuple[int, Declared]]]:
        """The code of each member: where it starts, and where it ends."""
        if document.path not in self._members:
            found = sorted(
                (
                    (span, Declared(document=document, owner=owner, member=member))
                    for owner, member in _members(document)
                    for span in _code(member)
                ),
                key=lambda pair: pair[0],
            )
            self._members[document.path] = [span.start for span, _ in found], [(span.end, one) for span, one in found]
        return self._members[document.path]


def _members(document: DartDocument) -> list[tuple[Class | None, Variable | Function | Constant]]:
    found: list[tuple[Class | None, Variable | Function | Constant]] = []
    for declaration in document.source.unit.declarations:
        found += _of(declaration)
    return found


def _of(declaration: Declaration) -> list[tuple[Class | None, Variable | Function | Constant]]:
    if isinstance(declaration, Class):
        return [(declaration, member) for member in (*declaration.constants, *declaration.members)]
    return [(None, declaration)]


def _code(member: Variable | Function | Constant) -> list[Span]:
    if isinstance(member, Constant):
        return [member.arguments] if member.arguments else []
    if isinstance(member, Variable):
        return [member.value] if member.value else []
    spans = [member.arrow, member.block, *(parameter.default for parameter in member.parameters)]
    return [span for span in (*spans, *(variable.value for variable in member.initialisers)) if span is not None]
