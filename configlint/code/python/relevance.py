"""Which statements of a program can have to do with its environment: only these are followed.

A name can lead to the environment if the statement that defines it mentions one of the words without which no library
reads a variable, or another name that can. From module to module such names go by imports. More may be taken for
relevant than is, never less.
"""

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from configlint.code.kept import kept
from configlint.code.python.bindings import dotted_import
from configlint.code.python.blocks import every_statement, statements
from configlint.code.python.found import returned
from configlint.code.python.imports import located
from configlint.code.python.modules import Modules
from configlint.code.python.scope import EVERY, Function
from configlint.code.python.scopes import parameters
from configlint.formats.python.source import Source
from configlint.model.document import UnreadableError
from configlint.model.record import record
from configlint.model.regex import regex

WORDS = (
    "environ", "getenv", "decouple", "BaseSettings", "envvar", "dotenv", "expandvars", "starlette", "dynaconf",
    "env_file",
)  # fmt: skip
"""One of these stands in every module that reads a variable by itself."""
_MENTIONING = "|".join((*WORDS, "_env_prefix"))
_IDENTIFIER = regex(r"[^\W\d]\w*")


class Mentions:
    """The lines of a module on which one of the `WORDS` or one of some names stands."""

    def __init__(self, source: Source, names: Iterable[str]) -> None:
        own = "|".join(map(re.escape, sorted(names)))
        self._pattern = re.compile(rf"{_MENTIONING}|\b(?:{own})\b" if own else _MENTIONING)
        starts = source.starts
        self._lines = sorted({bisect_right(starts, match.start()) for match in self._pattern.finditer(source.content)})

    def within(self, node: ast.stmt | ast.expr) -> bool:
        """Whether one stands on a line of a node, its decorators included."""
        first = min((node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))))
        index = bisect_left(self._lines, first)
        return index < len(self._lines) and self._lines[index] <= (node.end_lineno or node.lineno)

    def named(self, name: str) -> bool:
        return self._pattern.search(name) is not None


@kept
def mentions(source: Source, names: frozenset[str]) -> Mentions:
    return Mentions(source, names)


@kept
def mentioning(source: Source) -> bool:
    """Whether a module can read a variable by itself."""
    return any(word in source.content for word in WORDS)


@record
class _Leading:
    """The names in a module that can lead to the environment: of its top, inside its classes, inside its functions."""

    top: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()


@record
class _Import:
    """What an import binds: a dotted path, and the name that it gets; `EVERY` for a star import."""

    path: str
    name: str


@record
class _Edge:
    """A module from which an import may bring names along. With `whole`, any of them."""

    home: str
    line: _Import
    whole: bool

    def brings(self, found: _Leading) -> frozenset[str]:
        if self.whole:
            return found.top | found.members
        return found.members | {self.line.name} if self.line.path.rpartition(".")[2] in found.top else frozenset()


@kept
def relevant(modules: Modules) -> Mapping[str, frozenset[str]]:
    """By path, the modules that can have to do with the environment, with the names that can lead there.

    Each is taken up again when a module that it imports turns out to have more such names.
    """
    candidates = dict.fromkeys(_candidates(modules))
    packages = _by_package(candidates)
    edges = {path: list(_edges(path, modules, candidates, packages)) for path in candidates}
    importers: dict[str, set[str]] = {}
    for path, found in edges.items():
        for edge in found:
            importers.setdefault(edge.home, set()).add(path)
    leading = dict.fromkeys(candidates, _Leading())
    given = dict.fromkeys(candidates, frozenset[str]())
    waiting = dict.fromkeys(candidates)
    while waiting:
        path = next(iter(waiting))
        del waiting[path]
        before = leading[path]
        given[path] = frozenset().union(*(edge.brings(leading[edge.home]) for edge in edges[path]))
        bound = frozenset().union(*(_bound(edge, leading[edge.home]) for edge in edges[path]))
        leading[path] = after = _leading(modules[path].source, given[path], bound)
        if (before.top, before.members) != (after.top, after.members):
            waiting |= dict.fromkeys(importers.get(path, ()))
    every = {path: given[path].union(one.top, one.members, one.local) for path, one in leading.items()}
    return {path: names for path, names in every.items() if names or mentioning(modules[path].source)}


def _bound(edge: _Edge, found: _Leading) -> frozenset[str]:
    """The names that an import defines at the top of a module and that can lead to the environment."""
    if edge.line.name == EVERY:
        return found.top
    return frozenset((edge.line.name,)) if edge.brings(found) else frozenset()


def _candidates(modules: Modules) -> list[str]:
    """The modules that mention a word, and those that mention the name of one which does."""
    names = {_own_name(path) for path in modules if mentioning(modules[path].source)}
    return [path for path in modules if names and _mentions_one(modules[path].source, names)]


def _mentions_one(source: Source, names: set[str]) -> bool:
    return mentioning(source) or not names.isdisjoint(_identifiers(source))


def _own_name(path: str) -> str:
    return path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]


@kept
def _identifiers(source: Source) -> frozenset[str]:
    return frozenset(_IDENTIFIER.findall(source.content))


