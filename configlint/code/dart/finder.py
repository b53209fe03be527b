"""The addresses in the code of an app, member by member, with what is seen of their uses."""

from collections.abc import Callable, Iterable

from configlint.code.dart.addresses import Kind, kind_of, names_address
from configlint.code.dart.app import App
from configlint.code.dart.build_variants import narrowed, united
from configlint.code.dart.display_sinks import elsewhere, spelled
from configlint.code.dart.members import callers
from configlint.code.dart.requests import Request, request, usable
from configlint.code.dart.sites import Site
from configlint.code.dart.values import PARAMETER, Arm, Declared, Scope, Where
from configlint.formats.dart.structure import Function, Variable
from configlint.formats.dart.syntax import Member, Name
from configlint.model.net import url
from configlint.model.record import record
from configlint.model.text import UNKNOWN, Place, Text


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
        """Whether the host is written where a member is declared, so that those who use the member decide its reach."""
        member = self.named.member
        is_value = isinstance(member, Variable) or (isinstance(member, Function) and member.kind == "getter")
        named = f"{self.site.name}.".startswith(f"{self.named.name}.")
        return is_value and named and self.role != "variable" and not self.host.via

    @property
    def local(self) -> Scope | None:
        """The scope of the local name to which the host is given, so that those who read the name decide its reach."""
        inside = self.site.where.scope
        if self.role != "variable" or self.host.via or inside is None:
            return None
        return inside.holder(self.site.name.rpartition(".")[2])


class Finder:
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

        def again(where: Where) -> Iterable[Arm]:
            known = request(self.app, site, where)
            return known.arms if known else ()

        arms = self._for_callers(site, found.arms, again)
        if found.kind == "url":
            arms = [arm for arm in arms if usable(arm)]
        return {id(found.address)} if self._take(site, spelled(site.value), "call", found, arms, named) else set()

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
