"""From the text of a rule file to its prepared form: validated, and plain enough to be kept as JSON."""

from collections.abc import Mapping
from typing import Any

from configlint.formats.yaml.document import YamlDocument
from configlint.kinds import KINDS
from configlint.kinds.base import Kind
from configlint.kinds.forms import OptionError
from configlint.model.database import columns
from configlint.rules import selected
from configlint.rules.errors import InputError, nearest
from configlint.rules.forms import RuleForm, validated
from configlint.rules.sentence import UNVERIFIABLE, fault
from configlint.rules.written import line_of, plain, read


def prepare(path: str, content: str) -> dict[str, Any]:
    """The prepared form of one rule file. Raises `InputError` with file, line and the nearest valid name."""
    document = read(path, content, "a rule")
    if document.root is None:
        raise InputError("the file contains no rule", path, 1)
    data = plain(document)
    common = {key: value for key, value in data.items() if key in _fields(RuleForm)}
    rule = validated(RuleForm, common, document)
    if rule.kind not in KINDS:
        raise InputError(
            f"there is no kind '{rule.kind}'{nearest(rule.kind, KINDS)}", path, line_of(document, ("kind",))
        )
    options = _options(KINDS[rule.kind], {key: data[key] for key in data if key not in common}, document)
    default = _says(KINDS[rule.kind], options)
    title = rule.title.replace("{", "{{").replace("}", "}}")
    says = {word: sentence.replace("{title}", title) for word, sentence in default.items()}
    prepared = rule.model_dump() | {"options": options, "says": says | rule.says, "origin": path}
    prepared["fixable"] = any(example.fixed for example in rule.examples)
    wrong = _fault(prepared)
    if wrong:
        raise InputError(wrong[1], path, line_of(document, (wrong[0],)))
    return prepared


def _options(kind: type[Kind], data: Mapping[str, Any], document: YamlDocument) -> dict[str, Any]:
    """The options of a kind as it loads them: all keys but those of every rule."""
    form = kind.form()
    for key in data:
        if key not in _fields(form):
            message = f"unknown key '{key}'{nearest(key, [*_fields(form), *_fields(RuleForm)])}"
            raise InputError(message, document.path, line_of(document, (key,)))
    written = validated(form, data, document)
    try:
        options = written.normal()
    except OptionError as error:
        raise InputError(str(error), document.path, line_of(document, (error.key,))) from None
    wrong = next(selected.faults(written), None)
    if wrong is not None:
        raise InputError(wrong.message, document.path, line_of(document, wrong.path))
    return options


def _says(kind: type[Kind], options: Mapping[str, Any]) -> dict[str, str]:
    """The default messages of a rule."""
    first = options["from"][0] if isinstance(options["from"], list) else options["from"]
    return {**kind.says, **(kind.says_of_files if first["file"] else {})}


def _fields(form: type[Any]) -> list[str]:
    return [field.alias or name for name, field in form.model_fields.items()]


def _fault(prepared: Mapping[str, Any]) -> tuple[str, str] | None:
    """(key, message) for the first column, outcome or sentence that does not exist."""
    kind = KINDS[prepared["kind"]]
    tables: dict[str, str] = {}
    for side, selector, seen in kind.load(prepared["options"]).selectors():
        tables[side] = selector.table
        known = columns(selector.table)
        for name in seen:
            if name not in known:
                return side, f"table {selector.table} has no column '{name}'{nearest(name, known)}"
    if "to" in kind.sides:
        tables.setdefault("to", tables["from"])
    for word in prepared["says"]:
        words = (*kind.says, UNVERIFIABLE)
        if word not in words:
            return "says", f"kind {prepared['kind']} has no outcome '{word}'{nearest(word, words)}"
    sentences = [("says", text) for text in prepared["says"].values()]
    sentences += [("shows", text) for text in prepared["shows"].values()]
    sentences += [("help", prepared["help"]), ("fix", prepared["fix"])]
    for key, text in sentences:
        wrong = fault(text, tables, kind.sides)
        if wrong:
            return key, wrong
    return None
