"""The statements of a body: which names they bind, what they return, and which worlds reach the code behind them."""

from functools import reduce

from configlint.code.dart.build_variants import DEBUG, EVERYWHERE, NOWHERE, narrowed, united
from configlint.code.dart.conditions_by_name import by_name, file_for, holder
from configlint.code.dart.sites import DEEPEST, Flow, Site
from configlint.code.dart.values import Scope
from configlint.code.dart.visits import Visits
from configlint.formats.dart.structure import (
    Assert,
    Block,
    Constant,
    Do,
    Function,
    If,
    Leave,
    Let,
    Return,
    Statement,
    Switch,
    Variable,
)
from configlint.formats.dart.syntax import Closure, Expression, Span


class Walk(Visits):
    """A walk over one function, or over the value of one variable."""

    taker = ("", "")
    """Name and role of what the statements at hand return."""
    returns = True
    """Whether they are those of the function itself, and not of a closure in it."""

    start = Flow()
    """Where the code of the member is reached, as far as the names tell that hold it."""

    def member(self, member: Variable | Function | Constant) -> None:
        if not self.app.chosen(member):
            worlds = holder(member.name).yes
            if self.owner is None or not self.app.chosen(self.owner):
                for said in (file_for(self.document.path), holder(self.owner.name if self.owner else "")):
                    worlds = narrowed(worlds, said.yes)
            self.start = Flow(worlds)
        if isinstance(member, Function):
            self._function(member)
        elif isinstance(member, Variable):
            self._value(member.value, self.name, "constant", self.start)
        elif member.arguments is not None:
            flow = Flow(narrowed(self.start.worlds, by_name(member.name).yes))
            for value, name in self.document.source.code.arguments(member.arguments):
                self.visit(value, self.scope, flow, f"{self.name}.{name}" if name else self.name, "argument")

    def _function(self, function: Function) -> None:
        self.taker = (self.name, "getter")
        owner = f"{self.owner.name}." if self.owner and self.owner.name else ""
        for parameter in function.parameters:
            taker = owner if function.kind == "constructor" else f"{self.name}."
            self._value(parameter.default, taker + parameter.name, "default", self.start)
        for variable in function.initialisers:
            self._value(variable.value, owner + variable.name, "constant", self.start)
        if function.arrow is not None:
            self._returned(self.app.parsed(self.document, function.arrow), self.scope, self.start)
        if function.block is not None:
            self.block(function.block, self.scope, self.start)

    def closure(self, closure: Closure) -> None:
        """Walk a closure as if it were the function itself."""
        inner = self.closure_scope(closure, self.scope)
        if closure.value is not None:
            self._returned(closure.value, inner, self.start)
        if closure.block is not None:
            self.block(closure.block, inner, self.start)

    def _value(self, span: Span | None, name: str, role: str, flow: Flow) -> None:
        if span is not None:
            self.visit(self.app.parsed(self.document, span), self.scope, flow, name, role)

    def block(self, span: Span, scope: Scope, flow: Flow) -> Flow:
        if self.depth >= DEEPEST:
            return flow
        self.depth += 1
        for statement in self.document.source.code.statements(span):
            flow = self._statement(statement, scope, flow)
        self.depth -= 1
        return flow

    def closure_block(self, span: Span, scope: Scope, flow: Flow, name: str, role: str) -> None:
        outer = self.taker, self.returns
        self.taker, self.returns = (name, role), False
        self.block(span, scope, flow)
        self.taker, self.returns = outer

    def _statement(self, statement: Statement, scope: Scope, flow: Flow) -> Flow:
        match statement:
            case If():
                return self._if(statement, scope, flow)
            case Switch():
                return self._switch(statement, scope, flow)
            case Block():
                return self._inner(statement, scope, flow)
            case Return() | Leave():
                if isinstance(statement, Return) and statement.value is not None:
                    self._returned(statement.value, scope, flow)
                return Flow(NOWHERE, NOWHERE)
            case Let():
                self._let(statement, scope, flow)
            case Do(value=value):
                self.visit(value, scope, flow)
            case Assert(test=test):
                self.visit(test, scope, flow.when(DEBUG, EVERYWHERE))
            case Function():
                self._local_function(statement, scope, flow)
        return flow

    def _returned(self, value: Expression, scope: Scope, flow: Flow) -> None:
        name, role = self.taker
        if self.returns:
            self.body.returns.append(
                Site(value=value, where=self.where(scope), worlds=flow.worlds, name=name, role=role)
            )
        self.visit(value, scope, flow, name, role)

    def _let(self, statement: Let, scope: Scope, flow: Flow) -> None:
        scope.names[statement.name] = []
        if statement.type:
            scope.types[statement.name] = statement.type
        if statement.value is not None:
            name = f"{self.name}.{statement.name}" if self.name else statement.name
            self.visit(statement.value, scope, flow, name, "variable")
            self.bind(statement.name, statement.value, scope, flow, statement.value.at.end)

    def _local_function(self, function: Function, scope: Scope, flow: Flow) -> None:
        scope.functions[function.name] = function
        inner = self.hide(tuple(parameter.name for parameter in function.parameters), scope)
        inside = Flow(flow.worlds, NOWHERE)
        name = f"{self.name}.{function.name}" if self.name else function.name
        if function.arrow is not None:
            self.visit(self.document.source.code.expression(function.arrow), inner, inside, name, "getter")
        if function.block is not None:
            self.closure_block(function.block, inner, inside, name, "getter")

    def _if(self, statement: If, scope: Scope, flow: Flow) -> Flow:
        behind: list[int] = []
        left, rest = NOWHERE, flow
        for test, then in statement.arms:
            answer = self.app.condition(test, self.where(scope))
            self.visit(test, scope, rest)
            taken = rest.when(answer.yes, answer.no)
            after = self.block(then, Scope(scope), taken)
            left |= taken.worlds & ~after.worlds
            behind.append(after.worlds)
            rest = rest.when(answer.no, answer.yes)
        if statement.other is not None:
            after = self.block(statement.other, Scope(scope), rest)
            left |= rest.worlds & ~after.worlds
            rest = after
        return Flow(reduce(united, behind, rest.worlds), flow.surely & ~left)

    def _switch(self, statement: Switch, scope: Scope, flow: Flow) -> Flow:
        self.visit(statement.subject, scope, flow)
        code = self.document.source.code
        behind: list[int] = []
        left, rest = NOWHERE, flow
        for labels, then in statement.cases:
            answer = self.app.matches(statement.subject, labels, self.where(scope))
            taken = rest.when(answer.yes, answer.no)
            after = self.block(then, Scope(scope), taken).worlds
            if code.find(then.start, then.end, "break") < then.end:
                after = taken.worlds
            left |= taken.worlds & ~after
            behind.append(after)
            rest = rest.when(answer.no, answer.yes)
        return Flow(reduce(united, behind, rest.worlds), flow.surely & ~left)

    def _inner(self, statement: Block, scope: Scope, flow: Flow) -> Flow:
        """A block of its own. Behind a loop, a `catch` or a `try` the code may be reached all the same."""
        inner = self.hide(statement.names, scope)
        if statement.runs == "perhaps":
            self.block(statement.body, inner, Flow(flow.worlds, NOWHERE))
            return flow
        after = self.block(statement.body, inner, flow)
        return flow if statement.runs == "tried" and after.worlds == NOWHERE else after
