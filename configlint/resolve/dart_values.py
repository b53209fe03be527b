"""The addresses and secrets that a Flutter app holds, as its code would use them.

Every literal is followed through constants, getters, parameters and string interpolation of all files of the app, to
the name or the call that takes it; its text still knows where each character is written.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from configlint.formats.dart import DartDocument
from configlint.formats.dart.seeds import seeds
from configlint.formats.dart.structure import Function
from configlint.formats.dart.syntax import Member, Name
from configlint.formats.secrecy import mark
from configlint.model.record import record
from configlint.model.tables import Reach
from configlint.model.text import UNKNOWN, Place, Text
from configlint.resolve import url
from configlint.resolve.dart.addresses import Kind, kind_of, names_address
from configlint.resolve.dart.app import App, Env
from configlint.resolve.dart.lookup import argument
from configlint.resolve.dart.members import callers
from configlint.resolve.dart.mute import elsewhere, spelled
from configlint.resolve.dart.package import Package
from configlint.resolve.dart.requests import Request, request
from configlint.resolve.dart.secrets import Secret, secrets
from configlint.resolve.dart.sites import Site
from configlint.resolve.dart.values import PARAMETER, Arm, Declared, Where
from configlint.resolve.dart.worlds import BEHIND, DEBUG, EVERYWHERE, HIDDEN, RELEASE, audience, narrowed, reach, united


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
    environment variable that holds the value, or for which it stands in. `place` is the expression that says it.
    """

    name: str
    kind: str
    text: Text
    role: str
    reach: Reach
    audience: str = "mobile"
    method: str = ""
    variable: str = ""
    place: Place


@record
class Candidate:
    """An address before all its uses are known."""

    site: Site
    arm: Arm
    kind: Kind
    role: str
    method: str
    named: Declared
    host: Text

    @property
    def own(self) -> bool:
        """Whether the host is written where the value is declared, so that others decide when it is reached."""
        return self.role in ("constant", "getter") and not self.host.via


