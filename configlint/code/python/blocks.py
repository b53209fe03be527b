"""The blocks of statements of which a body is made, and what of them is sure to run."""

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.code.python.scope import MAIN, Block
from configlint.model.record import record


@record
class Arm:
    """Statements that run together or not at all. A `repeated` arm may run several times."""

    statements: Sequence[ast.stmt]
    block: Block
    repeated: bool = False


def arms(statement: ast.stmt, block: Block) -> Iterator[Arm]:
    """The arms of a compound statement that stands in `block`; none of a simple one, a function or a class."""
    match statement:
        case ast.If() if not block and is_main_guard(statement):
            yield Arm(statements=statement.body, block=(MAIN,))
            yield from _arm(statement.orelse, block)
        case ast.If():
            yield from _arm(statement.body, block)
            yield from _arm(statement.orelse, block)
        case ast.With() | ast.AsyncWith():
            yield from _arm(statement.body, block)
        case ast.For() | ast.AsyncFor() | ast.While():
            yield from _arm(statement.body, block, repeated=True)
            yield from _arm(statement.orelse, block)
        case ast.Try() | ast.TryStar():
            yield from _tried(statement, block)
        case ast.Match():
            for case in statement.cases:
                yield from _arm(case.body, block)


def _arm(statements: Sequence[ast.stmt], block: Block, *, repeated: bool = False) -> Iterator[Arm]:
    if statements:
        yield Arm(statements=statements, block=(*block, number(statements[0])), repeated=repeated)


def _tried(statement: ast.Try | ast.TryStar, block: Block) -> Iterator[Arm]:
    """Whoever comes to the `else` of a `try` has passed its body, and everybody passes `finally`."""
    yield from _arm(statement.body, block)
    for handler in statement.handlers:
        yield from _arm(handler.body, block)
    yield from _arm(statement.orelse, (*block, number(statement.body[0])))
    if statement.finalbody:
        yield Arm(statements=statement.finalbody, block=block)


def number(statement: ast.stmt) -> int:
    """A number for the arm that starts with a statement: no two of a file start at one place."""
    return (statement.lineno << 24) + statement.col_offset


def is_main_guard(statement: ast.If) -> bool:
    """Whether it is `if __name__ == "__main__":`."""
    test = statement.test
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = (test.left, *test.comparators)
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return named and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)


def statements(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, Block]]:
    """All statements of a body with the blocks around them, but not those inside functions and classes."""
    for statement, arm in _walk(body):
        yield statement, arm.block


def loops(body: Sequence[ast.stmt]) -> set[int]:
    """The numbers of those arms that run several times."""
    return {arm.block[-1] for _, arm in _walk(body) if arm.repeated}


def _walk(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, Arm]]:
    waiting = [Arm(statements=body, block=())]
    while waiting:
        arm = waiting.pop()
        for statement in arm.statements:
            yield statement, arm
            waiting += arms(statement, arm.block)


def every_statement(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements of a body, those inside functions and classes too: the outer ones first."""
    waiting = deque[ast.AST](body)
    while waiting:
        node = waiting.popleft()
        if isinstance(node, ast.stmt):
            yield node
        for field in _HOLDING.get(type(node), ()):
            waiting += getattr(node, field)


_FIELDS = ("body", "orelse", "handlers", "finalbody", "cases")
_HOLDING: Mapping[type[ast.AST], tuple[str, ...]] = {
    node: fields
    for node in (*ast.stmt.__subclasses__(), ast.ExceptHandler, ast.match_case)
    if (fields := tuple(name for name in vars(node)["_fields"] if name in _FIELDS))
}
"""The fields of a node that hold statements."""
