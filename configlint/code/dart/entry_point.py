"""What the app starts with: `main` of `lib/main.dart`, or of the files that builds name, and what it picks there."""

from collections.abc import Iterator

from configlint.code.dart.app import App
from configlint.code.dart.build_variants import RELEASE
from configlint.code.dart.builds import targets
from configlint.code.dart.lookup import constructor, declared
from configlint.code.dart.package import Package
from configlint.code.dart.values import Declared
from configlint.formats.dart.structure import Function
from configlint.formats.dart.syntax import Call, Member, Name


def chosen(app: App) -> frozenset[int]:
    """The `id` of each member, and of its class, that `main` hands on in release builds: `start(AppConfig.dev)`.

    The name of such a member says for which build it was meant, but not that only this build uses it.
    """
    found: set[int] = set()
    for entry in _entries(app.package, targets(app.builds)):
        for named in _picked(app, entry):
            found |= {id(named.member), *([id(named.owner)] if named.owner is not None else [])}
    return frozenset(found)


def _entries(package: Package, files: frozenset[str]) -> Iterator[Declared]:
    for document in (*package.documents, *package.others):
        if any(f"/{document.path}".endswith(f"/{file}") for file in files):
            for declaration in document.source.unit.declarations:
                if isinstance(declaration, Function) and declaration.name == "main":
                    yield Declared(document=document, owner=None, member=declaration)


def _picked(app: App, entry: Declared) -> Iterator[Declared]:
    for site in (*app.body(entry).sites, *app.body(entry).calls):
        value = site.value.target if isinstance(site.value, Call) else site.value
        if site.worlds & RELEASE and isinstance(value, Name | Member):
            named = declared(app, value, site.where) or constructor(app, value, site.where)
            if named is not None:
                yield named
