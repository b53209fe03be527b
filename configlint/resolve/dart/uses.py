"""Which members of an app call a function or set a name, found by their tokens."""

from bisect import bisect_right

from configlint.formats.dart import DartDocument
from configlint.formats.dart.lexer import NAME
from configlint.formats.dart.structure import Class, Constant, Declaration, Function, Variable
from configlint.formats.dart.syntax import Span
from configlint.resolve.dart.package import Package
from configlint.resolve.dart.values import Declared

_MOST = 30
"""Members that are looked at for one name."""


class Uses:
    """An index of names over all files, built when it is first asked."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._members: dict[str, tuple[list[int], list[tuple[int, Declared]]]] = {}
        self._sets: dict[str, list[Declared]] | None = None

    def spans(self, document: DartDocument) -> list[tuple[int, int, Declared]]:
        """The code of everything that a file declares: first token, the one behind the last, and whose it is."""
        starts, spans = self._spans(document)
        return [(start, end, named) for start, (end, named) in zip(starts, spans, strict=True)]

    def calling(self, named: Declared) -> list[Declared]:
        """The members in which something of that name is called."""
        name = named.member.name
        private = name.startswith("_") or (named.owner is not None and named.owner.name.startswith("_"))
        places = self.package.library(named.document) if private else [*self.package.documents, *self.package.others]
        found: dict[int, Declared] = {}
        for document in places:
            if f"{name}(" in document.content or f"{name}<" in document.content:
                self._add(found, document, name, ("(", "<"))
        return list(found.values())[:_MOST]

    def naming(self, name: str) -> list[Declared]:
        """The members that name something so, except those that declare it."""
        found: dict[int, Declared] = {}
        for document in (*self.package.documents, *self.package.others):
            if name in document.content:
                self._add(found, document, name, None)
        return list(found.values())[:_MOST]

    def setting(self, name: str) -> list[Declared]:
        """The members in which something of that name is set."""
        if self._sets is None:
            self._sets = {}
            for document in self.package.documents:
                self._index_sets(document, self._sets)
        return self._sets.get(name, [])[:_MOST]

    def _add(
        self, found: dict[int, Declared], document: DartDocument, name: str, signs: tuple[str, ...] | None
    ) -> None:
        code = document.source.code
        for index, text in enumerate(code.text):
            if text == name and code.kind[index] == NAME and (signs is None or code.sign(index + 1) in signs):
                member = self._member_at(document, index)
                if member is not None:
                    found[id(member.member)] = member

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
            member = None if declares else self._member_at(document, index)
            if member is not None:
                known = sets.setdefault(code.text[index - 1], [])
                if not known or known[-1].member is not member.member:
                    known.append(member)

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
