"""`configlint explain`, and the page of a rule in the documents: its texts, and its examples with their output."""

from collections.abc import Mapping
from typing import Any

from configlint import config
from configlint.cli import terminal
from configlint.cli.common_options import Wanted
from configlint.cli.fix import shown
from configlint.cli.session import opened, prepared, written
from configlint.config.forms import descriptions
from configlint.engine.check import check, last
from configlint.fix.plan import plan
from configlint.model.finding import Finding
from configlint.model.memory_tree import MemoryTree
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.diff import render_diff
from configlint.report.rulepage import INDENT, RulePage, Scene, text
from configlint.report.text import findings
from configlint.rules.errors import InputError, nearest
from configlint.rules.rule import Example, Rule, examples, load


def run(wanted: Wanted, name: str, *, color: str) -> int:
    """Print the page of a rule."""
    session = opened(wanted)
    forms = {str(one["id"]): one for one in (*prepared(session.tree, session.config.rule_files), *written())}
    if name not in forms:
        raise InputError(f"no rule '{name}'{nearest(name, forms)}")
    options = terminal.options(session.rules, color=color, verbose=True, command="check")
    terminal.say(text(page(forms[name], options), options), color=options.color)
    return 0


def page(form: Mapping[str, Any], options: Options) -> RulePage:
    """The page of a rule, from its prepared form."""
    (rule,) = load([form])
    bad = next((example for example in examples(form) if example.finds), None)
    good = next((example for example in examples(form) if not example.finds and not example.unverifiable), None)
    described = descriptions()
    return RulePage(
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        fixable=rule.fixable,
        about=form["about"],
        why=rule.why,
        fix=rule.fix,
        help=rule.help,
        not_for=form["not_for"],
        configured={key: described[key] for key in form["configured_by"]},
        bad=None if bad is None else _at_work(rule, bad, options),
        good=None if good is None else Scene(files=_files(good)),
    )


def _at_work(rule: Rule, example: Example, options: Options) -> Scene:
    """An example with the output of this rule alone. It is indented on a page for a terminal."""
    options = replace(options, width=options.width and options.width - INDENT)
    tree = MemoryTree(_files(example), example.ignored, example.tracked)
    settings = config.load(".configlint.yaml", example.config, tree).settings
    rules = load(written()) if last(rule) else (rule,)  # a rule on suppressions needs the others
    found = _of(rule, check(tree, settings, rules))
    diff = ""
    if example.fixed:
        planned = plan(tree, settings, rules, unsafe=example.unsafe)
        diff = render_diff(shown(planned), planned.before.secrets, planned.before.quotable, options)
    return Scene(files=_files(example), found=findings(found, options), diff=diff)


def _of(rule: Rule, result: Result) -> Result:
    def ours(finding: Finding) -> bool:
        return finding.rule == rule.id and finding.verdict == "fail"

    return replace(result, findings=tuple(filter(ours, result.findings)))


def _files(example: Example) -> dict[str, str]:
    return {**example.files, **({".configlint.yaml": example.config} if example.config else {})}
