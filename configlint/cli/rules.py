"""`configlint rules`, `explain` and `test`: what stands in the rule files."""

from collections.abc import Mapping, Sequence
from typing import Any

from configlint import config
from configlint.cli import terminal
from configlint.cli.session import opened, prepared, written
from configlint.cli.wanted import Wanted
from configlint.engine.examples import Failure, failures
from configlint.fix.plan import plan
from configlint.model.settings import Settings
from configlint.model.tree import Tree
from configlint.repo import read_outside
from configlint.rules.errors import InputError, nearest
from configlint.rules.rule import Rule, examples, load


def listing(wanted: Wanted) -> int:
    """A line for each rule: id, severity in force, what it asks for, and where it comes from."""
    session = opened(wanted)
    width = max(len(rule.id) for rule in session.rules)
    for rule in sorted(session.rules, key=lambda rule: rule.id):
        setting = session.settings.rules.get(rule.id)
        severity = "off" if setting and setting.off else (setting and setting.severity) or rule.severity
        fixable = "fix" if rule.fixable else ""
        terminal.say(f"{rule.id:<{width}}  {severity:<7}  {fixable:<3}  {rule.title}  ({rule.origin})\n")
    return 0


def explain(wanted: Wanted, name: str) -> int:
    """All that a rule file says, for a reader."""
    session = opened(wanted)
    forms = {str(one["id"]): one for one in (*prepared(session.tree, session.config.rule_files), *written())}
    if name not in forms:
        raise InputError(f"no rule '{name}'{nearest(name, forms)}")
    terminal.say(explanation(forms[name]))
    return 0


def test(files: tuple[str, ...]) -> int:
    """Run every example; 1 if one does not behave as its file says."""
    from configlint.rules.prepare import prepare  # brings pydantic

    builtin = written()
    forms = [prepare(path, read_outside(path)) for path in files] if files else builtin
    count, wrong = 0, 0
    rules = load(builtin)
    for form in forms:
        (rule,) = load([form])
        for number, example in enumerate(examples(form), 1):
            count += 1
            for failure in failures(rule, example, rules, _settings, _written):
                wrong += 1
                terminal.say(_told(rule.id, number, failure))
    terminal.say(f"{count} examples, {wrong} wrong\n")
    return int(wrong > 0)


def _told(rule: str, number: int, failure: Failure) -> str:
    return f"{rule}, example {number}: {failure}\n"


def _settings(text: str, tree: Tree) -> Settings:
    return config.load(".configlint.yaml", text, tree).settings


def _written(tree: Tree, settings: Settings, rules: Sequence[Rule], unsafe: bool) -> dict[str, str]:
    return {change.path: change.new for change in plan(tree, settings, rules, unsafe=unsafe).changes}


def explanation(form: Mapping[str, Any]) -> str:
    """A rule for a reader: why, how it is held, what its fix does, and its examples."""
    rule = load([form])[0]
    fix = f"{rule.fix} (proved by an example)" if rule.fixable else "none"
    parts = [f"{rule.id} ({rule.severity}, kind {rule.kind})\n{rule.title}", rule.why.strip(), f"Fix: {fix}"]
    if rule.help:
        parts.append(f"What to do: {rule.help}")
    for example in examples(form):
        good = not example.finds and not example.unverifiable
        places = ", ".join((*example.finds, *(f"{place} (cannot be verified)" for place in example.unverifiable)))
        parts.append("Good:" if good else f"Found at {places}:")
        files = dict(example.files) | ({".configlint.yaml": example.config} if example.config else {})
        parts += [f"  {path}\n{_indented(content)}" for path, content in files.items()]
    return "\n\n".join(parts) + "\n"


def _indented(content: str) -> str:
    return "\n".join(f"    {line}" for line in content.splitlines())
