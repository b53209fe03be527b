"""The addresses and secrets that a Flutter app holds, as its code would use them.

Every literal is followed through constants, getters, parameters and string interpolation of all files of the app, to
the name or the call that takes it; its text still knows where each character is written.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from configlint.code.dart.app import App, Env
from configlint.code.dart.build_variants import (
    BEHIND,
    DEBUG,
    EVERYWHERE,
    HIDDEN,
    RELEASE,
    UNREAD,
    audience,
    narrowed,
    reach,
    united,
)
from configlint.code.dart.builds import Build
from configlint.code.dart.entry_point import chosen
from configlint.code.dart.finder import Candidate, Finder
from configlint.code.dart.lookup import argument
from configlint.code.dart.members import callers
from configlint.code.dart.package import Package
from configlint.code.dart.secrets import Secret, secrets
from configlint.code.dart.values import Declared
from configlint.formats.dart import DartDocument
from configlint.formats.dart.seeds import seeds
from configlint.formats.dart.structure import Function
from configlint.formats.secrecy import mark
from configlint.model.record import record
from configlint.model.tables import Reach
from configlint.model.tables.words import Audience
from configlint.model.text import Place, Text


@record
class AppValue:
    """An address or a secret of an app.

    kind: `url`, `host` (a bare `host[:port]`), `secret`. `name` is the qualified name that holds it
    (`AppConstants.apiBaseUrl`), or the call or argument that takes it (`http.post`, `BaseOptions.baseUrl`).
    role: `constant` (a field or top-level name), `getter` (what a getter or function returns), `variable` (a local
    name, or an assignment), `fallback` (behind `??`), `default` (of a parameter or a define), `argument`, `call`.
    reach: `always`; `debug` where no release build gets there; `latent` behind a variable that is set; `substituted`
    where the app exchanges the host in debug builds only. audience: `mobile`, or `browser` and `host` for code that
    only runs on the web or on a desktop. `method` is that of a call (`WS` for a WebSocket). `variable` is the
    environment variable that holds the value, or for which it stands in. `unread`: it is used only where a variable is
    not set whose file is not here. `place` is the expression that says it.
    """

    name: str
    kind: str
    text: Text
    role: str
    reach: Reach
    audience: Audience = "mobile"
    method: str = ""
    variable: str = ""
    unread: bool = False
    place: Place


def app_values(documents: Iterable[DartDocument], env: Env, builds: Sequence[Build] = ()) -> list[AppValue]:
    """The addresses and secrets of one app, from all its Dart files.

    `env` gives the value of a variable in the env files that the app bundles: an unknown text where they cannot be
    read, None where none of them sets it. `builds` are those that the repository describes.
    """
    package = Package(documents)
    finder = Finder(App(package, env, builds, chosen(App(package, env, builds))))
    for named in _seeded(finder.app):
        finder.member(named)
    _follow(finder)
    addresses = [value for candidate in finder.candidates if (value := _judged(finder, candidate)) is not None]
    without_env = App(package, lambda name: None)
    return addresses + [_secret(found) for found in secrets(without_env, finder.sites)]


def _secret(found: Secret) -> AppValue:
    worlds = narrowed(found.arm.worlds, found.site.worlds)
    return AppValue(
        name=found.name,
        kind="secret",
        text=found.arm.text,
        role=found.arm.role or found.site.role,
        reach=reach(worlds) if worlds & EVERYWHERE else "always",
        audience=audience(worlds),
        variable=found.arm.variable,
        place=found.site.value.at,
    )


def _seeded(app: App) -> Iterator[Declared]:
    """The members in whose code an address or a secret can grow."""
    for document in app.package.documents:
        grown = seeds(document.source.code.tokens)
        for start, end, named in app.uses.spans(document):
            at = bisect_left(grown, start)
            if at < len(grown) and grown[at] < end:
                yield named


def _follow(finder: Finder) -> None:
    """Look at those who use what was found: they decide when it is reached, and pass it on under further names."""
    uses = finder.app.uses
    for named in uses.naming(_names(candidate for candidate in finder.candidates if candidate.own)):
        finder.member(named)
    # Few constants are lowered by their uses. For these, files that hold no values of their own are searched too.
    doubtful = _names(candidate for candidate in finder.candidates if candidate.own and _lowered(finder, candidate))
    for named in uses.naming_elsewhere(doubtful):
        finder.member(named)


def _names(candidates: Iterable[Candidate]) -> frozenset[str]:
    return frozenset(candidate.named.member.name for candidate in candidates)


def _lowered(finder: Finder, candidate: Candidate) -> bool:
    """Whether a use that was not looked at yet could raise what the other uses make of an address."""
    used = _reached(finder, candidate)
    if used is None:
        return candidate.kind == "host" and _only_compared(finder, candidate)
    return reach(narrowed(candidate.arm.worlds, used)) != reach(candidate.arm.worlds)


def _reached(finder: Finder, candidate: Candidate) -> int | None:
    """The worlds in which others use what is written here; None where nobody is seen to."""
    found: int | None = None
    for run in candidate.host.runs:
        worlds = finder.reached.get(run.literal.place) if run.literal else None
        if worlds is not None:
            found = worlds if found is None else united(found, worlds)
    return found


def _judged(finder: Finder, candidate: Candidate) -> AppValue | None:
    site, arm = candidate.site, candidate.arm
    used = _reached(finder, candidate) if candidate.own or candidate.local else None
    if used is None and _replaced_before_use(finder.app, candidate):
        return None
    if candidate.kind == "host" and candidate.own and used is None and _only_compared(finder, candidate):
        return None
    worlds = arm.worlds if used is None else narrowed(arm.worlds, used)
    if _always_given(finder.app, candidate):
        worlds = BEHIND
    unread = not worlds & EVERYWHERE and bool(worlds & UNREAD)
    if not worlds & EVERYWHERE and worlds & HIDDEN:
        return None
    how = "always" if unread else _substituted(finder, candidate, worlds)
    if how is None:
        return None
    return AppValue(
        name=site.name,
        kind=candidate.kind,
        text=mark(arm.text),
        role=candidate.role,
        reach=how,
        audience=audience(worlds),
        method=candidate.method,
        variable=arm.variable,
        unread=unread,
        place=site.value.at,
    )


def _replaced_before_use(app: App, candidate: Candidate) -> bool:
    """Whether a local name is read, and never while it holds this value."""
    holder = candidate.local
    return holder is not None and (id(holder), candidate.site.name.rpartition(".")[2]) in app.read_names


def _only_compared(finder: Finder, candidate: Candidate) -> bool:
    return any(place in finder.compared for place in candidate.host.places)


def _substituted(finder: Finder, candidate: Candidate, worlds: int) -> Reach | None:
    """The reach of an address whose host the app may exchange; None where it does so in every build."""
    usual = reach(worlds)
    exchanged = 0
    for place in candidate.host.places:
        for replaced, where in finder.replaced.items():
            if replaced.path == place.path and replaced.start < place.end and place.start < replaced.end:
                exchanged |= where
    if usual != "always" or not exchanged:
        return usual
    if exchanged & RELEASE:
        return None if candidate.own else usual
    return "substituted" if candidate.own or not worlds & DEBUG else usual


def _always_given(app: App, candidate: Candidate) -> bool:
    """Whether every call that is seen gives the parameter whose default this is."""
    function = candidate.named.member
    if candidate.role != "default" or not isinstance(function, Function):
        return False
    name = candidate.site.name.rpartition(".")[2]
    parameter = next((one for one in function.parameters if one.name == name), None)
    users = callers(app, candidate.named)
    return bool(parameter and users) and all(parameter and argument(function, parameter, one.call) for one in users)
