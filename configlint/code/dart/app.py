"""One app under evaluation: what its expressions can be, each question answered once.

Everything is bounded: how deep names lead to names, how many values an expression can take, how long they get, and how
many steps it all takes. Beyond a bound a value is unknown.
"""

from collections.abc import Callable, Sequence

from configlint.code.dart import calls, conditions, members, references, texts
from configlint.code.dart.builds import Build
from configlint.code.dart.conditions_by_name import FAILS, HOLDS, OPEN, Test, either
from configlint.code.dart.package import Package
from configlint.code.dart.sites import Body
from configlint.code.dart.uses import Uses
from configlint.code.dart.values import Arm, Caller, Declared, Scope, Where, unknown
from configlint.code.dart.walk import Walk
from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class, Constant, Function, Variable
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
from configlint.model.reason import Reason
from configlint.model.text import Text

Env = Callable[[str], Text | None]
"""The value of a variable in the env files that the app bundles: unknown where they cannot be read, None where none
sets it."""

_DEEPEST = 30
_MOST_WALKS = 2
_MOST_STEPS = 60_000
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
    def __init__(
        self, package: Package, env: Env, builds: Sequence[Build] = (), chosen: frozenset[int] = frozenset()
    ) -> None:
        self.package = package
        self.env = env
        self.builds = builds
        self._chosen = chosen
        self.uses = Uses(package)
        self._known: dict[int, tuple[Arm, ...]] = {}
        self._cut: dict[int, tuple[int, int, tuple[Arm, ...]]] = {}
        self._bodies: dict[int, tuple[Body, Scope]] = {}
        self._parsed: dict[tuple[str, Span], Expression] = {}
        self.callers: dict[int, list[Caller]] = {}
        self.registrations: dict[str, list[tuple[Expression, Where]]] | None = None
        """What the app keeps under each type (see `injection`); None as long as nobody asked."""
        self.read_names: set[tuple[int, str]] = set()
        """Local names that were read, each with the `id` of the scope that declares it."""
        self._closures: dict[int, Body] = {}
        self._depth = 0
        self._steps = 0
        self._until = 0
        self._cuts = 0
        self._walks = 0

    def chosen(self, declaration: Class | Variable | Function | Constant) -> bool:
        """Whether release builds start with this, whatever its name says (see `entry_point`)."""
        return id(declaration) in self._chosen

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
            return (unknown(Reason("runtime"), value.at),)
        if not self._enter():
            return (unknown(Reason("too-many"), value.at),)
        try:
            found = handler(self, value, where)  # type: ignore[operator]  # the table pairs each type with its own handler
        finally:
            self._depth -= 1
        self._steps += sum(len(arm.text.runs) for arm in found) // 4  # long values take long, too
        return tuple(found[: texts.MOST_ARMS]) or (unknown(Reason("runtime"), value.at),)

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
            return HOLDS
        arms = self.arms(subject, where)
        found = FAILS
        for label in labels:
            found = either(found, conditions.equal(self, arms, label, where))
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

    def closure(self, value: Closure, where: Where) -> Body:
        """A closure, walked as if it were a function."""
        key = id(value)
        if key not in self._closures:
            walk = Walk(self, where.document, where.owner, Scope(where.scope), "")
            self._closures[key] = walk.body
            walk.closure(value)
        return self._closures[key]

    def declared(self, named: Declared) -> tuple[Arm, ...]:
        """The values of a variable, of a getter, or of a constant of an enum."""
        key = id(named.member)
        if key in self._known:
            return self._known[key]
        until, depth, arms = self._cut.get(key, (0, 0, ()))
        if until == self._until and depth <= self._depth:  # cut off in the same question, where more could be followed
            self._cuts += 1
            return arms
        self._known[key] = (unknown(Reason("cycle"), named.member.at),)
        cuts = self._cuts
        found = tuple(members.values(self, named)[: texts.MOST_ARMS])
        if self._cuts == cuts:
            self._known[key] = found
        else:
            del self._known[key]  # asked at less depth, it may well be known
            self._cut[key] = self._until, self._depth, found
        return found