class _Finder:
    """What the code of an app uses, member by member."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.candidates: list[Candidate] = []
        self.sites: list[Site] = []
        self.reached: dict[Place, int] = {}
        self.compared: set[Place] = set()
        self.replaced: dict[Place, int] = {}
        self._done: set[int] = set()

    def member(self, named: Declared) -> None:
        if id(named.member) in self._done:
            return
        self._done.add(id(named.member))
        body = self.app.body(named)
        taken: set[int] = set()
        for site in body.calls:
            taken |= self._call(site, named)
        for site in body.sites:
            if id(site.value) not in taken and taken.isdisjoint(site.within):
                taken |= self._site(site, named)
        for site in body.compared:
            for arm in self.app.arms(site.value, site.where) if isinstance(site.value, Name | Member) else ():
                self.compared |= {run.place for run in arm.text.runs if run.place is not None}
        self.sites += body.sites

    def _call(self, site: Site, named: Declared) -> set[int]:
        found = request(self.app, site, site.where)
        if found is None:
            return set()

        def arms(where: Where) -> Iterable[Arm]:
            again = request(self.app, site, where)
            return again.arms if again else ()

        name = spelled(site.value.target) if hasattr(site.value, "target") else ""
        if self._take(site, name, "call", found, self._for_callers(site, found.arms, arms), named):
            return {id(found.address)}
        return set()

    def _site(self, site: Site, named: Declared) -> set[int]:
        arms = self._for_callers(
            site, self.app.arms(site.value, site.where), lambda where: self.app.arms(site.value, where)
        )
        if isinstance(site.value, Name | Member) and site.role in ("argument", "variable"):
            self._note(site, arms)  # it only passes the value on
            return set()
        return {id(site.value)} if self._take(site, site.name, site.role, None, arms, named) else set()

    def _for_callers(self, site: Site, arms: Iterable[Arm], again: Callable[[Where], Iterable[Arm]]) -> list[Arm]:
        """The values for each known caller, where they depend on parameters."""
        found = list(arms)
        function = site.where.scope.whose if site.where.scope else None
        if function is None or not any(run.reason == PARAMETER for arm in found for run in arm.text.runs):
            return found
        home = Declared(document=site.where.document, owner=site.where.owner, member=function)
        called = [
            arm.within(caller.worlds) for caller in callers(self.app, home) for arm in again(site.where.called(caller))
        ]
        return called or found

    def _note(self, site: Site, arms: Iterable[Arm]) -> None:
        for arm in arms:
            worlds = narrowed(arm.worlds, site.worlds)
            for run in arm.text.runs:
                if run.via and run.place is not None and run.literal is not None:
                    known = self.reached.get(run.literal.place)
                    self.reached[run.literal.place] = worlds if known is None else united(known, worlds)
            for place in arm.replaced:
                self.replaced[place] = self.replaced.get(place, 0) | worlds

    def _take(self, site: Site, name: str, role: str, call: Request | None, arms: list[Arm], named: Declared) -> bool:
        """Keep the values that are addresses. True where there is one."""
        self._note(site, arms)
        found = False
        for arm in arms:
            kind = call.kind if call else _kind(arm, name)
            if kind is None or arm.null or elsewhere(name):
                continue
            found = True
            parts = url.parts(arm.text)
            self.candidates.append(
                Candidate(
                    site=Site(value=site.value, where=site.where, worlds=site.worlds, name=name, role=role),
                    arm=arm.within(site.worlds),
                    kind=kind,
                    role=arm.role if arm.role and call is None else role,
                    method=call.method if call else "",
                    named=named,
                    host=parts.host.text if parts else arm.text,
                )
            )
        return found


def _kind(arm: Arm, name: str) -> Kind | None:
    """What kind of address a value is. One that an env file gives which cannot be read is what the names say."""
    if arm.given and not arm.text.raw.strip(UNKNOWN):
        return "url" if names_address(name) or names_address(arm.variable) else None
    return kind_of(arm.text, name)


def app_values(documents: Iterable[DartDocument], env: Env) -> list[AppValue]:
    """The addresses and secrets of one app, from all its Dart files.

    `env` gives the value of a variable in the env files that the app bundles: an unknown text where they cannot be
    read, None where none of them sets it.
    """
    package = Package(documents)
    finder = _Finder(App(package, env))
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


def _follow(finder: _Finder) -> None:
    """Look at every use of the constants whose reach, or whose sense, depends on who uses them."""
    names = frozenset(
        candidate.named.member.name for candidate in finder.candidates if candidate.own and _depends(finder, candidate)
    )
    for named in finder.app.uses.naming(names) if names else ():
        finder.member(named)


def _depends(finder: _Finder, candidate: Candidate) -> bool:
    """Whether a use that was not looked at yet would change what an address is."""
    used = _reached(finder, candidate)
    if used is None:
        return candidate.kind == "host"
    return reach(narrowed(candidate.arm.worlds, used)) != reach(candidate.arm.worlds)


def _reached(finder: _Finder, candidate: Candidate) -> int | None:
    """The worlds in which others use what is written here; None where nobody is seen to."""
    found: int | None = None
    for run in candidate.host.runs:
        worlds = finder.reached.get(run.literal.place) if run.literal else None
        if worlds is not None:
            found = worlds if found is None else united(found, worlds)
    return found


def _judged(finder: _Finder, candidate: Candidate) -> AppValue | None:
    site, arm = candidate.site, candidate.arm
    used = _reached(finder, candidate) if candidate.own else None
    if candidate.kind == "host" and candidate.own and used is None and _only_compared(finder, candidate):
        return None
    worlds = arm.worlds if used is None else narrowed(arm.worlds, used)
    if _always_given(finder.app, candidate):
        worlds = BEHIND
    if not worlds & EVERYWHERE and worlds & HIDDEN:
        return None
    how = _substituted(finder, candidate, worlds)
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
        place=site.value.at,
    )


def _only_compared(finder: _Finder, candidate: Candidate) -> bool:
    return any(place in finder.compared for place in candidate.host.places)


def _substituted(finder: _Finder, candidate: Candidate, worlds: int) -> Reach | None:
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
