"""A walk over the expressions of one body."""

from typing import TYPE_CHECKING

from configlint.code.dart.build_variants import EVERYWHERE
from configlint.code.dart.expression_flow import FLOW_OF
from configlint.code.dart.sites import Body, Flow, Site, Task
from configlint.code.dart.values import Binding, Scope, Where
from configlint.formats.dart import DartDocument
from configlint.formats.dart.structure import Class
from configlint.formats.dart.syntax import Closure, Expression, Span

if TYPE_CHECKING:
    from configlint.code.dart.app import App


class ExpressionWalk:
    """A walk over the expressions of one body."""

    def __init__(self, app: "App", document: DartDocument, owner: Class | None, scope: Scope, name: str) -> None:
        self.app = app
        self.document = document
        self.owner = owner
        self.scope = scope
        self.name = name
        self.body = Body()
        self.depth = 0

    def block(self, span: Span, scope: Scope, flow: Flow) -> Flow:
        """Walk statements. Returns how far the code behind them is reached."""
        raise NotImplementedError

    def closure_block(self, span: Span, scope: Scope, flow: Flow, name: str, role: str) -> None:
        """Walk the statements of a closure, whose results go to `name`."""
        raise NotImplementedError

    def where(self, scope: Scope) -> Where:
        return Where(document=self.document, owner=self.owner, scope=scope)

    def visit(self, value: Expression, scope: Scope, flow: Flow, name: str = "", role: str = "") -> None:
        """Walk an expression whose value goes to `name`."""
        waiting = [Task(value, flow, name, role)]
        while waiting:
            task = waiting.pop()
            if id(task.value) not in self.body.nodes:
                self.body.nodes[id(task.value)] = task.value
                step = FLOW_OF.get(type(task.value))
                waiting += step(self, task, scope) if step else []

    def site(self, task: Task, scope: Scope) -> Site:
        return Site(
            value=task.value,
            where=self.where(scope),
            variants=task.flow.variants,
            name=task.name,
            role=task.role,
            within=task.within,
        )

    def record(self, task: Task, scope: Scope) -> None:
        if task.role == "compared":
            self.body.compared.append(self.site(task, scope))
        elif task.role:
            self.body.sites.append(self.site(task, scope))

    def bind(self, name: str, value: Expression | None, scope: Scope, flow: Flow, offset: int) -> None:
        """Give a local name a value from `offset` on."""
        holder = scope.holder(name) or scope
        binding = Binding(value=value, scope=scope, variants=flow.variants, surely=flow.surely, offset=offset)
        holder.names.setdefault(name, []).append(binding)

    def hide(self, names: tuple[str, ...], scope: Scope) -> Scope:
        """A new scope in which some names have values that nobody can tell."""
        inner = Scope(scope)
        for name in names:
            inner.names[name] = [Binding(value=None, scope=inner, variants=EVERYWHERE, surely=EVERYWHERE, offset=0)]
        return inner

    def closure_scope(self, closure: Closure, scope: Scope) -> Scope:
        """The scope of a closure's parameters, whose values nobody can tell."""
        parameters = self.document.source.code.parameters(closure.parameters)
        inner = self.hide(tuple(parameter.name for parameter in parameters), scope)
        inner.types.update({parameter.name: parameter.type for parameter in parameters if parameter.type})
        return inner
