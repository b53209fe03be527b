"""From the text of a rule file to its prepared form: validated, and plain enough to be kept as JSON."""

from collections.abc import Mapping
from typing import Any

from configlint.formats import yaml
from configlint.kinds import KINDS
from configlint.model.document import Lines, UnreadableError
from configlint.model.tables import ROW_TYPES, columns
from configlint.rules.errors import InputError, nearest
from configlint.rules.forms import RuleForm, line_of, plain, validated
from configlint.rules.sentence import UNVERIFIABLE, fault

_DEFAULT_SAYS = {
    "equals": {"differs": "{from.key} is not {to.key} of {to.file} ({difference})"},
    "forbids": {"found": "{title}"},
    "references": {"missing": "{title}", "differs": "{title} ({difference})"},
    "requires": {"absent": "{title}"},
    "unique": {"repeated": "{title}"},
}


def prepare(path: str, content: str) -> dict[str, Any]:
    """The prepared form of one rule file. Raises `InputError` with file, line and the nearest valid name."""
    try:
        document = yaml.read(path, content)
    except UnreadableError as error:
        raise InputError(error.message, path, Lines(content).position(error.offset).line) from None
    if len(document.roots) != 1 or not isinstance(document.roots[0], yaml.Mapping):
        raise InputError("a rule file holds one mapping", path, 1)
    root = document.roots[0]
    data = plain(root)
    common = {key: value for key, value in data.items() if key in _fields(RuleForm)}
    rest = {key: value for key, value in data.items() if key not in common}
    rule = validated(RuleForm, common, root, document)
    if rule.kind not in KINDS:
        raise InputError(f"no kind '{rule.kind}'{nearest(rule.kind, KINDS)}", path, line_of(document, root, ("kind",)))
    form = KINDS[rule.kind].form()
    for key in rest:
        if key not in _fields(form):
            message = f"unknown key '{key}'{nearest(key, [*_fields(form), *_fields(RuleForm)])}"
            raise InputError(message, path, line_of(document, root, (key,)))
    written = validated(form, rest, root, document)
    try:
        options = written.normal()
    except ValueError as error:
        raise InputError(str(error), path, line_of(document, root, ("truth",))) from None
    says = {word: sentence.replace("{title}", rule.title) for word, sentence in _DEFAULT_SAYS[rule.kind].items()}
    prepared = rule.model_dump() | {"options": options, "says": says | rule.says, "origin": path}
    prepared["fixable"] = any(example.fixed for example in rule.examples)
    wrong = _fault(prepared)
    if wrong:
        raise InputError(wrong[1], path, line_of(document, root, (wrong[0],)))
    return prepared


def _fields(form: type[Any]) -> list[str]:
    return [field.alias or name for name, field in form.model_fields.items()]


def _fault(prepared: Mapping[str, Any]) -> tuple[str, str] | None:
    """(key, message) for the first table, column, outcome or sentence that does not exist."""
    kind = KINDS[prepared["kind"]]
    tables: dict[str, str] = {}
    for side, selector, read in kind.load(prepared["options"]).selectors():
        if selector.table not in ROW_TYPES:
            return side, f"no table '{selector.table}'{nearest(selector.table, ROW_TYPES)}"
        tables[side] = selector.table
        known = columns(selector.table)
        for name in (*(condition.column for condition in selector.where), *read):
            if name not in known:
                return side, f"table {selector.table} has no column '{name}'{nearest(name, known)}"
    if "to" in kind.sides:
        tables.setdefault("to", tables["from"])
    for word in prepared["says"]:
        words = (*kind.outcomes, UNVERIFIABLE)
        if word not in words:
            return "says", f"no outcome '{word}' of kind {prepared['kind']}{nearest(word, words)}"
    sentences = [("says", text) for text in prepared["says"].values()]
    sentences += [("shows", text) for text in prepared["shows"].values()]
    sentences += [("help", prepared["help"]), ("fix", prepared["fix"])]
    for key, text in sentences:
        wrong = fault(text, tables, kind.sides)
        if wrong:
            return key, wrong
    return None
