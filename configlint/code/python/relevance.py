"""Which statements of a program can have to do with a subject, such as its environment: only these are followed.

A name can lead to the subject if the statement that defines it mentions one of the words without which no library has
to do with it, or another name that can. From module to module such names go by imports. More may be taken for relevant
than is, never less.
"""

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from configlint.code.memo import kept
from configlint.code.python.blocks import statements
from configlint.code.python.imports import located
from configlint.code.python.modules import Modules
from configlint.code.python.referents import returned
from configlint.code.python.scope import EVERY, Function
from configlint.code.python.scopes import parameters
from configlint.formats.python.document import PythonDocument
from configlint.formats.python.source import Source
from configlint.model.document import UnreadableError
from configlint.model.record import record
from configlint.model.regex import regex

_OWN = regex(r"\b(?:self|cls|super)\b")
_STATEMENT = regex(
    r"\b(?:from(?P<home>[\s\\]+[\w.][\w. \t]*?)[\s\\]*)?\bimport\b"
    r"(?P<names>(?:[^\n\\(;#]|\\\r?\n|\((?:[^)#]|#[^\n]*)*\))*)"
)
_PATH = regex(r"[\w.]+")
_COMMENT = regex(r"#[^\n]*")
_IDENTIFIER = regex(r"[^\W\d]\w*")


@record
class Subject:
    """What somebody looks for in a program. `words` is a pattern: whatever has to do with it by itself matches it."""

    words: str


class Mentions:
    """The lines of a module on which a subject, or one of the names that lead to it, is mentioned."""

    def __init__(self, source: Source, subject: Subject) -> None:
        self._source = source
        self._pattern = re.compile(subject.words)
        self._names: set[str] = set()
        self._found: set[int] = set()
        self._lines: list[int] = []
        self._take(self._pattern)

    def add(self, names: Iterable[str]) -> bool:
        """Look for further names; false where none is new."""
        new = {name for name in names if not name.startswith("__")} - self._names
        if new:
            self._names |= new
            self._take(re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(new)))})\b"))
        return bool(new)

    def _take(self, pattern: re.Pattern[str]) -> None:
        starts = self._source.starts
        self._found.update(bisect_right(starts, match.start()) for match in pattern.finditer(self._source.content))
        self._lines = sorted(self._found)

    def within(self, node: ast.stmt | ast.expr) -> bool:
        """Whether one stands on a line of a node, its decorators included."""
        decorators: Sequence[ast.expr] = getattr(node, "decorator_list", ())
        index = bisect_left(self._lines, decorators[0].lineno if decorators else node.lineno)
        return index < len(self._lines) and self._lines[index] <= (node.end_lineno or node.lineno)

    @property
    def any(self) -> bool:
        return bool(self._lines)

    def named(self, name: str) -> bool:
        return name in self._names or self._pattern.search(name) is not None

    def inherit(self, node: ast.ClassDef) -> None:
        """In a class whose header has a mention, uses of its objects are mentions: it may inherit what leads there."""
        if any(self.within(part) for part in (*node.bases, *(word.value for word in node.keywords))):
            start, end = self._source.span(node)
            starts = self._source.starts
            found = _OWN.finditer(self._source.content, start, end)
            self._found.update(bisect_right(starts, match.start()) for match in found)
            self._lines = sorted(self._found)


@kept
def mentioning(source: Source, subject: Subject) -> bool:
    """Whether a module can have to do with a subject by itself."""
    return re.search(subject.words, source.content) is not None


def wanted(document: PythonDocument, modules: Modules, subject: Subject) -> Mentions | None:
    """The lines of a module that can have to do with a subject; None where none can."""
    return _relevance(modules, subject).mentions(document.path)


@record
class _Import:
    """What an import binds: a dotted path, and the name that it gets; `EVERY` for a star import."""

    path: str
    name: str


@record
class _Edge:
    """A module from which an import may bring a name along: `name`, or any where it is empty."""

    home: str
    line: _Import
    name: str = ""

    def brings(self, top: frozenset[str]) -> frozenset[str]:
        """The names of the importing module that can lead to the subject, by those at the top of the imported one."""
        if self.line.name == EVERY:
            return top
        leads = self.name in top if self.name else bool(top)
        return frozenset((self.line.name,)) if leads else frozenset()


class _Relevance:
    """Which modules of a program can have to do with a subject. Found out for a module with all that it imports."""

    def __init__(self, modules: Modules, subject: Subject) -> None:
        self._modules = modules
        self._subject = subject
        self._candidates = dict.fromkeys(_candidates(modules, subject))
        self._packages = _by_package(self._candidates)
        self._edges: dict[str, list[_Edge]] = {}
        self._importers: dict[str, set[str]] = {}
        self._leading: dict[str, _Leading] = {}

    def mentions(self, path: str) -> Mentions | None:
        if path in self._candidates and path not in self._edges:
            self._settle(self._reached(path))
        found = self._leading.get(path)
        return found.mentions if found is not None and found.mentions.any else None

    def _reached(self, path: str) -> dict[str, None]:
        """The candidates that a module imports, and those that these import, as far as they are not known yet."""
        reached: dict[str, None] = {}
        waiting = [path]
        while waiting:
            path = waiting.pop()
            if path not in self._edges:
                reached[path] = None
                self._edges[path] = list(_edges(path, self._modules, self._candidates, self._packages))
                for edge in self._edges[path]:
                    self._importers.setdefault(edge.home, set()).add(path)
                    waiting.append(edge.home)
        return dict.fromkeys(reversed(reached))

    def _settle(self, waiting: dict[str, None]) -> None:
        """A module is taken up again when one that it imports turns out to have more names that lead to the subject."""
        while waiting:
            path = next(iter(waiting))
            del waiting[path]
            before = self._top(path)
            bound = frozenset().union(*(edge.brings(self._top(edge.home)) for edge in self._edges[path]))
            self._leading[path] = _leading(self._modules[path].source, self._subject, bound)
            if before != self._top(path):
                waiting |= dict.fromkeys(self._importers.get(path, ()))

    def _top(self, path: str) -> frozenset[str]:
        found = self._leading.get(path)
        return found.top if found is not None else frozenset()


