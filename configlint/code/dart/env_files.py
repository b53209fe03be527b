"""The env files that an app loads: `dotenv.load(fileName: '…')` of flutter_dotenv, by default `.env`."""

from collections.abc import Iterable, Iterator

from configlint.code.dart.app import App
from configlint.code.dart.build_variants import narrowed, reach
from configlint.code.dart.display_sinks import spelled
from configlint.code.dart.package import Package
from configlint.code.dart.sites import Site
from configlint.code.language import EnvFile
from configlint.formats.dart import DartDocument
from configlint.formats.dart.syntax import Call, Word
from configlint.model.text import Text

_OBJECTS = frozenset({"dotenv", "DotEnv"})
_DEFAULT = ".env"


def loads(documents: Iterable[DartDocument]) -> list[EnvFile]:
    """What the code of one app loads, in the order of its files; names that are put together at run time left out."""
    package = Package(documents)
    using = [one for one in (*package.documents, *package.others) if "flutter_dotenv" in one.content]
    if not using:
        return []
    app = App(package, lambda name: None)
    members = [named for named in app.uses.naming(frozenset({"load"})) if "load" in named.document.content]
    return [load for named in members for site in app.body(named).calls for load in _loads(app, site)]


def _loads(app: App, site: Site) -> Iterator[EnvFile]:
    call = site.value
    if not isinstance(call, Call):
        return
    receiver, _, name = spelled(call.target).rpartition(".")
    if name != "load" or receiver.rpartition(".")[2] not in _OBJECTS:
        return
    given = call.named.get("fileName") or next(iter(call.arguments), None)
    flag = call.named.get("isOptional")
    optional = isinstance(flag, Word) and flag.word == "true"
    if given is None:
        yield EnvFile(
            path=Text.written(_DEFAULT, call.at),
            place=call.at,
            program="flutter_dotenv",
            reach=reach(site.variants),
            optional=optional,
        )
        return
    for arm in app.arms(given, site.where):
        if arm.text.value:
            variants = narrowed(arm.variants, site.variants)
            yield EnvFile(
                path=arm.text, place=call.at, program="flutter_dotenv", reach=reach(variants), optional=optional
            )
