"""`configlint rules` and `test`: the rules, and their examples."""

from collections.abc import Sequence

from configlint import config
from configlint.cli import terminal
from configlint.cli.common_options import Wanted
from configlint.cli.session import opened, written
from configlint.engine.check import check, selectors
from configlint.engine.examples import tried
from configlint.fix.plan import plan
from configlint.model.settings import Settings
from configlint.model.tree import Tree
from configlint.repo import read_outside
from configlint.rules.rule import Rule, examples, load


def listing(wanted: Wanted) -> int:
    """A line for each rule: id, effective severity, title, and where it is defined.

    Below a custom rule are the values that it looks for but does not find.
    """
    session = opened(wanted)
    of_files = selectors(session.rules)
    unmatched = check(session.tree, session.settings, session.rules).unmatched if of_files else {}
    width = max(len(rule.id) for rule in session.rules)
    for rule in sorted(session.rules, key=lambda rule: rule.id):
        setting = session.settings.rules.get(rule.id)
        severity = "off" if setting and setting.off else (setting and setting.severity) or rule.severity
        fixable = "fix" if rule.fixable else ""
        terminal.say(f"{rule.id:<{width}}  {severity:<7}  {fixable:<3}  {rule.title}  ({rule.origin})\n")
        for words in unmatched.get(rule.id, ()):
            terminal.say(f"{'':<{width}}  not found here: {words}\n")
    return 0


def test(files: tuple[str, ...]) -> int:
    """Run every example; 1 if one does not behave as its file says. Values that no example contains are listed."""
    from configlint.rules.prepare import prepare  # brings pydantic

    builtin = written()
    forms = [prepare(path, read_outside(path)) for path in files] if files else builtin
    count, wrong = 0, 0
    rules = load(builtin)
    for form in forms:
        (rule,) = load([form])
        runs = [tried(rule, example, rules, _settings, _written) for example in examples(form)]
        count += len(runs)
        for number, failure in ((number, failure) for number, run in enumerate(runs, 1) for failure in run.failures):
            wrong += 1
            terminal.say(f"{rule.id}, example {number}: {failure}\n")
        for words in sorted(frozenset[str]().union(*(run.unmatched for run in runs))):
            if all(words in run.unmatched for run in runs):
                terminal.say(f"{rule.id}: no example has {words}\n")
    terminal.say(f"{count} examples, {wrong} wrong\n")
    return int(wrong > 0)


def _settings(text: str, tree: Tree) -> Settings:
    return config.load(".configlint.yaml", text, tree).settings


def _written(tree: Tree, settings: Settings, rules: Sequence[Rule], unsafe: bool) -> dict[str, str]:
    return {change.path: change.new for change in plan(tree, settings, rules, unsafe=unsafe).changes}
