"""What every command that reads a repository does first: open the tree, load the configuration and the rules."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from configlint import config
from configlint.cli.cache import keep
from configlint.cli.common_options import Wanted
from configlint.config.load import Config
from configlint.model.document import UnreadableError
from configlint.model.glob import matches
from configlint.model.record import record
from configlint.model.settings import DEFAULTS, Settings
from configlint.model.tree import Tree
from configlint.repo import DiskTree, builtin_rules, prepared_rules, read_outside
from configlint.rules.errors import InputError, nearest
from configlint.rules.rule import Rule, brief, load

BUILT_IN = "built in"
"""The origin of the built-in rules."""


@record
class Session:
    """The input of one run: the `tree` to check, which is the one on the `disk`, or with --staged the index.

    `touching` are the PATHs of the user, from the root; empty for the whole tree.

    `left_out` are the rules that --select and --ignore exclude; in `settings` they are off.
    """

    disk: DiskTree
    tree: Tree
    config: Config
    rules: tuple[Rule, ...]
    touching: tuple[str, ...]
    left_out: frozenset[str] = frozenset()

    @property
    def excluded(self) -> Iterator[str]:
        """A note on each PATH that the configuration excludes as a whole: nothing is found there for that reason."""
        where = self.config.document.path if self.config.document is not None else ""
        for path in self.touching:
            if any(matches(pattern, path) for pattern in self.config.settings.exclude):
                yield f"{path} is excluded in {where}; with `--root` a directory is checked by itself"

    @property
    def settings(self) -> Settings:
        return self.config.without(self.left_out).settings if self.left_out else self.config.settings


def opened(wanted: Wanted) -> Session:
    """Raises `RepoError` or `InputError` for invalid options or files."""
    disk = wanted.opening.tree()
    tree = _staged(disk) if wanted.staged else disk
    configured = _configured(disk, tree, wanted.config)
    rules = load(prepared(tree, configured.rule_files))
    names = [rule.id for rule in rules]
    config.check_names(configured, names)
    for name in (*wanted.select, *wanted.ignore):
        if name not in names:
            raise InputError(f"no rule '{name}'{nearest(name, names)}")
    return Session(
        disk=disk,
        tree=tree,
        config=configured,
        rules=rules,
        touching=_touching(disk, wanted.paths),
        left_out=frozenset(_left_out(names, wanted)),
    )


def _staged(disk: DiskTree) -> Tree:
    from configlint.repo.index import open_index  # for hooks that ask for it

    return open_index(disk)


def _configured(disk: DiskTree, tree: Tree, path: str | None) -> Config:
    if path is not None:
        return config.load(path, _outside(path, disk), tree, keep.VALID)
    name = config.find(tree)
    try:
        return config.load(name, tree.read(name), tree, keep.VALID) if name else Config(settings=DEFAULTS)
    except UnreadableError as error:
        raise InputError(error.message, name or "") from None


def _outside(path: str, disk: DiskTree) -> str:
    try:
        return read_outside(path, disk.trace)
    except UnreadableError as error:
        raise InputError(error.message, path) from None


def prepared(tree: Tree, own: Iterable[str]) -> list[dict[str, Any]]:
    """The built-in rules and the user's own, which stand in `tree`, in prepared form. No id stands twice.

    The built-in rules of a wheel have no examples, and need neither YAML nor pydantic.
    """
    found = [*_built_in(), *(_prepared(path, tree) for path in own)]
    seen: dict[str, str] = {}
    for one in found:
        if one["id"] in seen:
            raise InputError(f"rule '{one['id']}' is already defined in {seen[one['id']]}", one["origin"])
        seen[one["id"]] = one["origin"]
    return found


def _built_in() -> Iterable[dict[str, Any]]:
    """In a source tree they are prepared again when a file has changed."""
    shipped = prepared_rules()
    if shipped is None:
        stamps = keep.program()
        shipped = keep.recall("rules", stamps)
        if shipped is None:
            shipped = json.dumps([brief(one) for one in written()])
            keep.remember("rules", stamps, shipped)
    return [one | {"origin": BUILT_IN} for one in json.loads(shipped)]


@cache
def written() -> tuple[dict[str, Any], ...]:
    """The built-in rules from their files, with their examples."""
    from configlint.rules.prepare import prepare  # brings pydantic

    return tuple(prepare(path, content) | {"origin": BUILT_IN} for path, content in builtin_rules())


def _prepared(path: str, tree: Tree) -> dict[str, Any]:
    from configlint.rules.prepare import prepare  # brings pydantic

    try:
        return prepare(path, tree.read(path))
    except UnreadableError as error:
        raise InputError(error.message, path) from None


def _left_out(names: Sequence[str], wanted: Wanted) -> Iterable[str]:
    return (name for name in names if (wanted.select and name not in wanted.select) or name in wanted.ignore)


def _touching(disk: DiskTree, paths: Sequence[str]) -> tuple[str, ...]:
    """The PATHs from the root; without any, the current directory if it is in the tree."""
    if not paths:
        return tuple(filter(None, [disk.locate(".")]))
    found = []
    for path in paths:
        inside = disk.locate(path)
        if inside is None:
            raise InputError(f"'{path}' is outside {disk.root}")
        found.append(inside)
    return () if "" in found else tuple(found)
