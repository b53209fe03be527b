"""One app under evaluation: what its expressions can be, each question answered once.

Everything is bounded: how deep names lead to names, how many values an expression can take, how long they get, and how
many steps it all takes. Beyond a bound a value is unknown.
"""

from collections.abc import Callable, Sequence

from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Constant, Function, Parameter, Variable
from configlint.formats.dart.syntax import (
    Call,
    Choice,
    Closure,
    Conditional,
    Expression,
    Index,
    Member,
    Name,
    Number,
    Operation,
    Span,
    Word,
    Written,
)
from configlint.model.text import Text
from configlint.resolve.dart import calls, conditions, references, texts
from configlint.resolve.dart.conditions import OPEN, Test
from configlint.resolve.dart.package import Package
from configlint.resolve.dart.sites import Body, Set
from configlint.resolve.dart.uses import Uses
from configlint.resolve.dart.values import PARAMETER, Arm, Caller, Declared, Scope, Where, unknown
from configlint.resolve.dart.walk import Walk
from configlint.resolve.dart.worlds import EVERYWHERE

Env = Callable[[str], Text | None]
"""The value of a variable in the env files that the app bundles: unknown where they cannot be read, None where none
sets it."""

_DEEPEST = 30
_MOST_WALKS = 2
_MOST_CALLERS = 8
_MOST_STEPS = 300_000
_MOST_STEPS_OF_ONE = 5_000

_HANDLERS = {
    Written: texts.written,
    Number: texts.number,
    Word: texts.word,
    Operation: texts.operation,
    Conditional: texts.conditional,
    Choice: texts.choice,
    Index: references.index,
    Name: references.name,
    Member: references.member,
    Call: calls.call,
}