@kept
def _imports(source: Source) -> tuple[_Import, ...]:
    return tuple(found for statement in every_statement(source.tree.body) for found in _imported(statement))


def _imported(statement: ast.stmt) -> Iterator[_Import]:
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield _Import(path=alias.name, name=alias.asname or alias.name.partition(".")[0])
    elif isinstance(statement, ast.ImportFrom):
        for alias in statement.names:
            path = dotted_import(statement, "" if alias.name == EVERY else alias.name)
            yield _Import(path=path, name=alias.asname or alias.name)


def _by_package(candidates: Iterable[str]) -> dict[str, list[str]]:
    """The candidates below each package, by every way in which the path of a package can be written."""
    found: dict[str, list[str]] = {}
    for path in candidates:
        parts = path.split("/")[:-1]
        for end in range(1, len(parts) + 1):
            for start in range(end):
                found.setdefault("/".join(parts[start:end]), []).append(path)
    return found


def _edges(
    path: str, modules: Modules, candidates: Collection[str], packages: Mapping[str, Sequence[str]]
) -> Iterator[_Edge]:
    """The candidates that a module imports, or can reach through a package that it imports."""
    document = modules[path]
    for line in _imports(document.source) if document.problem is None else ():
        home = located(line.path, path, modules)
        if home is not None and home[0].path in candidates:
            yield _Edge(home=home[0].path, line=line, whole=len(home[1]) != 1)
        for below in packages.get(line.path.strip(".").replace(".", "/"), ()):
            yield _Edge(home=below, line=line, whole=True)


@kept
def _leading(source: Source, given: frozenset[str], bound: frozenset[str]) -> _Leading:
    """The names of a module, where those that are `given` can lead to the environment already."""
    try:
        body = source.tree.body
    except UnreadableError:
        return _Leading()
    finder = _Finder(bound)
    size = -1
    while size < finder.size:
        size = finder.size
        finder.read(body, mentions(source, given | finder.every))
    return _Leading(top=frozenset(finder.top), members=frozenset(finder.members), local=frozenset(finder.local))


class _Finder:
    """Collects the names that statements define which mention one that is known."""

    def __init__(self, bound: frozenset[str]) -> None:
        self.top = set(bound)
        self.members: set[str] = set()
        self.local: set[str] = set()

    @property
    def size(self) -> int:
        return len(self.top) + len(self.members) + len(self.local)

    @property
    def every(self) -> frozenset[str]:
        return frozenset().union(self.top, self.members, self.local)

    def read(self, body: Sequence[ast.stmt], mentioned: Mentions) -> None:
        waiting = [(body, self.top)]
        while waiting:
            body, names = waiting.pop()
            for statement, _ in statements(body):
                if not mentioned.within(statement):
                    continue
                if isinstance(statement, ast.ClassDef):
                    names.add(statement.name)
                    waiting.append((statement.body, self.members))
                elif isinstance(statement, Function):
                    if names is not self.top or _of_use(statement):
                        names.add(statement.name)
                    self._annotated(statement, mentioned)
                    waiting.append((statement.body, self.local))
                else:
                    self._defined(statement, names, mentioned)

    def _annotated(self, function: Function, mentioned: Mentions) -> None:
        for parameter in parameters(function.args):
            if parameter.annotation is not None and mentioned.within(parameter.annotation):
                self.local.add(parameter.arg)

    def _defined(self, statement: ast.stmt, names: set[str], mentioned: Mentions) -> None:
        match statement:
            case ast.Import() | ast.ImportFrom():
                home = statement.module or "" if isinstance(statement, ast.ImportFrom) else ""
                for alias in statement.names:
                    if mentioned.named(home) or mentioned.named(alias.name):
                        names.add(alias.asname or alias.name.partition(".")[0])
            case ast.Assign(targets=targets, value=value) if _leads(value):
                for target in targets:
                    self._assigned(target, names)
            case ast.AnnAssign(target=target, value=ast.expr() as value) if _leads(value):
                self._assigned(target, names)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                for item in items:
                    if item.optional_vars is not None and mentioned.within(item.context_expr):
                        self._assigned(item.optional_vars, names)

    def _assigned(self, target: ast.expr, names: set[str]) -> None:
        for part in ast.walk(target):
            if isinstance(part, ast.Name):
                names.add(part.id)
            elif isinstance(part, ast.Attribute):
                self.members.add(part.attr)


def _of_use(function: Function) -> bool:
    """Whether a function can read what its caller names, or hand over what reads."""
    return bool(parameters(function.args)) or returned(function) is not None


def _leads(value: ast.expr) -> bool:
    """Whether a name with this value is followed further, as references and calls are."""
    match value:
        case ast.Call(func=ast.Attribute(attr="getenv" | "getenvb") | ast.Name(id="getenv" | "getenvb")):
            return False
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="environ") | ast.Name(id="environ"), attr="get")):
            return False
    return isinstance(value, ast.Name | ast.Attribute | ast.Call | ast.Await | ast.Tuple | ast.List)