@kept
def _relevance(modules: Modules, subject: Subject) -> _Relevance:
    return _Relevance(modules, subject)


def _candidates(modules: Modules, subject: Subject) -> list[str]:
    """The modules that mention a subject, and those that mention the name of one which does."""
    own = [path for path in modules if mentioning(modules[path].source, subject)]
    names = {_own_name(path) for path in own}
    others = (path for path in modules if names and not names.isdisjoint(_identifiers(modules[path].source)))
    return list(dict.fromkeys([*own, *others]))


def _own_name(path: str) -> str:
    return path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]


@kept
def _identifiers(source: Source) -> frozenset[str]:
    return frozenset(_IDENTIFIER.findall(source.content))


@kept
def _imports(source: Source) -> tuple[_Import, ...]:
    """What a module imports. Read from its text: what a string or a comment holds may be among it."""
    return tuple(found for match in _STATEMENT.finditer(source.content) for found in _imported(match))


def _imported(statement: re.Match[str]) -> Iterator[_Import]:
    home = "".join(_PATH.findall(statement["home"] or ""))
    join = "" if not home or home.endswith(".") else "."
    for item in _COMMENT.sub("", statement["names"]).split(","):
        words = item.strip("()\\ \t\r\n").split()
        if words == [EVERY]:
            yield _Import(path=home, name=EVERY)
        elif words:
            bound = words[-1] if home or len(words) > 1 else words[0].partition(".")[0]
            yield _Import(path=f"{home}{join}{words[0]}", name=bound)


def _by_package(candidates: Iterable[str]) -> dict[str, list[str]]:
    """The candidates below each directory."""
    found: dict[str, list[str]] = {}
    for path in candidates:
        directory = path
        while directory:
            directory = directory.rpartition("/")[0]
            found.setdefault(directory, []).append(path)
    return found


def _edges(
    path: str, modules: Modules, candidates: Collection[str], packages: Mapping[str, Sequence[str]]
) -> Iterator[_Edge]:
    """The candidates that a module imports, or can reach through a package that it imports."""
    for line in _imports(modules[path].source):
        home = located(line.path, path, modules)
        if home is None:
            continue
        name = home[1][0] if home[1] else ""
        if home[0].path in candidates:
            yield _Edge(home=home[0].path, line=line, name=name)
        if not name and home[0].path.endswith("__init__.py"):
            for below in packages.get(home[0].path.rpartition("/")[0], ()):
                yield _Edge(home=below, line=line)


@record
class _Leading:
    """What of a module can lead to a subject: its lines, and names at its top."""

    mentions: Mentions
    top: frozenset[str] = frozenset()


@kept
def _leading(source: Source, subject: Subject, bound: frozenset[str]) -> _Leading:
    """The same, where imports define the names `bound`, which can lead there."""
    mentions = Mentions(source, subject)
    if not mentions.any and not bound:
        return _Leading(mentions=mentions)
    try:
        body = source.tree.body
    except UnreadableError:
        return _Leading(mentions=mentions)
    finder = _Finder(bound)
    mentions.add(bound)
    finder.read(body, mentions)
    while mentions.add(finder.every):
        finder.read(body, mentions)
    return _Leading(mentions=mentions, top=frozenset(finder.top))


class _Finder:
    """Collects the names that statements define which mention one that is known."""

    def __init__(self, bound: frozenset[str]) -> None:
        self.top = set(bound)
        self.inner: set[str] = set()
        """Names inside functions and classes, and attributes."""

    @property
    def every(self) -> set[str]:
        return self.top | self.inner

    def read(self, body: Sequence[ast.stmt], mentioned: Mentions) -> None:
        waiting = [(body, self.top)]
        while waiting:
            body, names = waiting.pop()
            for statement, _ in statements(body):
                if not mentioned.within(statement):
                    continue
                if isinstance(statement, ast.ClassDef):
                    names.add(statement.name)
                    mentioned.inherit(statement)
                    waiting.append((statement.body, self.inner))
                elif isinstance(statement, Function):
                    if names is not self.top or _of_use(statement):
                        names.add(statement.name)
                    self._annotated(statement, mentioned)
                    waiting.append((statement.body, self.inner))
                else:
                    self._defined(statement, names, mentioned)

    def _annotated(self, function: Function, mentioned: Mentions) -> None:
        for parameter in parameters(function.args):
            if parameter.annotation is not None and mentioned.within(parameter.annotation):
                self.inner.add(parameter.arg)

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
        match target:
            case ast.Name(id=name):
                names.add(name)
            case ast.Attribute(attr=name):
                self.inner.add(name)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._assigned(part, names)


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