class App:
    def __init__(self, package: Package, env: Env) -> None:
        self.package = package
        self.env = env
        self.uses = Uses(package)
        self._known: dict[int, tuple[Arm, ...]] = {}
        self._bodies: dict[int, tuple[Body, Scope]] = {}
        self._parsed: dict[tuple[str, Span], Expression] = {}
        self._callers: dict[int, list[Caller]] = {}
        self._made: dict[int, list[Declared]] = {}
        self._closures: dict[int, Body] = {}
        self._depth = 0
        self._steps = 0
        self._until = 0
        self._cuts = 0
        self._walks = 0

    def parsed(self, document: DartDocument, span: Span) -> Expression:
        """The expression of a declaration, the same object each time."""
        key = (document.path, span)
        if key not in self._parsed:
            self._parsed[key] = document.source.code.expression(span)
        return self._parsed[key]

    def arms(self, value: Expression, where: Where) -> tuple[Arm, ...]:
        """The values that an expression can take, at least one."""
        handler = _HANDLERS.get(type(value))
        if handler is None:
            return (unknown("it is computed when the app runs", value.at),)
        if not self._enter():
            return (unknown("too many names lead to it", value.at),)
        try:
            found = handler(self, value, where)  # type: ignore[operator]  # the table pairs each type with its own handler
        finally:
            self._depth -= 1
        return tuple(found[: texts.MOST_ARMS]) or (unknown("it is computed when the app runs", value.at),)

    def condition(self, value: Expression, where: Where) -> Test:
        """The worlds in which a condition can hold, and those in which it can fail."""
        if not self._enter():
            return OPEN
        try:
            return conditions.condition(self, value, where)
        finally:
            self._depth -= 1

    def matches(self, subject: Expression, labels: Sequence[Expression], where: Where) -> Test:
        """Where a switch takes a case: one with any of these labels, or the rest where there is none."""
        if not labels or (isinstance(labels[0], Name) and labels[0].name == "_"):
            return conditions.HOLDS
        arms = self.arms(subject, where)
        found = conditions.FAILS
        for label in labels:
            found = conditions.either(found, conditions.equal(self, arms, label, where))
        return found

    def known_texts(self, value: Expression, where: Where) -> list[str]:
        """The values of an expression that are known, none of them twice."""
        return list(dict.fromkeys(arm.text.raw for arm in self.arms(value, where) if arm.text.known and not arm.null))

    def _enter(self) -> bool:
        """One more step, if it may be taken."""
        if self._depth == 0:
            self._until = min(self._steps + _MOST_STEPS_OF_ONE, _MOST_STEPS)
        if self._depth >= _DEEPEST or self._steps >= self._until:
            self._cuts += 1
            return False
        self._depth += 1
        self._steps += 1
        return True

    def body(self, named: Declared) -> Body:
        """The code of a function, or of the value of a variable, walked."""
        return self._walked(named)[0]

    def scope(self, named: Declared) -> Scope:
        """The scope of a function's parameters."""
        return self._walked(named)[1]

    def _walked(self, named: Declared) -> tuple[Body, Scope]:
        key = id(named.member)
        if key in self._bodies:
            return self._bodies[key]
        member = named.member
        scope = Scope(None, member.parameters if isinstance(member, Function) else ())
        scope.function = member if isinstance(member, Function) else None
        walk = Walk(self, named.document, named.owner, scope, named.name)
        if self._walks >= _MOST_WALKS:
            self._cuts += 1
            return walk.body, scope
        self._bodies[key] = walk.body, scope
        self._walks += 1
        walk.member(member)
        self._walks -= 1
        return self._bodies[key]

    def declared(self, named: Declared) -> tuple[Arm, ...]:
        """The values of a variable, of a getter, or of a constant of an enum."""
        key = id(named.member)
        if key in self._known:
            return self._known[key]
        self._known[key] = (unknown("it refers to itself", named.member.at),)
        cuts = self._cuts
        found = tuple(self._values(named)[: texts.MOST_ARMS])
        if self._cuts == cuts:
            self._known[key] = found
        else:
            del self._known[key]  # asked at less depth, it may well be known
        return found

    def _values(self, named: Declared) -> list[Arm]:
        member = named.member
        if isinstance(member, Constant):
            return [Arm(text=Text.written(named.name, member.at))]
        if isinstance(member, Function):
            return self.returned(named, None) if member.kind == "getter" else [unknown("it is a function", member.at)]
        found: list[Arm] = []
        for value, where, worlds in self.sources(named):
            found += [arm.within(worlds) for arm in self.arms(value, where) if arm.possible(worlds)]
        found += self._from_constructors(named)
        return found or [Arm(text=Text.unknown("it has no value yet", member.at), null=True)]

    def sources(self, named: Declared) -> list[tuple[Expression, Where, int]]:
        """The expressions whose values a variable takes: where it is declared, initialised by a constructor, and set."""
        found: list[tuple[Expression, Where, int]] = []
        if isinstance(named.member, Variable) and named.member.value is not None:
            found.append((self.parsed(named.document, named.member.value), named.where, EVERYWHERE))
        for constructor in self._constructors(named):
            function = constructor.member
            for variable in function.initialisers if isinstance(function, Function) else ():
                if variable.name == named.member.name and variable.value is not None:
                    where = constructor.where.inside(self.scope(constructor))
                    found.append((self.parsed(named.document, variable.value), where, EVERYWHERE))
        for one in self.sets(named.member.name):
            target = references.declared(self, one.target, one.where)
            if target is not None and target.member is named.member:
                found.append((one.value, one.where, one.worlds))
        return found

    def sets(self, name: str) -> list[Set]:
        """Every assignment to something of that name which is not local."""
        return [one for named in self.uses.setting(name) for one in self.body(named).sets if _last(one.target) == name]

    def _constructors(self, named: Declared) -> list[Declared]:
        if named.owner is None:
            return []
        key = id(named.owner)
        if key not in self._made:
            self._made[key] = [
                Declared(document=named.document, owner=named.owner, member=member)
                for member in self.package.constructors(named.owner)
            ]
        return self._made[key]

    def _from_constructors(self, named: Declared) -> list[Arm]:
        """What callers give to a field through `this.name`."""
        found: list[Arm] = []
        for constructor in self._constructors(named):
            assert isinstance(constructor.member, Function)
            for parameter in constructor.member.parameters:
                if parameter.field and parameter.name == named.member.name:
                    found += self._argument_arms(constructor, parameter)
        return found

    def _argument_arms(self, constructor: Declared, parameter: Parameter) -> list[Arm]:
        assert isinstance(constructor.member, Function)
        callers = self.callers(constructor)
        found: list[Arm] = []
        for caller in callers:
            value = references.argument(constructor.member, parameter, caller.call)
            if value is not None:
                found += [arm.within(caller.worlds) for arm in self.arms(value, caller.where)]
        omitted = any(references.argument(constructor.member, parameter, caller.call) is None for caller in callers)
        if parameter.default is not None and (omitted or not callers):
            found += self._default_arms(parameter, constructor.where)
        return found or [Arm(text=Text.unknown(PARAMETER, parameter.at), null=omitted)]

    def _default_arms(self, parameter: Parameter, where: Where) -> list[Arm]:
        if parameter.default is None:
            return []
        value = self.parsed(where.document, parameter.default)
        return [arm.but(role=arm.role or "default") for arm in self.arms(value, where)]

    def parameter(self, value: Name, holder: Scope, where: Where) -> list[Arm]:
        """A parameter where it is read: what the caller gives, if one is known, or its default."""
        parameter, function = holder.parameters[value.name], holder.function
        caller = where.caller
        if caller is not None and caller.function is function:
            given = references.argument(caller.function, parameter, caller.call)
            if given is not None:
                return list(self.arms(given, caller.where))
            return self._default_arms(parameter, where) or [texts.absent(value, "no caller gives it")]
        return [*self._default_arms(parameter, where), unknown(PARAMETER, value.at)]

    def caller(self, call: Call, where: Where, worlds: int = EVERYWHERE) -> Caller | None:
        """A call as that of a function or constructor of the app."""
        if not isinstance(call.target, Name | Member):
            return None
        named = references.declared(self, call.target, where) or references.constructor(self, call.target, where)
        if (
            named is None
            or not isinstance(named.member, Function)
            or named.member.kind not in ("function", "constructor")
        ):
            return None
        return Caller(function=named.member, home=named, call=call, where=where, worlds=worlds)

    def callers(self, named: Declared) -> list[Caller]:
        """The calls of a function or constructor that the app holds."""
        key = id(named.member)
        if key not in self._callers:
            self._callers[key] = []
            found = [
                caller
                for user in self.uses.calling(named)
                for site in self.body(user).calls
                if isinstance(site.value, Call)
                and (caller := self.caller(site.value, site.where, site.worlds)) is not None
                and caller.function is named.member
            ]
            self._callers[key] = found[:_MOST_CALLERS]
        return self._callers[key]

    def returned(self, named: Declared, caller: Caller | None) -> list[Arm]:
        """What a function returns, to one caller or to any."""
        found: list[Arm] = []
        for site in self.body(named).returns:
            arms = self.arms(site.value, site.where.called(caller))
            found += [arm.within(site.worlds) for arm in arms if arm.possible(site.worlds)]
        return found or [unknown("it is computed when the app runs", named.member.at)]

    def closure(self, closure: Closure, where: Where) -> list[Arm]:
        """What a closure returns."""
        key = id(closure)
        if key not in self._closures:
            scope = Scope(where.scope)
            walk = Walk(self, where.document, where.owner, scope, "")
            walk.closure(closure)
            self._closures[key] = walk.body
        found: list[Arm] = []
        for site in self._closures[key].returns:
            found += [arm.within(site.worlds) for arm in self.arms(site.value, site.where) if arm.possible(site.worlds)]
        return found

    def constant(self, value: Expression, where: Where) -> tuple[Expression, Where] | None:
        """The one expression whose value a name has, if it is only one."""
        holder = where.scope.holder(value.name) if where.scope and isinstance(value, Name) else None
        if holder is not None and isinstance(value, Name):
            bindings = holder.names.get(value.name, [])
            binding = bindings[0] if len(bindings) == 1 else None
            return (binding.value, where.inside(binding.scope)) if binding and binding.value else None
        named = references.declared(self, value, where)
        if named is None:
            return None
        if isinstance(named.member, Variable):
            sources = self.sources(named)
            return sources[0][:2] if len(sources) == 1 else None
        if isinstance(named.member, Function) and named.member.kind == "getter":
            returns = self.body(named).returns
            return (returns[0].value, returns[0].where) if len(returns) == 1 else None
        return None


def _last(value: Expression) -> str:
    return value.name if isinstance(value, Name | Member) else ""
