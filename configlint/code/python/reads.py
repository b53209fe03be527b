"""Every variable that a program reads from its environment, and the dotenv files that it loads."""

import ast
from collections.abc import Iterable, Mapping

from configlint.code.language import EnvFile, EnvironmentRead, Occasion
from configlint.code.memo import kept
from configlint.code.python.dotenv_files import loaded_files, settings_files
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.modules import NO_DOCUMENTS, Documents, Modules, together
from configlint.code.python.objects import dotted, follow
from configlint.code.python.occasions import occasions
from configlint.code.python.pydantic import SettingsField, settings_class
from configlint.code.python.referents import Referent
from configlint.code.python.relevance import Mentions, wanted
from configlint.code.python.scope import Scope
from configlint.code.python.traversal import traverse
from configlint.code.python.variables import (
    ENVIRONMENTS,
    READING_ANYTHING,
    SUBJECT,
    VariableRead,
    assigned_names,
    command_line_options,
    is_environment,
    variable_read,
)
from configlint.code.python.wrappers import given_by_caller, possible_names, unaccounted, wrappers
from configlint.formats.python.document import PythonDocument
from configlint.formats.secrecy import mark
from configlint.model.record import record
from configlint.model.text import Place, Text


@record
class ModuleEnvironment:
    """What a module takes from its environment. With `dynamic`, it may read any variable. `assigned` are those that it
    sets itself, `EVERY` among them where that cannot be told.
    """

    reads: tuple[EnvironmentRead, ...]
    files: tuple[EnvFile, ...]
    dynamic: bool
    assigned: frozenset[str] = frozenset()


_NOTHING = ModuleEnvironment(reads=(), files=(), dynamic=False)


def environment_reads(document: PythonDocument, modules: Documents = NO_DOCUMENTS) -> ModuleEnvironment:
    """What a module reads, in the order of its text. Raises `UnreadableError` where it cannot be parsed."""
    program = together(modules if document.path in modules else {**modules, document.path: document})
    return _reads(program, document)


@kept
def _reads(modules: Modules, document: PythonDocument) -> ModuleEnvironment:
    lines = wanted(document, modules, SUBJECT)
    return _Reader(document, modules, lines).everything() if lines is not None else _NOTHING


def _own_sources(node: ast.ClassDef) -> bool:
    """Whether a settings class says itself where its values come from."""
    return any(isinstance(one, ast.FunctionDef) and one.name == "settings_customise_sources" for one in node.body)


class _Reader:
    """Goes through the statements of one module that can have to do with the environment."""

    def __init__(self, document: PythonDocument, modules: Modules, lines: Mentions) -> None:
        self.visits = list(traverse(document, modules, lines.within))
        self.source = document.source
        self.evaluator = Evaluator(lambda _: None)
        self.wrappers = wrappers(modules)
        self.reads: list[EnvironmentRead] = []
        self.files: list[EnvFile] = []
        self.dynamic = False
        self.assigned: set[str] = set()
        self.document = document
        self._occasions: Mapping[int, Occasion] | None = None
        self.otherwise = {
            id(node.values[0]): node.values[1]
            for node, _ in self.visits
            if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and isinstance(node.values[0], ast.Call)
        }
        """What stands behind `call() or`, by that call."""

    def everything(self) -> ModuleEnvironment:
        for node, scope in self.visits:
            if isinstance(node, ast.ClassDef):
                self.settings(node, scope)
            elif isinstance(node, ast.expr):
                self.expression(node, scope)
        self.dynamic |= any(self.escapes(node, scope) for node, scope in unaccounted(self.visits))
        # A settings class and those that inherit from it have fields in common.
        reads: dict[tuple[Place, str], EnvironmentRead] = {}
        for read in self.reads:
            known = reads.get((read.place, read.name.raw))
            # The words are in the order in which they weigh.
            if known is None or known.needed <= read.needed:
                reads[read.place, read.name.raw] = read
        files = {(file.place, file.path.raw): file for file in self.files}
        return ModuleEnvironment(
            reads=tuple(reads[key] for key in sorted(reads)),
            files=tuple(files[key] for key in sorted(files)),
            dynamic=self.dynamic,
            assigned=frozenset(self.assigned),
        )

    def occasion(self, node: ast.expr) -> Occasion:
        if self._occasions is None:
            self._occasions = occasions(self.document.tree)
        return self._occasions.get(id(node), "")

    def settings(self, node: ast.ClassDef, scope: Scope) -> None:
        described = settings_class(Referent(scope, node))
        if described is None:
            return
        self.dynamic |= not described.spelled_out
        self.files += settings_files(described, self.source.place(node), self.evaluator)
        self.fields(described.fields.values())

    def made(self, node: ast.Call, scope: Scope) -> None:
        """Where an object of a settings class is made, each of its fields has to have a value."""
        found = follow(node.func, scope)
        if not isinstance(found.node, ast.ClassDef) or found.instance or node.args or _own_sources(found.node):
            return
        described = settings_class(found)
        given = {word.arg for word in node.keywords}
        if described is not None and described.from_environment and None not in given:
            lacking = [one for one in described.fields.values() if one.required and one.name not in given]
            self.fields(lacking, self.occasion(node))

    def fields(self, fields: Iterable[SettingsField], needed: Occasion = "") -> None:
        for field in fields:
            default = self.evaluator.text(field.default, field.scope) if field.default is not None else None
            for name in field.names:
                self.reads.append(
                    EnvironmentRead(
                        name=Text.written(name, field.place),
                        default=mark(default, name) if default is not None else None,
                        place=field.place,
                        folded=field.folded,
                        needed=needed,
                    )
                )

    def expression(self, node: ast.expr, scope: Scope) -> None:
        place = self.source.place(node)
        read = variable_read(node, scope)
        self.assigned.update(assigned_names(node, scope))
        if read is not None:
            otherwise = self.otherwise.get(id(node))
            needed = self.occasion(node) if read.strict and otherwise is None else ""
            self.add(read, place, otherwise, needed)
        elif isinstance(node, ast.Compare):
            if isinstance(node.ops[0], ast.In | ast.NotIn) and is_environment(node.comparators[0], scope):
                self.add(VariableRead(node.left, None, scope), place)
        elif isinstance(node, ast.Call):
            self.made(node, scope)
            for option in command_line_options(node, scope):
                self.add(option, place)
            for inner in self.wrappers.reads(node, scope):
                self.add(inner, place)
            self.dynamic |= dotted(node.func, scope) in READING_ANYTHING
            self.dynamic |= any(word.arg == "_env_prefix" for word in node.keywords)
        if isinstance(node, ast.Call):
            self.files += loaded_files(node, scope, self.evaluator)

    def add(self, read: VariableRead, place: Place, otherwise: ast.expr | None = None, needed: Occasion = "") -> None:
        written = read.default if read.default is not None else otherwise
        default = self.evaluator.text(written, read.scope) if written is not None else None
        if read.name is None:
            names = [Text.written(read.implied, place)]
        else:
            names = list(possible_names(read.name, read.scope, self.evaluator))
            # Inside a wrapper the name is the caller's to say, and is looked at there.
            self.dynamic |= not names and not given_by_caller(read.name, read.scope)
        for name in names:
            marked = mark(default, name.raw) if default is not None else None
            self.reads.append(EnvironmentRead(name=name, default=marked, place=place, needed=needed))

    def escapes(self, node: ast.expr, scope: Scope) -> bool:
        """Whether the environment as a whole, or a function that reads any variable, goes where it is not followed."""
        referent = follow(node, scope)
        return referent.imported in ENVIRONMENTS or self.wrappers.wraps(referent)
