"""The names of an app: which declaration a name means in which file."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from configlint.code.dart.values import Declared
from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class, Constant, Declaration, Function, Variable

Member: TypeAlias = Variable | Function | Constant

_DEEPEST = 20
"""Parents of parents, and exports of exports, that are followed."""
_TESTS = frozenset({"test", "integration_test", "test_driver", "fixtures", "testdata"})


class Package:
    """The Dart files of one app. `documents` are those that can hold a value, `others` the rest.

    Code under `test/` and `integration_test/` is no part of the app.
    """

    def __init__(self, documents: Iterable[DartDocument]) -> None:
        app = [document for document in documents if _TESTS.isdisjoint(document.path.split("/"))]
        self.documents = [document for document in app if document.interesting]
        self.others = [document for document in app if not document.interesting]
        self._paths = {document.path: document for document in self.documents}
        self._tails: dict[str, DartDocument] = {}
        self._public: dict[str, list[tuple[DartDocument, Declaration]]] = {}
        self._libraries: dict[str, list[DartDocument]] = {}
        self._of_class: dict[int, dict[str, Member]] = {}
        self._prefixes: dict[str, frozenset[str]] = {}
        self._visible: dict[tuple[str, str], list[DartDocument]] = {}
        for document in self.documents:
            self._tails.setdefault(_tail(document.path), document)
        self._tops = {document.path: self._index(document) for document in self.documents}
        self._wholes = {part.path: whole for whole in self.documents for part in self._named(whole, "part")}

    def _index(self, document: DartDocument) -> dict[str, Declaration]:
        tops: dict[str, Declaration] = {}
        for declaration in document.source.unit.declarations:
            if declaration.name:
                tops.setdefault(declaration.name, declaration)
                self._public.setdefault(declaration.name, []).append((document, declaration))
        return tops

    def top(self, document: DartDocument, name: str, prefix: str = "") -> tuple[DartDocument, Declaration] | None:
        """The top-level declaration that `name`, or `prefix.name`, means in a file.

        A file that cannot hold a value is not read, so an import may lead nowhere: then a name that the app declares
        once is taken for that one.
        """
        own = [] if prefix else self.library_files(document)
        for seen in (*own, *(() if name.startswith("_") else self.visible(document, prefix))):
            found = self._tops.get(seen.path, {}).get(name)
            if found is not None:
                return seen, found
        known = self._public.get(name, []) if not prefix and not name.startswith("_") else []
        return known[0] if len(known) == 1 else None

    def is_prefix(self, document: DartDocument, name: str) -> bool:
        """Whether a name is that of an import: `import '…' as name`."""
        if document.path not in self._prefixes:
            directives = [one for seen in self.library_files(document) for one in seen.source.unit.directives]
            self._prefixes[document.path] = frozenset(one.prefix for one in directives if one.prefix)
        return name in self._prefixes[document.path]

    def member(self, document: DartDocument, owner: Class, name: str) -> Declared | None:
        """A member of a class or of its parents in the app."""
        waiting, seen = [(document, owner)], set[int]()
        while waiting and len(seen) < _DEEPEST:
            place, current = waiting.pop(0)
            if id(current) in seen:
                continue
            seen.add(id(current))
            found = self._members(current).get(name)
            if found is not None:
                return Declared(document=place, owner=current, member=found)
            for parent in current.parents:
                declared = self.top(place, parent)
                if declared is not None and isinstance(declared[1], Class):
                    waiting.append((declared[0], declared[1]))
        return None

    def constructors(self, owner: Class) -> list[Function]:
        return [one for one in owner.members if isinstance(one, Function) and one.kind == "constructor"]

    def _members(self, owner: Class) -> dict[str, Member]:
        """What `.name` can mean on a class or its objects."""
        if id(owner) not in self._of_class:
            found: dict[str, Member] = {}
            for member in (*owner.members, *owner.constants):
                if getattr(member, "kind", "") not in ("setter", "constructor"):
                    found.setdefault(member.name, member)
            self._of_class[id(owner)] = found
        return self._of_class[id(owner)]

    def library_files(self, document: DartDocument) -> list[DartDocument]:
        """The file itself with its parts, or with the file of which it is a part."""
        if document.path not in self._libraries:
            whole = self._wholes.get(document.path, document)
            others = (seen for seen in (whole, *self._named(whole, "part")) if seen is not document)
            self._libraries[document.path] = [document, *others]
        return self._libraries[document.path]

    def visible(self, document: DartDocument, prefix: str = "") -> list[DartDocument]:
        """The files that a file imports under a prefix or without one, and what those export."""
        key = (document.path, prefix)
        if key not in self._visible:
            found = [seen for one in self.library_files(document) for seen in self._named(one, "import", prefix)]
            for seen in found:
                found += [other for other in self._named(seen, "export") if other not in found]
            self._visible[key] = found
        return self._visible[key]

    def _named(self, document: DartDocument, kind: str, prefix: str = "") -> Iterator[DartDocument]:
        """The files of the app that the directives of one kind name."""
        for directive in document.source.unit.directives:
            uri = directive.uri.value
            if directive.kind == kind and directive.prefix == prefix and uri is not None:
                found = self._at(document.path, uri)
                if found is not None:
                    yield found

    def _at(self, path: str, uri: str) -> DartDocument | None:
        scheme, colon, rest = uri.partition(":")
        if colon:
            return self._tails.get(rest.partition("/")[2]) if scheme == "package" else None
        return self._paths.get(_joined(path, uri))


def _tail(path: str) -> str:
    """The path below `lib/`, by which `package:` names a file."""
    return path.removeprefix("lib/") if path.startswith("lib/") else path.partition("/lib/")[2] or path


def _joined(path: str, uri: str) -> str:
    parts = path.split("/")[:-1]
    for step in uri.split("/"):
        if step == "..":
            del parts[-1:]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)
