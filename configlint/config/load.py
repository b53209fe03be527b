"""From the text of a configuration to the settings of a run."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, cast

from configlint.formats.yaml import document as yaml
from configlint.formats.yaml.document import at
from configlint.model.cell import NULL, Cell, cell, typed
from configlint.model.document import UnreadableError
from configlint.model.glob import matches, wild
from configlint.model.record import record, replace
from configlint.model.settings import DEFAULTS, RuleSetting, Settings, StackSetting
from configlint.model.tree import Tree
from configlint.rules.errors import InputError, near, nearest
from configlint.rules.written import line_of, plain, read

if TYPE_CHECKING:
    from configlint.model.finding import Severity

NAMES = (".configlint.yaml", "configlint.yaml")


@record
class Config:
    """Settings, and the rule files that they name. `document` is the configuration file; None without one."""

    settings: Settings
    rule_files: tuple[str, ...] = ()
    document: yaml.YamlDocument | None = None

    def without(self, rules: Iterable[str]) -> "Config":
        """The same configuration with these rules switched off."""
        off = {name: RuleSetting(off=True) for name in rules}
        return replace(self, settings=replace(self.settings, rules={**self.settings.rules, **off}))


def find(tree: Tree) -> str | None:
    """The configuration of a tree, as a path from its root. Raises `InputError` if there are two."""
    names = (*NAMES, "pyproject.toml")
    found = [name for name in names if tree.state(name) == "file" and (name in NAMES or _speaks_of_us(tree, name))]
    if len(found) > 1:
        raise InputError(f"{found[0]} is also a configuration: keep only one", found[1])
    return found[0] if found else None


def _speaks_of_us(tree: Tree, path: str) -> bool:
    try:
        return "[tool.configlint" in tree.read(path)
    except UnreadableError:
        return False


class Valid(Protocol):
    """Remembers texts that were validated before, so that pydantic need not be imported for them again."""

    def knows(self, content: str) -> bool: ...

    def learn(self, content: str) -> None: ...


def load(path: str, content: str, tree: Tree, valid: Valid | None = None) -> Config:
    """The configuration in a text. Raises `InputError` with the line and the nearest valid name."""
    document = _document(path, content)
    if document.root is None:
        return Config(settings=DEFAULTS)
    form = plain(document)
    if valid is None or not valid.knows(content):
        # pydantic is imported only for a configuration that is new and not empty.
        from configlint.config.forms import ConfigForm
        from configlint.rules.forms import validated

        # The forms are strict, so what they accept is what was given to them.
        validated(ConfigForm, form, document)
        if valid is not None:
            valid.learn(content)
    _check_files(form, document, tree)
    mobile = form.get("mobile", {})
    settings = Settings(
        workers={name: _cell(document, ("workers", name), number) for name, number in form.get("workers", {}).items()},
        mobile_host=_cell(document, ("mobile", "host"), mobile["host"]) if mobile.get("host") else NULL,
        mobile_paths=tuple(path.rstrip("/") for path in mobile.get("paths") or ()),
        rules={name: _rule(setting) for name, setting in form.get("rules", {}).items()},
        exclude=tuple(form.get("exclude", ())),
        stacks={
            name: StackSetting(
                compose=tuple(stack.get("compose", ())),
                env=tuple(stack.get("env", ())),
                livekit=tuple(_several(stack.get("livekit"))),
            )
            for name, stack in form.get("stacks", {}).items()
        },
    )
    return Config(settings=settings, rule_files=_rule_files(form, document, tree), document=document)


def _several(written: str | list[str] | None) -> list[str]:
    return [written] if isinstance(written, str) else written or []


def _document(path: str, content: str) -> yaml.YamlDocument:
    if path.endswith(".toml"):
        from configlint.config import pyproject  # few repositories use it

        return pyproject.read(path, content)
    return read(path, content, "a configuration")


def _cell(document: yaml.YamlDocument, path: tuple[str, ...], value: str | int) -> Cell:
    node = at(document.root, path)
    assert isinstance(node, yaml.Scalar)
    return typed(value, node.text) if isinstance(value, int) else cell(node.text)


def _rule(setting: Any) -> RuleSetting:
    if setting is False or setting == "off":
        return RuleSetting(off=True)
    if isinstance(setting, str):
        return RuleSetting(severity=cast("Severity", setting))
    severity = setting.get("severity")
    own = _rule(severity) if severity is not None else RuleSetting()
    return RuleSetting(severity=own.severity, off=own.off, exclude=tuple(setting.get("exclude", ())))


def _check_files(form: Mapping[str, Any], document: yaml.YamlDocument, tree: Tree) -> None:
    """Every file that the configuration names exists, or git ignores it."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("workers", name), name) for name in form.get("workers", {}) if name.endswith((".py", ".conf"))
    ]
    named += [
        (("mobile", "paths", index), path) for index, path in enumerate(form.get("mobile", {}).get("paths") or ())
    ]
    for name, stack in form.get("stacks", {}).items():
        named += [(("stacks", name, "compose", index), path) for index, path in enumerate(stack.get("compose", ()))]
        named += [(("stacks", name, "env", index), path) for index, path in enumerate(stack.get("env", ()))]
        named += [(("stacks", name, "livekit"), path) for path in _several(stack.get("livekit"))]
    for where, path in named:
        if not wild(path) and tree.state(path.rstrip("/")) in ("missing", "outside"):
            raise _error(document, where, f"there is no file '{path}'{near(path, _alike(path, tree))}")


def _alike(path: str, tree: Tree) -> Iterable[str]:
    """Files to propose: those whose names have the same ending."""
    ending = path.rpartition(".")[2]
    return [one for one in tree.files if one.endswith(ending)][:500]


def _rule_files(form: Mapping[str, Any], document: yaml.YamlDocument, tree: Tree) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for index, pattern in enumerate(form.get("rule-files", ())):
        named = [path for path in tree.files if matches(pattern, path)] if wild(pattern) else [pattern]
        if not named or (not wild(pattern) and tree.state(pattern) != "file"):
            hint = near(pattern, _alike(pattern, tree)) if not wild(pattern) else ""
            raise _error(document, ("rule-files", index), f"there is no rule file '{pattern}'{hint}")
        found |= dict.fromkeys(named)
    return tuple(found)


def check_names(config: Config, rules: Iterable[str]) -> None:
    """Every rule that the configuration names exists. Raises `InputError`."""
    known = list(rules)
    for name in config.settings.rules:
        if name not in known and config.document is not None:
            raise _error(config.document, ("rules", name), f"no rule '{name}'{nearest(name, known)}")


def check_services(config: Config, services: Iterable[str], tree: Tree) -> None:
    """Every service or file for which a worker count is expected exists. Raises `InputError`."""
    known = [*services, "default"]
    for name in config.settings.workers:
        if name in known or name.endswith((".py", ".conf")) or tree.state(name) == "file":
            continue
        if config.document is not None:
            message = f"no service or file '{name}'{nearest(name, known)}"
            raise _error(config.document, ("workers", name), message)


def _error(document: yaml.YamlDocument, where: tuple[str | int, ...], message: str) -> InputError:
    return InputError(message, document.path, line_of(document, where))
