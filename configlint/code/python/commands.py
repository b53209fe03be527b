"""Commands of servers that a program starts as another process."""

import ast

from configlint.code.python.evaluate import Evaluator
from configlint.code.python.scope import Scope
from configlint.code.python.values import Value
from configlint.formats.shell.server_commands import SERVER_COMMANDS
from configlint.model.reason import Reason
from configlint.model.text import Text

_PROCESSES = frozenset({f"subprocess.{name}" for name in ("run", "Popen", "call", "check_call", "check_output")})
_LINES = frozenset({"os.system", "os.popen", "subprocess.getoutput", "asyncio.create_subprocess_shell"})
_SPREAD = {"asyncio.create_subprocess_exec": 0, "os.execlp": 1, "os.execl": 1}
"""Functions whose arguments are the words of a command, from this one on."""
_LISTED = {"os.execvp": 1, "os.execv": 1, "os.execvpe": 1, "os.execve": 1, "os.spawnvp": 2}
"""Functions whose argument of this number is the list of words."""


def is_command(path: str) -> bool:
    return path in _PROCESSES or path in _LINES or path in _SPREAD or path in _LISTED


def command(node: ast.Call, path: str, scope: Scope, evaluator: Evaluator) -> tuple[Text, ...] | Text | None:
    """The words of the command that a call of the function `path` starts, or its line; None if it is no server's."""
    if path in _SPREAD:
        words: tuple[Text, ...] | Text | None = _texts(evaluator.items(node.args[_SPREAD[path] :], scope))
    else:
        index = _LISTED.get(path, 0)
        named = [word.value for word in node.keywords if word.arg in ("args", "cmd")]
        argument = node.args[index] if len(node.args) > index else next(iter(named), None)
        words = _words(argument, scope, evaluator) if argument is not None else None
    if isinstance(words, Text):
        return words if any(server in words.raw for server in SERVER_COMMANDS) else None
    program = [word.raw.rpartition("/")[2] for word in words or ()][:4]
    return words if not set(program).isdisjoint(SERVER_COMMANDS) else None


def _texts(values: tuple[Value, ...]) -> tuple[Text, ...]:
    return tuple(value.text for value in values)


def _words(node: ast.expr, scope: Scope, evaluator: Evaluator) -> tuple[Text, ...] | Text | None:
    """The words of a command, or the text of one that a shell splits."""
    value = evaluator.value(node, scope)
    if value.kind == "list":
        return _texts(value.items)
    if value.kind == "str":
        return value.text
    return _first_words(node, scope, evaluator)


def _first_words(node: ast.expr, scope: Scope, evaluator: Evaluator) -> tuple[Text, ...] | None:
    """The words with which a list starts that is changed later; what comes then is unknown."""
    if not isinstance(node, ast.Name):
        return None
    for binding in scope.names.bindings.get(node.id, []):
        if isinstance(binding.node, ast.List):
            items = evaluator.value(binding.node, scope.at(binding.block)).items
            more = Text.unknown(Reason("more-words"), scope.document.source.place(node))
            return (*_texts(items), more)
    return None
